"""What rests on a reading or on a fact from elsewhere bears a mark, wherever a page shows it."""

import re
from collections.abc import Mapping

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.pictures.week import week_pictures
from termwise.pages.policy.clauses import sections
from termwise.pages.policy.facts import glance
from termwise.pages.policy.page import policy_page
from termwise.pages.policy.tables import price_table
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider

MARK = re.compile(r'<a class="tw-mark" href="#((?:reading|outside)-[a-z-]+)" aria-label="[^"]+">')
HOURS, RATE = "reading-windows-read", "reading-rate-at-start"


def marked(shown: str) -> list[str]:
    """What the marks in a piece of a page lead to."""
    return MARK.findall(shown)


def clause(view: PolicyView, name: str) -> str:
    """A clause of a page, without the notes below it."""
    page = "\n".join(sections(view))
    return page.split(f'id="clause-{name}"')[1].split("</p>")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_that_are_our_reading_are_marked(
    providers: Mapping[str, Provider], language: str
) -> None:
    """In clauses, in the glance, in table and picture; not the hours that the page itself gives."""
    view = PolicyView(providers["mastiff"], language)
    assert marked(clause(view, "base-rate")) == [HOURS]
    assert marked(clause(view, "free-for-clients")) == []
    assert marked(glance(view)) == [HOURS, HOURS, HOURS]
    rows = price_table(view).split("<tr>")
    assert marked(rows[2]) == [HOURS, RATE]
    key = week_pictures(view).split('class="tw-key"')[1].split("</p>")[0]
    assert marked(key) == [HOURS, RATE]


def test_a_published_end_of_hours_is_not_marked(providers: Mapping[str, Provider]) -> None:
    """The night begins at a time that the page names; when it ends is our reading."""
    night = clause(PolicyView(providers["mastiff"], "en"), "night-rate")
    start, whole = night.split('data-slot="windows.night"')
    assert 'data-slot="windows.night.start"' in start
    assert (marked(start), marked(whole)) == ([], [HOURS])


@pytest.mark.parametrize(
    ("provider", "clause_id", "outside"),
    [("duxtel", "incident-price", "gst-rate"), ("satisoft", "sales-rate", "vat-rate")],
)
def test_amounts_with_a_tax_from_elsewhere_are_marked(
    providers: Mapping[str, Provider], provider: str, clause_id: str, outside: str
) -> None:
    """The rate itself, and each amount that holds it; never the net price."""
    view = PolicyView(providers[provider], "en")
    shown = "".join((clause(view, clause_id), str(glance(view))))
    for figure in shown.split("data-slot=")[1:]:
        slot, after = figure.split('"')[1], figure.split("</span>", 1)[1]
        beside = after[: after.find("</a>") + 4] if after.startswith("<a") else ""
        with_tax = slot.endswith((".gross", "tax.rate"))
        assert (f"outside-{outside}" in marked(beside)) == with_tax, slot


def test_every_mark_leads_to_a_note_with_its_sign(providers: Mapping[str, Provider]) -> None:
    """On the whole page, with its quotes; so that print tells what a sign means."""
    for provider in providers.values():
        page = policy_page(PolicyView(provider, "da"), CalculatorUrls("", "", ""))
        found = set(marked(page))
        assert found
        for place in found:
            assert page.count(f'id="{place}"') == 1
        assert ("† Vores fortolkning" in page) == any(one.startswith("reading") for one in found)
