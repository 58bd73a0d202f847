"""The described form of a quote is that of every quote: of all worked examples, and all cases."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from termwise.pages.quote_form import QuoteForm, quote_schema, quote_schemas
from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from termwise.scenarios.worked import worked_examples
from termwise.site.neighbours import described_api
from termwise_calculator.pricing.quote import Quote, quote_data, quote_json
from tests.conformance import test_conformance as conformance
from tests.generality import test_generality as generality
from tests.policies import test_cases as policies
from tests.real_providers import REFERENCE, real_providers


@pytest.fixture(scope="module")
def quotes() -> list[Quote]:
    """Every quote that is worked out by hand somewhere."""
    return [*of_examples(), *of_policies(), *of_others()]


def of_examples() -> Iterator[Quote]:
    """Those of the worked examples."""
    for group in worked_examples().values():
        for example in group:
            yield from (quote for _, quote in example.cases)


def of_policies() -> Iterator[Quote]:
    """Those of the repository's policies, that are not refused."""
    providers = real_providers()
    for case in policies.cases():
        provider, written = case.values
        if "stated" not in written and "problems" not in written["expect"]:
            yield policies.quoted(providers[provider], written)


def of_others() -> Iterator[Quote]:
    """Those of companies that are not in the repository."""
    known: dict[str, Provider] = dict(conformance.providers())
    for one in load_providers(read_policies(generality.FOLDER / "policies"), REFERENCE):
        known[one.policy.provider] = one
    for case in (*conformance.cases(), *generality.cases()):
        provider, service = case.values[0]["offer"].split("/")
        yield known[provider].quote(service, case.values[0]["given"])


def test_every_quote_has_the_described_form(quotes: list[Quote]) -> None:
    """No key is without a description, and no value of another kind than it says."""
    assert len(quotes) > 500
    for quote in quotes:
        QuoteForm.model_validate_json(quote_json(quote))


def test_every_key_that_is_described_is_in_some_quote(quotes: list[Quote]) -> None:
    """Nothing is described that no quote has."""
    found = {place for quote in quotes for place in places(quote_data(quote))}
    assert set(described(quote_schema(), quote_schema())) - found == set()


def places(data: Any, path: str = "") -> Iterator[str]:
    """The path of every key; entries of a list share theirs, and so do answers."""
    if path.endswith("/set"):
        return
    if isinstance(data, list):
        for one in data:
            yield from places(one, path)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield f"{path}/{key}"
            yield from places(value, f"{path}/{key}")


def described(schema: Mapping[str, Any], whole: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """The same paths, as a schema describes them."""
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    for name, value in schema.get("properties", {}).items():
        yield f"{path}/{name}"
        yield from described(value, whole, f"{path}/{name}")
    items = [schema["items"]] if "items" in schema else []
    for choice in (*schema.get("anyOf", ()), *items):
        yield from described(choice, whole, path)


@pytest.mark.parametrize(
    ("path", "value"),
    [(("more",), "1"), (("subtotal",), 1.5), (("net",), "1,50"), (("tax", "rate"), 23)],
)
def test_another_form_is_refused(quotes: list[Quote], path: tuple[str, ...], value: Any) -> None:
    """A key more, a float, a comma, a number in place of text."""
    data = next(data for data in map(quote_data, quotes) if data["tax"])
    QuoteForm.model_validate(data)
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    with pytest.raises(ValidationError):
        QuoteForm.model_validate(data)


def test_the_description_refers_to_what_it_holds() -> None:
    """Every part that the schema of a quote refers to is among the components."""
    schemas: Any = described_api("https://terms.example/", quote_schemas())["components"]
    named = {one.rpartition("/")[2] for one in references(schemas)}
    assert named < set(schemas["schemas"])
    assert "Quote" in schemas["schemas"]


def references(schema: Any) -> Iterator[str]:
    """Every reference inside a schema."""
    if isinstance(schema, list):
        for one in schema:
            yield from references(one)
    elif isinstance(schema, Mapping):
        if "$ref" in schema:
            assert schema["$ref"].startswith("#/components/schemas/")
            yield schema["$ref"]
        for value in schema.values():
            yield from references(value)
