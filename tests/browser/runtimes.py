"""A built runtime on a bare page: what its worker answers, and what it says meanwhile."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from termwise.kept.digests import sha256_of
from termwise_calculator.browser import compare, open_session
from tests.browser.site_server import SiteServer

Told = Sequence[Mapping[str, Any]]
"""Bundles, each with the one it is compared with and with queries."""

BUNDLES = ("bundle", "then")
PAGE = '<!doctype html><link rel="icon" href="data:,">'
ASK_ALL = """
([address, asked]) => new Promise((resolve) => {
  const worker = new Worker(address, { type: "module" });
  const told = [];
  let left = asked.length;
  worker.onmessage = ({ data: { id, answer, failure } }) => {
    if (id === undefined) return; // how much has arrived
    told[id] = answer ?? failure;
    if (--left === 0) resolve(told);
  };
  asked.forEach((one, id) => worker.postMessage({ id, ...one }));
})
"""


@dataclass(frozen=True)
class Heard:
    """What a worker answered, what it wrote to the console, and which files it asked for."""

    answers: list[Any]
    said: list[str]
    served: list[str]


def answers_in(browser: Browser, runtime: Path, worker: str, sessions: Told, work: Path) -> Heard:
    """Ask everything of all sessions in a browser; `work` is an empty folder."""
    (work / "index.html").write_text(
        '<!doctype html><link rel="icon" href="data:,">', encoding="utf-8"
    )
    with SiteServer({"/runtime/": runtime, "/": work}) as server:
        asked = [
            {"bundle": bundle, "query": query} | then
            for session in sessions
            for bundle, other in [[_written(session[one], work, server) for one in BUNDLES]]
            for query in session["queries"]
            for then in ({}, {"then": other})
        ]
        return _heard(browser, server, worker, asked)


def _written(bundle: str, work: Path, server: SiteServer) -> str:
    """The address of a bundle, under a name that says its digest."""
    name = f"{sha256_of(bundle.encode())[:16]}.json"
    (work / f"bundle.{name}").write_text(bundle, encoding="utf-8")
    return f"{server.origin}/bundle.{name}"


def _heard(
    browser: Browser, server: SiteServer, worker: str, asked: Sequence[dict[str, Any]]
) -> Heard:
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(server.origin + "/")
    answers = page.evaluate(ASK_ALL, [f"{server.origin}/runtime/{worker}", asked])
    page.close()
    return Heard(answers, said, [request.path for request in server.served])


def answers_here(sessions: Told) -> list[Any]:
    """What the calculator answers in this Python: by the terms in force, and by those of then."""
    return [
        json.loads(answered(request))
        for session in sessions
        for now, then in [(open_session(session["bundle"]), open_session(session["then"]))]
        for query in session["queries"]
        for request in [json.dumps({"query": query})]
        for answered in (now.answer, partial(compare, then, now))
    ]
