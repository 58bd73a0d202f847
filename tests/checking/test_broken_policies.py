"""Every broken policy and translation gets its located error, and no command a traceback."""

import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from termwise.commands.termwise import main

BROKEN = Path(__file__).parent / "broken"
SOUND = BROKEN / "sound"
PROVIDER = "tidewater"
PLACE = re.compile(r"(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): ")
FIGURE = re.compile(r"stands in (?:the prose|words): found “(?P<word>[^”]+)”")


@cache
def cases() -> list[Any]:
    """Every case of the collection, named as its sentence."""
    files = sorted(BROKEN.glob("*.yaml"))
    return [
        pytest.param(case, id=f"{file.stem}: {case['case']}")
        for file in files
        for case in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    ]


def break_it(case: dict[str, Any], folder: Path) -> Path:
    """A copy of the sound policy with the change of the case; its provider's folder.

    What one mistake needs around it is changed `also`.
    """
    shutil.copytree(SOUND, folder)
    file = folder / PROVIDER / case["file"]
    if "whole" not in case:
        text = file.read_text(encoding="utf-8")
        for change in (case, *case.get("also", ())):
            assert text.count(change["old"]) == 1, "a change is of exactly one place"
            text = text.replace(change["old"], change["new"])
        file.write_text(text, encoding="utf-8")
    elif case["whole"] is None:
        file.unlink()
    else:
        file.write_bytes(case["whole"].encode("latin-1"))
    return folder / PROVIDER


@pytest.mark.parametrize("case", cases())
def test_each_broken_file_is_told_where_and_how_to_mend_it(
    case: dict[str, Any], tmp_path: Path
) -> None:
    """`check` prints exactly the expected problems, one a line, and ends with 1."""
    provider = break_it(case, tmp_path / "policies")
    result = CliRunner().invoke(main, ["check", "--policies", str(provider.parent)])
    told = [line for line in result.stderr.splitlines() if not line.startswith("  ")]
    assert [line.replace(f"{provider}/", "") for line in told] == case["problems"]
    assert (result.exit_code, result.stdout) == (1, "")


@pytest.mark.parametrize("case", cases())
def test_each_place_exists_and_holds_the_figure_that_was_found(
    case: dict[str, Any], tmp_path: Path
) -> None:
    """Lines and columns lie in the file; a figure in prose stands exactly where it is told."""
    provider = break_it(case, tmp_path / "policies")
    for problem in case["problems"]:
        place = PLACE.match(problem)
        assert place, "a problem begins with FILE:LINE:COLUMN"
        file = provider / place["file"]
        raw = file.read_bytes() if file.exists() else b""
        lines = raw.decode("utf-8", "replace").splitlines() or [""]
        line, column = lines[int(place["line"]) - 1], int(place["column"])
        assert 1 <= column <= len(line) + 1
        if figure := FIGURE.search(problem):
            assert line[column - 1 :].startswith(figure["word"])


def test_the_collection_is_large_and_says_each_thing_once() -> None:
    """At least 300 cases; no two have the same name."""
    names = [parameter.id for parameter in cases()]
    assert len(names) >= 300
    assert len(names) == len(set(names))


def test_a_sound_folder_gives_one_line() -> None:
    """`check` prints a summary alone, which counts what the translations lack."""
    result = CliRunner().invoke(main, ["check", "--policies", str(SOUND)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "1 provider, 9 clauses, 15 values, 4 languages, "
        "0 stale translations, 76 missing translations\n"
    )


def test_several_broken_providers_are_all_told(tmp_path: Path) -> None:
    """One broken provider hides no other, and a sound one is not told at all."""
    folder = tmp_path / "policies"
    shutil.copytree(SOUND, folder)
    for name in ("alder", "birch"):
        (folder / name).mkdir()
        (folder / name / "policy.yaml").write_text("provider: other\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--policies", str(folder)])
    files = {line.split(":")[0] for line in result.stderr.splitlines() if line[0] != " "}
    assert files == {f"{folder}/alder/policy.yaml", f"{folder}/birch/policy.yaml"}


def test_a_folder_without_policies_is_a_problem(tmp_path: Path) -> None:
    """An empty folder has nothing to check, and `check` says so."""
    result = CliRunner().invoke(main, ["check", "--policies", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{tmp_path}:1:1: The folder holds no policies: ")


def test_a_policy_that_is_a_folder_is_a_problem(tmp_path: Path) -> None:
    """What cannot be read as a file is told, not raised."""
    (tmp_path / PROVIDER / "policy.yaml").mkdir(parents=True)
    result = CliRunner().invoke(main, ["check", "--policies", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{tmp_path}/{PROVIDER}/policy.yaml:1:1: This cannot be read: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--policies", "no/such/folder"],
        ["--policies", __file__],
        ["--policies"],
        ["--polices", "policies"],
        ["mastiff"],
    ],
    ids=["no such folder", "a file", "no folder given", "a misspelt option", "an argument"],
)
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    """Wrong use of the command is told apart from wrong policies."""
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exit_code == 2
    assert "Error:" in result.stderr
    assert "Traceback" not in result.stderr
