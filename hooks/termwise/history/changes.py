"""What changed when: changes of the provider, and corrections of ours.

A dated row is a change of the provider, from its day on. Two states of the folder whose days are
the same differ by a correction of ours; by the provider's doing where its page was read anew, or
where a stated first day has moved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise

from termwise.compiling.edition import Edition
from termwise.history.states import PublishedState
from termwise.history.terms import StatedTerms


@dataclass(frozen=True)
class EditionChange:
    """An edition before and after; None where there is none."""

    old: Edition | None
    new: Edition | None


@dataclass(frozen=True)
class Change:
    """One change: between two editions of one file, or between two states of it.

    `anchor` names it for good. `recorded` is when it came to be known here.
    """

    anchor: str
    day: date
    recorded: datetime
    ours: bool
    before: StatedTerms
    after: StatedTerms
    editions: tuple[EditionChange, ...]

    @property
    def dated(self) -> bool:
        """Whether a day in the policy file brings it, not another state of the file."""
        return self.before is self.after

    @property
    def sources(self) -> Sequence[str]:
        """Where a dated change was published."""
        return self.after.sources.get(self.day.isoformat(), ()) if self.dated else ()


def all_changes(
    today: StatedTerms, states: Sequence[PublishedState], reference: date
) -> list[Change]:
    """Everything known to have changed, the newest first; `reference` is today.

    Among them may be changes that a reader cannot see, such as of a translation into another
    language.
    """
    changes = [*_dated(today, states), *_stated(states), *_not_committed(today, states, reference)]
    return sorted(changes, key=lambda change: (change.day, change.recorded), reverse=True)


def _dated(today: StatedTerms, states: Sequence[PublishedState]) -> Iterator[Change]:
    for old, new in pairwise(today.editions):
        day = new.effective
        assert day is not None, "only the first edition may have no date"
        yield Change(
            anchor=f"from-{day.isoformat()}",
            day=day,
            recorded=_recorded(new, today, states),
            ours=False,
            before=today,
            after=today,
            editions=(EditionChange(old, new),),
        )


def _recorded(edition: Edition, today: StatedTerms, states: Sequence[PublishedState]) -> datetime:
    """When an edition from this day on was first published; else when the page was read."""
    for state in states:
        if any(one.effective == edition.effective for one in state.terms.editions):
            return state.moment
    return datetime.combine(today.read, time(), UTC)


def _stated(states: Sequence[PublishedState]) -> Iterator[Change]:
    for old, new in pairwise(states):
        anchor = f"change-{new.day.isoformat()}-{new.commit[:12]}"
        yield _between(old.terms, new.terms, anchor, new.moment)


def _not_committed(
    today: StatedTerms, states: Sequence[PublishedState], reference: date
) -> Iterator[Change]:
    """What the files say now and no commit does, as while they are edited."""
    if states and _differ(states[-1].terms, today):
        moment = datetime.combine(reference, time(), UTC)
        yield _between(states[-1].terms, today, f"change-{reference.isoformat()}-now", moment)


def _differ(one: StatedTerms, other: StatedTerms) -> bool:
    return one.digests != other.digests or one.texts != other.texts


def _between(old: StatedTerms, new: StatedTerms, anchor: str, moment: datetime) -> Change:
    editions, day = tuple(_matched(old.editions, new.editions)), moment.date()
    read_anew = old.read != new.read
    return Change(
        anchor=anchor,
        day=day,
        recorded=moment,
        ours=not read_anew and not any(moved_by_provider(change, day) for change in editions),
        before=old,
        after=new,
        editions=editions,
    )


def _matched(old: Sequence[Edition], new: Sequence[Edition]) -> Iterator[EditionChange]:
    """Editions of the same first day, the first ones also of another, and those that are gone.

    An edition that is new is a dated change, which is told by itself.
    """
    after = {edition.place: edition for edition in new}
    known = {edition.place for edition in old}
    for edition in old:
        counterpart = after.get(edition.place)
        if counterpart is None and edition is old[0] and new[0].place not in known:
            counterpart = new[0]
        yield EditionChange(edition, counterpart)


def moved_by_provider(change: EditionChange, day: date) -> bool:
    """Tell whether, on a day, the provider moved a first day or withdrew what was to come.

    That no day is stated after all is a correction of ours, and so is a list of earlier terms.
    """
    old = change.old.effective if change.old else None
    if change.new is None:
        return old is not None and old > day
    new = change.new.effective
    return None not in (old, new) and old != new
