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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice, product
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from termwise_calculator.browser import Session
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import Scenario, calendar_of, read_scenario
from termwise_calculator.terms.policy import Policy, Question
from tests.bench.figures import Figure, of_rounds
from tests.bench.setting import INSTALLED
from tests.peers.cards import compiled_from, given_by
from tests.peers.engines import Engines, running, running_engines

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = date(2026, 3, 2)
SECONDS = 0.5
CENT = Decimal("0.01")
MANY = 10_000
"""Quotes of one simulation, for the engine that computes in arrays."""
LENGTHS = (15, 30, 45, 60, 90, 120, 240)
Situation = dict[str, Any]
Asking = Callable[..., Any]
"""Asks an engine for its prices or, given seconds, how many it makes in one."""

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


def measure_quotes(rounds: int, quick: bool = False) -> list[Figure]:
    """Quotes a second of every kind, then the cold start of `termwise quote`.

    A quick run goes without the engine that only the benchmark installs.
    """
    providers = load_providers(read_policies(ROOT / "policies"), REFERENCE)
    mastiff = next(one for one in providers if one.policy.provider == "mastiff")
    with running_engines() as engines, _running_openfisca(quick) as openfisca:
        figures = _against_others(engines, openfisca, mastiff, rounds)
        figures += _against_tariff_core(engines, rounds)
    return figures + _mixed(providers, rounds) + _cold_starts(rounds)


@contextmanager
def _running_openfisca(quick: bool) -> Iterator[Engines | None]:
    if quick:
        yield None
        return
    with running(
        [INSTALLED / "bin" / "python", Path(__file__).with_name("openfisca_engine.py")]
    ) as engines:
        yield engines


def _quotes_per_second(priced: Callable[[Any], object], cases: Sequence[Any]) -> float:
    """Quotes of a second of processor time, measured for about half a second."""
    count, started = 0, process_time()
    while process_time() - started < SECONDS:
        for case in cases:
            priced(case)
        count += len(cases)
    return count / (process_time() - started)


def _against_others(
    engines: Engines, openfisca: Engines | None, mastiff: Provider, rounds: int
) -> list[Figure]:
    """The same sessions by a tariff with windows, in turn; first all have to agree on the sums."""
    policy = mastiff.policy
    raws = [
        {"start": f"2026-03-{day:02}T{hour}:10", "minutes": str(minutes), "client": client}
        for day, hour, minutes, client in product((2, 5), (10, 16, 21), LENGTHS, ("no", "yes"))
    ]
    scenarios = [read_scenario(policy, "remote-help", _bought(raw), REFERENCE) for raw in raws]
    situations = [_situation(price(policy, scenario)) for scenario in scenarios]
    others = {"publicodes": _asking_publicodes(engines, situations)}
    if openfisca is not None:
        others["openfisca-core"] = _asking_openfisca(openfisca, situations, at_once=1)
        many = _asking_openfisca(openfisca, [*islice(cycle(situations), MANY)], at_once=MANY)
        others[f"openfisca-core, {MANY} at once"] = many
    expected = [_gross(price(policy, scenario)) for scenario in scenarios]
    for asked in others.values():
        sums = [Decimal(repr(gross)).quantize(CENT) for gross in asked()]
        assert sums == [*islice(cycle(expected), len(sums))]
        asked(seconds=SECONDS)
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in others}
    for _ in range(rounds):
        ours.append(_quotes_per_second(lambda scenario: price(policy, scenario), scenarios))
        for name, asked in others.items():
            theirs[name].append(asked(seconds=SECONDS))
    figures = [of_rounds("quotes of mastiff/remote-help", "per s", ours)]
    for name, speeds in theirs.items():
        # Arrays are another kind of work than one quote after another: no limit is set on it.
        figures += _compared(name, ours, speeds, limit=None if name.endswith("at once") else 1)
    return figures


def _gross(quote: Quote) -> Decimal:
    assert quote.complete
    assert quote.total is not None
    return quote.total.gross


def _asking_publicodes(engines: Engines, situations: Sequence[Situation]) -> Asking:
    given = [{**one, "client": "oui" if one["client"] else "non"} for one in situations]

    def asked(**more: float) -> Any:
        answer = engines.ask("publicodes", rules=RULES, situations=given, wanted=["gross"], **more)
        return answer if more else [gross for [gross] in answer]

    return asked


def _asking_openfisca(openfisca: Engines, situations: Sequence[Situation], at_once: int) -> Asking:
    """One simulation for so many quotes; the situations are arrays before the time is taken."""
    names = {name: name.capitalize() for name in ("client", *HOURS.values())}
    columns = {theirs: [one.get(name, 0) for one in situations] for name, theirs in names.items()}

    def asked(**more: float) -> Any:
        return openfisca.ask("openfisca-core", columns=columns, at_once=at_once, **more)

    return asked


def _bought(raw: Mapping[str, str]) -> dict[str, str]:
    """A client asks about equipment bought elsewhere; nobody else is asked."""
    return {**raw, "purchased_equipment": "no"}


def _situation(quote: Quote) -> Situation:
    """Whether a client asks, and the hours begun in each window: other engines have no clock."""
    situation: dict[str, Any] = {"client": quote.scenario.answers["client"] == "yes"}
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
    own = of_rounds("quotes of a tariff by the minute, in Pyodide", "per s", ours)
    return [own, *_compared("tariff-core", ours, theirs)]


def _compared(
    engine: str, ours: Sequence[float], theirs: Sequence[float], limit: float | None = 1
) -> list[Figure]:
    ratios = [other / one for one, other in zip(ours, theirs, strict=True)]
    return [
        of_rounds(f"the same, {engine}", "per s", theirs),
        of_rounds(f"{engine}, ratio", "of ours", ratios, limit=limit),
    ]


def _mixed(providers: Sequence[Provider], rounds: int) -> list[Figure]:
    """Any service, any answers, any time of the year: the batch path, and the browser's."""
    random = Random(20260302)  # the same cases in every run
    sessions = {
        one.policy.provider: Session(
            one.policy, calendar_of([one.policy]), one.words["en"], REFERENCE, one.slots
        )
        for one in providers
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

    The peer is the import of click alone: no command written with it, ours included, starts sooner.
    The round before the first reads the policies where they have changed since the last quote, and
    keeps byte-code as anybody's Python does, whatever this one was told.
    """
    command = str(Path(sys.executable).with_name("termwise"))
    asked = [command, "quote", "mastiff/remote-help", "--start", "2026-03-03T17:30", "--json"]
    peer, quoted = [], []
    for _ in range(rounds + 1):
        peer.append(_processor_seconds([sys.executable, "-c", "import click"]))
        quoted.append(_processor_seconds(asked))
    ratios = [one / other for one, other in zip(quoted[1:], peer[1:], strict=True)]
    return [
        of_rounds("`termwise quote`, terms kept", "CPU s", quoted[1:]),
        of_rounds("`python -c 'import click'`", "CPU s", peer[1:]),
        of_rounds("`termwise quote`, ratio", "of click", ratios, limit=2),
    ]


def _processor_seconds(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    usual = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(command, cwd=ROOT, env=usual, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
