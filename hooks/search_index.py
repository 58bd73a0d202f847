"""The search index of the built site: one per language, fetched only when someone searches."""

import subprocess
from pathlib import Path

from mkdocs.exceptions import PluginError

FOLDER = "search"
UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "*.css")  # Pagefind's own interfaces


def build(site: Path, node_modules: Path) -> None:
    """Indexes the articles of a built site into its `search/` folder.

    Raises PluginError when Pagefind is not installed or refuses the site.
    """
    run = subprocess.run(
        [_program(node_modules), "--site", site, "--output-subdir", FOLDER, "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise PluginError(f"The search index failed: {run.stdout}{run.stderr}")
    for pattern in UNUSED:
        for file in (site / FOLDER).glob(pattern):
            file.unlink()


def _program(node_modules: Path) -> Path:
    """The npm package holds a program for each kind of machine; npm installs the fitting one."""
    programs = sorted(node_modules.glob("@pagefind/*/bin/pagefind*"))
    fitting = [program for program in programs if program.suffix in ("", ".exe")]
    if not fitting:
        raise PluginError("The search index needs the npm package pagefind: run `make setup`.")
    return fitting[0]
