"""What options may say, and how it is told when they say something else: in a line, harmless."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from termwise import places
from termwise.commands.quote_asked import WrongUse, day_asked
from termwise.problems import harmless
from termwise.today import WrongDay

PORT = re.compile(r"\d{1,5}", re.ASCII)
MOST_PORT = 65535


class Commands(click.Group):
    """The commands, of which none ends in a traceback where the system refuses something."""

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        """Read the words before the command; what is wrong with them is shown harmless."""
        with told_harmless():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what is wrong with its words, or cannot be read, is shown harmless."""
        with told_harmless():
            return super().invoke(ctx)


@contextmanager
def told_harmless() -> Iterator[None]:
    """What was typed commands no terminal, and no mistake of a user ends in a traceback.

    The status is 2 for wrong words and for variables that say no day, 1 for what the system
    refuses to read or to write.
    """
    try:
        yield
    except click.ClickException as told:
        # Changed in its place: each kind of mistake knows more than its message.
        told.message = "\n".join(map(harmless, told.message.split("\n")))  # type: ignore[misc]
        raise
    except (WrongUse, WrongDay) as wrong:
        raise click.UsageError(harmless(str(wrong))) from None
    except BrokenPipeError:
        raise  # nobody reads on: click ends at once
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(harmless(f"{named}{error.strerror or error}")) from None


def day_option(text: str) -> date:
    """The value of an option that is a date."""
    try:
        return day_asked(text)
    except WrongUse as wrong:
        raise click.BadParameter(str(wrong)) from None


def address_option(text: str) -> tuple[str, int]:
    """Where to listen: a host, and a port that there is."""
    host, _, port = text.rpartition(":")
    if not host or not PORT.fullmatch(port) or not 0 < int(port) <= MOST_PORT:
        expected = f"a host and a port from 1 to {MOST_PORT}, such as 127.0.0.1:8000"
        raise click.BadParameter(f"“{text}” is not {expected}.")
    return host, int(port)


def check_address(host: str, port: int) -> None:
    """End before all the work where nobody can listen at an address."""
    from socket import create_server  # noqa: PLC0415

    try:
        create_server((host, port)).close()
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = f"Nobody can listen at {host}:{port}: {why}. Give another --address."
        raise click.ClickException(message) from None


def made_or_wrong(site: Path, policies: Path) -> None:
    """Make the folder of the site, which a build empties; it must hold nothing of ours."""
    for kept in (policies.resolve(), places.ROOT):
        if kept.is_relative_to(site.resolve()):
            raise click.UsageError(
                f"The site would be built in place of {kept}. Give another --site."
            )
    try:
        site.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder “{site}” cannot be made: {error.strerror}. Give another --site."
        raise click.UsageError(message) from None


policies_option = click.option(
    "--policies",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="policies",
    show_default=True,
    help="The folder that holds a folder for each provider.",
)

files_option = click.option(
    "--files-at",
    "files",
    metavar="ADDRESS",
    envvar="TERMWISE_FILES_URL",
    default="",
    help="Where the repository's files can be read as they are: names in Markdown become links.",
)

site_option = click.option(
    "--site",
    "address",
    metavar="ADDRESS",
    envvar="TERMWISE_SITE_URL",
    default="",
    help="Where the site is published: its schema and its reference of fields are named.",
)

quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Say all that is done.")
