"""Superseded terms are carried over from an earlier site, byte for byte, or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from termwise.content.carried import Carried, carry
from termwise.content.terms_lists import terms_list
from termwise.history import states
from termwise.pages.history.content import history_content
from tests.history.repository import PROVIDER, Repository

FORMER = "lowtide"


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published site that knows superseded terms, of which git has been rewritten since."""
    monkeypatch.setattr(states, "CACHE", tmp_path / "cache")
    (tmp_path / "repository").mkdir()
    repository = Repository(tmp_path / "repository")
    repository.commit("2026-03-01")
    repository.edit("value: 85.00", "value: 88.00")
    repository.commit("2026-03-02")
    made = history_content(repository.provider(), repository.today(), repository.published())
    listed = terms_list(PROVIDER, [], made.superseded, made.published)
    assert isinstance(listed.content, bytes)
    for place, content in {**made.assets, listed.uri: listed.content}.items():
        (tmp_path / "site" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / place).write_bytes(content)
    return tmp_path / "site"


def carried(site: Path, known: tuple[str, ...] = ()) -> Carried:
    """What a build takes from it."""
    return carry(site, {PROVIDER: []}, known)


def listed_in(site: Path) -> dict[str, object]:
    """The one entry of the earlier list."""
    [entry] = json.loads((site / f"api/v1/{PROVIDER}/terms.json").read_bytes())["terms"]
    return dict(entry)


def test_what_git_does_not_have_is_carried_over(earlier: Path) -> None:
    """The compiled terms and all bundles, listed as superseded with the days they had."""
    found, entry = carried(earlier), listed_in(earlier)
    assert not found.remarks
    assert len(found.files) == 5
    assert all(Path(file) == earlier / place for place, file in found.files.items())
    assert found.terms == {PROVIDER: [entry]}
    again = terms_list(PROVIDER, [], found.terms[PROVIDER], {})
    assert json.loads(again.content)["terms"] == [entry]  # type: ignore[arg-type]
    assert (entry["superseded"], entry["published"]) == (True, ["2026-03-01", "2026-03-01"])


def test_what_is_known_is_not_carried_over(earlier: Path) -> None:
    """Git has it, or today's file."""
    found = carried(earlier, (str(listed_in(earlier)["digest"]),))
    assert (found.files, found.terms, found.remarks) == ({}, {}, [])


def test_a_former_id_is_looked_up_as_well(earlier: Path) -> None:
    """The files get the id of today."""
    (earlier / "api" / "v1" / PROVIDER).rename(earlier / "api" / "v1" / FORMER)
    found = carry(earlier, {PROVIDER: [FORMER]}, ())
    assert len(found.files) == 5
    compiled = [place for place in found.files if place.startswith("api/")]
    assert compiled[0].startswith(f"api/v1/{PROVIDER}/")


def another_price(file: Path) -> None:
    """A file with another content under the same name."""
    content = file.read_bytes()
    assert b"88.00" not in content
    assert b"85.00" in content
    file.write_bytes(content.replace(b"85.00", b"88.00"))


@pytest.mark.parametrize("wrong", [another_price, Path.unlink], ids=["another content", "gone"])
@pytest.mark.parametrize("place", ["api/v1/tidewater/[0-9a-f]*.json", "**/tidewater.da.*.json"])
def test_a_wrong_file_is_left_out_with_one_line(
    earlier: Path, place: str, wrong: Callable[[Path], None]
) -> None:
    """With all that belongs to it: no terms are carried over in part."""
    [file] = earlier.glob(place)
    wrong(file)
    found = carried(earlier)
    assert (found.files, found.terms) == ({}, {})
    [remark] = found.remarks
    assert file.name in remark
    assert "\n" not in remark


@pytest.mark.parametrize(
    "bundle", ["../../etc/passwd", "/etc/passwd", "assets/termwise/policies/../../x.json", None]
)
def test_a_list_leads_nowhere_else(earlier: Path, bundle: str | None) -> None:
    """Only to bundles of the site."""
    entry = listed_in(earlier)
    entry["bundles"] = {**entry["bundles"], "da": bundle}  # type: ignore[dict-item]
    file = earlier / f"api/v1/{PROVIDER}/terms.json"
    file.write_text(json.dumps({"terms": [entry]}), encoding="utf-8")
    found = carried(earlier)
    assert (found.files, len(found.remarks)) == ({}, 1)


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"terms": [1]}', '{"terms": [{}]}'])
def test_a_list_that_is_none_is_told(earlier: Path, written: str) -> None:
    """And nothing else goes wrong."""
    (earlier / f"api/v1/{PROVIDER}/terms.json").write_text(written, encoding="utf-8")
    found = carried(earlier)
    assert (found.files, len(found.remarks)) == ({}, 1)


def test_a_site_without_lists_carries_nothing(tmp_path: Path) -> None:
    """As one that was published before there were any."""
    assert carried(tmp_path) == Carried()
