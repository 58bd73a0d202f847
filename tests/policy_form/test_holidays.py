"""Public holidays of a policy: which days they are, how far they are known, how they are told."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.policy.holidays import holiday_table
from termwise.pages.policy_view import PolicyView
from termwise.policy_form.calendar.holidays import HolidayTerms, compiled_holidays
from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from termwise.words.messages import message_words
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblem, ScenarioProblems
from termwise_calculator.pricing.quote import Quote, quote_data
from termwise_calculator.pricing.response_due import end_of_working_day
from termwise_calculator.pricing.scenario import default_start, read_scenario
from termwise_calculator.telling.problems import describe
from termwise_calculator.terms.loading import load_policy
from termwise_calculator.terms.policy import Policy
from termwise_calculator.time.windows import Span, Window
from tests.calculator.test_slots import COMPILED
from tests.conftest import ROOT
from tests.real_providers import REFERENCE

HOLIDAYS = {
    "clauses": ["base"],
    "from": "2026-01-01",
    "until": "2027-12-31",
    "language": "en",
    "days": {"2026-06-04": "Corpus Christi", "2026-12-24": "", "2027-05-27": "Corpus Christi"},
}
SUPPORT = {
    "spans": [[day * 1440 + 480, day * 1440 + 1080] for day in range(5)],
    "exceptions": [{"days": ["holidays"], "spans": []}],
}
PLAIN_SERVICE: dict[str, Any] = {
    "clauses": ["base"],
    "kind": "request",
    "asks": ["start"],
    "questions": ["urgent"],
    **dict.fromkeys(("charges", "discounts", "allowances", "conditions"), ()),
    "responses": ["answer"],
    "default": {"start": 3 * 1440 + 600, "minutes": None},
}
URGENT = {"kind": "yes-no", "default": "no", "options": ["yes", "no"], "when": {}}


def policy_with(target: Mapping[str, Any]) -> Policy:
    """A policy with one response time, counted in hours of support that leave out holidays."""
    targets = {answer: {"clauses": ["base"], **target} for answer in ("yes", "no")}
    response = {"clauses": ["base"], "question": "urgent", "window": "support", "readings": []}
    return load_policy(
        COMPILED
        | {
            "holidays": HOLIDAYS,
            "windows": {"support": SUPPORT, "always": [[0, 10080]]},
            "questions": {"urgent": {**URGENT, "newest_major": None}},
            "charges": {},
            "responses": {"answer": {**response, "targets": targets}},
            "services": {"help": PLAIN_SERVICE},
        },
        "sha256:0",
    )


def quoted(target: Mapping[str, Any], start: str) -> Quote:
    """The quote of a request at a local time."""
    policy = policy_with(target)
    return price(policy, read_scenario(policy, "help", {"start": start}, REFERENCE))


@pytest.fixture(scope="module")
def northlight() -> Provider:
    """The invented company, whose card names the holidays of Denmark and some of its own."""
    folder = read_policies(ROOT / "tests" / "generality" / "policies")
    (provider,) = load_providers(folder, date(2026, 11, 22))
    return provider


# ---- How far holidays are known


@pytest.mark.parametrize("start", ["2025-12-31T23:59", "2028-01-01T00:00", "2046-06-04T10:00"])
def test_a_start_of_which_no_holidays_are_known_is_refused(start: str) -> None:
    """It is told, in every language, never priced as an ordinary day."""
    with pytest.raises(ScenarioProblems) as refused:
        quoted({"minutes": 60}, start)
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == ("start", "unknown-holidays")
    assert problem.details == {"found": start[:10], "first": "2026-01-01", "last": "2027-12-31"}


def test_the_problem_is_told_in_every_language() -> None:
    """With the days between which holidays are known."""
    details = {"found": "2046-06-04", "first": "2026-01-01", "last": "2027-12-31"}
    for language in LANGUAGES:
        words = message_words(language)
        told = describe(ScenarioProblem("start", "unknown-holidays", details), words)
        assert all(words.date(date.fromisoformat(day)) in told for day in details.values())


def test_the_last_day_is_answered_in_the_year_after_it() -> None:
    """Holidays are known a year further than a request may begin."""
    response = quote_data(quoted({"minutes": 600}, "2027-12-31T17:00"))["response"]
    assert response["due"] == "2028-01-03T17:00+01:00"


def test_an_answer_beyond_all_known_holidays_is_refused() -> None:
    """No later day is taken for an ordinary one."""
    with pytest.raises(ScenarioProblems):
        quoted({"minutes": 300 * 600}, "2027-12-31T17:00")


def test_the_likeliest_case_is_no_holiday() -> None:
    """A default start on a Thursday goes by Corpus Christi, a Thursday."""
    start = default_start(policy_with({"minutes": 60}), 3 * 1440 + 600, date(2026, 6, 1))
    assert start.astimezone(ZoneInfo("Europe/Warsaw")) == datetime(
        2026, 6, 11, 10, tzinfo=ZoneInfo("Europe/Warsaw")
    )


# ---- Which days they are


def test_holidays_are_compiled_with_their_names() -> None:
    """From the year of the terms to the eleventh after the page was read, each day once."""
    terms = HolidayTerms.model_validate(
        {"clause": "hours", "country": "PL", "also": ["Dec 31", "2026-07-01"], "except": ["Jan 6"]}
    )
    compiled = compiled_holidays(terms, date(2026, 3, 1), date(2026, 11, 22), "pl")
    days = compiled["days"]
    assert (compiled["from"], compiled["until"]) == ("2026-01-01", "2036-12-31")
    assert list(days) == sorted(days)
    assert days["2026-11-11"] == "Narodowe Święto Niepodległości"
    assert compiled["language"] == "pl"
    assert (days["2026-12-31"], days["2037-12-31"], days["2026-07-01"]) == ("", "", "")
    assert not {"2026-01-06", "2027-07-01"} & days.keys()


@pytest.mark.parametrize(
    ("named", "by_code"),
    [
        ({"country": "Poland"}, {"country": "PL"}),
        ({"country": "polska"}, {"country": "PL"}),
        ({"country": "Niemcy", "subdivision": "bayern"}, {"country": "DE", "subdivision": "BY"}),
        (
            {"country": "Reino Unido", "subdivision": "Scotland"},
            {"country": "GB", "subdivision": "SCT"},
        ),
    ],
)
def test_a_country_goes_by_its_name_or_its_code(
    named: Mapping[str, str], by_code: Mapping[str, str]
) -> None:
    """In the languages of the site, and a part of it as it is called there."""
    read = date(2026, 3, 1)
    terms = [HolidayTerms.model_validate({"clause": "hours", **one}) for one in (named, by_code)]
    first, second = (compiled_holidays(one, read, read, "en") for one in terms)
    assert first == second


@pytest.mark.parametrize("language", ["C", "pl_PL.UTF-8", "th_TH.UTF-8"])
def test_names_do_not_depend_on_the_machine(language: str) -> None:
    """The library looks for its language in the environment unless it is told one."""
    code = (
        "from datetime import date\n"
        "from termwise.policy_form.calendar.holidays import HolidayTerms, compiled_holidays\n"
        "terms = HolidayTerms.model_validate({'clause': 'hours', 'country': 'DK'})\n"
        "print(compiled_holidays(terms, date(2026, 1, 1), date(2026, 1, 1), 'en')['days'])\n"
    )
    environment = os.environ | {"LANGUAGE": language, "LANG": language, "LC_ALL": language}
    printed = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, check=True
    )
    assert b"Maundy Thursday" in printed.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_them_for_two_years(language: str, northlight: Provider) -> None:
    """With the clause that names them; a day listed by date has no name of its own."""
    table = holiday_table(PolicyView(northlight, language))
    assert '<th scope="col">2026</th><th scope="col">2027</th>' in table
    assert 'href="#clause-holidays"' in table
    assert '<span lang="en-US">Ascension Day</span>' in table
    assert "24" in table


def test_no_table_without_holidays(providers: Mapping[str, Provider]) -> None:
    """Most policies depend on none."""
    assert {holiday_table(PolicyView(one, "en")) for one in providers.values()} == {""}


# ---- Response times


def test_a_target_in_working_days_has_no_minutes() -> None:
    """Its own key tells the days."""
    response = quote_data(quoted({"working_days": 2}, "2026-06-02T09:00"))["response"]
    assert response == {
        "target_minutes": None,
        "target_working_days": 2,
        "due": "2026-06-05T18:00+02:00",
        "clauses": ["base"],
    }


@pytest.mark.parametrize(
    ("spans", "due"),
    [
        ([(0, 10080)], "2026-03-30T00:00+02:00"),
        ([(6 * 1440 + 600, 6 * 1440 + 720)], "2026-03-29T12:00+02:00"),
        ([(day * 1440 + 1320, day * 1440 + 1800) for day in range(7)], "2026-03-30T00:00+02:00"),
    ],
    ids=["at all hours", "an hour on Sundays", "at night"],
)
def test_a_working_day_ends_when_the_window_closes(spans: list[tuple[int, int]], due: str) -> None:
    """By the clock of the day, here that on which the clocks go forward."""
    policy = policy_with({"working_days": 1})
    window = Window("window", tuple(Span(*span) for span in spans))
    start = datetime(2026, 3, 28, 12, tzinfo=policy.zone)
    end = end_of_working_day(policy, window, start, 1)
    assert end.astimezone(policy.zone).isoformat(timespec="minutes") == due


def test_holidays_of_undated_terms_are_known_from_the_year_before_their_page_was_read() -> None:
    """Earlier ones are as unknown as later ones are; with a first day they begin in its year."""
    terms = HolidayTerms.model_validate({"country": "DK", "clause": "base"})
    read = date(2026, 11, 22)
    undated = compiled_holidays(terms, None, read, "en")
    dated = compiled_holidays(terms, date(2026, 7, 1), read, "en")
    assert (undated["from"], dated["from"]) == ("2025-01-01", "2026-01-01")
    assert undated["until"] == dated["until"]
    assert "2025-12-25" in undated["days"]
    assert "2025-12-25" not in dated["days"]
