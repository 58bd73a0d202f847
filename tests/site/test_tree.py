"""A folder is brought up to date by rounds: what has changed is written, what is gone goes."""

from pathlib import Path

import pytest

from termwise.pages.parts import SiteAsset
from termwise.site.tree import Tree


@pytest.fixture(params=[True, False], ids=["linked", "copied"])
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> Tree:
    """A folder in which an earlier site lies, and what is not of any site."""
    for path in ("old/index.html", ".git/HEAD", "same.json"):
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path, "utf-8")
    return Tree(tmp_path / "site", linked=request.param)


def files(tree: Tree) -> set[str]:
    """What lies in its folder, folders too."""
    return {path.relative_to(tree.folder).as_posix() for path in tree.folder.rglob("*")}


def test_it_holds_what_it_was_given_in_a_round(tree: Tree, tmp_path: Path) -> None:
    """Empty folders go, hidden files stay; what is the same is not written again."""
    source = tmp_path / "kept.html"
    source.write_text("kept", "utf-8")
    before = (tree.folder / "same.json").stat().st_ino
    for uri in ("new/a.html", "new/b.html"):
        tree.put(SiteAsset(uri, source))
    tree.put(SiteAsset("same.json", b"same.json"))
    tree.remove_the_rest()
    hidden = {".git", ".git/HEAD"}
    assert files(tree) == {*hidden, "same.json", "new", "new/a.html", "new/b.html"}
    assert (tree.folder / "same.json").stat().st_ino == before

    tree.put(SiteAsset("new/a.html", b"other"))
    tree.remove_the_rest()
    assert files(tree) == {*hidden, "new", "new/a.html"}
    assert (tree.folder / "new/a.html").read_bytes() == b"other"
    assert source.read_text("utf-8") == "kept"


def test_what_is_put_again_stays(tree: Tree, tmp_path: Path) -> None:
    """Without being read or written."""
    source = tmp_path / "kept.html"
    source.write_text("kept", "utf-8")
    inodes = []
    for _ in range(2):
        tree.put(SiteAsset("a.html", source))
        tree.put(SiteAsset("b.json", b"1"))
        tree.remove_the_rest()
        inodes.append([(tree.folder / name).stat().st_ino for name in ("a.html", "b.json")])
    assert inodes[0] == inodes[1]
