"""The browser's Python is made from its inputs alone, holds what it needs, and no more."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from termwise.browser import Manifest, build_runtime, library, snapshot
from termwise.browser.tools import RuntimeBuildError
from tests.conftest import ROOT

CALCULATOR = ROOT / "calculator"
ZONES = ["Europe/Warsaw", "Australia/Brisbane"]


@dataclass(frozen=True)
class Made:
    """A runtime made without any cache, and what the build says about it."""

    out: Path
    cache: Path
    manifest: Manifest


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The calculator's runtime, made once for these tests."""
    folder = tmp_path_factory.mktemp("made")
    out, cache = folder / "out", folder / "cache"
    return Made(out, cache, build_runtime(out, CALCULATOR, ZONES, cache_dir=cache))


def library_of(folder: Path) -> zipfile.ZipFile:
    """The archive of byte-code in a built runtime."""
    return zipfile.ZipFile(next(folder.glob("python-*.zip")))


def image_of(folder: Path) -> bytes:
    """The kept memory in a built runtime."""
    return next(folder.glob("memory-*.bin")).read_bytes()


def test_the_manifest_lists_every_file_with_its_bytes(made: Made):
    """Nothing else is written, and the worker is one of the files."""
    out = made.out
    written = {
        path.relative_to(out).as_posix(): path.stat().st_size
        for path in out.rglob("*")
        if path.is_file()
    }
    assert written == made.manifest["files"]
    assert made.manifest["worker"] in written


def test_a_second_build_takes_the_slow_parts_from_the_cache(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What `serve` does at every edit of a policy; the order of the zones does not matter.

    That the slow parts come out the same when they are made anew, elsewhere and with nothing kept,
    is told by `tests/builds/test_reproducible.py`, over all files of the site.
    """
    monkeypatch.delattr(library, "run_inside")
    monkeypatch.delattr(snapshot, "run_inside")
    assert build_runtime(tmp_path, CALCULATOR, ZONES[::-1], cache_dir=made.cache) == made.manifest
    for path in made.manifest["files"]:
        assert (tmp_path / path).read_bytes() == (made.out / path).read_bytes(), path


def test_the_library_holds_the_calculator_as_byte_code(made: Made):
    """Every module of the calculator is there, compiled, and the pruned ones are not."""
    names = library_of(made.out).namelist()
    modules = {f"{path.relative_to(CALCULATOR).as_posix()}c" for path in CALCULATOR.rglob("*.py")}
    assert modules <= set(names)
    assert not [name for name in names if name.endswith(".py")]
    assert "tkinter/__init__.pyc" not in names
    assert len(names) < 150


def test_nothing_of_the_machine_is_in_the_library(made: Made):
    """Byte-code knows its files by their names in the archive."""
    archive = library_of(made.out)
    for name in archive.namelist():
        content = archive.read(name)
        assert str(ROOT).encode() not in content, name
        assert str(made.out.parent).encode() not in content, name


def test_the_image_is_of_the_interpreter_beside_it(made: Made):
    """It says how large the memory is, and holds each of its blocks that is not told otherwise."""
    image = image_of(made.out)
    header = snapshot.header_of(image)
    start = 4 + int.from_bytes(image[:4], "little")
    kinds = image[start : start + header["memory"] // header["block"]]
    assert set(kinds) == {0, 1, 2}
    assert len(image) == start + len(kinds) + kinds.count(2) * header["block"]


def test_the_image_holds_no_more_than_a_session_needs(made: Made):
    """No help text, no machine's name but where Pyodide was made, no module for the way there."""
    image = image_of(made.out)
    theirs = next(made.out.glob("pyodide-*/pyodide.asm.wasm")).read_bytes()
    for unwanted in (str(ROOT), str(made.out.parent), str(Path.home()), "Compiles and evaluates"):
        assert image.count(unwanted.encode()) <= theirs.count(unwanted.encode())
    assert len(image) < 6_500_000


@pytest.mark.parametrize(("name", "most"), [("pyodide.asm.wasm", 0.45), ("pyodide.asm.mjs", 0.3)])
def test_pyodide_has_only_what_is_called(made: Made, name: str, most: float):
    """Most of the code is left out; the whole one is beside it, for whoever needs it."""
    trimmed = next(made.out.glob(f"trimmed-*/{name}")).stat().st_size
    whole = next(made.out.glob(f"pyodide-*/{name}")).stat().st_size
    assert trimmed < most * whole


def test_an_unknown_time_zone_is_an_error(made: Made, tmp_path: Path):
    """A zone without data would only fail in the browser."""
    with pytest.raises(FileNotFoundError):
        build_runtime(tmp_path, CALCULATOR, ["Europe/Nowhere"], cache_dir=made.cache)


def test_a_calculator_that_does_not_import_is_told(tmp_path: Path):
    """The build stops with what Python says, not with an empty archive."""
    broken = tmp_path / "calculator"
    package = broken / "termwise_calculator"
    package.mkdir(parents=True)
    (broken / "pyproject.toml").write_text((CALCULATOR / "pyproject.toml").read_text("utf-8"))
    (package / "__init__.py").write_text("import no_such_module\n")
    with pytest.raises(RuntimeBuildError, match="No module named 'no_such_module'"):
        build_runtime(tmp_path / "out", broken, ZONES, cache_dir=tmp_path / "cache")
