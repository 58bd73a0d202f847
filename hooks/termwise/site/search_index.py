"""The search index of the built site: one per language, fetched only when someone searches."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from termwise.languages import LANGUAGES, home_of
from termwise.npm_programs import npm_program
from termwise.site.errors import SiteError

FOLDER = "search"
ENTRY = "pagefind-entry.json"
UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "*.css")  # Pagefind's own interfaces


def build(site: Path, node_modules: Path) -> None:
    """Indexes the articles of a built site into its `search/` folder, one language at a time.

    Together they would take four times the memory; what comes out is the same. Raises SiteError
    when Pagefind is not installed or refuses the site.
    """
    program, homes = npm_program(node_modules, "pagefind"), [*map(home_of, LANGUAGES)]
    entries = [_indexed(program, site, _pages_of(home, homes, site)) for home in homes]
    languages = {name: told for one in entries for name, told in one["languages"].items()}
    entry = entries[0] | {"languages": dict(sorted(languages.items()))}
    written = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    (site / FOLDER / ENTRY).write_text(written, encoding="utf-8")
    for pattern in UNUSED:
        for file in (site / FOLDER).glob(pattern):
            file.unlink()


def _indexed(program: Path, site: Path, pages: str) -> dict[str, Any]:
    """Index some pages, beside what is indexed already; what Pagefind tells of them."""
    run = subprocess.run(
        [program, "--site", site, "--glob", pages, "--output-subdir", FOLDER, "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise SiteError(f"The search index failed: {run.stdout}{run.stderr}")
    entry: dict[str, Any] = json.loads((site / FOLDER / ENTRY).read_bytes())
    return entry


def _pages_of(home: str, homes: Iterable[str], site: Path) -> str:
    """The pages of a language, as Pagefind wants them named."""
    if home:
        return f"{home}**/*.html"
    others = {other.rstrip("/") for other in homes}
    folders = sorted(entry.name for entry in site.iterdir() if entry.is_dir())
    own = ",".join(name for name in folders if name not in others)
    return f"{{*.html,{{{own}}}/**/*.html}}"
