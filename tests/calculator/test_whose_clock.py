"""The customer's clock: the start is told in the time of the place, which decides all hours."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from termwise.pages.calculator.case_fields import start_field
from termwise.pages.calculator.question_fields import question_field
from termwise.pages.data_files import bundle
from termwise.pages.policy_view import PolicyView
from termwise.reading.policies import PolicyFolder
from termwise.reading.providers import Provider, load_provider
from termwise.scenarios.worked import FOLDER
from termwise_calculator.browser import Session, open_session
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import quote_data
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.policy import Policy
from termwise_calculator.time.clock import to_instant
from tests.scenarios.test_examples import policy_of

PLACES = {"mainland": "Europe/Lisbon", "azores": "Atlantic/Azores"}


def provider_of(changed: str = "") -> Provider:
    """The worked example, in Warsaw; `changed` is the price from 1 July 2026 on."""
    written = yaml.load((FOLDER / "calendar.yaml").read_text("utf-8"), yaml.CBaseLoader)
    [example] = [one for one in written if one["feature"] == "The customer’s clock decides"]
    if changed:
        rows = "[{from: 2026-01-01, value: 60.00, source: page}, "
        rows += f"{{from: 2026-07-01, value: {changed}, source: letter}}]"
        example["policy"] = example["policy"].replace("price: 60.00", f"price: {rows}")
    folder = PolicyFolder({"example": policy_of(example)}, {"example": {}})
    return load_provider(folder, "example", date(2026, 3, 2))


@cache
def policy() -> Policy:
    """Its terms."""
    return provider_of().policy


def answer(session: Session, **query: str) -> dict[str, str]:
    """What a session answers for a case."""
    told: dict[str, str] = json.loads(
        session.answer(json.dumps({"query": {"service": "help", "minutes": "60", **query}}))
    )
    return told


@pytest.mark.parametrize(
    ("start", "edition"),
    [
        # At ten in the evening on the Azores it is midnight in Warsaw.
        ("2026-06-30T21:59", 0),
        ("2026-06-30T22:00", 1),
        ("2026-06-30T22:00+00:00", 1),
        ("2026-06-30T21:59+00:00", 0),
    ],
)
def test_the_company_s_own_day_decides_which_terms_hold(start: str, edition: int) -> None:
    """The start is as the clock of the place shows it, unless it says otherwise."""
    provider = provider_of("70.00")
    sessions = [open_session(bundle(provider.under(one), "en")) for one in provider.editions]
    place = {} if "+" in start else {"place": "azores"}
    told = answer(sessions[edition], start=start, **place)
    assert "elsewhere" not in told


@given(
    place=st.sampled_from(sorted(PLACES)),
    hours=st.integers(0, 24 * 365),
    minutes=st.integers(0, 3000),
)
def test_the_clock_of_a_place_is_that_of_a_policy_there(
    place: str, hours: int, minutes: int
) -> None:
    """Every amount and every moment is as if the company itself stood at the place."""
    terms = policy()
    start = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)).isoformat()
    raw = {"start": start, "minutes": str(minutes), "place": place}
    no_place = {name: one._replace(zones={}) for name, one in terms.questions.items()}
    there = terms._replace(zone=ZoneInfo(PLACES[place]), questions=no_place)
    told, expected = (
        quote_data(price(one, read_scenario(one, "help", raw, date(2026, 3, 2))))
        for one in (terms, there)
    )
    assert told == expected


def test_a_link_brings_back_the_case() -> None:
    """It holds the start as the place has it."""
    session = open_session(bundle(provider_of(), "en"))
    first = answer(session, start="2026-03-03T17:30", place="azores")
    assert "start=2026-03-03T17:30" in first["address"]
    query = dict(part.split("=") for part in first["address"].split("&"))
    assert answer(session, **query)["json"] == first["json"]
    assert json.loads(first["json"])["input"]["start"] == "2026-03-03T17:30-01:00"
    assert "17:30 (Azores time)" in first["html"].replace("\N{NO-BREAK SPACE}", " ")


def test_the_form_says_whose_clock_it_is() -> None:
    """Beside the start, and at each place for the script that shows the visitor's own time."""
    view = PolicyView(provider_of(), "en")
    assert "The time at the place that you choose" in start_field(view, ["start"])
    field = question_field(view, view.policy.questions["place"], ["place"])
    for place, zone in PLACES.items():
        assert f'value="{place}" data-timezone="{zone}"' in field


def test_the_clock_of_the_machine_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A local time of a place becomes one of UTC, wherever it is priced."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        told = to_instant(datetime.fromisoformat("2026-03-03T17:30"), ZoneInfo("Europe/Lisbon"))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert told.isoformat() == "2026-03-03T17:30:00+00:00"
