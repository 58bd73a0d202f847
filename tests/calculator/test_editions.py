"""Terms over time, as a calculator answers: one edition, the days of the others, and the words."""

import json
from collections.abc import Sequence
from datetime import date

import pytest
from click.testing import CliRunner

from termwise.commands.termwise import main
from termwise.pages.data_files import bundle, entry
from termwise.pages.policy.provenance import provenance, provenance_line
from termwise.pages.policy_view import PolicyView
from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import read_policy_text
from termwise.reading.providers import Provider, load_provider
from termwise_calculator.browser import Session, open_session
from termwise_calculator.pricing.quote import quote_data
from tests.places import POLICIES

UNDATED = "effective: not stated"
PRICE = "price: 100.00\n"
ROWS = """price:
      - {from: 2026-01-01, value: 100.00, source: the page}
      - {from: 2027-07-01, value: 120.00, source: a letter}
"""
POLISH_UNDATED = "arunki odczytane 22 listopada 2026; dostawca nie podaje, od kiedy obowiązują"
ENDING = f"{UNDATED}\nends: 2027-12-31"


def mastiff(beginning: str = UNDATED, *, day: date = date(2026, 11, 28)) -> Provider:
    """Mastiff, in Warsaw, with another price from 1 July 2027, and lines on when terms hold."""
    text = (POLICIES / "mastiff" / "policy.yaml").read_text(encoding="utf-8")
    assert (text.count(UNDATED), text.count(PRICE)) == (1, 1)
    policy, problems = read_policy_text(text.replace(UNDATED, beginning).replace(PRICE, ROWS))
    assert policy is not None, problems
    return load_provider(PolicyFolder({"mastiff": policy}, {"mastiff": {}}), "mastiff", day)


@pytest.fixture(scope="module")
def sessions() -> Sequence[Session]:
    """A session of each edition, as the browser opens it."""
    provider = mastiff(ENDING)
    return [open_session(bundle(provider.under(one), "en")) for one in provider.editions]


def answer(session: Session, start: str) -> dict[str, object]:
    """What a session answers for a start."""
    query = {"service": "remote-help", "start": start}
    told: dict[str, object] = json.loads(session.answer(json.dumps({"query": query})))
    return told


# ---- A session answers by its own edition alone


@pytest.mark.parametrize(
    ("start", "edition"),
    [
        ("2026-11-30T09:00", 0),
        ("2027-06-30T23:59", 0),
        ("2027-06-30T21:59Z", 0),
        ("2027-06-30T14:59-07:00", 0),  # in Los Angeles it is afternoon
        ("2027-07-01T07:59+10:00", 0),  # in Brisbane it is the next morning
        ("2027-06-30T22:00Z", 1),
        ("2027-06-30T15:00-07:00", 1),
        ("2027-07-01T08:00+10:00", 1),
        ("2027-07-01T00:00", 1),
        ("2027-12-31T22:59Z", 1),
    ],
)
def test_a_start_under_another_edition_is_answered_elsewhere(
    sessions: Sequence[Session], start: str, edition: int
) -> None:
    """On the provider's day, whatever the offset; it names the digest and prices nothing."""
    own, other = sessions[edition], sessions[1 - edition]
    priced = answer(own, start)
    assert "elsewhere" not in priced
    assert priced["problems"] == []
    assert json.loads(str(priced["json"]))["terms"]["digest"] == own.policy.digest
    told = answer(other, start)
    assert told["elsewhere"] == own.policy.digest
    assert (told["json"], told["problems"]) == (None, [])


@pytest.mark.parametrize("start", ["2027-12-31T23:00Z", "2028-01-01T00:00"])
def test_a_start_after_the_end_is_refused(sessions: Sequence[Session], start: str) -> None:
    """By every edition, with the last day; never another edition's price."""
    for session in sessions:
        told = answer(session, start)
        assert "elsewhere" not in told
        assert told["json"] is None
        assert "31 December 2027" in json.dumps(told["problems"])


def test_a_start_before_all_terms_is_refused() -> None:
    """With their first day, where the provider states one."""
    provider = mastiff("effective: 2026-01-01")
    for edition in provider.editions:
        told = answer(open_session(bundle(provider.under(edition), "en")), "2025-12-31T22:59Z")
        assert (told["json"], "elsewhere" in told) == (None, False)
        assert "1 January 2026" in json.dumps(told["problems"])


def test_each_page_prices_its_default_by_its_own_edition(sessions: Sequence[Session]) -> None:
    """A start that is left out is no reason to change the terms."""
    for session in sessions:
        told = json.loads(session.answer(json.dumps({"query": {"service": "remote-help"}})))
        assert json.loads(told["json"])["terms"]["digest"] == session.policy.digest


# ---- How it is told


def test_json_has_no_date_where_none_is_stated() -> None:
    """Null in the list of policies, in the quote, and in what is compiled."""
    provider = mastiff()
    assert entry(provider)["effective"] is None
    assert quote_data(provider.quote("remote-help", {}))["terms"]["effective"] is None
    assert [one.data()["effective"] for one in provider.editions] == [None, "2027-07-01"]
    assert [one.compiled["effective"] for one in provider.editions] == [None, "2027-07-01"]
    assert not any("ends" in one.compiled for one in provider.editions)


@pytest.mark.parametrize(
    ("language", "undated", "dated", "ends", "some_day"),
    [
        (
            "en",
            "erms as read on 22 November 2026; the provider gives no date",
            "erms in force from 1 July 2027",
            ", until 31 December 2027",
            ", until a day that is not published",
        ),
        (
            "pl",
            POLISH_UNDATED,
            "arunki obowiązujące od 1 lipca 2027",
            " do 31 grudnia 2027",
            " do dnia, którego dostawca nie podał",
        ),
        (
            "da",
            "ilkår læst den 22. november 2026; udbyderen angiver ingen dato",
            "ilkår gældende fra 1. juli 2027",
            " til og med 31. december 2027",
            " til en dag, som udbyderen ikke har oplyst",
        ),
        (
            "pt",
            "ondições lidas em 22 de novembro de 2026; o prestador não indica data",
            "ondições em vigor a partir de 1 de julho de 2027",
            ", até 31 de dezembro de 2027",
            ", até uma data não divulgada",
        ),
    ],
)
def test_pages_and_quotes_say_when_terms_hold(
    language: str, undated: str, dated: str, ends: str, some_day: str
) -> None:
    """As the page and the quote of each edition say it, in each language."""
    for beginning, end in (
        (UNDATED, ""),
        (ENDING, ends),
        (f"{UNDATED}\nends: not stated", some_day),
    ):
        provider = mastiff(beginning)
        for edition, told in zip(provider.editions, (undated, dated), strict=True):
            under = provider.under(edition)
            session = open_session(bundle(under, language))
            quote = session.html(session.quote({"service": "remote-help"}))
            page = plain(provenance_line(PolicyView(under, language)))
            assert f"{told}{end}" in plain(quote)
            assert said(language, told) + end in page


def plain(markup: str) -> str:
    """Text with ordinary spaces."""
    return markup.replace("\xa0", " ")


def said(language: str, told: str) -> str:
    """The words of a page, where they begin a line: a verb in place of a participle in Polish."""
    return told.replace("obowiązujące", "obowiązują") if language == "pl" else told


@pytest.mark.parametrize(
    ("language", "label", "day"),
    [
        ("en", "As of", "28 November 2026"),
        ("pl", "Stan strony na dzień", "28 listopada 2026"),
        ("da", "Siden er fra", "28. november 2026"),
        ("pt", "Página à data de", "28 de novembro de 2026"),
    ],
)
def test_a_page_says_as_of_which_day_it_is(language: str, label: str, day: str) -> None:
    """In the facts at its end; the same day for the pages of all editions."""
    provider = mastiff()
    for edition in provider.editions:
        facts = plain(provenance(PolicyView(provider.under(edition), language)))
        assert f"<dt>{label}</dt>" in facts.replace("<dt >", "<dt>")
        assert day in facts.partition(label)[2]


# ---- The command line


@pytest.mark.parametrize(
    ("on", "language", "told"),
    [
        ("2025-12-31", "en", "The first recorded terms"),
        ("2028-01-01", "en", "The last recorded terms ended on 31 December 2027."),
        ("2028-01-01", "da", "De seneste registrerede vilkår ophørte den 31. december 2027."),
        ("2028-01-01", "pl", "przestały obowiązywać po 31 grudnia 2027"),
        ("2028-01-01", "pt", "terminaram em 31 de dezembro de 2027."),
    ],
)
def test_a_date_without_terms_is_refused(
    tmp_path_factory: pytest.TempPathFactory, on: str, language: str, told: str
) -> None:
    """`--on` before them all and after their end: one line each, with the day that bounds them."""
    folder = tmp_path_factory.mktemp("dated")
    text = (POLICIES / "mastiff" / "policy.yaml").read_text(encoding="utf-8")
    (folder / "mastiff").mkdir()
    dated = text.replace(UNDATED, "effective: 2026-01-01\nends: 2027-12-31")
    (folder / "mastiff" / "policy.yaml").write_text(dated, encoding="utf-8")
    arguments = ["quote", "mastiff/remote-help", "--on", on, "--lang", language]
    result = CliRunner().invoke(main, [*arguments, "--policies", str(folder)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert told in plain(result.stderr)
