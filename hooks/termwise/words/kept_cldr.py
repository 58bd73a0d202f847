"""What is taken of CLDR (`hooks/termwise/words/cldr.py`), kept in files from one run to the next.

Babel reads whole locales for it and holds them: seven megabytes, for a few kilobytes.
"""

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from babel import __version__ as babel_version

from termwise import places
from termwise.kept.digests import digest_of
from termwise.kept.files import keep_file

CACHE = places.CACHE / "locales"
SOURCES = [Path(__file__).with_name(name) for name in ("cldr.py", "typography.py")]


def kept_locale_data(
    language: str, currencies: Iterable[str], zones: Iterable[str] = ()
) -> dict[str, Any]:
    """The patterns, names and symbols of one language, for these currencies and time zones."""

    def read() -> dict[str, Any]:
        from termwise.words.cldr import locale_data  # noqa: PLC0415 (imports what is spared)

        return locale_data(language, *wanted)

    wanted = sorted(set(currencies)), sorted(set(zones))
    data: dict[str, Any] = _kept(["data", language, *wanted], read)
    return data


@cache
def plural_categories(language: str) -> tuple[str, ...]:
    """CLDR's names ("one", "few" …) of gettext's plural forms, in their order."""

    def read() -> list[str]:
        from termwise.words.cldr import plural_categories as categories  # noqa: PLC0415

        return [*categories(language)]

    return tuple(_kept(["categories", language], read))


@cache
def part_category(language: str) -> str:
    """CLDR's name of the plural form of numbers that are not whole, such as 1.5."""

    def read() -> str:
        from termwise.words.cldr import part_category as category  # noqa: PLC0415

        return category(language)

    return str(_kept(["part", language], read))


def _kept(asked: list[Any], read: Callable[[], Any]) -> Any:
    """What was read before; else it is read, and kept where files can be written."""
    file = CACHE / f"{digest_of(_made_from(), json.dumps(asked))}.json"
    with suppress(OSError, ValueError):
        return json.loads(file.read_bytes())
    found = read()
    keep_file(file, json.dumps(found))
    return found


@cache
def _made_from() -> str:
    return digest_of(babel_version, sys.version, *(file.read_bytes() for file in SOURCES))
