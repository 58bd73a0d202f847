"""The scripts and styles of pages, each put together to one file by esbuild.

A page asks for one script and one sheet of styles. Scripts that are asked for one by one, each by
the one before it, kept a visitor waiting for longer than Python. What must run before the first
paint, or watches over what comes later, stands in the head itself; the content security policy
knows its digest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from termwise import npm_programs
from termwise.kept.digests import digest_of_files, files_in
from termwise.npm_programs import FailedProgram
from termwise.site.errors import SiteError

SCRIPTS, STYLES = "assets/javascripts/", "assets/stylesheets/"
"""Folders of the docs and of the theme; nothing in them is published as it is."""

PAGE_SCRIPTS = (
    *("calculator.js", "comparison.js", "site.js", "editor.js"),
    *("search.js", "search-engine.js"),
)
"""For pages with a calculator, that of the comparison, without either, those of the editor; what
stands at no address of its own; and what finds, which is fetched by whoever searches."""

HEAD_SCRIPTS = ("theme", "watch")
SHEETS = ("termwise.css", "calculator.css", "policy.css")
"""After the theme's own."""

EDITOR_SHEET = "editor.css"
"""Beside the others, on the pages of the editor alone."""


@dataclass(frozen=True)
class PageFiles:
    """What pages are given, the same for all languages."""

    files: dict[str, bytes]
    """By their paths in the site, as pages name them."""
    head: dict[str, str]
    """The scripts that stand in the head, by their names."""


def page_files(docs: Path, theme: Iterable[str], node_modules: Path) -> PageFiles:
    """Put the files together; `theme` are its folders, of which one holds Material's main sheet.

    Raises SiteError where esbuild is not installed, or finds a mistake.
    """
    read = [*files_in(docs / SCRIPTS), *files_in(docs / STYLES)]
    return _page_files(docs, _main_sheet(theme), node_modules, digest_of_files(read, docs))


@lru_cache(maxsize=1)
def _page_files(docs: Path, theme_sheet: Path, node_modules: Path, _read: str) -> PageFiles:
    """The same; anew only where something else is read, while a site is served."""
    scripts, styles = docs / SCRIPTS, docs / STYLES
    sheets = [theme_sheet, *(styles / name for name in SHEETS)]
    with TemporaryDirectory() as folder:
        sheet = Path(folder, "site.css")
        sheet.write_text("".join(file.read_text("utf-8") for file in sheets), encoding="utf-8")
        out = Path(folder, "out")
        pages = [f"{Path(name).stem}={scripts / name}" for name in PAGE_SCRIPTS]
        head = [f"head/{name}={scripts / 'head' / name}.js" for name in HEAD_SCRIPTS]
        own = [f"site={sheet}", f"editor={styles / EDITOR_SHEET}"]
        put_together(node_modules, *pages, *own, "--minify", "--format=esm", f"--outdir={out}")
        # In the head they are no modules: nothing of one may be a name of the page.
        put_together(node_modules, *head, "--minify", "--format=iife", f"--outdir={out}")
        return PageFiles(
            files={
                **{SCRIPTS + name: (out / name).read_bytes() for name in PAGE_SCRIPTS},
                **{STYLES + name: (out / name).read_bytes() for name in (sheet.name, EDITOR_SHEET)},
            },
            head={name: (out / f"head/{name}.js").read_text("utf-8") for name in HEAD_SCRIPTS},
        )


def _main_sheet(theme: Iterable[str]) -> Path:
    """Material names it with a digest."""
    (sheet,) = (file for folder in theme for file in Path(folder, STYLES).glob("main.*.css"))
    return sheet


def put_together(node_modules: Path, *arguments: str | Path) -> str:
    """Let esbuild put files together; what it prints where it writes none.

    Raises SiteError where it finds a mistake, MissingProgram where it is not installed.
    """
    try:
        return npm_programs.put_together(node_modules, *arguments)
    except FailedProgram as failed:
        told = f"The scripts of the pages cannot be put together:\n{failed}"
        raise SiteError(told) from failed
