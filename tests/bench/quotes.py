"""How many quotes a second, against other engines on the same tariff; how soon the command answers.

Each ratio is of rounds side by side: what others reach, as a share of what we reach. Before
anything is measured, all engines have to come to the same sums.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from calculator.browser import Session
from calculator.policy import Policy, Question
from calculator.pricing import price
from calculator.quote import Quote
from calculator.scenario import Scenario, read_scenario
from hooks.policy_files import read_policies
from hooks.providers import Provider, load_providers
from tests.bench.figures import Figure, of_rounds
from tests.peers.cards import compiled_from, given_by
from tests.peers.engines import Engines, running_engines

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = date(2026, 3, 2)
SECONDS = 0.5
LENGTHS = (15, 30, 45, 60, 90, 120, 240)
# A tariff by the minute that tariff-core can say too; what it cannot is left out.
CARD = {
    "zone": "Europe/Warsaw",
    "session": {
        "minute": "4.00",
        "windows": [
            {"days": [0, 1, 2, 3, 4], "from": "10:00", "to": "18:00", "minute": "1.00"},
            {"days": [0, 1, 2, 3, 4, 5, 6], "from": "18:00", "to": "22:00", "minute": "2.00"},
        ],
    },
    "parking": {"minute": "0.50", "windows": []},
    "tiers": [{"up_to": "10", "price": "0.30"}],
    "energy": "0.20",
    "fee": "15.00",
    "discount": "50",
}
# mastiff/remote-help in publicodes. It has no clock: it is given the hours begun in each window.
HOURS = {"base-rate": "office", "evening-rate": "evening", "night-rate": "night"}
RULES = {
    **{window: {"valeur": 0} for window in HOURS.values()},
    "client": {"valeur": "non"},
    "due": {"valeur": "office * 100 + evening * 100 * 2 + night * 100 * 4"},
    "net": {"variations": [{"si": "client", "alors": "due * 50%"}, {"sinon": "due"}]},
    "tax": {"valeur": "net * 23%", "arrondi": "2 décimales"},
    "gross": {"valeur": "net + tax"},
}


def measure_quotes(rounds: int) -> list[Figure]:
    """Quotes a second of every kind, then the cold start of `termwise quote`."""
    providers = load_providers(read_policies(ROOT / "policies"), REFERENCE)
    mastiff = next(one for one in providers if one.policy.provider == "mastiff")
    with running_engines() as engines:
        figures = _against_publicodes(engines, mastiff, rounds)
        figures += _against_tariff_core(engines, rounds)
    return figures + _mixed(providers, rounds) + _cold_starts(rounds)


def _quotes_per_second(priced: Callable[[Any], object], cases: Sequence[Any]) -> float:
    """Quotes of a second of processor time, measured for about half a second."""
    count, started = 0, process_time()
    while process_time() - started < SECONDS:
        for case in cases:
            priced(case)
        count += len(cases)
    return count / (process_time() - started)


def _against_publicodes(engines: Engines, mastiff: Provider, rounds: int) -> list[Figure]:
    policy = mastiff.policy
    raws = [
        {"start": f"2026-03-{day:02}T{hour}:10", "minutes": str(minutes), "client": client}
        for day, hour, minutes, client in product((2, 5), (10, 16, 21), LENGTHS, ("no", "yes"))
    ]
    scenarios = [read_scenario(policy, "remote-help", _bought(raw), REFERENCE) for raw in raws]
    quotes = [price(policy, scenario) for scenario in scenarios]
    situations = [_situation(quote) for quote in quotes]
    asked = {"rules": RULES, "situations": situations, "wanted": ["gross"]}
    for quote, [gross] in zip(quotes, engines.ask("publicodes", **asked), strict=True):
        assert quote.complete
        assert quote.total is not None
        assert quote.total.gross == Decimal(repr(gross)).quantize(Decimal("0.01"))
    engines.ask("publicodes", **asked, seconds=SECONDS)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_quotes_per_second(lambda scenario: price(policy, scenario), scenarios))
        theirs.append(engines.ask("publicodes", **asked, seconds=SECONDS))
    return _compared("mastiff/remote-help", "publicodes", ours, theirs)


def _bought(raw: Mapping[str, str]) -> dict[str, str]:
    """A client asks about equipment bought elsewhere; nobody else is asked."""
    return {**raw, "purchased_equipment": "no"}


def _situation(quote: Quote) -> dict[str, Any]:
    situation: dict[str, Any] = {
        "client": "oui" if quote.scenario.answers["client"] == "yes" else "non"
    }
    for line in quote.lines:
        if line.kind == "charge":
            window = HOURS[line.clauses[-1]]
            situation[window] = situation.get(window, 0) + int(line.quantity)
    return situation


def _against_tariff_core(engines: Engines, rounds: int) -> list[Figure]:
    """Both inside the same Pyodide, since tariff-core asks for a newer Python than we do."""
    sessions = [
        {
            "start": f"2026-03-{day:02}T{hour:02}:10Z",
            "minutes": minutes,
            "parking": 20,
            "energy": "12",
            "client": client,
        }
        for day, hour, minutes, client in product((2, 7), (8, 16, 20), LENGTHS, (True, False))
    ]
    theirs_asked = {"card": CARD, "sessions": sessions}
    ours_asked = {"policy": compiled_from(CARD), "sessions": [given_by(one) for one in sessions]}
    for sums, due in zip(
        engines.ask("tariff-core", **theirs_asked),
        engines.ask("termwise", **ours_asked),
        strict=True,
    ):
        assert Decimal(sums[0]) - Decimal(sums[1]) == Decimal(due)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(engines.ask("termwise", **ours_asked, seconds=SECONDS))
        theirs.append(engines.ask("tariff-core", **theirs_asked, seconds=SECONDS))
    return _compared("a tariff by the minute, in Pyodide", "tariff-core", ours, theirs)


def _compared(
    tariff: str, engine: str, ours: Sequence[float], theirs: Sequence[float]
) -> list[Figure]:
    ratios = [other / one for one, other in zip(ours, theirs, strict=True)]
    return [
        of_rounds(f"quotes of {tariff}", "per s", ours),
        of_rounds(f"the same, {engine}", "per s", theirs),
        of_rounds(f"{engine}, ratio", "of ours", ratios, limit=1),
    ]


def _mixed(providers: Sequence[Provider], rounds: int) -> list[Figure]:
    """Any service, any answers, any time of the year: the batch path, and the browser's."""
    random = Random(20260302)  # the same cases in every run
    sessions = {
        one.policy.provider: Session([one.policy], one.words["en"], REFERENCE) for one in providers
    }
    policies = [one.policy for one in providers]
    drawn = [_drawn(random, random.choice(policies), sessions) for _ in range(1000)]
    read = [(policy, _read(policy, query)) for policy, query, _ in drawn]
    requests = [(session, json.dumps({"query": query})) for _, query, session in drawn]
    native = [_quotes_per_second(lambda case: price(*case), read) for _ in range(rounds)]
    shown = [
        _quotes_per_second(lambda case: case[0].answer(case[1]), requests) for _ in range(rounds)
    ]
    return [
        of_rounds("mixed quotes, scenario to quote", "per s", native),
        of_rounds("mixed quotes, query to JSON and HTML", "per s", shown),
    ]


def _drawn(
    random: Random, policy: Policy, sessions: Mapping[str, Session]
) -> tuple[Policy, dict[str, str], Session]:
    service = random.choice([*policy.services.values()])
    moment = datetime(2026, 1, 2) + timedelta(minutes=random.randrange(500_000))  # noqa: DTZ001
    query = {"service": service.id, "start": f"{moment:%Y-%m-%dT%H:%MZ}"}
    if "minutes" in service.asks:
        query["minutes"] = str(random.choice(LENGTHS))
    query |= {name: _answer(random, policy.questions[name]) for name in service.questions}
    return policy, query, sessions[policy.provider]


def _answer(random: Random, question: Question) -> str:
    if question.kind == "minutes":
        return str(random.randrange(200))
    return question.default if question.kind == "version" else random.choice(question.options)


def _read(policy: Policy, query: Mapping[str, str]) -> Scenario:
    raw = {name: text for name, text in query.items() if name != "service"}
    return read_scenario(policy, query["service"], raw, REFERENCE)


def _cold_starts(rounds: int) -> list[Figure]:
    """Processor seconds, since other work on the machine does not count.

    The round before the first reads the policies where they have changed since the last quote, and
    keeps byte-code as anybody's Python does, whatever this one was told.
    """
    command = str(Path(sys.executable).with_name("termwise"))
    asked = [command, "quote", "mastiff/remote-help", "--start", "2026-03-03T17:30", "--json"]
    bare, quoted = [], []
    for _ in range(rounds + 1):
        bare.append(_processor_seconds([sys.executable, "-c", "pass"]))
        quoted.append(_processor_seconds(asked))
    ratios = [one / other for one, other in zip(quoted[1:], bare[1:], strict=True)]
    return [
        of_rounds("`termwise quote`, terms kept", "CPU s", quoted[1:]),
        of_rounds("`python -c pass`", "CPU s", bare[1:]),
        of_rounds("`termwise quote`, ratio", "of pass", ratios, limit=3),
    ]


def _processor_seconds(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    usual = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(command, cwd=ROOT, env=usual, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
