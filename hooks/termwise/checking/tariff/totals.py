"""Totals: what they add up is known before they decide, and is one amount."""

from collections.abc import Collection, Iterator
from typing import Any

from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import TotalQuestion, When
from termwise.policy_form.ranges import is_range
from termwise.policy_form.tariff.charges import ChargeTerms
from termwise.policy_form.yaml_text.source import Data, Path, Source, value_at
from termwise.problems import Problem, listed, quoted


def total_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Totals that depend on totals, of ranges, or of charges that no service has beside them."""
    totals = {
        name: one for name, one in written.questions.items() if isinstance(one, TotalQuestion)
    }
    for name, total in totals.items():
        path: Path = ("questions", name, "charges")
        for at, charge in enumerate(total.charges):
            if charge in written.charges:
                yield from _circles(written, source, (*path, at), charge, totals)
                yield from _ranges(source, (*path, at), charge)
        yield from _without_charges(written, source, name, total)
    yield from _asked_after(written, source, totals)


def _circles(
    written: PolicyFile, source: Source, path: Path, charge: str, totals: Collection[str]
) -> Iterator[Problem]:
    """A charge that a total adds up, and whose price a total decides."""
    whens = _whens_of(written.charges[charge])
    whens += [one.when for one in written.allowances.values() if charge in one.charges]
    deciding = [name for when in whens for name in when if name in totals]
    if deciding:
        yield Problem(
            source.place(path),
            "A total adds up what a total decides",
            f"{quoted(charge)}, whose price goes by {quoted(deciding[0])}",
            "charges whose price and free time no total decides",
            "take the charge out of the total, or write a discount or a surcharge by the total",
        )


def _whens_of(charge: ChargeTerms) -> list[When]:
    stops = [charge.stops.when] if charge.stops else []
    return [charge.when, *stops, *(entry.when for entry in charge.prices.values())]


def _ranges(source: Source, path: Path, charge: str) -> Iterator[Problem]:
    if _has_range(source.data, charge, frozenset()):
        yield Problem(
            source.place(path),
            "Nobody knows whether a total of ranges reaches an amount",
            f"{quoted(charge)}, whose price is a range",
            "charges with exact prices",
            "take the charge out of the total, or ask what it comes to in a question",
        )


def _has_range(data: Data, charge: str, before: frozenset[str]) -> bool:
    """Tell whether a charge has a range, or a price that is made from one that may be."""
    named = set(_made_of(charge_data := value_at(data, ("charges", charge)))) - before - {charge}
    return _holds_range(charge_data) or any(
        _has_range(data, other, before | {charge}) for other in named
    )


def _holds_range(data: Any) -> bool:
    if isinstance(data, dict):
        ranged = is_range(data) and "to" in data
        return ranged or any(map(_holds_range, data.values()))
    return isinstance(data, list) and any(map(_holds_range, data))


def _made_of(data: Any) -> Iterator[str]:
    """The charges whose prices others are made from."""
    if isinstance(data, dict):
        if isinstance(of := data.get("of"), str):
            yield of.split(".")[0]
        data = list(data.values())
    for part in data if isinstance(data, list) else ():
        yield from _made_of(part)


def _without_charges(
    written: PolicyFile, source: Source, name: str, total: TotalQuestion
) -> Iterator[Problem]:
    """A service that goes by a total, and has none of its charges.

    Where a name is misspelt, nobody knows which charge is meant.
    """
    if not set(total.charges) <= set(written.charges):
        return
    for service_id, service in written.services.items():
        if name in service.questions and not set(total.charges) & set(service.charges):
            at = service.questions.index(name)
            yield Problem(
                source.place(("services", service_id, "questions", at)),
                "The service has none of the charges that the total adds up",
                quoted(name),
                f"one of {listed(total.charges)} among its charges",
                "add the charge, or take the total away",
            )


def _asked_after(written: PolicyFile, source: Source, totals: Collection[str]) -> Iterator[Problem]:
    """A question that is asked by what something comes to, which depends on all answers."""
    for name, question in written.questions.items():
        for other in question.when:
            if other in totals:
                yield Problem(
                    source.key_place(("questions", name, "when", other)),
                    "A total is known after all questions are answered",
                    quoted(other),
                    "another question",
                    "name another question, or take the field away",
                )
