"""`termwise new` begins a policy that `check` accepts once its blanks are filled."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from termwise.commands.termwise import main
from termwise.policy_form.skeleton import recipe_in
from termwise.policy_form.yaml_text.source import BLANK, read_source, value_at
from termwise.reading.policies import read_policy
from tests.places import POLICIES


def new(policies: Path, name: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(main, ["new", name, "--policies", str(policies)])


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a policy that has just been begun."""
    policies = tmp_path_factory.mktemp("policies")
    result = new(policies, "acme-help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{policies}/acme-help/policy.yaml is begun." in result.stdout
    return policies / "acme-help" / "policy.yaml"


def test_the_recipe_fills_the_blanks_and_check_accepts_it(begun: Path, tmp_path: Path) -> None:
    """The file is the recipe, each blank in a place of it, so that neither falls behind."""
    text = begun.read_text("utf-8")
    recipe = read_source(recipe_in((POLICIES / "README.md").read_text("utf-8")), "recipe")
    begun_source = read_source(text, "begun")
    assert begun_source.values.keys() == recipe.values.keys()
    blank = [path for path in begun_source.values if value_at(begun_source.data, path) == BLANK]
    for path in sorted(blank, key=lambda path: begun_source.values[path].start, reverse=True):
        spot, example = begun_source.values[path], recipe.values[path]
        text = text[: spot.start] + recipe.text[example.start : example.end] + text[spot.end :]
    folder = tmp_path / "acme-help"
    folder.mkdir()
    (folder / "policy.yaml").write_text(text, "utf-8")
    policy, problems = read_policy(folder)
    assert [str(problem) for problem in problems] == []
    assert policy is not None
    assert policy.written.provider == "acme-help"


def test_each_blank_is_told_in_its_place_and_has_an_example(begun: Path) -> None:
    """Nothing else is told: whatever a blank is no value of follows from its being blank."""
    told = CliRunner().invoke(main, ["check", "--policies", str(begun.parents[1])])
    lines = begun.read_text("utf-8").splitlines()
    blanks = {
        f"{begun}:{number}:{column + 1}: "
        for number, line in enumerate(lines, 1)
        for column in range(len(line))
        if line.startswith(BLANK, column) and not line.startswith("#")
    }
    assert told.exit_code == 1
    problems = [line for line in told.stderr.splitlines() if not line.startswith("  ")]
    assert len(blanks) == len(problems) > 15
    assert all(" is still blank: found “___”; " in problem for problem in problems)
    assert {next(place for place in blanks if one.startswith(place)) for one in problems} == blanks
    for line in lines:
        assert line.startswith("#") or BLANK not in line or "# such as " in line


BAD_NAMES = (
    "",
    ".",
    "..",
    "../elsewhere",
    "a/b",
    "/tmp/a",
    "Acme",
    "acme help",
    "acmé",
    "-a",
    "a\n",
)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_bad_name_is_refused_with_one_message(tmp_path: Path, name: str) -> None:
    """Nothing is written, here or elsewhere."""
    result = CliRunner().invoke(main, ["new", "--policies", str(tmp_path), "--", name])
    assert result.exit_code == 2
    assert result.stderr.count("Error: ") == 1
    assert "lower-case letters and digits, words joined by hyphens" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    """A folder, a file, or a link to nowhere."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("folder", "file", "link"):
        result = new(tmp_path, name)
        assert result.exit_code == 2
        assert f"{tmp_path}/{name} exists already: " in result.stderr
    assert (tmp_path / "file").read_text("utf-8") == "mine"
    assert not list((tmp_path / "folder").iterdir())
