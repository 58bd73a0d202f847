"""What `termwise diff` is asked to compare: two revisions, or two days of the files as they are."""

from datetime import date
from typing import NamedTuple

from termwise.commands.quote_asked import WrongUse, day_asked


class TwoRevisions(NamedTuple):
    """Revisions as git names them; without `head` the files as they are."""

    base: str
    head: str | None


class TwoDays(NamedTuple):
    """A day, and a later one or the same."""

    first: date
    last: date


def asked_of(
    base: str | None, head: str | None, first: str | None, last: str | None
) -> TwoRevisions | TwoDays:
    """What the words of the command ask for. Raises WrongUse."""
    if first is None and last is None:
        if base is None:
            raise WrongUse("Name a revision to compare with, or two days by --from and --to.")
        return TwoRevisions(base, head)
    if base is not None:
        raise WrongUse("Give revisions, or two days by --from and --to, not both.")
    if first is None or last is None:
        lacking = "--from" if first is None else "--to"
        raise WrongUse(f"Two days are compared: give {lacking} as well.")
    days = TwoDays(day_asked(first, "--from "), day_asked(last, "--to "))
    if days.last < days.first:
        raise WrongUse(f"--to {last} lies before --from {first}: give the earlier day first.")
    return days
