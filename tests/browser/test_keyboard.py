"""The calculator by keyboard and by ear."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.calculator_page import CalculatorPage
from tests.patience import wait_until

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


def test_tab_leads_through_the_whole_calculator(ready: CalculatorPage):
    """Every visible control, the quote's own stops and the actions are reached, in page order."""
    order = stops(ready, "download")
    visible = ready.element.locator("form [name]:visible").evaluate_all(
        "controls => [...new Set(controls.map((control) => control.name))]"
    )
    assert [name for name in order if name in visible] == visible
    assert order[-1] == "download"
    assert order.index("minutes") < order.index("SUMMARY") < order.index("copy-link")


def test_arrow_keys_change_the_answer_and_the_quote(ready: CalculatorPage):
    """Radios answer to arrows, and focus stays where it was."""
    before = ready.total.inner_text()
    ready.control("client", "no").focus()
    ready.page.keyboard.press("ArrowDown")
    expect(ready.total).not_to_have_text(before)
    expect(ready.control("client", "yes")).to_be_focused()


def test_the_slider_and_the_field_move_together(ready: CalculatorPage):
    """Either one sets the other, and both ask."""
    slider = ready.element.locator("[data-for=minutes]")
    ready.type_minutes("100")
    expect(slider).to_have_value("100")
    slider.focus()
    ready.page.keyboard.press("ArrowRight")
    expect(ready.control("minutes")).to_have_value("105")
    ready.expect_minutes(105)


def test_the_total_is_spoken_once_per_pause(ready: CalculatorPage):
    """Three keys are one announcement, of the figure that is on the page."""
    expect(ready.part("status")).to_be_empty()
    ready.part("status").evaluate(
        """status => {
          window.spoken = [];
          const note = () => window.spoken.push(status.textContent);
          new MutationObserver(note).observe(status, { childList: true });
        }"""
    )
    ready.type_minutes("130")
    expect(ready.part("status")).not_to_be_empty()
    spoken = ready.page.evaluate("() => window.spoken")
    assert spoken == [" ".join(ready.total.inner_text().split())]


def test_a_problem_is_tied_to_its_field(ready: CalculatorPage):
    """The field is invalid, is described by the message, and the message is spoken."""
    ready.type_minutes("-5")
    message = ready.problem("minutes")
    expect(message).to_be_visible()
    field = ready.control("minutes")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert message.get_attribute("id") in field.get_attribute("aria-describedby").split()
    expect(message).not_to_be_empty()
    # On a slow machine what is wrong with the first key alone, “-”, may stand there before.
    spoken = ready.part("status")
    wait_until(ready.page, lambda: message.inner_text() in spoken.inner_text())
    expect(ready.part("stale")).to_be_visible()
    ready.type_minutes("60")
    expect(message).to_be_hidden()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert message.get_attribute("id") not in (field.get_attribute("aria-describedby") or "")


def test_an_opened_explanation_stays_open_over_edits(ready: CalculatorPage):
    """The quote is replaced, what the visitor opened in it is not closed."""
    details = ready.output.locator("details").first
    details.locator("summary").focus()
    ready.page.keyboard.press("Enter")
    expect(details).to_have_attribute("open", "")
    ready.type_minutes("130")
    ready.expect_minutes(130)
    expect(details).to_have_attribute("open", "")


def test_what_is_open_is_found_again_among_more_lines(ready: CalculatorPage):
    """The second line stays open where a discount's line comes after it, and nothing else opens."""
    ready.output.locator('[data-key="why-charge-labour-1"] summary').click()
    ready.control("client", "yes").check()
    expect(ready.output.locator('[data-key^="why-discount"]')).to_be_attached()
    opened = ready.output.locator("details[open]")
    expect(opened).to_have_count(1)
    expect(opened).to_have_attribute("data-key", "why-charge-labour-1")
    expect(opened).to_contain_text("18:30")


def test_quick_typing_ends_at_the_last_edit(ready: CalculatorPage):
    """Answers that were overtaken are not shown; the last one is."""
    for minutes in range(10, 60):
        ready.control("minutes").fill(str(minutes))
    expect(ready.part("status")).not_to_be_empty()
    ready.expect_minutes(59)


def test_an_edit_in_answer_to_a_quote_is_not_lost(ready: CalculatorPage):
    """A script that edits as soon as it hears of a quote gets its own quote, too."""
    ready.element.evaluate(
        """element => {
          element.addEventListener("termwise:quote", () => Promise.resolve().then(() => {
            const field = element.querySelector("[name=minutes]");
            if (Number(field.value) >= 20) return;
            field.value = Number(field.value) + 1;
            field.dispatchEvent(new Event("input", { bubbles: true }));
          }));
        }"""
    )
    ready.type_minutes("5")
    ready.expect_minutes(20)
