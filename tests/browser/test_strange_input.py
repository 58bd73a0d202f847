"""Whatever stands in the address or is typed: a clear message, no script, no broken page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.calculator_page import CalculatorPage
from tests.patience import wait_until

pytestmark = pytest.mark.browser

SCRIPT = '"><img src=x onerror="window.ran=1"><script>window.ran=1</script>'
REFUSED_MINUTES = {
    "empty": "",
    "negative": "-1",
    "fraction": "1.5",
    "exponent": "1e3",
    "huge": "9" * 5000,
    "no number": "ninety",
    "markup": SCRIPT,
    "Arabic digits": "٩٠",
    "full-width digits": "９０",
    "four bytes to a character": "9😀",
    "right to left": "\u202e09",
    "null": "\0",
    "half a character": "%ED%A0%80",
    "template": "{{constructor.constructor('window.ran=1')()}}",
    "infinity": "Infinity",
    "not a number": "NaN",
}
REFUSED_START = {
    "empty": "",
    "no date": "yesterday",
    "no such day": "2026-02-30T10:00",
    "four bytes to a character": "2026-03-03T17:30😀",
    "no such hour": "2026-03-29T02:30",
    "year ten thousand": "10000-01-01T00:00",
    "year nought": "0000-01-01T00:00",
    "markup": SCRIPT,
    "odd offset": "2026-03-03T17:30+99:00",
}

BRIGHT = r"""
(output) => [...output.querySelectorAll(":scope :not(.tw-how *)")]
  .filter(({ childNodes }) => [...childNodes].some((node) => /\d\.\d\d/.test(node.data)))
  .filter((one) => getComputedStyle(one).color === getComputedStyle(document.body).color)
  .map(({ textContent }) => textContent)
"""


def expect_refusal(calculator: CalculatorPage, field: str) -> None:
    """The message is beside the field; the quote is marked; nothing ran, nothing was injected."""
    calculator.expect_state("ready")
    message = calculator.problem(field)
    expect(message).to_be_visible()
    assert 0 < len(message.inner_text()) < 400
    expect(calculator.part("stale")).to_be_visible()
    expect(calculator.total).not_to_be_empty()
    expect_no_harm(calculator)


def expect_no_harm(calculator: CalculatorPage) -> None:
    """No script ran, no element came out of a value, nobody complained."""
    assert calculator.page.evaluate("() => window.ran") is None
    assert calculator.element.locator("img, script, iframe").count() == 0
    assert calculator.complaints == []


def encoded(value: str) -> str:
    """The value as an address holds it, unless it is one that only an address can hold."""
    return value if value.startswith("%") else quote(value)


@pytest.mark.parametrize("value", REFUSED_MINUTES.values(), ids=REFUSED_MINUTES)
def test_strange_minutes_in_a_link(ready: CalculatorPage, value: str):
    """The address may say anything about the length."""
    ready.revisit(f"?minutes={encoded(value)}")
    expect_refusal(ready, "minutes")


@pytest.mark.parametrize("value", REFUSED_START.values(), ids=REFUSED_START)
def test_strange_starts_in_a_link(ready: CalculatorPage, value: str):
    """The address may say anything about the start."""
    ready.revisit(f"?start={quote(value)}")
    expect_refusal(ready, "start")


def test_a_strange_link_opened_cold(calculator: CalculatorPage):
    """The same when the browser itself opens the address."""
    calculator.open(f"?minutes={quote(SCRIPT)}&{quote(SCRIPT)}={quote(SCRIPT)}")
    expect_refusal(calculator, "minutes")


def test_a_strange_answer_in_a_link(ready: CalculatorPage):
    """A question has its answers and no other."""
    ready.revisit(f"?client={quote(SCRIPT)}")
    expect_refusal(ready, "client")


@pytest.mark.parametrize("value", ["nothing", "", "__proto__", "constructor", SCRIPT])
def test_an_unknown_service_in_a_link(ready: CalculatorPage, value: str):
    """A service that does not exist is refused; the page's own quote stays."""
    ready.revisit(f"?service={quote(value)}")
    messages = ready.element.locator("[data-problem]:visible, [data-problem-other]:visible")
    expect(messages.first).to_be_visible()
    expect(ready.part("stale")).to_be_visible()
    expect_no_harm(ready)


@pytest.mark.parametrize(
    "query",
    [
        "?utm_source=letter",
        "?__proto__=1&constructor=2&toString=3",
        f"?{quote(SCRIPT)}={quote(SCRIPT)}",
        "?minutes=60&minutes=120",
        "?&&&=&==",
        "?%E0%A4%A",
    ],
)
def test_strange_names_in_a_link_are_passed_over(ready: CalculatorPage, query: str):
    """Only the scenario's own names are read, the first of several."""
    ready.revisit(query)
    expect(ready.part("stale")).to_be_hidden()
    assert ready.quote()["input"]["minutes"] in (60, 90)
    expect_no_harm(ready)


@pytest.mark.parametrize("value", ["-1", "1.5", "99999999999999999999", "1e5"])
def test_strange_minutes_in_the_form(ready: CalculatorPage, value: str):
    """What the field lets through is refused beside it, and mended by typing on."""
    ready.type_minutes(value)
    expect_refusal(ready, "minutes")
    ready.type_minutes("60")
    expect(ready.problem("minutes")).to_be_hidden()
    ready.expect_minutes(60)


def test_an_emptied_form(ready: CalculatorPage):
    """Both fields are told to be missing, each beside itself."""
    ready.control("minutes").fill("")
    ready.control("start").fill("")
    expect_refusal(ready, "minutes")
    expect_refusal(ready, "start")


def test_each_amount_of_another_case_is_dimmed(ready: CalculatorPage) -> None:
    """Lines and sums as well as the total; the clauses behind the quote stay as they are."""
    assert ready.output.evaluate(BRIGHT)
    ready.control("minutes").fill("")
    expect(ready.part("stale")).to_be_visible()
    wait_until(ready.page, lambda: ready.output.evaluate(BRIGHT) == [])
