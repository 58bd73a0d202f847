"""What axe has against a page as it is shown, for accessibility."""

from playwright.sync_api import Page

from tests.places import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
USUAL_RULES = "rules: {}"
ALL_RULES = "rules: {'target-size': {enabled: true}}"
ALL_BUT_CONTRAST = "rules: {'target-size': {enabled: true}, 'color-contrast': {enabled: false}}"
CONTRAST = "runOnly: ['color-contrast']"
"""Of what axe looks for, only contrast is another in other colours; it takes most of its time."""
ONLY_VIOLATIONS = "reporter: 'no-passes', resultTypes: ['violations'], preload: false"
"""Telling what is right, and reading style sheets, would take half of its time."""


def violations(page: Page, rules: str = USUAL_RULES, within: str = "html") -> list[str]:
    """Each element that breaks a rule, after the rule's name; axe is put into the page once.

    It is asked of what lies `within` the elements of a selector, seen with all that is around them.
    """
    if page.evaluate("!window.axe"):
        page.evaluate(AXE)
    found = page.evaluate(
        f"within => axe.run(within, {{{rules}, {ONLY_VIOLATIONS}}}).then("
        "({violations}) => violations.flatMap("
        "({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`)))",
        within,
    )
    return [str(violation) for violation in found]
