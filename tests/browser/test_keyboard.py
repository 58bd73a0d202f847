"""The calculator by keyboard and by ear."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.calculator_page import CalculatorPage

pytestmark = pytest.mark.browser

FOCUSED_NAME = """
() => document.activeElement.name || document.activeElement.dataset.for
      || document.activeElement.dataset.action || document.activeElement.tagName
"""


def stops(calculator: CalculatorPage, last: str) -> list[str]:
    """Where the Tab key leads from the first control on, up to the action named `last`."""
    calculator.element.locator("form [name]:visible").first.focus()
    seen = [calculator.page.evaluate(FOCUSED_NAME)]
    while seen[-1] != last and len(seen) < 60:
        calculator.page.keyboard.press("Tab")
        seen.append(calculator.page.evaluate(FOCUSED_NAME))
    return list(dict.fromkeys(seen))  # a date control has several stops of its own


def test_tab_leads_through_the_whole_calculator(calculator: CalculatorPage):
    """Every visible control, the quote's own stops and the actions are reached, in page order."""
    calculator.when_ready()
    order = stops(calculator, "download")
    visible = calculator.element.locator("form [name]:visible").evaluate_all(
        "controls => [...new Set(controls.map((control) => control.name))]"
    )
    assert [name for name in order if name in visible] == visible
    assert order[-1] == "download"
    assert order.index("minutes") < order.index("SUMMARY") < order.index("copy-link")


def test_arrow_keys_change_the_answer_and_the_quote(calculator: CalculatorPage):
    """Radios answer to arrows, and focus stays where it was."""
    calculator.when_ready()
    before = calculator.total.inner_text()
    calculator.control("client", "no").focus()
    calculator.page.keyboard.press("ArrowDown")
    expect(calculator.total).not_to_have_text(before)
    expect(calculator.control("client", "yes")).to_be_focused()


def test_the_slider_and_the_field_move_together(calculator: CalculatorPage):
    """Either one sets the other, and both ask."""
    calculator.when_ready()
    slider = calculator.element.locator("[data-for=minutes]")
    calculator.type_minutes("100")
    expect(slider).to_have_value("100")
    slider.focus()
    calculator.page.keyboard.press("ArrowRight")
    expect(calculator.control("minutes")).to_have_value("105")
    expect(calculator.element).to_have_js_property("json", calculator.json())
    assert calculator.quote()["input"]["minutes"] == 105


def test_the_total_is_spoken_once_per_pause(calculator: CalculatorPage):
    """Three keys are one announcement, of the figure that is on the page."""
    calculator.when_ready()
    expect(calculator.part("status")).to_be_empty()
    calculator.part("status").evaluate(
        """status => {
          window.spoken = [];
          const note = () => window.spoken.push(status.textContent);
          new MutationObserver(note).observe(status, { childList: true });
        }"""
    )
    calculator.type_minutes("130")
    expect(calculator.part("status")).not_to_be_empty()
    spoken = calculator.page.evaluate("() => window.spoken")
    assert spoken == [" ".join(calculator.total.inner_text().split())]


def test_a_problem_is_tied_to_its_field(calculator: CalculatorPage):
    """The field is invalid, is described by the message, and the message is spoken."""
    calculator.when_ready().type_minutes("-5")
    message = calculator.problem("minutes")
    expect(message).to_be_visible()
    field = calculator.control("minutes")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert message.get_attribute("id") in field.get_attribute("aria-describedby").split()
    expect(calculator.part("status")).to_contain_text(message.inner_text())
    expect(calculator.part("stale")).to_be_visible()
    calculator.type_minutes("60")
    expect(message).to_be_hidden()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert message.get_attribute("id") not in (field.get_attribute("aria-describedby") or "")


def test_an_opened_explanation_stays_open_over_edits(calculator: CalculatorPage):
    """The quote is replaced, what the visitor opened in it is not closed."""
    calculator.when_ready()
    details = calculator.output.locator("details").first
    details.locator("summary").focus()
    calculator.page.keyboard.press("Enter")
    expect(details).to_have_attribute("open", "")
    calculator.type_minutes("130")
    assert calculator.quote()["input"]["minutes"] == 130
    expect(details).to_have_attribute("open", "")


def test_quick_typing_ends_at_the_last_edit(calculator: CalculatorPage):
    """Answers that were overtaken are not shown; the last one is."""
    calculator.when_ready()
    for minutes in range(10, 60):
        calculator.control("minutes").fill(str(minutes))
    expect(calculator.part("status")).not_to_be_empty()
    assert calculator.quote()["input"]["minutes"] == 59
