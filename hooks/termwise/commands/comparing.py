"""The report of `termwise diff`: between two days of one file, or between revisions."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termwise.commands.or_exit import exit_with_problems

if TYPE_CHECKING:
    from termwise.commands.diff_asked import TwoDays
    from termwise.reading.policies import PolicyFolder


def report_on_days(days: "TwoDays", folder: "PolicyFolder") -> str:
    """What changes from one day to a later one by the files as they are."""
    from termwise.reports.days import terms_on_both  # noqa: PLC0415
    from termwise.reports.markdown import change_report  # noqa: PLC0415
    from termwise.today import now  # noqa: PLC0415

    old, new = terms_on_both(folder, days.first, days.last)
    before, after = (f"the terms on {day.isoformat()}" for day in days)
    return change_report(old, new, before, after, now())


def report_on_revisions(base: str, head: str | None, policies: Path, files: str) -> str:
    """What changes between revisions; ends with 2 for one unknown to git, with 1 for problems.

    Names lead to their lines where the repository's files can be read at an address.
    """
    from termwise.reading.git import NoRevision  # noqa: PLC0415
    from termwise.reading.revisions import folder_in_repository, policies_at  # noqa: PLC0415
    from termwise.reports.markdown import change_report  # noqa: PLC0415
    from termwise.today import now  # noqa: PLC0415

    try:
        old, new = policies_at(policies, base), policies_at(policies, head)
    except NoRevision as unknown:
        raise click.UsageError(str(unknown)) from None
    exit_with_problems([*old.problems, *new.problems])
    shown = f"`{head}`" if head else "the files as they are now"
    address = f"{files.rstrip('/')}/{folder_in_repository(policies)}" if files else ""
    return change_report(old, new, f"`{base}`", shown, now(), address)
