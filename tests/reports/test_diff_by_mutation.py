"""No change of a price hides from the report: every value is changed, and the report is read.

Each value of every policy and of every worked example is written otherwise, one at a time, as in
the tests of drift. Cases of our own are priced before and after. Each price of a standard scenario
that changes must stand in the report beside the one before; where a case drawn from a year costs
another amount, the report must give an example for the value that did it. Of worked examples with
thousands of cases some hundreds are priced, by lot.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from unittest.mock import patch
from zlib import crc32

import pytest

from termwise.compiling.edition import Edition
from termwise.policy_form.fields import WrittenValue
from termwise.policy_form.yaml_text.source import read_source, value_at
from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from termwise.reading.providers import words_of
from termwise.reports.cases import asked
from termwise.reports.markdown import change_report
from termwise.reports.markdown_text import escaped
from termwise.scenarios.compared import compared_cases
from termwise.scenarios.queries import Query
from termwise.scenarios.standard import grid, standard_scenarios
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Policy
from tests.drift.changes import Change, changes_of, figures
from tests.drift.report import pool_of_workers
from tests.places import POLICIES
from tests.scenarios.test_examples import examples, text_of

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
MOST_CHANGES_OF_A_VALUE = 1
CASES_OF_AN_EXAMPLE = 200
NOTHING = "no case was found whose price it changes"


@dataclass(frozen=True, eq=False)
class Subject:
    """What is changed: the policy of a provider, or a worked example in a policy around it."""

    name: str
    example: Mapping[str, Any] | None = None

    @property
    def provider(self) -> str:
        """Whose policy it is."""
        return self.name if self.example is None else "example"

    def text(self) -> str:
        """The policy file."""
        if self.example is None:
            return (POLICIES / self.name / "policy.yaml").read_text("utf-8")
        return text_of(self.example)

    def values(self, text: str) -> Iterator[WrittenValue]:
        """All values of its policy; of an example those of its rules."""
        rules = read_source(self.example["policy"], "policy.yaml").data if self.example else None
        return (one for one in figures(text) if rules is None or one.path[0] in rules)


def subjects() -> Iterator[Subject]:
    """Every policy, then every worked example with the values of its rules."""
    for file in sorted(POLICIES.glob("*/policy.yaml")):
        yield Subject(file.parent.name)
    for example in examples():
        yield Subject(example.id, example.values[0])


SUBJECTS = tuple(subjects())


# ---- One change, and what the report leaves out


def left_out(subject: Subject) -> list[str]:
    """What the reports on the changes of a policy do not tell, with the change that shows it."""
    text = subject.text()
    changes = [
        change
        for value in subject.values(text)
        for change in changes_of(value)[:MOST_CHANGES_OF_A_VALUE]
    ]
    with patch("termwise.reports.cases.compared_cases", some_compared_cases):
        return [
            f"{change}: {lack}"
            for change in changes
            for lack in _left_out(text, subject.provider, change)
        ]


def some_compared_cases(old: Policy | None, new: Policy | None, first: date) -> list[Query]:
    """The typical cases of the report, or some of them."""
    shown = old or new
    assert shown
    return _some(shown, compared_cases(old, new, first))


def _some(policy: Policy, queries: Sequence[Query]) -> list[Query]:
    """All cases of a provider's policy; of an example's the same share of any list, by lot."""
    standard = len(_standard_queries(policy)) if policy.provider == "example" else 0
    share = 1 + standard // CASES_OF_AN_EXAMPLE
    return [one for one in queries if crc32(repr(sorted(one.items())).encode()) % share == 0]


def _left_out(text: str, provider: str, change: Change) -> Iterator[str]:
    old = _read(text, provider)
    after, _ = read_policy_text(change.apply(text), folder=provider)
    if old is None or after is None:  # refused by the check: nothing to be published
        return
    folders = [_folder(one) for one in (old, after)]
    report = change_report(folders[0], folders[1], "before", "after", NOW)
    name = _name(text, change.value)
    line = next((one for one in report.splitlines() if one.startswith(f"- `{name}`")), "")
    if not line:
        yield f"the value {name} is not named"
    for before, now in _changed_prices(folders[0], folders[1]):
        if f"| {escaped(before)} | {escaped(now)} |" not in report:
            yield f"{before} → {now} is not told"
    if change.of_tariff and NOTHING in line and _a_drawn_price_changes(old, after):
        yield "a drawn case changes its price, and the report found none"


def _name(text: str, value: WrittenValue) -> str:
    """A value as the report names it: entries by their ids, those of a list of values never.

    A dated row goes by the name of its value, with its day beside it; so does a range, which is
    one value with its two ends.
    """
    data, steps = read_source(text, "policy.yaml").data, []
    for length, step in enumerate(value.path, 1):
        entry = value_at(data, value.path[:length])
        if isinstance(step, int) and isinstance(entry, dict) and "from" in entry:
            break
        holder = value_at(data, value.path[: length - 1])
        if isinstance(holder, dict) and holder.keys() == {"from", "to"}:
            break
        if isinstance(step, str) or isinstance(entry, dict):
            by_id = isinstance(entry, dict) and isinstance(step, int) and "id" in entry
            steps.append(str(entry["id"]) if by_id else str(step))
    return ".".join(steps)


@cache
def _read(text: str, provider: str) -> ReadPolicy | None:
    policy, _ = read_policy_text(text, folder=provider)
    return policy


def _folder(policy: ReadPolicy) -> PolicyFolder:
    provider = policy.written.provider
    return PolicyFolder({provider: policy}, {provider: {}})


def _changed_prices(old: PolicyFolder, new: PolicyFolder) -> set[tuple[str, str]]:
    """The prices of standard scenarios that read otherwise after the change, in English."""
    (before,), (after,) = old.policies.values(), new.policies.values()
    first, then = before.editions[0], after.editions[0]
    views = [_Teller(old), _Teller(new)]
    pairs = set()
    for query in _some(first.policy, _standard_queries(first.policy)):
        quoted, quote = _quote(first, query), _quote(then, query)
        if quoted and quote and _costs(quoted) != _costs(quote):
            pairs.add(_told(views[0].view(quoted), views[1].view(quote)))
    return pairs


def _costs(quote: Quote) -> tuple[Decimal | None, ...]:
    """What a customer is charged at both ends, before cash is rounded, and the tax in it.

    The sum of the lines is no price where some of them have their tax in them and others do not.
    """
    ends = quote, quote.dearest
    taxes = (one.total.tax if one.total else None for one in ends)
    return *(one.unrounded for one in ends), *taxes


def _told(before: QuoteView, after: QuoteView) -> tuple[str, str]:
    """Two prices as they are told; with what they are made of where they read alike."""
    old, new = before.total(), after.total()
    if old != new:
        return old, new
    return f"{old} ({before.breakdown()})", f"{new} ({after.breakdown()})"


@lru_cache(maxsize=1)
def _standard_queries(policy: Policy) -> Sequence[Query]:
    """The standard scenarios; the policy is the same before each change."""
    return standard_scenarios(policy)


class _Teller:
    """Puts quotes into words."""

    def __init__(self, folder: PolicyFolder) -> None:
        ((provider, policy),) = folder.policies.items()
        self.words = Words(words_of(folder, provider, "en"))
        self.slots = policy.editions[0].slots

    def view(self, quote: Quote) -> QuoteView:
        return QuoteView(quote, self.words, self.slots)


def _a_drawn_price_changes(old: ReadPolicy, new: ReadPolicy) -> bool:
    first, then = old.editions[0], new.editions[0]
    return any(
        _costs(before) != _costs(after)
        for _, query in grid([first.policy], least=0)
        if (before := _quote(first, query)) and (after := _quote(then, query))
    )


def _quote(edition: Edition, query: Query) -> Quote | None:
    """The quote of the very case, none of a similar one."""
    found = asked(edition, query, edition.policy.effective or NOW.date())
    return None if found.left_out else found.quote


# ---- All of them, side by side


@pytest.fixture(scope="module")
def found() -> Iterator[Mapping[Subject, Future[list[str]]]]:
    """What is left out for each policy, all of them started at once."""
    with pool_of_workers() as pool:
        yield {subject: pool.submit(left_out, subject) for subject in SUBJECTS}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("subject", SUBJECTS, ids=[subject.name for subject in SUBJECTS])
def test_no_change_of_a_price_hides(
    subject: Subject, found: Mapping[Subject, Future[list[str]]]
) -> None:
    """Every changed value is named, and every price that it changes is told."""
    assert found[subject].result() == []


def test_a_report_that_says_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof itself: with an empty report every changed value and price is missed."""
    monkeypatch.setattr(f"{__name__}.change_report", lambda *_: "")
    duxtel = next(one for one in SUBJECTS if one.name == "duxtel")
    missed = left_out(duxtel)
    assert any("is not named" in one for one in missed)
    assert any("A$82.50 → " in one for one in missed)
