"""What git knows of a provider's folder: every state at the end of a day, wherever it lay."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from termwise.history import states
from termwise.history.states import Published
from termwise.reading import committed
from termwise.reading.committed import read_commits
from tests.history.repository import PROVIDER, Repository

SUMMARY = "A technician works on your computer."
BEFORE, AFTER = f"summary: {SUMMARY}", "summary: A technician repairs your computer."
NIGHTS = "{times: 1.5, clause: night-rate}"


def days(known: Published) -> list[str]:
    """The days of the published states, in order."""
    return [state.day.isoformat() for state in known.states]


def test_each_state_has_the_day_of_its_commit(repository: Repository) -> None:
    """Committed, not written: and what changes no policy is no state."""
    repository.commit("2026-03-01")
    (repository.top / "README.md").write_text("Policies", encoding="utf-8")
    repository.commit("2026-03-02")
    repository.edit(BEFORE, AFTER)
    commit = repository.commit("2026-03-03")
    known = repository.published()
    assert days(known) == ["2026-03-01", "2026-03-03"]
    assert (known.since, known.whole, known.unreadable) == (date(2026, 3, 1), True, ())
    assert known.states[-1].commit == commit
    first, last = (state.terms.texts["en"]["service.help.summary"] for state in known.states)
    assert (first["text"], last["text"]) == (SUMMARY, "A technician repairs your computer.")


def test_the_day_is_that_of_utc(repository: Repository) -> None:
    """A quarter to midnight is the old day, whatever the zone of the provider or the staff."""
    repository.commit("2026-03-01", "23:45")
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-02", "00:15")
    assert days(repository.published()) == ["2026-03-01", "2026-03-02"]


def test_of_several_commits_of_a_day_the_last_counts(repository: Repository) -> None:
    """What was replaced within a day is a draft."""
    repository.commit("2026-03-01", "08:00")
    repository.edit("times: 1.5", "times: 1.6")
    repository.commit("2026-03-01", "09:00")
    repository.edit("times: 1.6", "times: 1.7")
    repository.commit("2026-03-01", "10:00")
    [state] = repository.published().states
    rate = state.terms.editions[0].policy.charges["labour"].rate
    assert rate is not None
    assert str(rate.windows[1].factor) == "1.7"


def test_translations_are_states_too(repository: Repository) -> None:
    """A translation changes what readers of a language see."""
    repository.commit("2026-03-01")
    (repository.folder / "pl.po").unlink()
    repository.commit("2026-03-02")
    known = repository.published()
    assert days(known) == ["2026-03-01", "2026-03-02"]
    one, other = (state.terms for state in known.states)
    assert one.digests == other.digests
    assert one.texts["pl"] != other.texts["pl"]


def test_a_moved_folder_is_followed(repository: Repository) -> None:
    """Another place in the repository is the same history."""
    repository.commit("2026-03-01")
    repository.git("mv", "policies", "terms")
    repository.policies = repository.top / "terms"
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-02")
    assert days(repository.published()) == ["2026-03-01", "2026-03-02"]


def renamed(repository: Repository, *, formerly: str, alike: bool = True) -> Published:
    """The history of a company that got another id, and says so or not."""
    repository.commit("2026-03-01")
    repository.git("mv", f"policies/{PROVIDER}", "policies/hightide")
    file = repository.policies / "hightide" / "policy.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace(f"provider: {PROVIDER}", f"provider: hightide\n{formerly}")
    remarks = "" if alike else "# A remark.\n" * 900
    file.write_text(text + remarks, encoding="utf-8")
    repository.commit("2026-03-02")
    return repository.published("hightide")


@pytest.mark.parametrize("alike", [True, False])
def test_a_renamed_provider_keeps_its_history(repository: Repository, alike: bool) -> None:
    """Its former id stands in the policy, so git need not find the two files alike."""
    known = renamed(repository, formerly=f"formerly: [{PROVIDER}]", alike=alike)
    assert days(known) == ["2026-03-01", "2026-03-02"]
    providers = [state.terms.editions[0].policy.provider for state in known.states]
    assert providers == [PROVIDER, "hightide"]


def test_another_provider_is_no_former_one(repository: Repository) -> None:
    """A file copied from one that is gone, under another id, has no part in its history."""
    assert days(renamed(repository, formerly="")) == ["2026-03-02"]


def test_a_former_id_may_not_be_another_provider_of_today(repository: Repository) -> None:
    """Else two providers had one history."""
    (repository.policies / "lowtide").mkdir()
    (repository.policies / "lowtide" / "policy.yaml").write_text("provider: lowtide\n", "utf-8")
    repository.edit("name: Tidewater Desk", "formerly: [lowtide]\nname: Tidewater Desk")
    with pytest.raises(AssertionError, match=r"policy.yaml:4:12: This former id is another"):
        repository.read()


def test_a_shallow_clone_says_from_when_on_it_knows(repository: Repository, tmp_path: Path) -> None:
    """What it has is used, and known not to be all."""
    repository.commit("2026-03-01")
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-02")
    repository.edit("times: 1.5", "times: 1.7")
    repository.commit("2026-03-03")
    clone = tmp_path / "clone"
    source = f"file://{repository.top}"
    subprocess.run(["git", "clone", "--quiet", "--depth", "2", source, clone], check=True)
    repository.policies = clone / "policies"
    known = repository.published()
    assert days(known) == ["2026-03-02", "2026-03-03"]
    assert (known.since, known.whole) == (date(2026, 3, 2), False)


def test_a_folder_outside_git_has_no_history(repository: Repository, tmp_path: Path) -> None:
    """Nor has one in a repository without a commit, nor one that git was never told of."""
    assert repository.published() == Published()
    (repository.policies / ".gitignore").write_text("*", encoding="utf-8")
    repository.git("commit", "--quiet", "--allow-empty", "--message", "Nothing")
    assert repository.published() == Published()
    repository.policies = tmp_path
    assert repository.published() == Published()


def test_what_is_not_committed_is_not_published(repository: Repository) -> None:
    """An unclean working tree is what an author sees, and nobody else has seen."""
    repository.commit("2026-03-01")
    repository.edit("times: 1.5", "times: 1.7")
    [state] = repository.published().states
    assert state.terms.digests != repository.today().digests


def test_a_branch_counts_from_its_merge(repository: Repository) -> None:
    """What was written aside was published on the day of the merge."""
    repository.commit("2026-03-01")
    repository.git("checkout", "--quiet", "-b", "aside")
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-02")
    repository.git("checkout", "--quiet", "-")
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "aside", day="2026-03-05")
    assert days(repository.published()) == ["2026-03-01", "2026-03-05"]


def test_a_state_that_cannot_be_read_is_named(repository: Repository) -> None:
    """As one that an older release could read, or that was committed with a mistake."""
    repository.commit("2026-03-01")
    repository.edit(NIGHTS, "{times: often, clause: night-rate}")
    broken = repository.commit("2026-03-02")
    repository.edit("{times: often, clause: night-rate}", NIGHTS)
    repository.edit(BEFORE, AFTER)
    repository.commit("2026-03-03")
    known = repository.published()
    assert days(known) == ["2026-03-01", "2026-03-03"]
    assert known.unreadable == ((date(2026, 3, 2), broken),)


def test_the_oldest_of_many_states_are_left_out(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is known from when on the others are."""
    monkeypatch.setattr(states, "MOST_STATES", 2)
    repository.commit("2026-03-01")
    repository.edit("times: 1.5", "times: 1.6")
    repository.commit("2026-03-02")
    repository.edit("times: 1.6", "times: 1.7")
    repository.commit("2026-03-03")
    known = repository.published()
    assert days(known) == ["2026-03-02", "2026-03-03"]
    assert (known.since, known.whole) == (date(2026, 3, 2), False)


def test_a_state_is_compiled_once(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of it is the same as what was read, also that it cannot be read."""
    repository.commit("2026-03-01")
    repository.edit("times: 1.5", "times: often")
    repository.commit("2026-03-02")
    first = repository.published()
    monkeypatch.setattr(states, "read_policy_text", None)
    assert repository.published() == first


def test_git_is_asked_three_times_at_most(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the place, for all commits, and for the files of a provider: none is checked out."""
    asked: list[str] = []
    run = committed.run_git

    def counted(folder: Path, *arguments: str, told: bytes = b"") -> bytes:
        asked.append(next(one for one in arguments if not one.startswith("-") and "=" not in one))
        return run(folder, *arguments, told=told)

    repository.commit("2026-03-01")
    for day in range(2, 6):
        repository.edit("name: Tidewater Desk", f"# {day}\nname: Tidewater Desk")
        repository.commit(f"2026-03-0{day}")
    monkeypatch.setattr(committed, "run_git", counted)
    assert len(repository.published().states) == 5
    assert asked == ["rev-parse", "log", "cat-file"]


def test_file_names_that_git_would_quote_are_read(repository: Repository) -> None:
    """A folder may have a name with a space and letters of any language."""
    repository.policies = repository.policies.rename(repository.top / "vilkår og priser")
    repository.commit("2026-03-01")
    commits = read_commits(repository.policies)
    assert commits is not None
    assert len(commits.states(PROVIDER)) == 1
