"""What a quote rests on beside its clauses is told, where it decides anything, and only there."""

from collections.abc import Mapping
from textwrap import dedent

import pytest

from termwise.reading.providers import Provider
from termwise.scenarios.worked import worked_example
from termwise_calculator.pricing.quote import Quote, quote_data
from termwise_calculator.telling.render import quote_html
from termwise_calculator.terms.resting import notes_on

READINGS = {
    # a session of the very length of its blocks is the only one that the reading decides
    ("duxtel/remote-assist", "minutes=59"): [],
    ("duxtel/remote-assist", "minutes=60"): ["limit-included"],
    ("duxtel/remote-assist", "minutes=61"): [],
    ("duxtel/remote-assist", "minutes=120"): ["limit-included"],
    ("duxtel/remote-assist", "minutes=75&approved=no"): [],
    ("duxtel/remote-assist", "minutes=0"): ["ordered-block"],
    # which rate an hour takes matters where its time has more than one
    ("mastiff/remote-help", "start=2026-12-01T12:00&minutes=30"): ["windows-read"],
    ("mastiff/remote-help", "start=2026-12-01T17:00&minutes=60"): ["windows-read"],
    ("mastiff/remote-help", "start=2026-12-01T17:30&minutes=10"): ["windows-read", "rate-at-start"],
    # a fee for any part outside the hours is read so where one part is inside
    ("iponto/remote-assistance", "start=2026-12-01T20:30&minutes=60"): [
        "every-day",
        "partly-outside",
    ],
    ("iponto/remote-assistance", "start=2026-12-01T22:00&minutes=60"): ["every-day"],
    # what lies beyond the free time has a reading where anything does
    ("iponto/remote-assistance", "start=2026-12-01T15:00&minutes=75&eligible=yes"): [
        "every-day",
        "calendar-year",
    ],
    ("iponto/remote-assistance", "start=2026-12-01T15:00&minutes=150&eligible=yes"): [
        "every-day",
        "calendar-year",
        "excess-by-period",
    ],
}
OUTSIDE = {
    ("duxtel/remote-assist", "minutes=45"): ["gst-rate", "australian-dollars"],
    ("duxtel/email-help", ""): [],
    ("satisoft/remote-help", "minutes=40"): ["vat-rate"],
    ("satisoft/remote-help", "minutes=40&solved=no"): [],
    ("mastiff/remote-help", "start=2026-12-01T12:00&minutes=30"): ["warsaw-time"],
}


def quoted(providers: Mapping[str, Provider], service: str, query: str) -> Quote:
    """The quote of a case written as in an address."""
    provider, _, name = service.partition("/")
    given = dict(part.split("=") for part in query.split("&") if part)
    return providers[provider].quote(name, given)


@pytest.mark.parametrize("case", READINGS, ids=" ".join)
def test_a_reading_is_named_where_it_matters(
    providers: Mapping[str, Provider], case: tuple[str, str]
) -> None:
    """The cases are worked out from the readings' own words."""
    assert list(quoted(providers, *case).readings) == READINGS[case]


@pytest.mark.parametrize("case", OUTSIDE, ids=" ".join)
def test_a_fact_from_elsewhere_is_named_where_a_figure_rests_on_it(
    providers: Mapping[str, Provider], case: tuple[str, str]
) -> None:
    """In the JSON, too: a tax that is not due, or an hour that nobody asks for, needs none."""
    assert quote_data(quoted(providers, *case))["outside"] == OUTSIDE[case]


def test_lines_bear_the_marks_of_what_they_rest_on(providers: Mapping[str, Provider]) -> None:
    """The line of the rule, the row of the tax; the list below has the same signs."""
    provider = providers["satisoft"]
    quote = quoted(providers, "satisoft/database", "minutes=90")
    shown = quote_html(quote, provider.words["en"], provider.slots)
    lines, sums = shown.split("<tfoot>")
    reading = '<a class="tw-mark" href="#reading-database-started" aria-label="Our reading">†</a>'
    outside = '<a class="tw-mark" href="#outside-vat-rate" aria-label="From outside the page">‡</a>'
    assert reading in lines.split('class="tw-lines__clauses"')[1].split("</td>")[0]
    assert f"<td>{outside}</td>" in sums.split("VAT 23%")[1].split("</tr>")[0]
    assert "<li>† We charge work on a database" in shown
    assert "<li>‡ The page gives net amounts" in shown


def test_a_price_with_tax_rests_on_the_rate_that_it_is_made_with() -> None:
    """That of the policy, unless the charge has one of its own, whatever else is its own."""
    example = {
        "feature": "A rate from elsewhere",
        "says": "The office names it.",
        "prices": [],
        "tax": "{name: VAT, rate: 20%, prices: excluded, clause: terms, outside: rate}",
        "policy": dedent("""\
            outside:
              rate: {text: 'The page names no rate. We take {tax.rate}.', origin: The tax office}
            charges:
              labour: {label: Work, clause: terms, price: 60.00, per: session}
              book: {label: Book, clause: terms, price: 9.00, per: session, tax: 5%}
              key:
                tax: {prices: included, clause: terms}
                label: Key
                clause: terms
                price: 6.00
                per: session
        """),
    }
    policy = worked_example(example).edition.policy
    rests = {name: notes_on(policy, f"{name}.price.gross") for name in policy.charges}
    assert rests == {"labour": ("outside.rate",), "book": (), "key": ("outside.rate",)}
