"""The browser's Python is made from its inputs alone, holds what it needs, and no more."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from termwise.browser import Manifest, RuntimeBuildError, build, build_runtime
from termwise.browser import tools as browser_tools
from termwise.browser.build import PYODIDE, Made
from termwise.browser.choice import AUTO, STAGES, WrongSetting, wanted_runtime
from termwise.browser.memory.image import header_of
from termwise.browser.tools import Inputs, Unfit
from termwise.content.sessions import kept_sessions
from tests.conftest import BUILDING, ROOT
from tests.shared import one_at_a_time

CALCULATOR = ROOT / "calculator"
ZONES = ["Europe/Warsaw", "Australia/Brisbane"]


@dataclass(frozen=True)
class Built:
    """A built runtime, where its slow parts are kept, and what the build says about it."""

    out: Path
    cache: Path
    manifest: Manifest


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The calculator's runtime, for the sessions that the site's is made for.

    So its slow parts are made once in a run, by whichever build comes first.
    """
    out = tmp_path_factory.mktemp("made") / "out"
    with one_at_a_time(tmp_path_factory, BUILDING):
        manifest = build_runtime(out, CALCULATOR, ZONES, kept_sessions())
    return Built(out, build.CACHE, manifest)


def library_of(folder: Path) -> zipfile.ZipFile:
    """The archive of byte-code in a built runtime."""
    return zipfile.ZipFile(next(folder.glob("python-*.zip")))


def image_of(folder: Path) -> bytes:
    """The kept memory in a built runtime."""
    return next(folder.glob("memory-*.bin")).read_bytes()


def test_the_manifest_lists_every_file_with_its_bytes(made: Built):
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
    made: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What `serve` does at every edit of a policy; the order of the zones does not matter.

    That the slow parts come out the same when they are made anew, elsewhere and with nothing kept,
    is told by `tests/builds/test_reproducible.py`, over all files of the site.
    """
    monkeypatch.delattr(browser_tools, "_done")
    again = build_runtime(tmp_path, CALCULATOR, ZONES[::-1], kept_sessions(), cache_dir=made.cache)
    assert again == made.manifest
    for path in made.manifest["files"]:
        assert (tmp_path / path).read_bytes() == (made.out / path).read_bytes(), path


def test_the_library_holds_the_calculator_as_byte_code(made: Built):
    """Every module of the calculator is there, compiled, and the pruned ones are not."""
    names = library_of(made.out).namelist()
    modules = {f"{path.relative_to(CALCULATOR).as_posix()}c" for path in CALCULATOR.rglob("*.py")}
    staff = {name for name in modules if "/coverage/" in name}
    assert staff
    assert modules - staff <= set(names)
    assert not staff & set(names)
    assert not [name for name in names if name.endswith(".py")]
    assert "tkinter/__init__.pyc" not in names
    assert len(names) < 150


def test_nothing_of_the_machine_is_in_the_library(made: Built):
    """Byte-code knows its files by their names in the archive."""
    archive = library_of(made.out)
    for name in archive.namelist():
        content = archive.read(name)
        assert str(ROOT).encode() not in content, name
        assert str(made.out.parent).encode() not in content, name


def test_the_image_is_of_the_interpreter_beside_it(made: Built):
    """It says how large the memory is, and holds each of its blocks that is not told otherwise."""
    image = image_of(made.out)
    header = header_of(image)
    start = 4 + int.from_bytes(image[:4], "little")
    kinds = image[start : start + header["memory"] // header["block"]]
    assert set(kinds) == {0, 1, 2}
    assert len(image) == start + len(kinds) + kinds.count(2) * header["block"]


def test_the_image_holds_no_more_than_a_session_needs(made: Built):
    """No help text, no machine's name but where Pyodide was made, no module for the way there."""
    image = image_of(made.out)
    theirs = next(made.out.glob("pyodide-*/pyodide.asm.wasm")).read_bytes()
    help_text, grammar = "Compiles and evaluates", "If(expr test, stmt* body"
    for unwanted in (str(ROOT), str(made.out.parent), str(Path.home()), help_text, grammar):
        assert image.count(unwanted.encode()) <= theirs.count(unwanted.encode())
    assert len(image) < 6_700_000


@pytest.mark.parametrize(("name", "most"), [("pyodide.asm.wasm", 0.45), ("pyodide.asm.js", 0.3)])
def test_pyodide_has_only_what_is_called(made: Built, name: str, most: float):
    """Most of the code is left out; the whole one is beside it, for whoever needs it."""
    trimmed = next(made.out.glob(f"trimmed-*/{name}")).stat().st_size
    whole = next(made.out.glob(f"pyodide-*/{name}")).stat().st_size
    assert trimmed < most * whole


def test_an_unknown_time_zone_is_an_error(made: Built, tmp_path: Path):
    """A zone without data would only fail in the browser."""
    with pytest.raises(FileNotFoundError):
        build_runtime(
            tmp_path, CALCULATOR, ["Europe/Nowhere"], kept_sessions(), cache_dir=made.cache
        )


def test_a_calculator_that_does_not_import_is_told(tmp_path: Path):
    """The build stops with what Python says, not with an empty archive."""
    broken = tmp_path / "calculator"
    package = broken / "termwise_calculator"
    package.mkdir(parents=True)
    (broken / "pyproject.toml").write_text((CALCULATOR / "pyproject.toml").read_text("utf-8"))
    (package / "__init__.py").write_text("import no_such_module\n")
    with pytest.raises(RuntimeBuildError, match="No module named 'no_such_module'"):
        build_runtime(tmp_path / "out", broken, ZONES, cache_dir=tmp_path / "cache")


@pytest.mark.parametrize("found", [*STAGES, AUTO])
def test_a_setting_chooses_how_it_is_made(found: str):
    """One of the stages, or the first that fits."""
    assert wanted_runtime({"TERMWISE_RUNTIME": found}) == found
    assert wanted_runtime({}) == wanted_runtime({"TERMWISE_RUNTIME": ""}) == "trimmed"


def test_a_wrong_setting_is_told_in_a_line():
    """What was found, and what is expected."""
    line = "TERMWISE_RUNTIME: found trimed; expected one of library, memory, trimmed, auto"
    with pytest.raises(WrongSetting, match=f"^{line}$"):
        wanted_runtime({"TERMWISE_RUNTIME": "trimed"})


def misfits(monkeypatch: pytest.MonkeyPatch, *unfit: str) -> None:
    """Make these stages not fit, and all stages quick."""

    def maker(stage: str) -> Callable[[Inputs], Made]:
        def make(_inputs: Inputs) -> Made:
            if stage in unfit:
                raise Unfit(stage, "no word of it")
            return Made(stage.encode())

        return make

    monkeypatch.setattr(build, "MAKERS", {stage: maker(stage) for stage in STAGES})


@pytest.mark.parametrize(
    ("stage", "mend"),
    [
        ("trimmed", "set TERMWISE_RUNTIME=memory or library"),
        ("memory", "set TERMWISE_RUNTIME=library"),
        ("library", "no stage is simpler"),
    ],
)
def test_a_stage_that_does_not_fit_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, mend: str
):
    """Which one, what did not fit, and what to set; no other is tried unasked."""
    misfits(monkeypatch, stage)
    with pytest.raises(RuntimeBuildError) as told:
        build_runtime(tmp_path, CALCULATOR, ZONES, runtime=stage, cache_dir=tmp_path)
    assert str(told.value) == (
        f"The browser's Python: the stage {stage} does not fit Pyodide {version_of(PYODIDE)}: "
        f"no word of it; to mend: {mend}"
    )


@pytest.mark.parametrize(
    ("unfit", "made_as"),
    [
        ((), "trimmed"),
        (("trimmed",), "memory"),
        (("trimmed", "memory"), "library"),
    ],
)
def test_the_build_goes_on_with_a_simpler_stage_when_told_to(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    unfit: tuple[str, ...],
    made_as: str,
):
    """And says of each that did not fit why."""
    misfits(monkeypatch, *unfit)
    built = build_runtime(tmp_path, CALCULATOR, ZONES, runtime=AUTO, cache_dir=tmp_path)
    assert built["runtime"] == made_as
    assert [
        stage
        for record in caplog.records
        for stage in STAGES
        if f"stage {stage} " in record.message
    ] == [*unfit]


def version_of(pyodide: Path) -> str:
    """The version of an npm package."""
    version: str = json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"]
    return version


def test_another_pyodide_is_told_by_what_it_lacks(made: Built, tmp_path: Path):
    """Its script goes by other words: that is all that is said, and no traceback."""
    other = tmp_path / "pyodide"
    shutil.copytree(PYODIDE, other)
    script = other / "pyodide.asm.mjs"
    script.write_text(script.read_text("utf-8").replace("wasmImports", "offered"), "utf-8")
    with pytest.raises(RuntimeBuildError) as told:
        build_runtime(tmp_path, CALCULATOR, ZONES, pyodide_dir=other, cache_dir=made.cache)
    assert str(told.value) == (
        f"The browser's Python: the stage trimmed does not fit Pyodide {version_of(other)}: "
        "pyodide.asm.mjs has no wasmImports; to mend: set TERMWISE_RUNTIME=memory or library"
    )
