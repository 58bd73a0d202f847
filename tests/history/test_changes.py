"""What changed when: changes of the provider and corrections of ours are told apart."""

from datetime import date

import pytest

from termwise.history.changes import Change, all_changes
from tests.history.repository import TODAY, Repository

SUMMARY = "summary: A technician works on your computer."
MENDED = "summary: A technician repairs your computer."
SUMMER = "{from: 2026-07-01, value: 85.00, source: Price list of the summer}"
COMING = "\n      - {from: 2027-07-01, value: 90.00, source: Price list of 2027}"


def changes(repository: Repository) -> list[Change]:
    """All changes, the newest first."""
    return all_changes(repository.today(), repository.published().states, TODAY)


def by_git(repository: Repository) -> list[Change]:
    """Those that come from another state of the file."""
    return [change for change in changes(repository) if not change.dated]


def test_a_dated_row_is_a_change_of_the_provider(repository: Repository) -> None:
    """From its day on, with its source, and known since it was committed."""
    repository.commit("2026-03-01")
    repository.edit(SUMMER, SUMMER + COMING)
    repository.commit("2026-10-05")
    coming, summer = changes(repository)[0], changes(repository)[-1]
    assert (coming.anchor, coming.day, coming.ours) == (
        "from-2027-07-01",
        date(2027, 7, 1),
        False,
    )
    assert coming.sources == ["Price list of 2027"]
    assert coming.recorded.isoformat() == "2026-10-05T12:00:00+00:00"
    assert summer.recorded.isoformat() == "2026-03-01T12:00:00+00:00"


def test_without_git_a_dated_row_is_known_since_the_page_was_read(repository: Repository) -> None:
    """Never by the clock: two builds tell the same."""
    [summer] = changes(repository)
    assert summer.recorded.isoformat() == "2026-11-22T00:00:00+00:00"


def test_another_text_is_a_correction_of_ours(repository: Repository) -> None:
    """The provider's dates are the same, so nothing changed but what we say."""
    repository.commit("2026-03-01")
    repository.edit(SUMMARY, MENDED)
    commit = repository.commit("2026-03-02")
    [change] = by_git(repository)
    assert change.anchor == f"change-2026-03-02-{commit[:12]}"
    assert (change.day, change.ours) == (date(2026, 3, 2), True)
    assert [one.old.effective for one in change.editions if one.old] == [
        date(2026, 1, 1),
        date(2026, 7, 1),
    ]


@pytest.mark.parametrize(
    ("old", "new", "ours"),
    [
        ("read: 2026-11-22", "read: 2026-11-25", False),
        ("effective: 2026-01-01", "effective: 2026-02-01", False),
        ("      - " + SUMMER + "\n", "", True),
    ],
    ids=["its page was read again", "its first day has moved", "past terms left the list"],
)
def test_who_changed_the_terms(repository: Repository, old: str, new: str, ours: bool) -> None:
    """A page that was read again and a day that moved are the provider's doing."""
    repository.commit("2026-03-01")
    repository.edit(old, new)
    repository.commit("2026-11-26")
    [change] = by_git(repository)
    assert change.ours is ours


def test_terms_that_were_announced_can_be_withdrawn(repository: Repository) -> None:
    """Their day had not come yet, so it is no list of earlier terms that was cut."""
    repository.edit(SUMMER, SUMMER + COMING)
    repository.commit("2026-03-01")
    repository.edit(COMING, "")
    repository.commit("2026-03-02")
    [change] = by_git(repository)
    [withdrawn] = [one.old for one in change.editions if one.new is None and one.old]
    assert (withdrawn.effective, change.ours) == (date(2027, 7, 1), False)


def test_what_is_not_committed_is_told_to_its_author(repository: Repository) -> None:
    """As of the day of the build; once committed, it has the day of its commit."""
    repository.commit("2026-03-01")
    repository.edit(SUMMARY, MENDED)
    [change] = by_git(repository)
    assert (change.anchor, change.day) == ("change-2026-11-28-now", TODAY)
    repository.commit("2026-11-29")
    [change] = by_git(repository)
    assert change.day == date(2026, 11, 29)
