"""What is kept from one build to the next is used while it is right, and only then."""

import shutil
from filecmp import cmpfiles
from pathlib import Path

import pytest

from tests.builds.elsewhere import (
    MOMENT,
    ROOT,
    copy_of_checkout,
    environment_here,
    own_code,
    run_in,
)
from tests.conftest import BUILDING
from tests.shared import one_at_a_time

BUILD = ["-c", "from termwise.commands.termwise import main; main()", "build", "--site"]
CONTENT = Path(".termwise-cache") / "content"
OLD, NEW = "price: 75.00", "price: 85.00"
TAMPERED = "<!-- kept -->"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout, built once, with all that is kept but the parts of the site."""
    copy = copy_of_checkout(tmp_path_factory.mktemp("kept") / "checkout")
    parts = shutil.ignore_patterns(CONTENT.name)
    with one_at_a_time(tmp_path_factory, BUILDING):  # so that it stands still while it is copied
        if (ROOT / CONTENT.parent).is_dir():
            shutil.copytree(ROOT / CONTENT.parent, copy / CONTENT.parent, ignore=parts)
    build(copy, "first")
    return copy


def build(checkout: Path, name: str, moment: str = MOMENT) -> Path:
    """Build for a fixed day with what is kept in the checkout."""
    environment = environment_here() | {"PYTHONPATH": own_code(checkout)}
    fixed = (name, "--day", "2026-03-01")
    run_in(checkout, environment | {"SOURCE_DATE_EPOCH": moment}, [*BUILD, *fixed])
    return checkout / name


def edit(checkout: Path, file: str, old: str, new: str) -> None:
    """Put something else in a file of the checkout."""
    text = (checkout / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (checkout / file).write_text(text.replace(old, new), encoding="utf-8")


def kept_pages(checkout: Path, provider: str) -> list[Path]:
    """The finished pages of a provider that are kept of its last build."""
    builds = (checkout / CONTENT).glob(f"*/{provider}/*")
    last = max(builds, key=lambda folder: folder.stat().st_mtime_ns)
    return sorted(last.glob("providers/**/pages/*.html"))


def differences(one: Path, other: Path) -> list[str]:
    """Files that are in one of two sites only, or not the same bytes in both."""
    here, there = files_of(one), files_of(other)
    _, different, unreadable = cmpfiles(one, other, here & there, shallow=False)
    return sorted({*(here ^ there), *different, *unreadable})


def files_of(site: Path) -> set[str]:
    """All files of a site by their paths in it."""
    return {str(file.relative_to(site)) for file in site.rglob("*") if file.is_file()}


def test_an_edit_makes_only_its_own_policy_again(checkout: Path) -> None:
    """The others are taken as they are kept: told by a mark that nothing else could put there."""
    others = ("iponto", "mastiff", "remote-utilities", "satisoft")
    before = {name: kept_pages(checkout, name) for name in (*others, "duxtel")}
    assert all(len(pages) == 2 * 4 for pages in before.values())
    marked = before["mastiff"][-1]  # at the provider's address; those of its edition stand before
    whole = marked.read_text(encoding="utf-8")
    marked.write_text(f"{whole}{TAMPERED}", encoding="utf-8")
    edit(checkout, "policies/duxtel/policy.yaml", OLD, NEW)
    rebuilt = build(checkout, "edited")
    marked.write_text(whole, encoding="utf-8")
    assert {name: kept_pages(checkout, name) for name in others} == {
        name: before[name] for name in others
    }
    assert not set(kept_pages(checkout, "duxtel")) & set(before["duxtel"])
    found = [page for page in rebuilt.rglob("index.html") if TAMPERED in page.read_text("utf-8")]
    assert [page.parent.name for page in found] == ["mastiff"]


def test_a_rebuild_is_what_a_fresh_build_is(checkout: Path) -> None:
    """Byte for byte, after edits of a policy, a translation and a hand-written page.

    The fresh one is built for the same day at another moment, which no page tells.
    """
    edit(checkout, "policies/satisoft/policy.yaml", "price: 400.00", "price: 410.00")
    edit(checkout, "docs/about.md", "title: About", "title: About it")
    rebuilt = build(checkout, "rebuilt")
    shutil.rmtree(checkout / CONTENT)
    assert differences(rebuilt, build(checkout, "fresh", moment="1790000000")) == []
    assert differences(rebuilt, checkout / "first") != []


def test_a_fixed_day_is_the_same_everywhere(checkout: Path, built_site: Path) -> None:
    """A moment is another day in another zone."""
    in_los_angeles = Path("providers/remote-utilities/index.html")
    assert "1 March 2026" in text_of(checkout / "first" / in_los_angeles)
    assert "28 February 2026" in text_of(built_site / in_los_angeles)


def text_of(page: Path) -> str:
    """A page with ordinary spaces."""
    return page.read_text("utf-8").replace("\xa0", " ").replace("&nbsp;", " ")


def test_problems_are_told_again(checkout: Path) -> None:
    """A policy with a problem is not kept, and the one before it is not shown instead."""
    edit(checkout, "policies/mastiff/policy.yaml", "price: 100.00", "price: 10o.00")
    for _ in range(2):
        with pytest.raises(AssertionError, match=r"mastiff/policy.yaml:\d+:\d+: .*10o"):
            build(checkout, "unsound")
    edit(checkout, "policies/mastiff/policy.yaml", "price: 10o.00", "price: 100.00")


def test_pages_are_kept_only_where_nothing_was_warned_of(checkout: Path) -> None:
    """Else the next build would not warn again, and pass."""
    edit(checkout, "policies/mastiff/policy.yaml", "price: 100.00", "price: 101.00")
    edit(checkout, "docs/about.md", "](#machine-readable)", "](#nowhere)")
    for _ in range(2):
        with pytest.raises(AssertionError, match="1 warnings"):
            build(checkout, "warned")
        assert kept_pages(checkout, "mastiff") == []
    edit(checkout, "docs/about.md", "](#nowhere)", "](#machine-readable)")
    edit(checkout, "policies/mastiff/policy.yaml", "price: 101.00", "price: 100.00")
