"""Free time: it belongs to a year or to a package, and its questions ask for the right things."""

from collections.abc import Iterator, Mapping

from termwise.checking.time.overlaps import overlapping
from termwise.policy_form.dated import Dated
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import DateQuestion, MinutesQuestion
from termwise.policy_form.tariff.charges import WindowRateTerms
from termwise.policy_form.tariff.made_prices import Price
from termwise.policy_form.tariff.rules import AllowanceTerms
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, quoted

KINDS: Mapping[str, tuple[type, str]] = {
    "used": (MinutesQuestion, "minutes"),
    "bought": (DateQuestion, "date"),
    "carried": (MinutesQuestion, "minutes"),
}
"""The kind of question that each field names."""


def allowance_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Everything wrong with free time and with prepaid packages."""
    for allowance_id, allowance in written.allowances.items():
        path: Path = ("allowances", allowance_id)
        yield from _validity_problems(source, path, allowance)
        yield from _question_problems(written, source, path, allowance)
        yield from _covered_problems(written, source, path, allowance)
        yield from _burn_problems(written, source, path, allowance)


def _validity_problems(source: Source, path: Path, allowance: AllowanceTerms) -> Iterator[Problem]:
    fields = ("period", "valid", "bought")
    named = [field for field in fields if getattr(allowance, field)]
    unending = "without expiry" if allowance.period == "without expiry" else ""
    if allowance.carried and (unending or allowance.valid):
        yield Problem(
            source.key_place((*path, "carried")),
            "There is no next period into which anything could be carried",
            f"carried beside {quoted(unending or 'valid')}",
            "a period such as “calendar month”",
            "write the period, or take carried away",
        )
    if named not in (["period"], ["valid", "bought"]):
        yield Problem(
            source.key_place(path),
            "Free time belongs to a period, or to a package with a validity",
            " and ".join(named) or "none of period, valid and bought",
            "“period: calendar year”, or “valid: 12 months” with “bought: question”",
            "write one of them",
        )


def _question_problems(
    written: PolicyFile, source: Source, path: Path, allowance: AllowanceTerms
) -> Iterator[Problem]:
    for field, named in _asking(allowance):
        question = written.questions.get(named)
        kind, name = KINDS[field[0]]
        if question is not None and not isinstance(question, kind):
            yield Problem(
                source.place((*path, *field)),
                f"“{field[0]}” needs a question of another kind",
                f"{quoted(named)} of kind {question.kind}",
                f"a question of kind {name}",
                "name another question, or change its kind",
            )


def questions_of_allowance(allowance: AllowanceTerms) -> list[str]:
    """The questions that an allowance needs besides those on which it depends as a whole."""
    return [named for _, named in _asking(allowance)]


def _asking(allowance: AllowanceTerms) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each question that an allowance names, with the fields that lead to it."""
    if allowance.used:
        yield ("used",), allowance.used
    if allowance.bought:
        yield ("bought",), allowance.bought
    if allowance.carried:
        yield ("carried", "question"), allowance.carried.question


def _covered_problems(
    written: PolicyFile, source: Source, path: Path, allowance: AllowanceTerms
) -> Iterator[Problem]:
    """Beyond free time holds the price alone: where it is nothing, one free minute frees all.

    How much is used already need not be asked where all time of the period is.
    """
    for index, name in enumerate(allowance.charges):
        charge = written.charges.get(name)
        if charge and charge.counts is None and allowance.used is None:
            yield Problem(
                source.place((*path, "charges", index)),
                "Nothing asks how much of the free time is used already",
                f"{quoted(name)}, which counts one session, and no used",
                "“used:” with a question of kind minutes",
                "ask it, or let the charge count all time of the period by a question",
            )
        if charge and charge.first and charge.price and _is_ever_free(charge.price):
            yield Problem(
                source.place((*path, "charges", index)),
                "Free time would make all of this charge free",
                f"{quoted(name)}, which costs nothing after its first increments",
                "a charge with a price after them",
                "write the price that holds beyond the free time, or do not cover this charge",
            )


def _burn_problems(
    written: PolicyFile, source: Source, path: Path, allowance: AllowanceTerms
) -> Iterator[Problem]:
    """Nothing says whether time that costs more uses up more of what is free."""
    dearer = _dearer_at_some_hours(written, str(path[-1]), allowance)
    if allowance.burns is None and dearer:
        yield Problem(
            source.key_place(path),
            "Nothing says how fast free minutes are used up where they would cost more",
            f"no burns beside {quoted(dearer)}",
            "“burns: by the clock”, or “burns:” with the windows and how many minutes each uses up",
            "write what the page says: by the clock, a minute for a minute; "
            "“weekend: {times: 2, clause: …}” uses up two",
        )
    if isinstance(allowance.burns, dict):
        windows = list(allowance.burns)
        yield from overlapping(written, source, (*path, "burns"), windows)


def _dearer_at_some_hours(written: PolicyFile, name: str, allowance: AllowanceTerms) -> str:
    """The first surcharge, or window of a rate, by which a covered charge costs more."""
    for service in written.services.values():
        covered = [one for one in allowance.charges if one in service.charges]
        if name not in service.allowances or not covered:
            continue
        for surcharge_id in service.surcharges:
            surcharge = written.surcharges.get(surcharge_id)
            if surcharge and (not surcharge.charges or set(covered) & set(surcharge.charges)):
                return surcharge_id
        for charge in (written.charges[one] for one in covered if one in written.charges):
            for window, rate in charge.rate.windows.items() if charge.rate else ():
                if not _is_base(rate):
                    return window
    return ""


def _is_base(rate: WindowRateTerms) -> bool:
    return rate.times is not None and all(one in ("base", 1) for _, one in rate.times.rows)


def _is_ever_free(price: Dated[Price]) -> bool:
    return any(one in ("free", 0) for _, one in price.rows)
