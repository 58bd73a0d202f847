"""The form answers before Python does, and Python then says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from termwise.languages import LANGUAGES
from termwise.pages.calculator.first_scenarios import first_scenarios
from termwise.reading.providers import Provider
from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import PREFIX
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

# Each query to the page's first answers and to Python; the queries on which the two differ, and
# how many the page can answer.
COMPARE = """
async ({ script, root, data, queries }) => {
  const { engineAt, loadFirstAnswers, firstAnswer } = await import(root + script);
  const at = ([name, url]) => [name, /Digest/.test(name) ? url : root + url];
  const here = Object.fromEntries(Object.entries(data).map(at));
  const answers = await loadFirstAnswers(here);
  const python = engineAt(here.runtime, 60);
  const parts = ["json", "html", "asked", "address", "problems"];
  const text = (answer) => JSON.stringify(parts.map((part) => answer[part]));
  const differing = [];
  let answered = 0;
  for (const query of queries) {
    const first = firstAnswer(answers, query);
    if (!first) continue;
    answered++;
    if (text(first) !== text(await python.ask(here.bundle, query))) differing.push(query);
  }
  return { differing, answered };
}
"""
WATCH = """
output => {
  window.mutations = [];
  new MutationObserver((seen) => window.mutations.push(...seen.map(({ type }) => type)))
    .observe(output, { childList: true, subtree: true, attributes: true, characterData: true });
}
"""


@pytest.fixture
def waiting(calculator: CalculatorPage, server: SiteServer) -> Iterator[CalculatorPage]:
    """Mastiff's calculator whose Python does not arrive before the test is over."""
    with server.fault("*.wasm", "stalled"):
        yield calculator


def quotes_told(calculator: CalculatorPage) -> list[Any]:
    """The quotes of the events so far."""
    return [quote for kind, quote in calculator.events() if kind == "termwise:quote"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_answers_what_python_answers(
    running: CalculatorPage,
    server: SiteServer,
    built_site: Path,
    providers: Mapping[str, Provider],
    language: str,
):
    """For all that the form may hold of the first scenarios, on the page of every provider."""
    root = f"{server.origin}{PREFIX}"
    for name, provider in providers.items():
        place = "" if language == "en" else f"{language}/"
        source = (built_site / f"{place}providers/{name}/index.html").read_text()
        queries = first_scenarios(provider)
        (script,) = re.findall(r'src="[./]*([^"]*calculator.js)"', source)
        asked = {"script": script, "root": root, "data": data_of(source), "queries": queries}
        compared = running.page.evaluate(COMPARE, asked)
        assert compared == {"differing": [], "answered": len(queries)}, name


def data_of(source: str) -> dict[str, str]:
    """What a page's element names, as addresses from the root of the site."""
    named = re.findall(r'data-(bundle|runtime|answers|answers-digest)="[./]*([^"]*)"', source)
    return {name.replace("-d", "D"): value for name, value in named}


def test_an_edit_is_answered_while_python_is_on_its_way(waiting: CalculatorPage):
    """The quote changes, is told and spoken, and the address follows: as Python would do it."""
    waiting.when_listening().control("minutes").fill("60")
    expect(waiting.output).to_contain_text("60 minutes")
    expect(waiting.part("stale")).to_be_hidden()
    waiting.expect_state("loading")
    assert waiting.quote()["input"]["minutes"] == 60
    assert quotes_told(waiting) == [waiting.quote()]
    waiting.page.wait_for_url("**minutes=60**")
    expect(waiting.part("status")).to_have_text(waiting.total.inner_text())


def test_several_changes_are_answered_and_the_way_back(waiting: CalculatorPage):
    """A question that another brings up is shown, and what is not asked any more is left out."""
    waiting.when_listening().control("client", "yes").check()
    expect(waiting.control("purchased_equipment", "yes")).to_be_visible()
    waiting.control("purchased_equipment", "yes").check()
    expect(waiting.part("stale")).to_be_hidden()
    waiting.control("client", "no").check()
    expect(waiting.control("purchased_equipment", "yes")).to_be_hidden()
    expect(waiting.part("stale")).to_be_hidden()
    assert [quote["input"]["set"] for quote in quotes_told(waiting)] == [
        {"client": "yes", "purchased_equipment": "no"},
        {"client": "yes", "purchased_equipment": "yes"},
        {"client": "no"},
    ]


def test_what_nobody_thought_of_waits_for_python(calculator: CalculatorPage, server: SiteServer):
    """The quote that is there is marked until Python has answered."""
    with server.fault("*.wasm", "stalled"):
        calculator.when_listening().control("minutes").fill("60")
        expect(calculator.part("stale")).to_be_hidden()
        calculator.control("minutes").fill("61")
        expect(calculator.part("stale")).to_be_visible()
        assert [quote["input"]["minutes"] for quote in quotes_told(calculator)] == [60]
    calculator.expect_state("ready")
    expect(calculator.part("stale")).to_be_hidden()
    calculator.expect_minutes(61)


def test_nothing_changes_when_python_takes_over(calculator: CalculatorPage, server: SiteServer):
    """Not a node of the quote is touched, what was opened stays open, and the quote is the same."""
    with server.fault("*.wasm", "stalled"):
        calculator.when_listening().control("minutes").fill("60")
        expect(calculator.part("stale")).to_be_hidden()
        calculator.output.locator("details").first.locator("summary").click()
        calculator.output.evaluate(WATCH)
        before = calculator.json()
    calculator.expect_state("ready")
    calculator.page.wait_for_timeout(500)  # longer than the pause after which the total is spoken
    assert calculator.page.evaluate("() => window.mutations") == []
    assert calculator.json() == before
    assert [kind for kind, _ in calculator.events()] == [
        "termwise:quote",
        "termwise:ready",
        "termwise:quote",
    ]


@pytest.mark.parametrize(
    ("address", "client"), [("", "no"), ("?client=yes&minutes=120", "yes")], ids=["page", "link"]
)
def test_an_edit_before_the_scripts_is_answered(waiting: CalculatorPage, address: str, client: str):
    """The form is in the page before anything that listens to it; a link fills what is left."""
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    waiting.page.route("**/calculator.js", hold)
    with waiting.page.expect_request("**/calculator.js"):
        waiting.page.goto(waiting.url + address, wait_until="commit")
    waiting.control("minutes").fill("60")
    held[0].continue_()
    expect(waiting.output).to_contain_text("60 minutes")
    expect(waiting.control("client", client)).to_be_checked()
    expect(waiting.part("stale")).to_be_hidden()
    waiting.expect_state("loading")


@pytest.mark.parametrize(
    ("now", "start", "day"),
    [
        ("2026-03-03T16:30:00Z", "2026-03-03T17:30", "3 March 2026"),
        ("2026-03-03T16:31:00Z", "2026-03-10T17:30", "10 March 2026"),
        ("2026-03-20T12:00:00Z", "2026-03-24T17:30", "24 March 2026"),
        ("2026-08-28T12:00:00Z", "2026-09-01T17:30", "1 September 2026"),
    ],
)
def test_no_start_is_proposed_that_has_passed(
    waiting: CalculatorPage, now: str, start: str, day: str
):
    """The same hour of the same weekday, answered at once, for half a year after its build."""
    waiting.page.clock.set_fixed_time(now)
    waiting.open()
    expect(waiting.control("start")).to_have_value(start)
    expect(waiting.output).to_contain_text(f"Tuesday, {day}, 17:30")
    expect(waiting.part("stale")).to_be_hidden()


def test_a_link_is_answered_before_python(waiting: CalculatorPage):
    """Where it leads to one of the first scenarios."""
    waiting.open("?client=yes&minutes=120")
    expect(waiting.output).to_contain_text("120 minutes")
    expect(waiting.part("stale")).to_be_hidden()
    waiting.expect_state("loading")


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("?minutes=137", id="with a value that no answer has"),
        pytest.param(
            "?start=2026-03-10T17:30&minutes=60", id="with values that answers have apart"
        ),
    ],
)
def test_a_link_is_answered_where_first_answers_do_not_come(
    calculator: CalculatorPage, server: SiteServer, link: str
):
    """Python does not wait for them long; not at all where it is certain that none of them fits."""
    with server.fault("*/answers/*", "stalled"):
        calculator.open(link).expect_state("ready")
        expect(calculator.part("stale")).to_be_hidden()


def test_the_form_answers_where_python_cannot_come(calculator: CalculatorPage, server: SiteServer):
    """First answers do not need it."""
    with server.fault("*.wasm", "missing"):
        calculator.open().expect_state("failed")
        calculator.control("minutes").fill("60")
        expect(calculator.part("stale")).to_be_hidden()
        assert calculator.quote()["input"]["minutes"] == 60
        calculator.expect_state("failed")


@pytest.mark.parametrize("kind", ["missing", "garbled"])
def test_answers_that_are_not_those_of_the_page_are_refused(
    waiting: CalculatorPage, server: SiteServer, kind: Any
):
    """The browser holds their content against the digest that the page names."""
    with server.fault("*/answers/*", kind):
        waiting.when_listening().control("minutes").fill("60")
        expect(waiting.part("stale")).to_be_visible()
        assert quotes_told(waiting) == []


@pytest.mark.parametrize("made_from", ["bundle", "runtime"])
def test_answers_of_another_release_are_refused(waiting: CalculatorPage, made_from: str):
    """They say from which policy and by which calculator they were made."""

    def answer(route: Any) -> None:
        response = route.fetch()
        other = re.sub(rf'(data-{made_from}="[^"]*?)[0-9a-f]{{16}}', r"\g<1>0", response.text())
        route.fulfill(response=response, body=other)

    waiting.page.route(waiting.url, answer)
    waiting.when_listening().control("minutes").fill("60")
    expect(waiting.part("stale")).to_be_visible()
    assert quotes_told(waiting) == []
