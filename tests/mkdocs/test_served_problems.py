"""A site that is served while it is edited says what is wrong, and stays served."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from termwise.mkdocs.served_problems import Application, Wrong, lasting, showing
from termwise.problems import Place, Problem

PAGE = b"<html><body class='x'><header></header><main role='main'><p>Old</p></main></body></html>"
PROBLEM = Problem(Place("policies/a/policy.yaml", 3, 5), "A <b>", "“&”", "c", "d")


def site(status: str, kind: str) -> Application:
    """A server that answers everything in one way."""

    def serve(_: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(PAGE)))])
        return [PAGE]

    return serve


def asked(application: Application) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and content of an answer."""
    answer: list[Any] = []
    content = b"".join(application({}, lambda *started: answer.extend(started)))
    return answer[0], dict(answer[1]), content


def wrong(*problems: Problem, failure: str = "") -> Wrong:
    """What is wrong."""
    one = Wrong()
    one.problems, one.failure = problems, failure
    return one


def test_every_page_says_what_is_wrong_at_its_head() -> None:
    """As text, whatever was found; the length is that of the page as it is sent."""
    status, headers, content = asked(showing(site("200 OK", "text/html"), wrong(PROBLEM)))
    assert status == "200 OK"
    assert headers["Content-Length"] == str(len(content))
    assert content.startswith(b"<html><body class='x'><header></header><main role='main'><div ")
    assert "a/policy.yaml:3:5</strong><br>A &lt;b&gt;<br>Found: “&amp;”" in content.decode()
    assert content.endswith(b"</div><p>Old</p></main></body></html>")


def test_nothing_is_said_where_nothing_is_wrong() -> None:
    """Nor in what is no page."""
    assert asked(showing(site("200 OK", "text/html"), wrong()))[2] == PAGE
    assert asked(showing(site("200 OK", "text/css"), wrong(PROBLEM)))[2] == PAGE


def test_a_page_that_is_not_there_asks_anew() -> None:
    """So that a provider whose first policy is mended appears by itself."""
    lost = showing(site("404 Not Found", "text/html"), wrong(PROBLEM))
    assert asked(lost)[1]["Refresh"] == "2"
    assert "Refresh" not in asked(showing(site("200 OK", "text/html"), wrong(PROBLEM)))[1]


@pytest.mark.parametrize("error", [SystemExit("Aborted"), ValueError("Aborted")])
def test_a_failed_build_is_told_until_the_next_good_one(error: BaseException) -> None:
    """And ends nothing; that the site stays as it was, `finish` sees to."""
    found, outcomes = wrong(), [None, error, None]

    def build() -> None:
        if outcome := outcomes.pop(0):
            raise outcome

    lasting_build, seen = lasting(build, found), []
    for _ in range(3):
        lasting_build()
        seen.append(found.failure)
    assert seen == ["", "Aborted", ""]
