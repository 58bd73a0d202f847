"""Terms that a quote may have been made by stay, with all their words."""

import json

import pytest

from termwise.compiling.editions import policy_digest
from termwise.history import superseded as room
from termwise.history.superseded import superseded
from termwise.kept.digests import sha256_of
from termwise.languages import LANGUAGES
from termwise.pages.history.content import history_content
from termwise.pages.parts import HistoryContent
from tests.history.repository import Repository

BEFORE, AFTER = "value: 85.00", "value: 88.00"


def content(repository: Repository) -> HistoryContent:
    """What the history puts into a site."""
    return history_content(repository.provider(), repository.today(), repository.published())


def test_terms_that_no_edition_has_any_more_are_superseded(repository: Repository) -> None:
    """Only those: the edition before the one that was corrected is still there."""
    repository.commit("2026-03-01")
    first, second = repository.today().digests
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-05")
    gone = superseded(repository.published().states, repository.today().digests)
    assert list(gone) == [second]
    assert (gone[second].first.isoformat(), gone[second].last.isoformat()) == (
        "2026-03-01",
        "2026-03-01",
    )
    assert first in repository.today().digests


def test_drafts_within_a_day_are_none(repository: Repository) -> None:
    """Nobody can have made a quote by what no build of a day has published."""
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-01", "08:00")
    repository.edit(AFTER, BEFORE)
    repository.commit("2026-03-01", "09:00")
    assert not superseded(repository.published().states, repository.today().digests)


def test_terms_that_came_back_are_none(repository: Repository) -> None:
    """A correction that was taken back leaves the one it corrected."""
    repository.commit("2026-03-01")
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-02")
    wrong = repository.today().digests[-1]
    repository.edit(AFTER, BEFORE)
    repository.commit("2026-03-03")
    gone = superseded(repository.published().states, repository.today().digests)
    assert list(gone) == [wrong]


def test_superseded_terms_are_listed_with_their_files(repository: Repository) -> None:
    """Compiled with a digest that can be worked out anew, and a bundle in each language."""
    repository.commit("2026-03-01")
    digest = repository.today().digests[-1]
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-05")
    made = content(repository)
    [listed] = made.superseded
    assert (listed["digest"], listed["from"], listed["read"]) == (
        digest,
        "2026-07-01",
        "2026-11-22",
    )
    compiled = json.loads(made.assets[f"api/v1/tidewater/{digest.removeprefix('sha256:')}.json"])
    assert policy_digest(compiled["policy"]) == digest
    assert listed["bundles"].keys() == set(LANGUAGES)
    for uri in listed["bundles"].values():
        assert sha256_of(made.assets[uri])[:16] in uri
        assert json.loads(made.assets[uri])["digest"] == digest
    assert made.published[digest] == ["2026-03-01", "2026-03-01"]


def test_superseded_terms_keep_the_last_words_they_had(repository: Repository) -> None:
    """A translation may have become better while they stood; later it is of other terms."""
    repository.commit("2026-03-01")
    (repository.folder / "pl.po").unlink()
    repository.commit("2026-03-02")
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-03")
    [gone] = superseded(repository.published().states, repository.today().digests).values()
    assert gone.terms.texts["pl"]["charge.labour"]["state"] == "missing"


def test_a_former_id_stays_in_the_terms_of_its_time(repository: Repository) -> None:
    """The quote was made by a policy of that name; its files stand under the new one."""
    repository.commit("2026-03-01")
    repository.git("mv", "policies/tidewater", "policies/hightide")
    file = repository.policies / "hightide" / "policy.yaml"
    text = file.read_text("utf-8")
    new = text.replace("provider: tidewater", "provider: hightide\nformerly: [tidewater]")
    file.write_text(new, "utf-8")
    repository.commit("2026-03-02")
    made = history_content(
        repository.provider("hightide"),
        repository.today("hightide"),
        repository.published("hightide"),
    )
    assert len(made.superseded) == 2
    files = [name for name in made.assets if name.startswith("api/v1/hightide/")]
    providers = {json.loads(made.assets[name])["policy"]["provider"] for name in files}
    assert providers == {"tidewater"}


def test_of_many_superseded_terms_the_newest_stay(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site does not grow for ever."""
    monkeypatch.setattr(room, "MOST_SUPERSEDED", 2)
    digests = []
    for number in range(4):
        repository.edit(f"value: {85 + number}.00", f"value: {86 + number}.00")
        repository.commit(f"2026-03-0{number + 1}")
        digests.append(repository.today().digests[-1])
    gone = superseded(repository.published().states, repository.today().digests)
    assert list(gone) == digests[1:3]
