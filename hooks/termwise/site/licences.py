"""The licences of what a site ships that others have made, in one file at its root.

Texts come from the installed packages themselves, so they are those of the versions in use. Where a
package brings none along, it is named with what it says of itself.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from termwise import places
from termwise.site.errors import SiteError

NAME = "licences.txt"
RULE = "=" * 78
RUNTIME = (
    *("pyodide-*/*", "trimmed-*/*", "interpreter-*/*"),
    *("memory-*.bin*", "python-*.zip*", "library-*.zip*"),
)
"""The browser's Python, whichever way it was made; each in the folder of files with digests."""


@dataclass(frozen=True)
class Text:
    """A file of an installed package of Python, by the end of its path."""

    package: str
    file: str


@dataclass(frozen=True)
class Part:
    """What others have made of a site: its licence, and in which files it is.

    `npm` or `package` is where it comes from; the version is the installed one. `files` are
    patterns as seen from the root of the site. Where there are no `texts`, the licence is MIT's.
    """

    name: str
    licence: str
    files: tuple[str, ...]
    npm: str = ""
    package: str = ""
    texts: tuple[Text, ...] = ()
    remark: str = ""

    @property
    def version(self) -> str:
        """The installed one."""
        return str(_npm(self.npm)["version"]) if self.npm else version(self.package)


IN_RUNTIME = tuple(f"{places.ASSETS}/{pattern}" for pattern in RUNTIME)
ICONS = (f"{places.ASSETS}/styles-*/site.css",)
PAGES = ("**/*.html", *ICONS)
WITH_WORDS = ("**/*.html", f"{places.ASSETS}/policies/*.json", f"{places.ASSETS}/answers/*.json")

PARTS = (
    Part(
        "Pyodide",
        "MPL-2.0",
        IN_RUNTIME,
        npm="pyodide",
        texts=(Text("pyodide-build", "licenses/LICENSE"),),  # of the same project: npm has no text
        remark=(
            "Parts that no quote needs are left out. The whole is beside it, its source at "
            "https://github.com/pyodide/pyodide, and what leaves parts out in the source of this "
            "site (hooks/termwise/browser).\n"
            "Its interpreter is made with Emscripten (MIT, Copyright (c) 2010-2014 Emscripten "
            "authors) and musl (MIT, Copyright (c) 2005-2020 Rich Felker, et al.), and holds "
            "libffi (MIT), zlib (zlib), bzip2 (bzip2), liblzma (0BSD), zstd (BSD-3-Clause), Expat "
            "(MIT), libmpdec (BSD-2-Clause), HACL* (MIT) and SQLite (public domain); their notices "
            "are at https://docs.python.org/3/license.html and with their sources."
        ),
    ),
    Part(
        "Python, its standard library",
        "PSF-2.0",
        IN_RUNTIME,
        npm="pyodide",
        # Under the same licence, with the same text; a machine's own Python may be without.
        texts=(Text("typing-extensions", "licenses/LICENSE"),),
        remark="Compiled to byte-code, of the modules that a calculator imports.",
    ),
    Part(
        "tzdata: the IANA time zone database",
        "Apache-2.0; the database is in the public domain",
        (f"{places.ASSETS}/worker-*.js",),
        package="tzdata",
        texts=(Text("tzdata", "licenses/LICENSE"), Text("tzdata", "licenses/LICENSE_APACHE")),
    ),
    Part(
        "Unicode CLDR, as Babel has it: how languages write dates, amounts and numbers",
        "Unicode-3.0",
        WITH_WORDS,
        package="babel",
        texts=(Text("babel", "locale-data/LICENSE.unicode"),),
    ),
    Part(
        "holidays: the dates of public holidays",
        "MIT",
        (f"{places.ASSETS}/policies/*.json", "api/v1/**/*.json"),
        package="holidays",
        texts=(Text("holidays", "licenses/LICENSE"),),
    ),
    Part(
        "Material for MkDocs: the frame of pages and its styles",
        "MIT",
        PAGES,
        package="mkdocs-material",
        texts=(Text("mkdocs-material", "licenses/LICENSE"),),
    ),
    Part(
        "Material Design Icons, as Material for MkDocs has them",
        "Apache-2.0",
        ICONS,
        package="mkdocs-material",
        texts=(Text("mkdocs-material", ".icons/material/LICENSE"),),
    ),
    Part(
        "Octicons, as Material for MkDocs has them",
        "MIT",
        ICONS,
        package="mkdocs-material",
        texts=(Text("mkdocs-material", ".icons/octicons/LICENSE"),),
    ),
    Part(
        "Font Awesome Free, as Material for MkDocs has it: icons, no fonts",
        "CC-BY-4.0",
        ICONS,
        package="mkdocs-material",
        texts=(Text("mkdocs-material", ".icons/fontawesome/LICENSE.txt"),),
    ),
    Part("Pagefind: the search", "MIT", ("search/*", "search/**/*"), npm="@pagefind/*"),
)
"""In the order of the file."""


def write(site: Path) -> None:
    """Write the file. Raises SiteError where a licence cannot be read."""
    parts = "".join(_told(part) for part in PARTS)
    (site / NAME).write_text(f"{_own()}{parts}", encoding="utf-8")


def _own() -> str:
    text = (places.ROOT / "LICENSE").read_text(encoding="utf-8")
    return (
        "What is Termwise's own in this site, everything that is not named below:\n\n"
        f"{text}\nWhat others have made of it:\n"
    )


def _told(part: Part) -> str:
    lines = [
        f"\n{RULE}\n{part.name}",
        f"{_source(part)}, version {part.version}",
        f"Licence: {part.licence}",
        f"In: {', '.join(part.files)}",
        *([part.remark] if part.remark else []),
        f"{RULE}\n",
        *_texts(part),
    ]
    return "\n".join(lines)


def _source(part: Part) -> str:
    if not part.npm:
        return f"{part.package}, from PyPI"
    told = _npm(part.npm)
    # Pagefind has a package for each kind of machine; what comes of it is the same.
    name = part.npm.removesuffix("/*")
    return f"{name}, from npm; {told['repository']['url'].removeprefix('git+')}"


def _texts(part: Part) -> Iterable[str]:
    if part.texts:
        return (_read(text) for text in part.texts)
    author = _npm(part.npm)["author"]
    return (f"Copyright (c) the authors of {author}\n\n{_terms_of_mit()}",)


def _terms_of_mit() -> str:
    """The terms without the names of those who grant them."""
    own = (places.ROOT / "LICENSE").read_text(encoding="utf-8")
    return own[own.index("Permission is hereby granted") :]


def _read(text: Text) -> str:
    try:
        files = distribution(text.package).files or []
    except PackageNotFoundError:
        files = []
    for file in files:
        if file.as_posix().endswith(text.file):
            return Path(str(file.locate())).read_text(encoding="utf-8").strip() + "\n"
    raise SiteError(f"{text.package} brings no {text.file}: where is its licence now?")


def _npm(name: str) -> dict[str, Any]:
    """What an npm package says of itself; where npm installs one of several, whichever it is."""
    for file in _described(name):
        told: dict[str, Any] = json.loads(file.read_bytes())
        return told
    raise SiteError(f"{name}: run `make setup`")


def _described(name: str) -> Iterator[Path]:
    yield from sorted(places.NODE_MODULES.glob(f"{name}/package.json"))
