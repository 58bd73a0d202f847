"""What the service worker must know of a release, told when the whole site stands.

The worker itself is docs/service-worker.js. It stands at the root of the site: from there it may
answer for every page.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from termwise import places
from termwise.kept.digests import sha256_of
from termwise.site.scripts_and_styles import put_together

NAME = "service-worker.js"
SOURCE = places.DOCS / NAME
PAGES_OWN = re.compile(r"\.[0-9a-f]{16}\.json$")
"""Files that a single page needs have such a name; a release does not list them."""

UNLISTED = (
    *("pyodide-*/*", "python-*.zip", "*.gz", "*.br"),
    *("editor-*/*", "editor-worker-*.js", "editor.js", "editor.css"),
)
"""The way back, the whole Pyodide and its library, which no browser has needed so far; copies; and
what the editor alone asks for."""


def tell_release(site: Path, offline_pages: Mapping[str, str]) -> None:
    """Put the release above the worker's source, and the pages to show offline beside the rest.

    `offline_pages` are HTML by the beginning of the addresses that they stand for: `pl/`.
    """
    offline = {
        beginning: _written(site, html.encode()) for beginning, html in offline_pages.items()
    }
    files = {
        path.relative_to(site).as_posix(): sha256_of(path.read_bytes())
        for path in sorted((site / places.ASSETS).rglob("*"))
        if path.is_file() and _is_shared(path)
    }
    _tell(site, {"files": files, "offline": offline})


def _is_shared(path: Path) -> bool:
    """Whether pages of the release share a file, and need it."""
    return not PAGES_OWN.search(path.name) and not any(path.match(one) for one in UNLISTED)


def tell_leave(site: Path) -> None:
    """Let the worker of a release that was served from the same address before go away."""
    _tell(site, None)


def _written(site: Path, content: bytes) -> str:
    name = f"{places.ASSETS}/offline-{sha256_of(content)[:16]}.html"
    (site / name).write_bytes(content)
    return name


def _tell(site: Path, release: Mapping[str, Any] | None) -> None:
    told = json.dumps(release, sort_keys=True, separators=(",", ":"))
    script = put_together(places.NODE_MODULES, SOURCE, "--format=iife")
    (site / NAME).write_text(f"const RELEASE = {told};\n{script}", encoding="utf-8")
