"""The theme's templates: found and compiled once, not once for each language and each build.

MkDocs makes everything anew for each language that static-i18n builds. A fifth of a build in four
languages went into compiling the same templates and walking the same folders.
"""

import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, FileSystemLoader
from mkdocs.theme import Theme

from termwise.words.typography import set_text


def share_templates(theme: Theme, cache: Path) -> None:
    """Give a theme one environment for all languages, its compiled templates kept in `cache`.

    The table of contents that MkDocs makes has plain spaces alone: a filter sets it anew.
    """
    environment = theme.get_env()
    environment.filters["set_in"] = set_text
    environment.loader = _PublishedFiles(theme.dirs)
    cache.mkdir(parents=True, exist_ok=True)
    # Jinja knows by itself when a template has changed, but not when it would compile otherwise.
    environment.bytecode_cache = FileSystemBytecodeCache(
        str(cache), f"jinja-{version('jinja2')}-%s.cache"
    )
    theme.get_env = lambda: environment  # type: ignore[method-assign]


class _PublishedFiles(FileSystemLoader):
    """Lists the files that MkDocs may publish: nothing in hidden folders.

    Templates there are still found by name: Material's hidden folder holds 14,000 icons.
    """

    def list_templates(self) -> list[str]:
        return sorted({name for folder in self.searchpath for name in _published(folder)})


def _published(folder: str) -> Sequence[str]:
    """The files of a folder, by their paths in it."""
    names: list[str] = []
    for place, subfolders, files in os.walk(folder):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        names += [Path(place, file).relative_to(folder).as_posix() for file in files]
    return names
