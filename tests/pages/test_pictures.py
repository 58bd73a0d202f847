"""The pictures of a policy page show the policy's own figures, and what it leaves open."""

import json
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.data_files import bundle
from termwise.pages.pictures.cost import cost_picture
from termwise.pages.pictures.week import week_pictures
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from termwise.site.content_security import violations
from termwise_calculator.browser import open_session
from termwise_calculator.pricing.cost_steps import cost_steps
from tests.drift.checker import PolicyText
from tests.real_providers import POLICIES
from tests.scenarios.test_examples import examples, text_of

PRICED = ("mastiff", "satisoft", "duxtel", "iponto")
WITH_HOURS = ("mastiff", "iponto", "remote-utilities")


@cache
def changed(provider: str, *changes: tuple[str, str]) -> Provider:
    """A provider with parts of its file written otherwise."""
    policy = PolicyText.read(POLICIES / provider)
    text = policy.text
    for old, new in changes:
        assert text.count(old) == 1, f"{provider} says “{old}” {text.count(old)} times"
        text = text.replace(old, new)
    return PolicyText(provider, text, policy.translations).published[0].provider


def week(provider: Provider, language: str = "en") -> str:
    """The pictures of the week, with plain spaces."""
    return week_pictures(PolicyView(provider, language)).replace("\xa0", " ")


def cost(provider: Provider, language: str = "en") -> str:
    """The drawing of the cost, with its table, with plain spaces."""
    return cost_picture(PolicyView(provider, language)).replace("\xa0", " ")


def steps_told(picture: str) -> list[tuple[str, ...]]:
    """The rows of the table of steps."""
    figure = ElementTree.fromstring(picture)
    return [tuple("".join(cell.itertext()) for cell in row) for row in figure.iter("tr")][1:]


# ---- Cost against minutes


def test_the_steps_of_a_session_into_the_evening(providers: Mapping[str, Provider]) -> None:
    """Office hours until 18:00, the evening's rate afterwards, with tax."""
    assert steps_told(cost(providers["mastiff"])) == [
        ("more than 0 minutes", "PLN 123.00"),
        ("more than 60 minutes", "PLN 369.00"),
        ("more than 120 minutes", "PLN 615.00"),
        ("more than 180 minutes", "PLN 861.00"),
        ("more than 240 minutes", "PLN 1,107.00"),
    ]


def test_a_first_period_is_due_from_the_beginning(providers: Mapping[str, Provider]) -> None:
    """What is charged whatever the length is told as such; without tax where none is stated."""
    assert steps_told(cost(providers["iponto"]))[:3] == [
        ("from 0 minutes", "€13.50"),
        ("more than 60 minutes", "€20.25"),
        ("more than 90 minutes", "€27.00"),
    ]


def test_a_fee_is_due_without_any_time() -> None:
    """It is a step of its own, told as such, and the length of the session is marked."""
    charges = (
        "  visit: {label: Visit, clause: terms, price: 20.00, per: session}\n"
        "  labour: {label: Work, clause: terms, price: 60.00, per: started 60 min}\n"
    )
    policy = text_of({"policy": f"charges:\n{charges}"})
    picture = cost(PolicyText("example", policy, {}).published[0].provider)
    assert steps_told(picture)[:2] == [
        ("from 0 minutes", "€20.00"),
        ("more than 0 minutes", "€80.00"),
    ]
    assert "The vertical line marks 60 minutes." in picture


@pytest.mark.parametrize("provider", PRICED)
def test_steps_are_what_the_calculator_says(
    provider: str, providers: Mapping[str, Provider]
) -> None:
    """Each step begins where the price changes, and nowhere between."""
    policy = providers[provider].policy
    service = next(iter(policy.services.values()))
    steps = cost_steps(policy, providers[provider].quote(service.id, {}).scenario)
    assert len(steps) > 1
    assert steps[0].first == 0
    assert all(one.last + 1 == next_one.first for one, next_one in pairwise(steps))
    assert all(one.cost != next_one.cost for one, next_one in pairwise(steps))
    for step in steps:
        for minute in range(step.first, step.last + 1):
            quote = providers[provider].quote(service.id, {"minutes": str(minute)})
            assert step.cost == quote.due


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_of_a_case_are_its_own(language: str, providers: Mapping[str, Provider]) -> None:
    """The browser draws as the page does; a long session in full, one that is free not at all."""
    session = open_session(bundle(providers["mastiff"], language))

    def steps(**answers: str) -> str:
        query = {"service": "remote-help", **answers}
        html: str = json.loads(session.steps(json.dumps({"query": query})))["html"]
        return html

    assert f"\n{steps()}\n" in cost_picture(PolicyView(providers["mastiff"], language))
    night = {"start": "2026-03-03T22:30", "minutes": "400"}
    own = f"<figure>{steps(**night)}</figure>"
    assert [told for _, told in steps_told(own)] == [
        session.view(session.quote({"service": "remote-help", **night, "minutes": minutes})).total()
        for minutes in ("60", "120", "180", "240", "300", "360", "400")
    ]
    assert 'class="tw-session"' in own
    assert 'class="tw-session"' not in steps(minutes="2000")
    assert steps(client="yes", purchased_equipment="yes", start="2026-03-03T11:00") == ""
    assert steps(minutes="0", client="maybe") == ""
    assert json.loads(session.steps('{"query": {"service": "test"}}')) == {"html": ""}


def test_a_price_that_falls_with_time_is_drawn_so() -> None:
    """A started quarter all in dear time costs more than one that ends in cheap time."""
    (example,) = (
        each.values[0]
        for each in examples()
        if each.values[0]["feature"] == "Split time, rounded once"
    )
    text = text_of(example).replace("Mo-Su 18:00-22:00", "Mo-Su 08:00-10:12")
    text = text.replace("{times: 2,", "{times: 6,")
    split = PolicyText("example", text, {}).published[0].provider
    assert steps_told(cost(split))[:3] == [
        ("more than 0 minutes", "€90.00"),
        ("more than 12 minutes", "€75.00"),
        ("more than 15 minutes", "€90.00"),
    ]


def test_another_price_or_length_moves_the_steps() -> None:
    """The figures come from the policy, not from the picture."""
    price = changed("duxtel", ("price: 75.00", "price: 80.00"))
    assert steps_told(cost(price))[:2] == [
        ("from 0 minutes", "A$88.00"),
        ("more than 60 minutes", "A$176.00"),
    ]
    assert "A$88.00</text>" in cost(price)
    length = changed("iponto", ("per: started 30 min", "per: started 20 min"))
    assert [told for told, _ in steps_told(cost(length))][1:3] == [
        "more than 60 minutes",
        "more than 80 minutes",
    ]
    assert ">80</text>" in cost(length)


def test_a_stretch_without_a_price_is_hatched_and_named() -> None:
    """The line stops where a price is missing, and the label says so."""
    morning = changed(
        "mastiff", ("{start: Tu 17:30, minutes: 90}", "{start: Tu 04:30, minutes: 9}")
    )
    drawn, told = cost(morning), steps_told(cost(morning))
    assert told == [
        ("more than 0 minutes", "PLN 492.00"),
        ("more than 60 minutes", "PLN 984.00"),
        ("more than 120 minutes", "PLN 984.00 plus an amount that is not published"),
    ]
    assert drawn.count('fill="url(#tw-hatch)"') == 1
    assert "not published</text>" in drawn
    line = re.search(r'class="tw-steps" d="([^"]*)"', drawn)
    dots = re.findall(r'class="tw-dot" cx="(\d+)"', drawn)
    assert line is not None
    assert line[1].endswith(f"H{dots[-1]}"), "the line ends where the last known price does"


@pytest.mark.parametrize("name", PRICED)
def test_all_that_is_drawn_lies_within_the_drawing(name: str) -> None:
    """And what is hatched stands on the floor, above the minutes."""
    early = ("{start: Tu 17:30, minutes: 90}", "{start: Tu 04:30, minutes: 9}")
    drawing = cost(changed(name, early) if name == "mastiff" else changed(name))
    (width, height) = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawing)[0])
    across = re.findall(r'\b(?:cx|x)="(-?\d+)"|[MH](-?\d+)', drawing)
    down = re.findall(r'\b(?:cy|y)="(-?\d+)"|M-?\d+ (-?\d+)|V(-?\d+)', drawing)
    assert {0 <= int("".join(found)) <= width for found in across} == {True}
    assert {0 <= int("".join(found)) <= height for found in down} == {True}
    for top, high in re.findall(r'<rect [^>]*y="(\d+)" [^>]*height="(\d+)"', drawing):
        assert int(top) + int(high) < height


def test_a_session_without_any_price_is_all_hatched() -> None:
    """No line and no figure where nothing is published."""
    noon = changed("mastiff", ("{start: Tu 17:30, minutes: 90}", "{start: Sa 11:00, minutes: 9}"))
    drawn = cost(noon)
    assert steps_told(drawn) == [("more than 0 minutes", "No price is published for this")]
    assert "PLN" not in drawn


def test_no_cost_without_prices(providers: Mapping[str, Provider]) -> None:
    """Help that is free and not counted by time has no picture of its cost."""
    assert cost(providers["remote-utilities"]) == ""


# ---- Both


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("provider", sorted({*PRICED, *WITH_HOURS}))
def test_pictures_are_well_formed_and_keep_the_content_policy(
    provider: str, language: str, providers: Mapping[str, Provider]
) -> None:
    """They are well-formed, have no style attribute, break no HTML block, and name themselves."""
    drawn = "\n".join(part(providers[provider], language) for part in (week, cost))
    root = ElementTree.fromstring(f"<div>{drawn}</div>")
    assert violations(drawn) == []
    figures = [each for each in root if each.tag == "figure"]
    expected = (provider in PRICED) + (provider in WITH_HOURS)
    assert len(figures) == expected
    assert all("\n\n" not in part for part in drawn.split("</figure>"))
    ids = [name for each in root.iter() if (name := each.get("id"))]
    assert len(ids) == len(set(ids))
    for svg in root.iter("svg"):
        assert svg.get("role") == "img"
        named = [svg.get("aria-labelledby", ""), svg.get("aria-describedby", "")]
        assert set(named) <= set(ids) or len(svg.get("aria-label", "")) > len(
            "Cost against minutes"
        )
