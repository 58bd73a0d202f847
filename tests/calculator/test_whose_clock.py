"""The customer's clock: the start is told in the time of the place, which decides all hours."""

import json
from datetime import date

import pytest
import yaml

from termwise.pages.calculator.case_fields import start_field
from termwise.pages.calculator.question_fields import question_field
from termwise.pages.data_files import bundle
from termwise.pages.policy_view import PolicyView
from termwise.reading.policies import PolicyFolder
from termwise.reading.providers import Provider, load_provider
from termwise.scenarios.worked import FOLDER
from termwise_calculator.browser import Session, open_session
from tests.scenarios.test_examples import policy_of

PLACES = {"mainland": "Europe/Lisbon", "azores": "Atlantic/Azores"}


def provider_of(changed: str = "") -> Provider:
    """The worked example, in Warsaw; `changed` is the price from 1 July 2026 on."""
    written = yaml.load((FOLDER / "calendar.yaml").read_text("utf-8"), yaml.BaseLoader)
    [example] = [one for one in written if one["feature"] == "The customer's clock decides"]
    if changed:
        rows = "[{from: 2026-01-01, value: 60.00, source: page}, "
        rows += f"{{from: 2026-07-01, value: {changed}, source: letter}}]"
        example["policy"] = example["policy"].replace("price: 60.00", f"price: {rows}")
    folder = PolicyFolder({"example": policy_of(example)}, {"example": {}})
    return load_provider(folder, "example", date(2026, 3, 2))


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
