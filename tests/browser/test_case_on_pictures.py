"""The pictures show the case that the calculator has priced."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calculator_page import CalculatorPage

pytestmark = pytest.mark.browser

MARKED = """week => [...week.querySelectorAll(".tw-week__session")].map((one) => [
  ((days) => days[Math.round((days.length * parseFloat(one.getAttribute("x"))) / 100)])(
    one.closest("svg").dataset.days.split(" ")
  ),
  parseFloat(one.getAttribute("y")),
  parseFloat(one.getAttribute("y")) + parseFloat(one.getAttribute("height")),
])"""
SCALE = "week => ['edges', 'heights'].map((one) => week.dataset[one].split(' ').map(Number))"


def marked(page: Page) -> list[tuple[str, float, float]]:
    """The days of each column that has a mark, and from which hour to which it reaches."""
    week = page.locator(".tw-week").first
    edges, heights = week.evaluate(SCALE)

    def hour(height: float) -> float:
        last = next(at for at, one in enumerate(heights[1:], 1) if one >= height - 0.01)
        share = (height - heights[last - 1]) / (heights[last] - heights[last - 1])
        return round((edges[last - 1] + share * (edges[last] - edges[last - 1])) / 60, 2)

    return [(days, hour(top), hour(end)) for days, top, end in week.evaluate(MARKED)]


def test_the_case_is_marked_as_it_changes(calculator: CalculatorPage) -> None:
    """First what the page has priced, then what is entered, over midnight and into other days."""
    calculator.open()
    page = calculator.page
    note = page.locator("[data-session]").first
    expect(note).to_be_visible()
    assert marked(page) == [("01234", 17.5, 19.0)]
    calculator.expect_state("ready")
    calculator.control("start").fill("2026-03-06T23:00")
    calculator.type_minutes("150")
    calculator.expect_minutes(150)
    assert marked(page) == [("01234", 23.0, 24.0), ("56", 0.0, 1.5)]
    calculator.control("start").fill("2026-03-07T12:00")
    expect(calculator.output).to_contain_text("Saturday, 7 March 2026")
    assert marked(page) == [("56", 12.0, 14.5)]


def test_a_link_marks_its_own_case(calculator: CalculatorPage) -> None:
    """Not the one that the page came with."""
    calculator.when_ready("?start=2026-03-29T01:30&minutes=137")
    expect(calculator.output).to_contain_text("137 minutes")
    assert marked(calculator.page) == [("56", 1.5, 4.78)]  # an hour of that night is left out


def test_the_steps_of_cost_are_drawn_for_the_answers(calculator: CalculatorPage) -> None:
    """When they are seen; what was opened stays open."""
    calculator.when_ready()
    page = calculator.page
    steps = page.locator(".tw-graph--cost")
    costs = steps.locator("td")
    steps.get_by_text("The steps in a table").click()
    expect(costs.nth(1)).to_have_text("PLN\u00a0369.00")
    page.locator("[name=client][value=yes]").check()
    steps.scroll_into_view_if_needed()
    expect(steps.locator("figcaption")).to_contain_text("yes")
    calculator.type_minutes("150")
    steps.scroll_into_view_if_needed()
    expect(steps.locator(".tw-key")).to_contain_text("150")
    expect(costs.nth(0)).to_be_visible()
    expect(costs.nth(1)).not_to_have_text("PLN\u00a0369.00")
    told = [float(text.split()[-1].replace(",", "")) for text in costs.all_inner_texts()]
    assert f"{told[2]:,.2f}" in calculator.total.inner_text()
