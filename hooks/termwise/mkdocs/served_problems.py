"""A site that is served while it is edited shows what is wrong on every page, and stays served.

Policies that cannot be read keep the pages that they had last. Where no site can be made at all,
the one before stays.
"""

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from termwise.problems import Problem

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
BODY = re.compile(rb"<body[^>]*>")
MAIN = re.compile(rb"<main[^>]*>")
AGAIN = ("Refresh", "2")
"""Asks for a page that is not there anew, since nothing on it waits for the next build."""

LOG = logging.getLogger("mkdocs.termwise")


class Wrong:
    """What is wrong just now: problems of policies, and what went wrong with the site."""

    def __init__(self) -> None:
        self.problems: Sequence[Problem] = ()
        self.failure = ""

    def __bool__(self) -> bool:
        return bool(self.problems or self.failure)

    def box(self) -> bytes:
        """What stands at the head of every page."""
        items = [
            f"<li><strong>{escape(str(one.place))}</strong><br>{escape(one.what)}"
            f"<br>Found: {escape(one.found)}<br>Expected: {escape(one.expected)}"
            f"<br>To mend: {escape(one.mend)}</li>"
            for one in self.problems
        ]
        if self.failure:
            items.append(f"<li><pre>{escape(self.failure)}</pre></li>")
        title = "These are the last good pages: something is wrong with what was saved since"
        return (
            '<div class="md-grid md-typeset" role="alert" lang="en" data-termwise-problems>'
            f'<div class="admonition failure"><p class="admonition-title">{title}</p>'
            f"<ul>{''.join(items)}</ul></div></div>"
        ).encode()


def showing(application: Application, wrong: Wrong) -> Application:
    """A server's pages, with what is wrong at their head."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> None:
            started[:] = [status, headers, *more]

        content = application(environ, start)
        status, headers, *more = started
        if not wrong or dict(headers).get("Content-Type") != "text/html":
            start_response(status, headers, *more)
            return content
        page = _with_box(b"".join(content), wrong.box())
        kept = [one for one in headers if one[0] != "Content-Length"]
        again = [AGAIN] if status.startswith("404") else []
        start_response(status, [*kept, *again, ("Content-Length", str(len(page)))], *more)
        return [page]

    return serve


def _with_box(page: bytes, box: bytes) -> bytes:
    place = MAIN.search(page) or BODY.search(page)
    at = place.end() if place else 0
    return page[:at] + box + page[at:]


def lasting(build: Callable[[], None], wrong: Wrong) -> Callable[[], None]:
    """A build that never fails: why it did is told. The site changes only when one has ended."""

    def build_or_tell() -> None:
        try:
            build()
        except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever it is, it is shown)
            wrong.failure = str(error) or type(error).__name__
            LOG.error(wrong.failure)
        else:
            wrong.failure = ""

    return build_or_tell
