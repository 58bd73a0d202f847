"""A part is made anew when the rooms that make it have changed, and only then."""

import ast
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from termwise.commands import kept_terms
from termwise.content import parts, sessions
from termwise.kept import digests
from termwise.site import kept_pages

ROOMS = sorted(
    f"{package}.{place.stem}"
    for package, folder in digests.FOLDERS.items()
    for place in folder.iterdir()
    if place.suffix == ".py" or (place / "__init__.py").exists()
    if place.stem != "__init__"
)
DIGESTS: Mapping[str, Callable[[], str]] = {
    "parts": parts.code,
    "sessions": sessions.code,
    "frame": kept_pages.code,
}
MADE_ANEW: Mapping[str, set[str]] = {
    "termwise.commands": set(),
    "termwise.reports": set(),
    "termwise.progress": set(),  # what is said meanwhile is no part of anything
    "termwise.browser": set(),  # whose files are digested where the browser's Python is made
    "termwise.editor": set(),  # whose archive is kept under a digest of its own
    "termwise.__main__": set(),  # which only runs the command
    "termwise.today": set(),  # the day that it tells counts, where a part is made for a day
    "termwise.mkdocs": {"frame"},
    "termwise.npm_programs": {"frame"},
    "termwise.site": {"frame"},
}
"""What an edit of a room makes anew, where it is not everything."""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A copy of our code: its two packages by name."""
    target = tmp_path_factory.mktemp("code")
    for name, folder in digests.FOLDERS.items():
        shutil.copytree(folder, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    return {name: target / name for name in digests.FOLDERS}


@pytest.fixture
def code(
    copied: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Mapping[str, Path]]:
    """The copy in place of our code, for edits, of which the digests are yet to be made."""
    monkeypatch.setattr(digests, "FOLDERS", copied)
    digests.room.cache_clear()
    yield copied
    digests.room.cache_clear()


def edit(code: Mapping[str, Path], room: str) -> None:
    """Put one more comment into the last file of a room."""
    package, _, own = room.partition(".")
    place = code[package] / own
    file = max(place.rglob("*.py")) if place.is_dir() else place.with_suffix(".py")
    file.write_text(f"{file.read_text('utf-8')}# A comment.\n", "utf-8")
    digests.room.cache_clear()


@pytest.mark.parametrize("room", ROOMS)
def test_an_edit_of_a_room_makes_anew_what_it_makes(code: Mapping[str, Path], room: str) -> None:
    """And nothing else."""
    before = {name: digest() for name, digest in DIGESTS.items()}
    assert {name: digest() for name, digest in DIGESTS.items()} == before
    edit(code, room)
    changed = {name for name, digest in DIGESTS.items() if digest() != before[name]}
    assert changed == MADE_ANEW.get(room, {*DIGESTS})


def test_a_translation_makes_pages_anew(code: Mapping[str, Path]) -> None:
    """Words count as code does."""
    before = parts.code()
    (code["termwise"] / "words" / "locales" / "pl.po").write_text("", "utf-8")
    digests.room.cache_clear()
    assert parts.code() != before


@pytest.mark.parametrize("room", ROOMS)
def test_the_rooms_that_a_room_imports_are_found(room: str) -> None:
    """As Python's own parser reads them, wherever in a file they stand."""
    package, _, own = room.partition(".")
    place = digests.FOLDERS[package] / own
    files = place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    assert digests.room(room).imports == {room_of(name) for file in files for name in imports(file)}


def imports(file: Path) -> Iterator[str]:
    """Every module of ours that a file imports, by its whole name; names in modules as well."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file} imports without the whole name"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name for name in names if name.partition(".")[0] in digests.FOLDERS)


def room_of(name: str) -> str:
    """The room of a module or of a name in it."""
    return ".".join(name.split(".")[:2])


def reached(*modules: str) -> set[str]:
    """All that modules import, and so on, module by module: finer than by rooms."""
    found: set[str] = set()
    waiting = {*modules}
    while waiting:
        name = waiting.pop()
        package = name.rpartition(".")[0]
        if file := file_of(name):
            found.add(name)
            waiting |= {*imports(file)} - found
        if "." in package:  # it is a name in this module, or a module of this package
            waiting |= {package} - found
    return found


def file_of(name: str) -> Path | None:
    """The file of a module or package; None of a name in one."""
    package, _, below = name.partition(".")
    place = digests.FOLDERS[package] / below.replace(".", "/")
    files = [place / "__init__.py", place.with_suffix(".py")]
    return next((file for file in files if file.is_file()), None)


def modules_in(room: str) -> list[str]:
    """All modules of a room that is a package."""
    folder = digests.FOLDERS["termwise"] / room.partition(".")[2]
    return [f"{room}.{file.stem}" for file in folder.glob("*.py")]


MAKERS = {
    "parts": (parts, ["termwise.content.parts"], {"termwise.today"}),
    "sessions": (
        sessions,
        ["termwise.content.sessions"],
        {"termwise.browser", "termwise.npm_programs"},
    ),
    "frame": (
        kept_pages,
        modules_in("termwise.mkdocs") + modules_in("termwise.site"),
        {"termwise.today", "termwise.progress"},
    ),
}
"""The modules that make a part, and rooms that only take it, say for which day it is, or speak."""


@pytest.mark.parametrize("part", MAKERS)
def test_no_room_is_forgotten(part: str) -> None:
    """Every module that the makers of a part import, however far away, is in a room that counts."""
    named, modules, taking = MAKERS[part]
    counted = digests.rooms_under(*named.MAKERS) | {*named.PUT_TOGETHER}
    rooms = {room_of(module) for module in reached(*modules)}
    assert len(rooms) > 5
    assert rooms - taking <= counted


def test_no_room_is_forgotten_that_terms_come_from() -> None:
    """`termwise quote` leaves out rooms by their names, and those import nothing into terms."""
    modules = reached("termwise.commands.quoting", "termwise.commands.kept_terms")
    others = {f"termwise.{room}" for room in kept_terms.OTHER_ROOMS}
    assert others <= {*ROOMS}
    assert not others & {room_of(module) for module in modules}


def test_a_comment_does_not_cut_the_interpreter_again(
    code: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sessions are read again for it, and are the same; without an edit they are not read."""
    read: list[str] = []
    monkeypatch.setattr(sessions, "CACHE", tmp_path / "sessions")
    monkeypatch.setattr(sessions, "_sessions", lambda: read.append("") or [{"bundle": "{}"}])
    first = sessions.kept_sessions().digest
    assert sessions.kept_sessions().digest == first
    assert len(read) == 1
    edit(code, "termwise.pages")
    assert sessions.kept_sessions().digest == first
    assert len(read) == 2
    monkeypatch.setattr(sessions, "_sessions", list)
    edit(code, "termwise.scenarios")
    assert sessions.kept_sessions().digest != first
