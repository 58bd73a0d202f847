"""What commands read, or end with: problems are printed, and the command ends with 1.

Each function imports what it needs, so that no command waits for what only another one uses.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termwise.commands.quote_asked import QuoteAsked, signs_told

if TYPE_CHECKING:
    from termwise.commands.quoting import QuotedTerms
    from termwise.problems import Problem
    from termwise.reading.policies import PolicyFolder


def terms_or_exit(asked: QuoteAsked) -> "QuotedTerms":
    """The terms of a provider, as kept by an earlier command where nothing has changed since."""
    from termwise.commands.kept_terms import KeptTerms  # noqa: PLC0415
    from termwise.commands.quoting import no_such_provider, terms_kept, terms_read  # noqa: PLC0415
    from termwise.reading.policies import read_provider  # noqa: PLC0415

    place = KeptTerms(asked.policies, asked.provider, asked.language)
    kept = place.read()
    if kept is not None:
        return terms_kept(kept)
    folders = {folder.name: folder for folder in folders_or_exit(asked.policies)}
    if asked.provider not in folders:
        click.echo(no_such_provider(folders, asked.provider, asked.language), err=True)
        sys.exit(1)
    # Of this provider alone: no problem of another stands in the way of its quote.
    folder = read_provider(folders[asked.provider])
    exit_with_problems(folder.problems)
    terms = terms_read(folder, asked.provider, asked.language)
    place.write(terms.to_keep())
    return terms


def folders_or_exit(policies: Path, provider: str | None = None) -> list[Path]:
    """The folders of all providers, or of one; ends with 2 for one that is not there."""
    from termwise.reading.folders import provider_folders  # noqa: PLC0415

    folders: list[Path] = []
    with suppress(OSError):
        folders = provider_folders(policies)
    if not folders:
        read_or_exit(policies)  # which tells why there is none
    chosen = [folder for folder in folders if provider in (None, folder.name)]
    if not chosen:
        known = ", ".join(folder.name for folder in folders)
        unknown = f"There is no provider “{provider}”. Choose one of: {known}."
        raise click.BadArgumentUsage(unknown + signs_told(provider or ""))
    return chosen


def read_or_exit(policies: Path) -> "PolicyFolder":
    """The policies of a folder; with any problem, all are printed and the command ends with 1."""
    from termwise.reading.policies import read_policies  # noqa: PLC0415

    folder = read_policies(policies)
    exit_with_problems(folder.problems)
    return folder


def exit_with_problems(problems: "Sequence[Problem]") -> None:
    """Print problems, if there are any, and end with 1."""
    if problems:
        print_problems(problems)
        sys.exit(1)


def print_problems(problems: "Sequence[Problem]") -> None:
    """Print problems to standard error, each in a line with an excerpt below it."""
    from termwise.reports.problem_formats import as_text  # noqa: PLC0415

    for problem in problems:
        click.echo(as_text(problem), err=True)
