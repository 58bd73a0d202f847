"""Terms that were published once, and that no edition of today's file has any more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from termwise.compiling.edition import Edition
from termwise.history.states import PublishedState
from termwise.history.terms import StatedTerms

MOST_SUPERSEDED = 50
"""Of one provider, the newest: each takes 90 to 130 kB, its bundles in four languages included."""


@dataclass(frozen=True)
class PublishedTerms:
    """An edition that was published, in the last words it had, and when it was."""

    edition: Edition
    terms: StatedTerms
    first: date
    last: date
    """The last day on which a state with it was committed."""


def published_editions(states: Sequence[PublishedState]) -> dict[str, PublishedTerms]:
    """Every edition that was published, by its digest, those last published at the end."""
    found: dict[str, PublishedTerms] = {}
    for state in states:
        for edition in state.terms.editions:
            before = found.pop(edition.digest, None)
            first = before.first if before else state.day
            found[edition.digest] = PublishedTerms(edition, state.terms, first, state.day)
    return found


def superseded(
    states: Sequence[PublishedState], today: Collection[str]
) -> dict[str, PublishedTerms]:
    """Those that are no longer among the digests of today, the newest, by their digest."""
    gone = {
        digest: one for digest, one in published_editions(states).items() if digest not in today
    }
    return dict(list(gone.items())[-MOST_SUPERSEDED:])
