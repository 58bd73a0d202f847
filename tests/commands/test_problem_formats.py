"""`termwise check` tells the same problems to a person, a pull request and a program."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result

from termwise.commands.termwise import main
from termwise.problems import Place, Problem
from termwise.reports.problem_formats import as_github, as_sarif, as_text, told
from tests.places import SOUND

FORMATS = ("text", "github", "json", "sarif")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A policy with two mistakes, in a folder whose name needs escaping."""
    policies = tmp_path_factory.mktemp("100% terms, new")
    shutil.copytree(SOUND / "tidewater", policies / "tidewater")
    file = policies / "tidewater" / "policy.yaml"
    text = file.read_text("utf-8").replace("percent: 20%", "percent: a fifth")
    file.write_text(text.replace("read: 2026-11-22", "read: lately, or so"), "utf-8")
    return policies


def check(policies: Path, form: str) -> Result:
    """What the command says in a format."""
    return CliRunner().invoke(main, ["check", "--format", form, "--policies", str(policies)])


def places_in(told: str, form: str) -> set[tuple[str, int, int]]:
    """The places of all problems, as a reader of the format finds them."""
    if form == "json":
        return {(one["file"], one["line"], one["column"]) for one in json.loads(told)["problems"]}
    if form == "sarif":
        results = json.loads(told)["runs"][0]["results"]
        found = [one["locations"][0]["physicalLocation"] for one in results]
        return {
            (
                unquote(one["artifactLocation"]["uri"].removeprefix("file://")),
                one["region"]["startLine"],
                one["region"]["startColumn"],
            )
            for one in found
        }
    pattern = r"^::error file=(.+?),line=(\d+),col=(\d+),title=.+?::.+$"
    if form == "text":
        pattern = r"^(\S.*?):(\d+):(\d+): .+; expected .+; to mend: .+$"
    return {
        (unescaped(file), int(line), int(column))
        for file, line, column in re.findall(pattern, told, re.MULTILINE)
    }


def unescaped(text: str) -> str:
    """What a workflow reads in a property; a person's text has no such codes."""
    return text.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_names_the_same_places(broken: Path, form: str) -> None:
    """A person reads standard error, all others standard output; the status is that of problems."""
    result = check(broken, form)
    said, silent = (
        (result.stderr, result.stdout) if form == "text" else (result.stdout, result.stderr)
    )
    file = str(broken / "tidewater" / "policy.yaml")
    assert {(file, 12, 9), (file, 84, 14)} <= places_in(said, form)
    assert (result.exit_code, silent) == (1, "")


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_whole_where_there_is_no_problem(form: str) -> None:
    """Programs get their document, people and workflows the one line."""
    result = check(SOUND, form)
    assert (result.exit_code, result.stderr) == (0, "")
    if form == "json":
        assert json.loads(result.stdout)["problems"] == []
        assert json.loads(result.stdout)["summary"].startswith("1 provider, ")
    elif form == "sarif":
        assert json.loads(result.stdout)["runs"][0]["results"] == []
    else:
        assert result.stdout.startswith("1 provider, ")
        assert result.stdout.count("\n") == 1


def test_an_excerpt_shows_the_line_and_points_at_the_column(broken: Path) -> None:
    """Indented, so that each problem is still found as a line of its own."""
    lines = check(broken, "text").stderr.splitlines()
    at = next(number for number, line in enumerate(lines) if "policy.yaml:12:9: " in line)
    assert lines[at + 1 : at + 3] == ["  12 |   read: lately, or so", "     |         ^"]


def test_an_excerpt_shows_nothing_that_moves_what_is_read(tmp_path: Path) -> None:
    """Marks of direction and controls are replaced; wide letters keep the caret in its place."""
    file = tmp_path / "policy.yaml"
    file.write_text("a: 全\u202e\x07b\n", "utf-8")
    shown = as_text(Problem(Place(str(file), 1, 7), "W", "f", "e", "m")).splitlines()[1:]
    assert shown == ["  1 | a: 全��b", "    |        ^"]


def test_a_problem_beyond_the_end_of_a_file_has_no_excerpt(tmp_path: Path) -> None:
    """Nor has one in a file that is not there."""
    for place in (Place(str(tmp_path / "none.yaml"), 1, 1), Place(__file__, 10_000, 1)):
        assert "\n" not in as_text(Problem(place, "What", "f", "e", "m"))


def test_a_workflow_reads_back_what_was_escaped() -> None:
    """Colons and commas in properties, line ends and per cent signs everywhere."""
    problem = Problem(Place("a,b:c.yaml", 2, 3), "50%: no, none\r\n", "f", "e", "m")
    assert as_github(told([problem])) == (
        "::error file=a%2Cb%3Ac.yaml,line=2,col=3,title=50%25%3A no%2C none%0D%0A"
        "::50%25: no, none%0D%0A%0AFound: f%0AExpected: e%0ATo mend: m\n"
    )


def test_sarif_has_what_its_standard_requires() -> None:
    """Version, a named tool, rules that results name, a level, a message, places from 1."""
    found = Problem(Place("policies/a b/pl.po", 2, 3), "What", "f", "e", "m")
    log = json.loads(as_sarif(told([found], [found])))
    [run] = log["runs"]
    assert log["version"] == "2.1.0"
    assert run["tool"]["driver"]["name"] == "termwise"
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    for result in run["results"]:
        assert result["ruleId"] in rules
        assert result["message"]["text"].startswith("What\n")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "policies/a%20b/pl.po"
        assert place["region"] == {"startLine": 2, "startColumn": 3}


def test_the_version_is_told() -> None:
    """As every command line tool tells it."""
    result = CliRunner().invoke(main, ["--version"])
    assert (result.exit_code, result.stdout) == (0, "termwise, version 0.1.0\n")
