"""The page of what has changed says what readers can see, in their language, and nothing else."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from termwise.history import states
from termwise.history.changes import all_changes
from termwise.history.states import Published
from termwise.pages.history.marked_words import marked_words
from termwise.pages.history.page import history_page
from termwise.pages.history.told_changes import ToldChange, told_changes
from termwise.pages.policy_view import PolicyView
from termwise.words.messages import message_words
from tests.history.repository import TODAY, Repository

WORDS = message_words("en")
NIGHT, LATE = "At night, {windows.night}", "Late, {windows.night}"
SLOT_NAME = re.compile(r"\b(labour|windows|client-discount|yearly)\.\w+")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository with one commit."""
    monkeypatch.setattr(states, "CACHE", tmp_path / "cache")
    (tmp_path / "repository").mkdir()
    made = Repository(tmp_path / "repository")
    made.commit("2026-03-01")
    return made


def told(repository: Repository, language: str = "en") -> list[ToldChange]:
    """The changes as readers of a language are told of them, without the dated ones."""
    view = PolicyView(repository.provider(), language)
    changes = all_changes(repository.today(), repository.published().states, TODAY)
    return [one for one in told_changes(view, changes) if not one.change.dated]


def page(repository: Repository, language: str = "en", known: Published | None = None) -> str:
    """The whole page."""
    view = PolicyView(repository.provider(), language)
    known = known or repository.published()
    changes = all_changes(repository.today(), known.states, TODAY)
    return history_page(view, known, [*told_changes(view, changes)])


def visible(html: str) -> str:
    """What a screen reader says of HTML."""
    return Markup(html).striptags()


@pytest.mark.parametrize(
    ("old", "new", "read"),
    [
        ("It costs 10 euro.", "It costs 12 euro.", "It costs removed: 10 added: 12 euro."),
        ("It costs.", "It costs nothing.", "It removed: costs. added: costs nothing."),
        ("No help at night", "No help", "No help removed: at night"),
        ("", "New words", "added: New words"),
        ("Old words", "", "removed: Old words"),
        ("a < b & c", "a < b & d", "a < b & removed: c added: d"),
        ("Same words", "Same words", "Same words"),
    ],
)
def test_words_that_differ_are_marked(old: str, new: str, read: str) -> None:
    """Each mark says what it is; the rest stands as it was, and no text is taken for HTML."""
    marked = marked_words(old, new, WORDS)
    assert visible(marked) == read
    without = re.sub(r"<(del)>.*?</\1>|<ins><span[^>]*>added: </span>(.*?)</ins>", r"\2", marked)
    assert " ".join(Markup(without).striptags().split()) == new


def test_a_clause_that_reads_otherwise_is_shown_with_its_number(repository: Repository) -> None:
    """It links to the clause among today's terms, and says that the correction is ours."""
    repository.edit(NIGHT, LATE)
    repository.commit("2026-03-02")
    [change] = told(repository)
    assert change.title == "2 March 2026: correction of ours"
    assert '<a class="tw-ref" href="../#clause-night-rate">§ 1.2</a>' in change.html
    assert "removed: At night," in visible(change.html)
    assert "added: Late," in visible(change.html)


def test_what_two_editions_have_in_common_is_told_once(repository: Repository) -> None:
    """The clause stands in both, and reads the same."""
    repository.edit(NIGHT, LATE)
    repository.commit("2026-03-02")
    [change] = told(repository)
    assert change.html.count("#clause-night-rate") == 1


def test_what_only_later_terms_have_is_told_of_them(repository: Repository) -> None:
    """A price of one edition that was mended leaves the others as they were."""
    repository.edit("times: 1.5", "times: 1.6")
    repository.edit("value: 85.00", "value: 88.00")
    repository.commit("2026-03-02")
    [change] = told(repository)
    assert "In the terms from 1 July 2026:" in change.html


def test_a_price_has_its_old_and_new_value_by_its_label(repository: Repository) -> None:
    """In the reader's notation; what follows from it, with tax or at night, is no change more."""
    repository.edit("value: 85.00", "value: 88.00")
    repository.commit("2026-03-02")
    [english], [polish] = told(repository), told(repository, "pl")
    assert english.in_short[0] == "Remote work: €85.00 → €88.00"
    assert polish.in_short[0] == "Praca zdalna: 85,00\xa0€ → 88,00\xa0€"
    assert english.html.count("<tr><th") == 2  # the head, and the price
    assert not SLOT_NAME.search(visible(english.html))


def test_a_translation_is_told_only_to_its_readers(repository: Repository) -> None:
    """Nothing has changed for readers of another language."""
    file = repository.folder / "pl.po"
    text = file.read_text(encoding="utf-8")
    assert text.count('msgstr "Praca zdalna"') == 1
    file.write_text(text.replace('msgstr "Praca zdalna"', 'msgstr "Praca na odległość"'), "utf-8")
    repository.commit("2026-03-02")
    [polish] = told(repository, "pl")
    assert "dodano: na odległość" in visible(polish.html)
    for language in ("en", "da"):
        assert told(repository, language) == []
        assert "Nothing has changed" not in page(repository, language)


def test_a_clause_without_a_new_translation_is_shown_as_it_governs(repository: Repository) -> None:
    """With its language; the translation of what was before would say the wrong thing."""
    repository.edit(NIGHT, LATE)
    repository.commit("2026-03-02")
    [polish] = told(repository, "pl")
    assert '<p lang="en">' in polish.html


def test_what_nobody_can_read_is_told_in_a_sentence(repository: Repository) -> None:
    """The digest is another, so the page owes a word."""
    repository.edit("    minimum: one increment\n", "")
    repository.commit("2026-03-02")
    [change] = told(repository)
    assert "Details of the calculation differ" in change.html


def test_a_dated_row_is_told_with_its_source_and_leads_to_its_edition(
    repository: Repository,
) -> None:
    """Coming or in force on the day of the page."""
    row = "{from: 2026-07-01, value: 85.00, source: Price list of the summer}"
    later = "      - {from: 2027-07-01, value: 90.00, source: Price list of 2027}"
    repository.edit(row, f"{row}\n{later}")
    shown = page(repository)
    coming, past = shown.split("\n## ")[1:]
    assert coming.startswith("From 1 July 2027: the provider’s terms change {#from-2027-07-01}")
    assert "Not yet in force on 28 November 2026." in coming
    assert "Price list of 2027" in coming
    assert 'href="../2027-07-01/#clause-rate"' in coming
    assert past.startswith("From 1 July 2026")
    assert "In force since that day." in past


@pytest.mark.parametrize("language", ["en", "pl", "da", "pt"])
def test_where_nothing_has_changed_the_page_says_since_when(
    repository: Repository, language: str
) -> None:
    """And names the feed and the calendar."""
    first = "      - {from: 2026-07-01, value: 85.00, source: Price list of the summer}\n"
    repository.edit(first, "")
    known = Published(since=repository.published().since)
    shown = page(repository, language, known)
    words = PolicyView(repository.provider(), language).words
    assert words.say("Nothing has changed since then.") in shown
    assert words.date(repository.published().states[0].day) in shown
    assert 'href="../history.atom"' in shown
    assert 'href="../../../changes.ics"' in shown


def test_what_is_missing_is_said(repository: Repository) -> None:
    """A record that begins late, versions that cannot be read, no record at all."""
    day = repository.published().states[0].day
    cut = page(repository, known=Published(since=day, whole=False))
    assert "Our record begins on 1 March 2026" in cut
    unreadable = page(repository, known=Published((), ((day, "abcdef0123"),), day))
    assert "1 March 2026 (abcdef0)" in unreadable
    assert "There is no record of earlier versions here." in page(repository, known=Published())
