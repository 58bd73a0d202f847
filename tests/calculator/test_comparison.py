"""What a link's terms and those in force differ in for one case, as a session tells it."""

import json
import re
from typing import Any

import pytest

from termwise.pages.data_files import bundle
from termwise_calculator.browser import Session, compare, open_session
from termwise_calculator.telling.marked_words import marked_words
from termwise_calculator.telling.words import Words
from tests.real_providers import real_providers

LANGUAGES = ("en", "pl", "da", "pt")
HOUR = {"service": "remote-help", "start": "2026-12-01T10:00", "minutes": "60"}
TOLD = {
    "en": ("The terms have changed since this link was made.", "removed:", "added:"),
    "pl": ("Od utworzenia tego odnośnika warunki się zmieniły.", "usunięto:", "dodano:"),
    "da": ("Vilkårene er ændret, siden dette link blev lavet.", "fjernet:", "tilføjet:"),
    "pt": (
        "As condições mudaram desde que esta hiperligação foi criada.",
        "retirado:",
        "acrescentado:",
    ),
}


def session(language: str = "en", **changes: Any) -> Session:
    """Mastiff's terms in force, or with changes of the bundle, by names of `changed`."""
    return open_session(json.dumps(changed(mastiff(language), **changes)))


def mastiff(language: str = "en") -> dict[str, Any]:
    """The bundle of Mastiff's terms in force."""
    data: dict[str, Any] = json.loads(bundle(real_providers()["mastiff"], language))
    return data


def changed(
    data: dict[str, Any],
    *,
    price: str | None = None,
    effective: str | None = None,
    clause: tuple[str, str] | None = None,
    until: str | None = None,
    drop: str | None = None,
) -> dict[str, Any]:
    """A bundle with other terms under another digest."""
    policy = data["policy"]
    if price:
        policy["charges"]["labour"]["price"] = price
    if effective:
        policy["effective"] = data["calendar"][0]["effective"] = effective
    if clause:
        text = data["words"]["texts"]["base-rate"]
        text["text"] = text["text"].replace(*clause)
    if drop:
        del policy["services"][drop]
    data["calendar"][-1]["until"] = until
    data["digest"] = data["calendar"][0]["digest"] = f"sha256:{price}{effective}{clause}{drop}"
    return data


def compared(then: Session, now: Session, **given: str) -> dict[str, Any]:
    """The answer to a case by both terms."""
    answer: dict[str, Any] = json.loads(compare(then, now, json.dumps({"query": HOUR | given})))
    return answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_amounts_and_the_clauses_are_told_in_each_language(language: str) -> None:
    """The quote is that of the link; figures are written as the reader writes them."""
    now, then = session(language), session(language, price="90.00")
    answer = compared(then, now)
    heading, removed, added = TOLD[language]
    rows = re.findall(r'<th scope="row">(\w+) ', answer["comparison"])
    assert len({*rows}) == 2
    assert language == "en" or {"Then", "Now"}.isdisjoint(rows)
    assert json.loads(answer["json"])["net"] == "90.00"
    assert heading in answer["comparison"]
    for given, figure in ((then, "110.70"), (now, "123.00")):
        quote = given.quote(HOUR)
        assert format(quote.due, ".2f") == figure
        assert f"<strong>{given.view(quote).total()}</strong>" in answer["comparison"]
    assert f'<del><span class="tw-unseen">{removed} </span>' in answer["comparison"]
    assert f'<ins><span class="tw-unseen">{added} </span>' in answer["comparison"]
    assert answer["comparison"].count('href="#clause-base-rate"') == 1
    assert answer["comparison"].count("<li>") == 1


def test_a_price_that_stays_is_told_with_the_clause_that_reads_otherwise() -> None:
    """Terms may change in words alone; other clauses are not listed."""
    now = session("pl")
    then = session("pl", clause=("rozpocz", "zacz"))
    told = compared(then, now)["comparison"]
    assert "cena w\u00a0tym przypadku pozostała bez zmian" in told
    assert "<del>" in told
    assert told.count("<li>") == 1


def test_nothing_is_listed_where_nothing_behind_the_case_has_changed() -> None:
    """Another digest, and the same price from the same clauses."""
    told = compared(session(effective="2026-01-01"), session())["comparison"]
    assert "the price of this case has not." in told
    assert "<li>" not in told
    assert "Terms in force from 1 January 2026" in told


def test_a_case_that_the_terms_in_force_refuse_keeps_its_price() -> None:
    """And is told why it has none now: before all terms of today."""
    told = compared(session(price="90.00"), session(effective="2027-01-01"))
    assert json.loads(told["json"])["net"] == "90.00"
    assert "This case cannot be priced now: No terms are recorded for" in told["comparison"]
    assert re.findall(r'<th scope="row">(\w+) ', told["comparison"]) == ["Then", "Now"]


def test_a_service_that_is_gone_keeps_its_price() -> None:
    """The terms of the link still know it."""
    told = compared(session(price="90.00"), session(drop="remote-help"))
    assert json.loads(told["json"])["net"] == "90.00"
    assert "There is no service “remote-help”" in told["comparison"]


def test_terms_that_have_not_begun_or_have_ended_price_nothing() -> None:
    """A link cannot make terms hold on a day on which they never did."""
    coming = changed(mastiff(), effective="2027-01-01")
    coming["calendar"].insert(0, {"effective": None, "until": "2027-01-01", "digest": "sha256:now"})
    assert compared(open_session(json.dumps(coming)), session())["unfit"] is True
    before_all = compared(session(effective="2027-01-01"), session())
    assert before_all["json"] is None
    assert "in force from 1 January 2027" in before_all["problems"][0]["message"]
    ended = compared(session(until="2026-11-30"), session())
    assert ended["json"] is None
    assert "The last recorded terms ended on 29 November 2026" in ended["problems"][0]["message"]


def test_what_is_no_case_is_refused_as_ever() -> None:
    """With the message beside its field."""
    answer = compared(session(price="90.00"), session(), minutes="an hour")
    assert answer["json"] is None
    assert [problem["field"] for problem in answer["problems"]] == ["minutes"]


def test_a_quote_by_a_link_ignores_that_later_terms_have_come() -> None:
    """Its own calendar may name another edition for the start; its terms hold all the same."""
    data = mastiff()
    data["calendar"].append({"effective": "2026-11-30", "until": None, "digest": "sha256:later"})
    then = open_session(json.dumps(data))
    assert json.loads(then.answer(json.dumps({"query": HOUR})))["elsewhere"] == "sha256:later"
    assert json.loads(compared(then, session())["json"])["net"] == "100.00"
    assert compared(session(), then)["elsewhere"] == "sha256:later"


def test_a_text_that_was_not_translated_is_not_mixed_with_its_translation() -> None:
    """Each is marked whole, the governing one with its language."""
    data = mastiff()
    data["words"]["texts"]["base-rate"] |= {"text": "Po polsku.", "language": "pl"}
    told = compared(open_session(json.dumps(data)), session())["comparison"]
    assert '<span lang="pl"><del>' in told
    assert told.count("<ins>") == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("one two three", "one two three", "one two three"),
        ("one two three", "one 2 three", "one -two +2 three"),
        ("one two", "zero one two", "+zero one two"),
        ("one two", "one", "one -two"),
        ("one two two", "one two three", "one two -two +three"),
        ("one two three", "one two two three", "one two +two three"),
        ("a b c d", "c d a b", "-a b c d +a b"),
        ("a <b> & c", "a <i> & c", "a -&lt;b&gt; +&lt;i&gt; &amp; c"),
        ("costs 90\u00a0zł now", "costs 95\u00a0zł now", "costs -90\u00a0zł +95\u00a0zł now"),
    ],
)
def test_words_that_differ_are_marked(old: str, new: str, told: str) -> None:
    """As few as can be; an amount with its currency is one word, and HTML is escaped."""
    words = Words(mastiff()["words"])
    marked = marked_words(old, new, words)
    for mark, label, sign in (("del", "removed", "-"), ("ins", "added", "+")):
        marked = marked.replace(f'<{mark}><span class="tw-unseen">{label}: </span>', sign)
        marked = marked.replace(f"</{mark}>", "")
    assert marked == told
