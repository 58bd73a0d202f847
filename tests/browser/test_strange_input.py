"""Whatever stands in the address or is typed: a clear message, no script, no broken page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.calculator_page import CalculatorPage

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
    "no such hour": "2026-03-29T02:30",
    "year ten thousand": "10000-01-01T00:00",
    "year nought": "0000-01-01T00:00",
    "markup": SCRIPT,
    "odd offset": "2026-03-03T17:30+99:00",
}


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
    return value if value.startswith("%") else quote(value)


@pytest.mark.parametrize("value", REFUSED_MINUTES.values(), ids=REFUSED_MINUTES)
def test_strange_minutes_in_a_link(calculator: CalculatorPage, value: str):
    """The address may say anything about the length."""
    calculator.open(f"?minutes={encoded(value)}")
    expect_refusal(calculator, "minutes")


@pytest.mark.parametrize("value", REFUSED_START.values(), ids=REFUSED_START)
def test_strange_starts_in_a_link(calculator: CalculatorPage, value: str):
    """The address may say anything about the start."""
    calculator.open(f"?start={quote(value)}")
    expect_refusal(calculator, "start")


def test_a_strange_answer_in_a_link(calculator: CalculatorPage):
    """A question has its answers and no other."""
    calculator.open(f"?client={quote(SCRIPT)}")
    expect_refusal(calculator, "client")


@pytest.mark.parametrize("value", ["nothing", "", "__proto__", "constructor", SCRIPT])
def test_an_unknown_service_in_a_link(calculator: CalculatorPage, value: str):
    """A service that does not exist is refused; the page's own quote stays."""
    calculator.open(f"?service={quote(value)}")
    calculator.expect_state("ready")
    expect(calculator.element.locator("[data-problem]:visible, [data-problem-other]:visible"))
    expect(calculator.part("stale")).to_be_visible()
    expect_no_harm(calculator)


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
def test_strange_names_in_a_link_are_passed_over(calculator: CalculatorPage, query: str):
    """Only the scenario's own names are read, the first of several."""
    calculator.when_ready(query)
    expect(calculator.part("stale")).to_be_hidden()
    assert calculator.quote()["input"]["minutes"] in (60, 90)
    expect_no_harm(calculator)


@pytest.mark.parametrize("value", ["-1", "1.5", "99999999999999999999", "1e5"])
def test_strange_minutes_in_the_form(calculator: CalculatorPage, value: str):
    """What the field lets through is refused beside it, and mended by typing on."""
    calculator.when_ready().type_minutes(value)
    expect_refusal(calculator, "minutes")
    calculator.type_minutes("60")
    expect(calculator.problem("minutes")).to_be_hidden()
    assert calculator.quote()["input"]["minutes"] == 60


def test_an_emptied_form(calculator: CalculatorPage):
    """Both fields are told to be missing, each beside itself."""
    calculator.when_ready()
    calculator.control("minutes").fill("")
    calculator.control("start").fill("")
    expect_refusal(calculator, "minutes")
    expect_refusal(calculator, "start")
