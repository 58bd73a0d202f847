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
from termwise.pages.policy.plain_page import plain_page
from termwise.pages.policy.tables import price_table
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider

NOTE = "(?:reading|outside)-[a-z-]+"
MARK = re.compile(
    rf'<a class="tw-mark" href="#({NOTE})"(?: data-notes="(\1(?: {NOTE})+)")? aria-label="[^"]+">'
)
HOURS, RATE = "reading-windows-read", "reading-rate-at-start"


def marked(shown: str) -> list[str]:
    """What the marks in a piece of a page lead to."""
    found = MARK.findall(shown)
    return [note for first, of_several in found for note in (of_several or first).split()]


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


def test_a_sign_stands_once_for_all_notes_of_its_kind(providers: Mapping[str, Provider]) -> None:
    """So that no signs that look alike stand side by side."""
    for provider in providers.values():
        page = policy_page(PolicyView(provider, "en"), CalculatorUrls("", "", ""))
        assert not re.search(r"([†‡])</a>\s*<a[^>]*>\1", page)


def test_the_plain_terms_bear_the_same_signs(providers: Mapping[str, Provider]) -> None:
    """Beside the figures of clauses and the clauses of prices, and before each note."""
    text = plain_page(PolicyView(providers["mastiff"], "en"))
    assert "(Monday–Friday, 10:00–18:00†), is PLN 100.00 net, that is PLN 123.00 inc" in text
    assert "provided that the help is given during these hours: Monday–Friday, 10:00–18:00." in text
    assert "| PLN 100.00 per 60 minutes or part of them | § 14† |" in text
    assert "| not published by the provider. For hours that belong neither" in text
    assert "\n† Our reading: Work is priced per 60" in text
    assert "\n- ‡ From outside the page: We take the times" in text


def test_figures_in_plain_terms_read_as_sentences(providers: Mapping[str, Provider]) -> None:
    """What is free has no unit, and what is not published ends with what the policy says of it."""
    support = plain_page(PolicyView(providers["remote-utilities"], "en"))
    assert "| Technical support |  | free of charge | § 2.3 |" in support
    help_out_of_hours = plain_page(PolicyView(providers["iponto"], "en"))
    assert "| outside these hours: every day, 10:00–21:00 | not publ" in help_out_of_hours
    assert "by the provider, per session. The amount of" in help_out_of_hours
