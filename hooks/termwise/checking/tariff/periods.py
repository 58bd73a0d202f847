"""Limits: the time of what those per period cover is known, and they follow one another rightly."""

from collections.abc import Iterator
from itertools import combinations

from termwise.checking.tariff.counting import by_time
from termwise.policy_form.dated import together
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.tariff.rules import LimitTerms
from termwise.policy_form.yaml_text.source import Path, Source, written_at
from termwise.problems import Place, Problem, quoted

LEAST_MINUTES = 60


def period_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Everything wrong with the periods of limits, and with the order in which they are named."""
    for limit_id, limit in written.limits.items():
        if limit.per and not limit.surcharges:
            yield from _own_problems(written, source, ("limits", limit_id), limit)
    for service_id, service in written.services.items():
        named = [name for name in service.limits if name in written.limits]
        for earlier, later in combinations(named, 2):
            if _covered(written, earlier) & _covered(written, later):
                place = source.place(
                    ("services", service_id, "limits", service.limits.index(later))
                )
                yield from _problems_of_order(written, place, earlier, later)


def _problems_of_order(
    written: PolicyFile, place: Place, earlier: str, later: str
) -> Iterator[Problem]:
    """What keeps one limit from following another that shares a charge with it."""
    found = f"{quoted(later)} after {quoted(earlier)}"
    if not _in_order(written.limits[earlier], written.limits[later]):
        yield Problem(
            place,
            "Two limits have periods that do not fit into each other",
            found,
            "each period a whole part of the next one, the whole session last",
            "name the shorter period first; let calendar days and hours not be mixed",
        )
    # What a limit on more has taken off cannot be told from what one on part of it would.
    if not _covered(written, earlier) <= _covered(written, later):
        yield Problem(
            place,
            "A limit follows another that covers charges outside it",
            found,
            "the charges of each limit among those of the next one that shares any",
            "name the limit on fewer charges first, or let them share none",
        )


def _own_problems(
    written: PolicyFile, source: Source, path: Path, limit: LimitTerms
) -> Iterator[Problem]:
    if limit.tax_included:
        yield Problem(
            source.key_place((*path, "tax_included")),
            "A limit with tax holds for the whole session",
            "a limit in each period",
            "per or tax_included, not both",
            "take one of them away",
        )
    periods = limit.per.rows if limit.per else ()
    if any(isinstance(one, int) and one < LEAST_MINUTES for _, one in periods):
        yield Problem(
            source.place((*path, "per")),
            "The period of a limit is too short",
            quoted(written_at(source.data, (*path, "per"))),
            f"at least {LEAST_MINUTES} min",
            "write a longer period, or a price for each increment",
        )
    for name in sorted(_covered(written, path[1])):
        charge = written.charges[name]
        if charge.counts and by_time(charge.per) and not charge.counts.begins:
            yield Problem(
                source.key_place((*path, "per")),
                "The limit covers time of which nobody knows when it was",
                f"the charge {quoted(name)}, whose minutes come from a question",
                "charges that count the session, or begin at its end",
                "write “begins” for that charge, or name the charges of the limit without it",
            )


def _covered(written: PolicyFile, limit_id: str | int) -> set[str]:
    """The charges that a limit covers."""
    return set(written.covered_by(written.limits[str(limit_id)])) & set(written.charges)


def _in_order(earlier: LimitTerms, later: LimitTerms) -> bool:
    """Tell whether each period of the earlier limit lies in one of the later, on every day."""
    if later.per is None:
        return True
    if earlier.per is None:
        return False
    return all(
        shorter == longer
        or (isinstance(shorter, int) and isinstance(longer, int) and longer % shorter == 0)
        for shorter, longer in together(earlier.per, later.per)
    )
