"""What the build has answered beforehand is what the calculator answers."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.calculator.first_answers import answered_values, answers_assets
from termwise.pages.calculator.first_scenarios import first_scenarios, form_values
from termwise.pages.data_files import bundle, bundle_asset
from termwise.pages.parts import SiteAsset
from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from termwise.scenarios.queries import Query
from termwise_calculator.browser import open_session
from termwise_calculator.terms.policy import Policy
from tests.places import GENERALITY
from tests.real_providers import REFERENCE, real_providers

WORKER = "assets/termwise/worker-0123456789abcdef.js"
LEAST_ANSWERS = 30
MOST_BYTES = 20_000


@pytest.fixture(scope="module")
def offering() -> Mapping[str, Provider]:
    """All providers, and an invented one that counts and asks more than they do."""
    invented = load_providers(read_policies(GENERALITY), REFERENCE)
    return {**real_providers(), **{one.policy.provider: one for one in invented}}


@pytest.fixture(scope="module")
def sets(offering: Mapping[str, Provider]) -> Mapping[tuple[str, str], Any]:
    """The first answers of each provider in each language, as the page reads them."""
    return {
        (name, language): json.loads(content_of(asset))
        for name, provider in offering.items()
        for language, asset in kept_for(provider)
    }


def kept_for(provider: Provider) -> Iterator[tuple[str, SiteAsset]]:
    """What is kept for the form of a provider."""
    name = provider.policy.provider
    return answers_assets(provider, bundles_of(provider), WORKER, name, first_scenarios(provider))


def bundles_of(provider: Provider) -> dict[str, SiteAsset]:
    """The bundles that the pages of a provider name, by their language."""
    return {language: bundle_asset(provider, language) for language in LANGUAGES}


def content_of(asset: SiteAsset) -> bytes:
    """The bytes of an asset that was made in memory."""
    assert isinstance(asset.content, bytes)
    return asset.content


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_answer_is_what_the_calculator_answers(
    sets: Mapping[tuple[str, str], Any], offering: Mapping[str, Provider], language: str
):
    """Byte for byte, by a session as the browser opens it, for every scenario kept."""
    for name, provider in offering.items():
        session, kept = open_session(bundle(provider, language)), sets[name, language]
        for answer in kept["answers"]:
            for query in queries_of(provider, answer):
                answered = session.answer(json.dumps({"query": query}))
                assert answered == whole(answer, kept["lines"]), query


def test_a_link_leads_elsewhere_by_a_value_without_an_answer(offering: Mapping[str, Provider]):
    """The page is told every value of every field that its answers are for, and no other."""
    for name, provider in offering.items():
        scenarios = [dict(query) for query in first_scenarios(provider)]
        (asset, *_) = (asset for _, asset in kept_for(provider))
        told = parse_qs(answered_values(asset), keep_blank_values=True)
        for field in ("service", "minutes"):
            values = {query[field] for query in scenarios if field in query}
            assert {*told.get(field, [])} == values, name
        assert all(len(values) == len({*values}) for values in told.values())


def whole(answer: Mapping[str, Any], lines: list[str]) -> str:
    """A kept answer put together again, as the text that the calculator answers with."""
    texts = {part: "\n".join(lines[number] for number in answer[part]) for part in ("json", "html")}
    rest = {"problems": [], "asked": answer["asked"], "address": answer["address"]}
    return json.dumps(texts | rest, ensure_ascii=False)


def queries_of(provider: Provider, answer: Mapping[str, Any]) -> list[Query]:
    """What the form may hold for the page to give this answer: what is not asked is anything."""
    given = dict(pair.split("=") for pair in answer["address"].split("&"))
    service = provider.policy.services[given["service"]]
    fields = (*service.asks, *service.questions)
    asked = {field: given.get(field, "") for field in answer["asked"]}
    first = {field: form_values(provider)[field] for field in fields}
    changed = {field: other_answer(provider.policy, field, text) for field, text in first.items()}
    scenario = {"service": service.id}
    return [scenario | first | asked, scenario | changed | asked]


def other_answer(policy: Policy, field: str, text: str) -> str:
    """Another option, where a field has options."""
    options = policy.questions[field].options if field in policy.questions else ()
    return next((option for option in options if option != text), text)


def test_what_the_form_shows_at_first_is_among_them_for_each_service(
    sets: Mapping[tuple[str, str], Any], offering: Mapping[str, Provider]
):
    """A choice of service alone is always answered, and so is the way back."""
    for name, provider in offering.items():
        first, kept = form_values(provider), sets[name, "en"]["answers"]
        for service in provider.policy.services.values():
            shown = {f"service={service.id}"} | {f"{one}={first[one]}" for one in service.asks}
            assert any(shown <= {*answer["address"].split("&")} for answer in kept), service.id


def test_they_say_what_they_were_made_from(
    sets: Mapping[tuple[str, str], Any], offering: Mapping[str, Provider]
):
    """Policy and words by the name of the bundle, the calculator by that of its worker."""
    for name, provider in offering.items():
        for language in LANGUAGES:
            made_of = sets[name, language]
            assert bundles_of(provider)[language].uri.endswith(f"/{made_of['bundle']}")
            assert WORKER.endswith(f"/{made_of['runtime']}")


def test_they_stay_small(sets: Mapping[tuple[str, str], Any]):
    """Every visitor fetches them: enough to be of use, not so many that they cost time."""
    for kept in sets.values():
        assert len(kept["answers"]) >= LEAST_ANSWERS
        transferred = zlib.compress(json.dumps(kept, ensure_ascii=False).encode())
        assert len(transferred) < MOST_BYTES


def test_each_scenario_is_kept_once(sets: Mapping[tuple[str, str], Any]):
    """The page takes the first answer that fits, so no two may fit."""
    for kept in sets.values():
        addresses = [answer["address"] for answer in kept["answers"]]
        assert len(addresses) == len(set(addresses))
