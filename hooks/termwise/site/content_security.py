"""The content security policy of every page, and the proof at build time that each page keeps it.

Inline are only the scripts of the head, allowed by their digests: any other script, style or
handler that slips into a page, from a theme upgrade or a policy text, fails the build instead of
breaking in browsers.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

from termwise.kept.digests import integrity_of

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # WebAssembly: Pyodide and the search
    "style-src": "'self'",
    "img-src": "'self' data:",  # Material's stylesheet holds its icons as data
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
LIVE_RELOAD = {"script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval'"}
"""The server of `termwise serve` adds an inline script to each page, a different one each time."""

DATA_TYPES = ("application/json", "application/ld+json")
FETCHING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "use": "href"}

SCRIPT_FILE = "put it into a file of docs/assets/javascripts, or take it away"
STYLE_FILE = "give the element a class, and the class a rule in docs/assets/stylesheets"
LINK = "link to a page, or take it away"
OWN_FILE = "put the file into docs/ and name it there"

NAME = r"[^\s\"'<>/=]+"
VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=`]+)"
START_TAG = re.compile(rf"<(?=[A-Za-z])({NAME}(?:\s+{NAME}(?:={VALUE})?)*\s*/?>)?")
"""Whatever may begin a tag, in comments too; what is not written as plainly as this stays empty."""


class Violation(NamedTuple):
    """What a page's policy would block: its line in the HTML, its tag, and what to do about it."""

    line: int
    what: str
    tag: str
    mend: str


def policy(scripts: Iterable[str], *, live_reload: bool = False) -> str:
    """The policy as the text of its meta element; `scripts` may stand in the page.

    With `live_reload`, for pages that are served while they are edited, any script may.
    """
    allowed = "".join(f" '{integrity_of(script.encode())}'" for script in scripts)
    directives = DIRECTIVES | {"script-src": DIRECTIVES["script-src"] + allowed}
    # Browsers would ignore 'unsafe-inline' beside digests.
    directives |= LIVE_RELOAD if live_reload else {}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def violations(page: str, scripts: Iterable[str] = ()) -> list[Violation]:
    """What in a page's HTML its policy would block."""
    for script in scripts:
        page = page.replace(f">{script}</script>", f' src="">{_lines(script)}</script>')
    if all(_is_harmless(tag) for tag in set(START_TAG.findall(page))):
        return []
    return _read(page)


def _lines(text: str) -> str:
    """As many lines as the text has."""
    return "\n" * text.count("\n")


@lru_cache(maxsize=32768)
def _is_harmless(tag: str) -> bool:
    """Whether a tag is plain and breaks nothing: pages repeat few tags, each is read once."""
    return tag != "" and not _read(f"<{tag}")


def _read(page: str) -> list[Violation]:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Violation] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" not in values and values.get("type") not in DATA_TYPES:
            self._report("inline script", SCRIPT_FILE)
        if tag == "style" or "style" in values:
            self._report(f"inline style of <{tag}>", STYLE_FILE)
        for handler in (name for name in values if name.startswith("on")):
            self._report(f"inline handler {handler} of <{tag}>", SCRIPT_FILE)
        if values.get("href", "").lower().startswith("javascript:"):
            self._report("script in a link", LINK)
        self._check_fetched(tag, values)

    def _check_fetched(self, tag: str, values: dict[str, str]) -> None:
        """Links may lead elsewhere; what the page itself loads may not."""
        address = values.get(FETCHING.get(tag, ""), "")
        if tag == "link" and values.get("rel", "") not in ("canonical", "alternate"):
            address = values.get("href", "")
        if urlsplit(address).netloc:
            self._report(f"<{tag}> loads from another host: {address}", OWN_FILE)

    def _report(self, what: str, mend: str) -> None:
        line, _ = self.getpos()
        self.found.append(Violation(line, what, self.get_starttag_text() or "", mend))
