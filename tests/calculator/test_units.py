"""Units of quantities: each number takes the plural form that its language has for it."""

from decimal import Decimal
from typing import Any

import pytest
import yaml

from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import ReadPolicy
from termwise.reading.providers import Provider, load_provider
from termwise_calculator.telling.render import quote_html
from termwise_calculator.telling.slots import Quantity, slot_text
from tests.drift.pages import visible
from tests.scenarios.test_examples import FOLDER, REFERENCE, policy_of

HEADER = 'msgid ""\nmsgstr ""\n"Language: pl\\n"\n\n'
UNIT = 'msgctxt "question.users.unit"\nmsgid "user | users"\nmsgstr "{}"\n'
FORMS = "użytkownik | użytkownicy | użytkowników"


@pytest.fixture(scope="module")
def policy() -> ReadPolicy:
    """The worked example of a unit with plural forms."""
    examples: list[Any] = yaml.load((FOLDER / "tiers.yaml").read_text("utf-8"), yaml.CBaseLoader)
    return policy_of(examples[-1])


def provider_with(policy: ReadPolicy, forms: str) -> Provider:
    """The example with its unit translated into Polish."""
    content = (HEADER + UNIT.format(forms)).encode()
    translated, problems = policy.read_translation(content, "pl.po", "pl")
    assert problems == []
    folder = PolicyFolder({"example": policy}, {"example": {"pl": translated}})
    return load_provider(folder, "example", REFERENCE)


@pytest.mark.parametrize(
    ("language", "users", "said"),
    [
        ("en", "1", "1 user ×"),
        ("en", "2", "1 user × €4.00"),
        ("en", "12", "11 users × €4.00"),
        ("pl", "1", "1 użytkownik ×"),
        ("pl", "4", "3 użytkownicy ×"),
        ("pl", "12", "11 użytkowników ×"),
        ("da", "4", "3 users ×"),
    ],
)
def test_a_quote_takes_the_form_of_the_number(
    policy: ReadPolicy, language: str, users: str, said: str
) -> None:
    """In a language without a translation, the last form of the governing one."""
    provider = provider_with(policy, FORMS)
    quote = provider.quote("help", {"users": users})
    assert said in visible(quote_html(quote, provider.words[language], provider.slots))


def test_a_slot_of_a_quantity_has_its_unit(policy: ReadPolicy) -> None:
    """As a slot of time has: what a price is for is no bare number."""
    words = provider_with(policy, FORMS).words
    ten = Quantity(Decimal(10), "users")
    assert [slot_text(ten, words[one]) for one in ("en", "pl")] == [
        "10 users",
        "10 użytkowników",
    ]


def test_what_is_charged_once_begun_reads_as_in_the_price_table(policy: ReadPolicy) -> None:
    """One unit has no number before it; a question without a unit has the number alone."""
    words = provider_with(policy, FORMS).words

    def said(number: int, language: str, question: str = "users") -> str:
        value = Quantity(Decimal(number), question)
        return slot_text(value, words[language], ("started",)).replace("\u00a0", " ")

    assert said(1, "en") == "per user or part of it"
    assert said(10, "en") == "per 10 users or part of them"
    assert said(10, "pl") == "za każdą rozpoczętą jednostkę (10 użytkowników)"
    assert said(10, "en", "machines") == "per 10 or part of them"


def test_parts_of_a_unit_take_the_last_form(policy: ReadPolicy) -> None:
    """And so does a unit that stands beside its field."""
    words = provider_with(policy, FORMS).words["pl"]
    assert words.form(FORMS, Decimal("1.5")) == words.form(FORMS, None) == "użytkowników"
    assert words.form("km", 1) == words.form("km", 5) == "km"


def test_parts_of_a_unit_may_have_a_form_of_their_own(policy: ReadPolicy) -> None:
    """Polish tells 1,5 kilometra from 5 kilometrów; a unit by itself has the form of many."""
    forms = "kilometr | kilometry | kilometrów | kilometra"
    words = provider_with(policy, forms).words["pl"]
    numbers = (1, 2, 5, 22, Decimal("1.5"), Decimal(5), None)
    assert [words.form(forms, number) for number in numbers] == [
        "kilometr",
        "kilometry",
        "kilometrów",
        "kilometry",
        "kilometra",
        "kilometrów",
        "kilometrów",
    ]


@pytest.mark.parametrize("forms", ["użytkownik | użytkownicy", "użytkownik | | użytkowników"])
def test_a_translation_has_the_forms_of_its_own_language(policy: ReadPolicy, forms: str) -> None:
    """Two are too few for Polish, and none may be empty."""
    content = (HEADER + UNIT.format(forms)).encode()
    _, problems = policy.read_translation(content, "pl.po", "pl")
    assert [problem.what for problem in problems] == [
        "The unit has not the plural forms of its language"
    ]
    assert "one | few | many, and one more for parts of one: other" in problems[0].expected
