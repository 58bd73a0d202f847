"""Texts take their figures through slots, and nothing else may look like one."""

import html
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.slot_table import slot_table
from termwise_calculator.telling.slots import (
    Duration,
    Factor,
    Literal,
    Malformed,
    Money,
    Name,
    Number,
    Percent,
    Prose,
    Range,
    Slot,
    SlotProblem,
    WindowPart,
    fill,
    fill_html,
    parts_of,
    slots_in,
)
from termwise_calculator.terms.loading import load_policy
from termwise_calculator.terms.tariff import Unpublished
from tests.calculator.test_language import EVENING, OFFICE, WORDS

CHARGE: dict[str, Any] = {
    "clauses": ["base"],
    "when": {},
    "price": "100.00",
    "unit": "increment",
    "increment_minutes": 60,
    "minimum_increments": 0,
    "first": {"minutes": 120, "price": "180.00", "clauses": ["base"]},
    "stop": {"after_minutes": 60, "when": {}, "clauses": ["base"]},
    "rate": {
        "windows": [
            {"window": "office", "factor": "1", "clauses": ["base"]},
            {"window": "evening", "factor": "1.5", "clauses": ["base"]},
        ],
        "otherwise": {"gap": "no-rate"},
    },
    "applies": None,
    "readings": [],
}
PLAIN = {"unit": "session", "increment_minutes": None, "first": None, "stop": None, "rate": None}
COMPILED: dict[str, Any] = {
    "provider": "acme",
    "name": "Acme",
    "language": "en",
    "effective": "2026-01-01",
    "timezone": "Europe/Warsaw",
    "currency": "PLN",
    "currency_digits": 2,
    "tax": {"name": "VAT", "rate": "23", "included": False, "clauses": ["base"]},
    "windows": {
        window: [[span.start, span.end] for span in spans]
        for window, spans in (("office", OFFICE.spans), ("evening", EVENING.spans))
    },
    "questions": {
        "version": {
            "kind": "version",
            "default": "",
            "options": [],
            "when": {},
            "newest_major": 7,
        },
        "licence": {
            "kind": "choice",
            "default": "site",
            "options": ["site", "other"],
            "when": {},
            "newest_major": None,
        },
    },
    "charges": {"labour": CHARGE, "surcharge": CHARGE | PLAIN | {"price": {"gap": "no-rate"}}},
    "discounts": {
        "client": {
            "clauses": ["base"],
            "when": {},
            "window": None,
            "percent": "12.5",
            "charges": ["labour"],
            "readings": [],
        }
    },
    "allowances": {
        "yearly": {
            "clauses": ["base"],
            "when": {},
            "minutes": 120,
            "period": "calendar year",
            "used": "used",
            "charges": ["labour"],
            "readings": [],
        }
    },
    "conditions": {"approval": {"clauses": ["base"], "when": {}, "after_minutes": 60}},
    "responses": {
        "first-response": {
            "clauses": ["base"],
            "question": "licence",
            "window": "office",
            "targets": {"site": {"minutes": 150, "clauses": ["base"]}, "other": {"gap": "no-rate"}},
            "readings": [],
        }
    },
    "services": {},
    "readings": {},
    "gaps": {},
    "clause_numbers": {"base": "1"},
    "document": {"source": {"read": "2026-01-01"}},
}
POLICY = load_policy(COMPILED, "sha256:0")
TABLE = slot_table(POLICY)
UNPUBLISHED = Unpublished("no-rate")


def zloty(amount: str) -> Money:
    """An amount in the policy's currency."""
    return Money(Decimal(amount), "PLN", 2)


def test_the_table_names_every_figure_of_a_policy() -> None:
    """Each value of the policy has its path; derived prices are rounded to the currency."""
    windows = {
        f"windows.{window.id}{part and '.' + part}": WindowPart(window, part)
        for window in POLICY.windows.values()
        for part in ("", "days", "hours", "start", "end")
    }
    assert (
        windows
        | {
            "tax.name": Name("VAT"),
            "tax.rate": Percent(Decimal(23)),
            "labour.price": zloty("100.00"),
            "labour.price.gross": zloty("123.00"),
            "labour.price.office": zloty("100.00"),
            "labour.price.evening": zloty("150.00"),
            "labour.per": Duration(60),
            "labour.first.length": Duration(120),
            "labour.first.price": zloty("180.00"),
            "labour.stops.after": Duration(60),
            "labour.rate.office": Factor(Decimal(1)),
            "labour.rate.evening": Factor(Decimal("1.5")),
            "surcharge.price": UNPUBLISHED,
            "surcharge.price.gross": UNPUBLISHED,
            "client.percent": Percent(Decimal("12.5")),
            "yearly.minutes": Duration(120),
            "approval.after": Duration(60),
            "version.newest_major": Number(7),
            "first-response.site": Duration(150),
            "first-response.other": UNPUBLISHED,
        }
        == TABLE
    )


def test_only_what_differs_has_two_ends() -> None:
    """A figure that rests on a published range is told with both ends, any other as it is."""
    price, client = {"from": "100.00", "to": "120.00"}, COMPILED["discounts"]["client"]
    ranges = {
        "charges": COMPILED["charges"] | {"labour": CHARGE | {"price": price}},
        "discounts": {"client": client | {"percent": {"from": "10", "to": "12.5"}}},
    }
    assert slot_table(load_policy(COMPILED | ranges, "")) == TABLE | {
        "labour.price": Range(zloty("100.00"), zloty("120.00")),
        "labour.price.gross": Range(zloty("123.00"), zloty("147.60")),
        "labour.price.office": Range(zloty("100.00"), zloty("120.00")),
        "labour.price.evening": Range(zloty("150.00"), zloty("180.00")),
        "client.percent": Range(Percent(Decimal(10)), Percent(Decimal("12.5"))),
    }


@pytest.mark.parametrize(
    ("price", "tax", "gross"),
    [
        ("10.02", {"rate": "25", "included": False}, "12.53"),
        ("10.02", {"rate": "25", "included": True}, "10.02"),
        ("0.00", {"rate": "23", "included": False}, "0.00"),
    ],
)
def test_gross_prices_are_rounded_halves_up(price: str, tax: dict[str, Any], gross: str) -> None:
    """A price with its tax, in the currency's own digits."""
    changed = COMPILED | {
        "tax": COMPILED["tax"] | tax,
        "charges": {"labour": CHARGE | {"price": price}},
    }
    assert slot_table(load_policy(changed, "sha256:0"))["labour.price.gross"] == zloty(gross)


def test_a_charge_with_a_rate_of_its_own_has_its_gross_price_by_that() -> None:
    """And not by the rate of the others."""
    changed = COMPILED | {"charges": {"labour": CHARGE | {"price": "10.00", "tax_rate": "8"}}}
    assert slot_table(load_policy(changed, ""))["labour.price.gross"] == zloty("10.80")


def test_what_holds_outside_all_windows_has_slots_where_it_is_not_the_price() -> None:
    """A price of its own, or a factor; the price as it is would be named twice."""
    for outside, named in (
        ({"factor": "1"}, set()),
        ({"factor": "0"}, set()),
        ({"factor": "2"}, {"labour.price.otherwise", "labour.rate.otherwise"}),
        ({"factor": "1", "price": "70.00"}, {"labour.price.otherwise"}),
    ):
        rate = CHARGE["rate"] | {"otherwise": {"clauses": ["base"]} | outside}
        table = slot_table(
            load_policy(COMPILED | {"charges": {"labour": CHARGE | {"rate": rate}}}, "")
        )
        assert {path for path in table if "otherwise" in path} == named


def test_without_a_tax_there_is_no_gross() -> None:
    """A provider that states no tax has no slots for it."""
    table = slot_table(load_policy(COMPILED | {"tax": None}, "sha256:0"))
    assert not [path for path in table if "tax" in path or "gross" in path]


@pytest.mark.parametrize(
    ("language", "text", "filled"),
    [
        ("en", "Each started {labour.per} costs {labour.price}.", "60 minutes costs PLN 100.00."),
        ("en", "Each started {labour.per|hours}", "1 hour"),
        ("en", "{labour.price} {labour.per|started}", "PLN 100.00 per 60 minutes or part of them"),
        ("pl", "{labour.per|started}", "za każdy rozpoczęty okres 60 minut"),
        ("en", "{labour.price.gross} with {tax.name} at {tax.rate}", "VAT at 23%"),
        ("en", "{labour.rate.evening} times {client.percent}", "1.5 times 12.5%"),
        ("en", "Version {version.newest_major}, not {'6.10'}", "Version 7, not 6.10"),
        ("en", "within {first-response.site|hours}", "within 150 minutes"),
        ("en", "a surcharge: {surcharge.price}", "a surcharge: not published by the provider"),
        ("en", "open {windows.office}", "open Monday–Friday, 10:00–18:00"),
        ("en", "{windows.office.days} from {windows.office.start}", "Monday–Friday from 10:00"),
        ("pl", "do {labour.per|genitive}", "do 60 minut"),
        ("pl", "do {labour.per|hours|genitive}", "do 1 godziny"),
        ("pl", "do {labour.per|genitive|hours}", "do 1 godziny"),
        ("pl", "{labour.price.evening} netto", "150,00 zł netto"),
        ("da", "moms ({tax.name}), til kl. {windows.office.end}", "(VAT), til kl. 18.00"),
        ("pt", "{labour.price}, {client.percent}, {tax.name}", "100,00 PLN, 12,5%, VAT"),
    ],
)
def test_a_text_takes_its_figures(language: str, text: str, filled: str) -> None:
    """Figures stand in the reader's notation where the slots were."""
    written = fill(text, TABLE, WORDS[language]).replace("\N{NO-BREAK SPACE}", " ")
    assert written.endswith(filled)
    assert "{" not in written


def test_an_abbreviation_brings_the_full_stop_along() -> None:
    """A Danish amount ends in "kr.", and its sentence gets no second full stop."""
    words = WORDS["da"]
    slots = {"fee.price": Money(Decimal("9.50"), "DKK", 2), "tax.name": Name("moms")}
    shown = words.money(Decimal("9.50"), "DKK", 2)
    assert fill("Det koster {fee.price}. Ja.", slots, words) == f"Det koster {shown} Ja."
    assert fill_html("{fee.price}.", slots, words).endswith("kr.</span>")
    assert fill("{fee.price}, {tax.name}.", slots, words) == f"{shown}, moms."


def test_who_names_no_currency_charges_nothing() -> None:
    """Without a currency a price of nothing reads as words, in every language."""
    table = {"support.price": Money(Decimal(0), "XXX", 2)}
    read = [fill("{support.price}", table, words) for words in WORDS.values()]
    assert read == ["free of charge", "bezpłatnie", "gratis", "grátis"]


def test_html_marks_figures_and_escapes_the_rest() -> None:
    """Each figure carries its path, a length in one piece; markup in the rest does nothing."""
    table = {"tax.name": Name("<b>"), "labour.per": Duration(60)}
    text = "<i>{labour.per|hours}</i> & {'<1>'} {tax.name}"
    assert fill_html(text, table, WORDS["en"]) == (
        '&lt;i&gt;<span class="tw-value tw-whole" data-slot="labour.per">1 hour</span>'
        '&lt;/i&gt; &amp; &lt;1&gt; <span class="tw-value" data-slot="tax.name">&lt;b&gt;</span>'
    )


def test_a_text_is_read_in_parts() -> None:
    """Prose, slots and literals with the character at which each begins."""
    assert list(parts_of("a {b.c|hours} {'1.2'}d")) == [
        Prose("a ", 0),
        Slot("b.c", ("hours",), 2),
        Prose(" ", 13),
        Literal("1.2", 14),
        Prose("d", 21),
    ]
    assert [slot.written for slot in slots_in("{a.b} {'1'} {c.d|hours}")] == [
        "{a.b}",
        "{c.d|hours}",
    ]


@pytest.mark.parametrize(
    ("text", "found", "offset"),
    [
        ("costs {price}", "{price}", 6),
        ("costs {labour.price", "{labour.price", 6),
        ("costs labour.price}", "}", 18),
        ("costs {}", "{}", 6),
        ("costs { labour.price }", "{ labour.price }", 6),
        ("costs {Labour.Price}", "{Labour.Price}", 6),
        ("costs {''}", "{''}", 6),
        ("costs {labour.price|}", "{labour.price|}", 6),
        ("costs {{labour.price}}", "{", 6),
    ],
)
def test_a_stray_brace_is_a_problem(text: str, found: str, offset: int) -> None:
    """What is neither slot nor literal is told with its place, and never filled."""
    assert Malformed(found, offset) in parts_of(text)
    with pytest.raises(SlotProblem, match=re.escape(f"“{found}”")) as refused:
        fill(text, TABLE, WORDS["en"])
    assert refused.value.offset == offset


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{labour.cost}", "{labour.cost} names nothing in this policy"),
        ("{labour.per|days}", "{labour.per|days} has the unknown suffix “days”"),
        (
            "{labour.price|hours}",
            "{labour.price|hours} is no length of time, so “hours” does not apply",
        ),
    ],
)
def test_a_slot_must_fit_the_policy(text: str, message: str) -> None:
    """Nothing is filled by an unknown path, nor by a suffix that does not apply."""
    with pytest.raises(SlotProblem, match=re.escape(message)):
        fill(text, TABLE, WORDS["en"])


@given(st.text(alphabet="ab.|{}' 1", max_size=30))
def test_no_character_is_lost(text: str) -> None:
    """The parts of any text, put together again, are the text."""
    written = []
    for part in parts_of(text):
        assert text.startswith("{" if isinstance(part, Slot | Literal) else part.text, part.offset)
        match part:
            case Slot():
                written.append(part.written)
            case Literal():
                written.append("{'" + part.text + "'}")
            case _:
                written.append(part.text)
    assert "".join(written) == text


@given(st.text(st.characters(exclude_characters="–\ue000\ue001\ue002")))
def test_escaping_is_that_of_the_standard_library(text: str) -> None:
    """Our own `escape` differs from `html.escape` in what it costs alone, but for dashes."""
    assert escape(text) == html.escape(text)


def test_no_line_begins_with_a_dash_or_ends_a_range_after_one() -> None:
    """Nor is anything else held together."""
    assert escape("“Are you a client?” – yes") == "“Are you a client?”\N{NO-BREAK SPACE}– yes"
    assert escape("10:00–18:00, Monday–Friday") == "10:00–\N{WORD JOINER}18:00, Monday–Friday"
