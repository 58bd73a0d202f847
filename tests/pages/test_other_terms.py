"""What a page says of other editions: complete, in words of the reader, and true on any day."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.policy.changed_terms import Sides, changed_terms
from termwise.pages.policy.other_terms import other_terms, other_terms_today
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from tests.pages.dated_policies import CHANGING, changing_provider, write_dated_policies

CASES = {
    "en": "Remote help; Tuesday 17:30; 90 minutes: PLN 380.07, from 1 July 2027 PLN 468.63",
    "pl": "Pomoc zdalna; wtorek, godz. 17:30; 90 minut: 380,07 zł, od 1 lipca 2027 468,63 zł",
    "da": "Fjernhjælp; tirsdag kl. 17.30; 90 minutter: 380,07 PLN, fra 1. juli 2027 468,63 PLN",
    "pt": (
        "Ajuda remota; terça-feira, 17:30; 90 minutos: 380,07 PLN, "
        "a partir de 1 de julho de 2027 468,63 PLN"
    ),
}
CLAUSE = "klientom firmy przysługuje rabat w wysokości {client-discount.percent}."
DISCOUNTS = (
    "{from: 2026-01-01, value: 50%, source: page}, {from: 2027-07-01, value: 60%, source: letter}"
)
SLOT_NAMES = ("labour", "windows.", "client-discount", ".price", "data-slot")


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Provider:
    """A provider with a past edition, one in force and a coming one."""
    folder = tmp_path_factory.mktemp("dated") / "policies"
    return changing_provider(write_dated_policies(folder))


def _text(html: str) -> str:
    """What a reader sees of HTML, with plain spaces."""
    return " ".join(re.sub(r"<[^>]*>", "", html).replace("\xa0", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_coming_change_is_told_with_what_it_means(provider: Provider, language: str) -> None:
    """From when, the price of the usual case before and after, and where those terms stand."""
    (told,) = other_terms(PolicyView(provider, language))
    assert CASES[language] in _text(told)
    assert 'href="2027-07-01/"' in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_clause_that_changes_is_told_old_and_new(provider: Provider, language: str) -> None:
    """By its number, with a link; the words that differ are marked, no other clause is named."""
    view = PolicyView(provider, language)
    (told,) = other_terms(view)
    clauses = re.findall(r'href="#clause-([a-z-]+)"', told)
    assert clauses == ["base-rate", "night-rate"]
    marks = [_text(mark) for mark in re.findall(r"<(?:del|ins)>.*?</(?:del|ins)>", told)]
    price = [
        view.words.money(Decimal(amount), "PLN", 2).replace("\xa0", " ") for amount in (103, 127)
    ]
    assert marks[0].endswith(price[0])
    assert marks[1].endswith(price[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_the_policy_file_is_shown(provider: Provider, language: str) -> None:
    """Readers know prices, not slots; anchors alone may hold names."""
    view = PolicyView(provider, language)
    told = _text("".join((*other_terms(view), other_terms_today(view))))
    assert [name for name in SLOT_NAMES if name in told] == []


def test_the_page_of_an_edition_leads_to_those_before_and_after(provider: Provider) -> None:
    """In words that hold on any day, so that they need no script."""
    first, in_force, coming = (
        PolicyView(provider.under(edition), "en", "../") for edition in provider.editions
    )
    assert [_text(part)[:41] for part in other_terms(first)] == [
        "From 1 July 2026 other terms apply. See t",
        "Later changes of the terms From 1 July 20",
    ]
    assert [_text(part)[:41] for part in other_terms(in_force)] == [
        "For help that starts before 1 July 2026, ",
        "From 1 July 2027 other terms apply. See t",
    ]
    assert [_text(part) for part in other_terms(coming)] == [
        "For help that starts before 1 July 2027, other terms apply. See the earlier terms"
    ]


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Provider:
    """The same provider, with a discount that grows and of which no clause says how much it is."""
    folder = write_dated_policies(tmp_path_factory.mktemp("silent") / "policies")
    file = folder / CHANGING / "policy.yaml"
    text = file.read_text("utf-8").replace(CLAUSE, CLAUSE.partition(" w wysokości")[0] + ".")
    file.write_text(text.replace("percent: 50%", f"percent: [{DISCOUNTS}]"), encoding="utf-8")
    return changing_provider(folder)


def test_a_figure_that_no_clause_states_is_told_by_its_label(silent: Provider) -> None:
    """After the clauses; what only follows from another figure is not told."""
    told = changed_terms(_coming(silent, "en"))
    *clauses, discount = [_text(item) for item in re.findall(r"<li>.*?</li>", told)]
    assert [clause[:4] for clause in clauses] == ["§ 14", "§ 17"]
    assert discount == "Client discount: old: 50% → new: 60%"


def _coming(provider: Provider, language: str) -> Sides:
    view = PolicyView(provider, language)
    *_, old, new = provider.editions
    return Sides(view.under(old), view.under(new))


@pytest.mark.parametrize("provider_id", ["duxtel", "iponto", "remote-utilities", "satisoft"])
def test_terms_that_never_change_say_nothing_of_others(
    provider_id: str, providers: Mapping[str, Provider]
) -> None:
    """No notice at their top, hidden or not."""
    view = PolicyView(providers[provider_id], "en")
    assert [*other_terms(view)] == []
    assert other_terms_today(view) == ""


def test_before_the_first_and_after_the_last_terms_it_is_told_that_none_are_known(
    tmp_path: Path,
) -> None:
    """Where the policy says when they begin and end; the notices wait for those days."""
    folder = write_dated_policies(tmp_path / "policies")
    file = folder / CHANGING / "policy.yaml"
    dated = "effective: 2026-01-01\nends: 2027-12-31"
    file.write_text(file.read_text("utf-8").replace("effective: not stated", dated), "utf-8")
    told = other_terms_today(PolicyView(changing_provider(folder), "en"))
    days = re.findall(r'data-terms-from="([^"]*)" data-terms-until="([^"]*)"', told)
    assert days == [
        ("2026-01-01", "2026-07-01"),
        ("2027-07-01", "2028-01-01"),
        ("", "2026-01-01"),
        ("2028-01-01", ""),
    ]
    assert "the first apply from 1 January 2026." in told
    assert "These terms applied until 31 December 2027; we know of none since." in told
