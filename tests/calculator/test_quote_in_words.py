"""What a quote says in words: nothing of nothing, averages as averages, and which of two hours."""

import pytest
import yaml

from termwise.pages.staff.examples import words_for
from termwise.policy_form.yaml_text.libyaml import TextLoader
from termwise.reading.providers import Provider
from termwise.scenarios.worked import worked_example
from termwise_calculator.pricing.quote import quote_data
from termwise_calculator.telling.render import quote_html, quote_text
from termwise_calculator.telling.taxes import tax_in_totals
from termwise_calculator.telling.view import QuoteView
from tests.real_providers import real_providers

PROVIDERS = real_providers()
SUPPORT = {"start": "2026-03-03T10:30", "version": "7.6.2.0"}


def view_of(provider: Provider, service: str, given: dict[str, str], language: str) -> QuoteView:
    """A quote in a language."""
    return QuoteView(provider.quote(service, given), provider.words[language], provider.slots)


def spaced(text: str) -> str:
    """A text with plain spaces, and without what keeps a range in one line."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


@pytest.mark.parametrize(
    ("provider", "service", "given"),
    [
        ("duxtel", "email-help", {}),
        ("satisoft", "remote-help", {"minutes": "90", "solved": "no"}),
        ("iponto", "remote-assistance", {"minutes": "30", "eligible": "yes"}),
    ],
)
def test_nothing_is_made_of_nothing(provider: str, service: str, given: dict[str, str]) -> None:
    """What is free has no net amount and no tax, nor a doubt whether tax is included."""
    view = view_of(PROVIDERS[provider], service, given, "en")
    assert view.total() == "free of charge"
    assert view.breakdown() == ""
    assert {amount for _, amount, _ in view.totals()} <= {"free of charge"}


@pytest.mark.parametrize(
    ("licence", "language", "headline", "moment"),
    [
        ("site", "en", "about 2 hours", "that is around Tuesday, 3 March 2026, 12:30"),
        ("site", "pl", "około 2 godzin", "czyli mniej więcej: wtorek, 3 marca 2026, godz. 12:30"),
        ("pro", "da", "cirka 3 timer", "dvs. omkring tirsdag den 3. marts 2026 kl. 13.30"),
        ("free", "en", "up to 24 hours", "that is until Thursday, 5 March 2026, 16:30"),
        ("free", "pt", "até 24 horas", "ou seja, até quinta-feira, 5 de março de 2026, 16:30"),
    ],
)
def test_an_average_is_no_deadline(licence: str, language: str, headline: str, moment: str) -> None:
    """How soon somebody answers is what a free service is asked for; never “by” or “within”."""
    given = {**SUPPORT, "licence": licence}
    view = view_of(PROVIDERS["remote-utilities"], "support", given, language)
    assert spaced(view.headline()) == headline
    assert moment in spaced(view.response())
    data = quote_data(view.quote)["response"]
    assert data["average"] == ("about" if licence in {"site", "pro"} else "at most")


def test_where_no_time_is_published_nothing_rests_on_averages() -> None:
    """A reseller's quote names neither our reading of averages nor a moment."""
    given = {"start": SUPPORT["start"], "licence": "reseller"}
    view = view_of(PROVIDERS["remote-utilities"], "support", given, "en")
    assert view.headline() == "free of charge"
    assert view.quote.readings == ()


def test_the_email_about_free_time_follows_sessions_that_use_it() -> None:
    """Not those of a client who has used it up, though our reading of the year decides that."""
    eligible = {"start": "2026-03-03T15:00", "minutes": "30", "eligible": "yes"}
    free = PROVIDERS["iponto"].quote("remote-assistance", eligible)
    used = PROVIDERS["iponto"].quote("remote-assistance", {**eligible, "allowance_used": "120"})
    told = [[met.rule for met in quote.conditions] for quote in (free, used)]
    assert ["free-time-report" in rules for rules in told] == [True, False]
    assert ["excess-by-period" in quote.readings for quote in (free, used)] == [False, False]
    assert ["calendar-year" in quote.readings for quote in (free, used)] == [True, True]


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    """On the night on which clocks go back, lines name the zone; the quote says which hour."""
    told = []
    for start in ("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"):
        given = {"start": start, "minutes": "120"}
        view = view_of(PROVIDERS["mastiff"], "remote-help", given, "en")
        told.append((view.scenario_title(), [view.stretch(line) for line in view.quote.lines]))
    day = "Remote help, Sunday, 25 October 2026"
    assert told == [
        (f"{day}, 02:30 CEST, 120 minutes", ["02:30 CEST–03:30 CET"]),
        (f"{day}, 02:30 CET, 120 minutes", ["02:30 CET–04:30"]),
    ]


def test_a_discount_is_a_minus_on_both_sides() -> None:
    """And the length of a period is no factor."""
    given = {"start": "2026-03-03T17:30", "minutes": "60", "client": "yes"}
    view = view_of(PROVIDERS["mastiff"], "remote-help", given, "en")
    counts = [spaced(view.count(line)) for line in view.quote.lines]
    assert counts == ["1 × PLN 100.00 (60 minutes)", "−50% of PLN 100.00"]


def test_an_amount_with_tax_rests_on_the_rate() -> None:
    """Where the rate comes from outside the page, the tax and what it makes bear the mark alike."""
    view = view_of(PROVIDERS["satisoft"], "remote-help", {"minutes": "40"}, "en")
    marked = {label: bool(notes) for label, _, notes in view.totals()}
    assert marked == {"Net": False, "VAT 23%": True, "Gross": True}


@pytest.mark.parametrize(
    ("tax", "told"),
    [
        ("not stated", "The provider does not say whether tax is included."),
        ("{name: VAT, rate: 23%, prices: excluded, clause: terms}", "Amounts include VAT."),
        ("{name: VAT, rate: 23%, prices: included, clause: terms}", "Amounts include VAT."),
        (
            "{name: VAT, rate: 23%, prices: excluded, clause: terms, customers: {all: NO_TAX}}",
            "Amounts without VAT.",
        ),
        (
            "{name: VAT, rate: {gap: vat}, prices: excluded, clause: terms}",
            "VAT is added; its rate is not published.",
        ),
        (
            "{name: VAT, rate: {gap: vat}, prices: included, clause: terms}",
            "VAT is included; its rate is not published.",
        ),
    ],
)
def test_totals_say_how_they_stand_to_the_tax(tax: str, told: str) -> None:
    """Beside a picture of them, which has no room for each tax."""
    worked = worked_example(yaml.load(TAXED, TextLoader) | {"tax": tax.replace("NO_TAX", NO_TAX)})
    ((_, quote),) = worked.cases
    assert tax_in_totals(quote, words_for(worked, "en")) == told


def test_a_passage_in_another_language_says_so() -> None:
    """In the lines of a quote and in its reasons, wherever a translation is missing."""
    provider = PROVIDERS["duxtel"]
    data = provider.words_data["pl"]
    label = {**data["texts"]["charge.incident"], "text": "Remote Assist <x>", "language": "en"}
    words = type(provider.words["pl"])(
        {**data, "texts": {**data["texts"], "charge.incident": label}}
    )
    quote = provider.quote("remote-assist", {"minutes": "30"})
    html = quote_html(quote, words, provider.slots)
    assert '<span lang="en">Remote Assist &lt;x&gt;</span>' in html
    assert "Remote Assist <x>" in quote_text(quote, words, provider.slots)
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in html)


NO_TAX = "{when: {abroad: no}, charged: no, clause: terms}"
TAXED = """
feature: Work that is taxed
says: Or not.
policy: |
  questions: {abroad: {kind: yes-no, default: no, label: Are you abroad}}
  charges: {labour: {label: Work, clause: terms, price: 60.00, per: started 60 min}}
  gaps: {vat: {clause: terms, text: The page does not name the rate.}}
prices: [{due: 60.00}]
"""
RANGE_OF_DAYS = """
feature: A range over ten days
says: Its rows that are alike are added up at either end.
policy: |
  windows: {day: Mo-Su 08:00-18:00}
  charges:
    labour:
      label: Work
      clause: terms
      price: {from: 1.00, to: 2.00}
      per: started 60 min
      rate: {decided_at: start of each increment, windows: {day: {times: 2, clause: terms}}, otherwise: {times: base, clause: terms}}
prices: [{start: 2026-03-02T00:00, minutes: 14400, due: 340.00}]
"""  # noqa: E501 (as in the tables)

LONG = {"start": "2026-03-03T17:30", "minutes": "20000"}


def test_a_long_session_says_equal_things_once() -> None:
    """Lines that differ in their time alone are one row each; what is missing is one sentence."""
    mastiff = PROVIDERS["mastiff"]
    quote = mastiff.quote("remote-help", LONG)
    page = spaced(quote_html(quote, mastiff.words["en"], mastiff.slots))
    assert len(quote.lines) == 39
    assert page.count('<th scope="row"><span class="tw-lines__time">') == 3
    assert "14 times between Tue, 3 Mar 2026, 18:30 and Mon, 16 Mar 2026, 22:30" in page
    assert "56 × 2 × PLN 100.00 (60 minutes)" in page
    assert page.count("For hours that belong neither to") == 1
    assert "<li>Saturday 18:30–22:30: 4 × 2 × PLN 100.00 (60 minutes) = PLN 800.00</li>" in page


def test_ends_of_ranges_are_added_up_where_lines_are_one_row() -> None:
    """Eleven days of ten hours at the double price, nights between them at the single one."""
    worked = worked_example(yaml.load(RANGE_OF_DAYS, TextLoader))
    ((_, quote),) = worked.cases
    page = spaced(quote_html(quote, words_for(worked, "en"), worked.edition.slots))
    assert len(quote.lines) == 21
    assert "from €200.00 to €400.00" in page
    assert "from €140.00 to €280.00" in page


def test_days_of_another_week_have_their_date() -> None:
    """A weekday alone would be two days of a long session."""
    mastiff = PROVIDERS["mastiff"]
    quote = mastiff.quote("remote-help", LONG)
    view = QuoteView(quote, mastiff.words["en"], mastiff.slots)
    times = [view.stretch(line) for line in quote.lines]
    assert len(times) == len(set(times))
    assert "Monday 10:30–18:30" in times
    assert "Tue, 10 Mar 2026, 10:30–18:30" in times


def test_a_quote_says_every_answer_it_rests_on() -> None:
    """Also those that nobody has touched."""
    view = view_of(PROVIDERS["satisoft"], "remote-help", {"minutes": "90"}, "en")
    assert view.answers() == [
        "“Which program does the problem concern?” – Subiekt",
        "“Will the problem be solved?” – yes",
    ]


def test_a_question_without_an_answer_has_a_dash() -> None:
    """A rule that depends on it names it all the same."""
    view = view_of(PROVIDERS["satisoft"], "remote-help", {"minutes": "90", "solved": "no"}, "en")
    assert view.answered("solved", None).endswith("” – –")
    assert view.answered("solved", "no").endswith("” – no")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"read": "2026-03-02"}, ""),
        ({"title": "Help", "read": "2026-03-02"}, "Source: “Help”."),
        ({"title": "Help", "site": "a.example"}, "Source: “Help”, a.example."),
    ],
)
def test_a_source_is_told_as_far_as_it_is_known(source: dict[str, str], told: str) -> None:
    """Nothing stands in place of a title, or of a site."""
    view = view_of(PROVIDERS["duxtel"], "email-help", {}, "en")
    view.policy = view.policy._replace(document={**view.policy.document, "source": source})
    assert view.source() == told
