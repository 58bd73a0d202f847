"""The licences of what a site ships that others have made, in one file at its root.

Texts come from the installed packages themselves, so they are those of the versions in use.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from termwise import places
from termwise.site.errors import SiteError

NAME = "licences.txt"
RULE = "=" * 78
LICENCE_OF_NPM = "LICENSE.txt"
RUNTIME = (
    *("pyodide-*/*", "trimmed-*/*", "interpreter-*/*"),
    *("memory-*.bin*", "python-*.zip*", "library-*.zip*"),
    *("editor-*/library.packed", "editor-worker-*.js"),
)
"""The browser's Python, whichever way it was made; each in the folder of files with digests."""


@dataclass(frozen=True)
class Text:
    """A file of an installed package of Python, of its metadata or beside it."""

    package: str
    file: str


@dataclass(frozen=True)
class Part:
    """What others have made of a site: its licence, and in which files it is.

    `npm` or `package` is where it comes from; the version is the installed one. `files` are
    patterns as seen from the root of the site. Where no `texts` are named, that of npm is taken.
    """

    name: str
    licence: str
    files: tuple[str, ...]
    npm: str = ""
    package: str = ""
    texts: tuple[Text, ...] = ()
    npm_texts: tuple[str, ...] = ()
    """Files of npm packages that hold its licences, where it has no text of the usual name."""
    remark: str = ""

    @property
    def version(self) -> str:
        """The installed one."""
        return str(_npm(self.npm)["version"]) if self.npm else version(self.package)


IN_RUNTIME = tuple(f"{places.ASSETS}/{pattern}" for pattern in RUNTIME)
ICONS = (f"{places.ASSETS}/styles-*/site.css",)
PAGES = ("**/*.html", *ICONS)
WITH_WORDS = ("**/*.html", f"{places.ASSETS}/policies/*.json", f"{places.ASSETS}/answers/**/*.json")

EDITOR = f"{places.ASSETS}/editor-*/"
IN_EDITOR = (f"{EDITOR}termwise.packed",)
"""The archive of the editor's Python: our code, and what it imports."""


def _in_editor(name: str, licence: str, package: str, file: str) -> Part:
    return Part(name, licence, IN_EDITOR, package=package, texts=(Text(package, file),))


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
        (f"{places.ASSETS}/worker-*.js", *IN_EDITOR),
        package="tzdata",
        texts=(
            Text("tzdata", "licenses/LICENSE"),
            Text("tzdata", "licenses/licenses/LICENSE_APACHE"),
        ),
    ),
    Part(
        "Unicode CLDR, as Babel has it: how languages write dates, amounts and numbers",
        "Unicode-3.0",
        (*WITH_WORDS, *IN_EDITOR),
        package="babel",
        texts=(Text("babel", "babel/locale-data/LICENSE.unicode"),),
    ),
    Part(
        "holidays: the dates of public holidays",
        "MIT",
        (f"{places.ASSETS}/policies/*.json", "api/v1/**/*.json", *IN_EDITOR),
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
        texts=(Text("mkdocs-material", "material/templates/.icons/material/LICENSE"),),
    ),
    Part(
        "Octicons, as Material for MkDocs has them",
        "MIT",
        ICONS,
        package="mkdocs-material",
        texts=(Text("mkdocs-material", "material/templates/.icons/octicons/LICENSE"),),
    ),
    Part(
        "Font Awesome Free, as Material for MkDocs has it: icons, no fonts",
        "CC-BY-4.0",
        ICONS,
        package="mkdocs-material",
        texts=(Text("mkdocs-material", "material/templates/.icons/fontawesome/LICENSE.txt"),),
    ),
    _in_editor("Pydantic", "MIT", "pydantic", "licenses/LICENSE"),
    _in_editor("Pydantic, what of it is compiled", "MIT", "pydantic-core", "licenses/LICENSE"),
    _in_editor("annotated-types", "MIT", "annotated-types", "licenses/LICENSE"),
    _in_editor("typing-inspection", "MIT", "typing-inspection", "licenses/LICENSE"),
    _in_editor("typing_extensions", "PSF-2.0", "typing-extensions", "licenses/LICENSE"),
    _in_editor("PyYAML", "MIT", "PyYAML", "licenses/LICENSE"),
    _in_editor("Python-Markdown", "BSD-3-Clause", "Markdown", "licenses/LICENSE.md"),
    _in_editor("MarkupSafe", "BSD-3-Clause", "MarkupSafe", "licenses/LICENSE.txt"),
    _in_editor("idna", "BSD-3-Clause", "idna", "licenses/LICENSE.md"),
    _in_editor("num2words", "LGPL-2.1-or-later", "num2words", "COPYING"),
    _in_editor("Babel, and the CLDR in it", "BSD-3-Clause", "babel", "licenses/LICENSE"),
    Part(
        "opening_hours.js: reads opening hours in the editor, with i18next and SunCalc in it",
        "LGPL-3.0-only; i18next: MIT; SunCalc: BSD-2-Clause; places in it: ODbL-1.0",
        (f"{EDITOR}opening_hours.js",),
        npm="opening_hours",
        npm_texts=(
            "opening_hours/LICENSES/LGPL-3.0-only.txt",
            "opening_hours/LICENSES/ODbL-1.0.txt",
            "i18next/LICENSE",
            "suncalc/LICENSE",
        ),
        remark=(
            "Unchanged, put into one file by esbuild. The LGPL adds to the GNU General Public "
            "License, version 3: https://www.gnu.org/licenses/gpl-3.0.txt. Places are from "
            "OpenStreetMap, © its contributors. Another version of the file, under the same name, "
            "takes its place where the digest in the editor's worker is changed with it."
        ),
    ),
    Part(
        "MiniSearch: what finds in the search",
        "MIT",
        (f"{places.ASSETS}/scripts-*/search-engine.js",),
        npm="minisearch",
    ),
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
    repository = _npm(part.npm)["repository"]["url"].removeprefix("git+")
    return f"{part.npm}, from npm; {repository}"


def _texts(part: Part) -> Iterable[str]:
    if part.texts or part.npm_texts:
        npm = (file.split("/", 1) for file in part.npm_texts)
        return [*map(_read, part.texts), *(_read_npm(name, file) for name, file in npm)]
    return (_read_npm(part.npm, LICENCE_OF_NPM),)


def _read(text: Text) -> str:
    # Not looked for in the list of its files, which for a large package fills 10 MB of memory.
    try:
        package = distribution(text.package)
        found = package.read_text(text.file) or Path(str(package.locate_file(text.file))).read_text(
            encoding="utf-8"
        )
    except (PackageNotFoundError, FileNotFoundError):
        told = f"{text.package} brings no {text.file}: where is its licence now?"
        raise SiteError(told) from None
    return found.strip() + "\n"


def _npm(name: str) -> dict[str, Any]:
    """What an npm package says of itself."""
    told: dict[str, Any] = json.loads(_read_npm(name, "package.json"))
    return told


def _read_npm(name: str, file: str) -> str:
    try:
        return (places.NODE_MODULES / name / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SiteError(f"{name} brings no {file}: run `make setup`") from None
