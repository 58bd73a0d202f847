"""A plainly written `termwise quote` needs no click, and says what click's command would say."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from termwise.commands import kept_terms
from termwise.commands import termwise as commands
from termwise.commands.plain_quote import FLAGS, OTHER_NAMES, VALUES, quote_at_once
from termwise.languages import LANGUAGES
from tests.conftest import ROOT

MASTIFF = ["mastiff/remote-help", "--start", "2026-03-03T17:30"]
PLAIN = {
    "text": [*MASTIFF, "--lang", "pl"],
    "json": [*MASTIFF, "--json", "--minutes=120"],
    "reasons": ["--explain", "--language", "da", *MASTIFF],
    "answers": [*MASTIFF, "--set", "client=yes", "--set=purchased_equipment=no"],
    "a date": [*MASTIFF, "--on", "2026-05-01"],
    "the last one counts": [*MASTIFF, "--minutes", "5", "--minutes", "65", "--lang=en"],
    "a wrong answer": [*MASTIFF, "--set", "client=perhaps", "--quantity", "visits=3"],
    "no such service": ["mastiff/nothing", "--lang", "pl"],
}
UNUSUAL = {
    "no scenario": ["--json"],
    "two scenarios": [*MASTIFF, "mastiff/remote-help"],
    "no slash": ["mastiff"],
    "an unknown option": [*MASTIFF, "--cheap"],
    "part of an option": [*MASTIFF, "--min", "60"],
    "no value": [*MASTIFF, "--minutes"],
    "an option for a value": [*MASTIFF, "--minutes", "--json"],
    "a value for a flag": [*MASTIFF, "--json=yes"],
    "an empty value": [*MASTIFF, "--policies", ""],
    "no such day": [*MASTIFF, "--on", "2026-02-30"],
    "a date of another form": [*MASTIFF, "--on", "20260501"],
    "an unknown language": [*MASTIFF, "--lang", "xx"],
    "no such folder": [*MASTIFF, "--policies", "nowhere"],
    "reasons for a program": [*MASTIFF, "--json", "--explain"],
    "no pair": [*MASTIFF, "--set", "client"],
    "minutes as an answer": [*MASTIFF, "--set", "minutes=60"],
    "help": ["--help"],
    "an unknown provider": ["nobody/remote-help"],
}


@pytest.fixture(autouse=True, scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The terms of Mastiff, as kept by click's command in every language."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_terms, "CACHE", tmp_path_factory.mktemp("cache"))
        patch.chdir(ROOT)
        assert quote_at_once(MASTIFF) is None  # nothing is kept yet
        for language in LANGUAGES:
            CliRunner().invoke(commands.main, ["quote", *MASTIFF, "--lang", language])
        yield


@pytest.mark.parametrize("arguments", PLAIN.values(), ids=PLAIN)
def test_the_same_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The same text, the same problems and the same exit status."""
    by_click = CliRunner().invoke(commands.main, ["quote", *arguments])
    status = quote_at_once(arguments)
    told = capsys.readouterr()
    assert (status, told.out, told.err) == (by_click.exit_code, by_click.stdout, by_click.stderr)
    assert status in (0, 1)


@pytest.mark.parametrize("arguments", UNUSUAL.values(), ids=UNUSUAL)
def test_what_is_unusual_is_left_to_click(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is said, so that click can."""
    assert quote_at_once(arguments) is None
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


def test_every_option_of_click_is_known() -> None:
    """An option that is added there must be read here, or named among the unusual."""
    named = {name for parameter in commands.quote.params for name in parameter.opts}
    assert named - {"scenario"} == {*FLAGS, *VALUES, *OTHER_NAMES}


def test_no_heavy_module_is_imported() -> None:
    """What a quote as JSON imports: neither click nor what only its reader's words need."""
    quote = (
        "from termwise.commands.entry import main\ntry:\n main()\nfinally:\n print(*sys.modules)"
    )
    command = [sys.executable, "-c", f"import sys\n{quote}", "quote", *MASTIFF, "--json"]
    for _ in range(2):  # the first may have to read the policies
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {
        "click",
        "yaml",
        "pydantic",
        "dataclasses",
        "inspect",
        "hashlib",
        "termwise_calculator.telling.render",
    }
    assert heavy & set(run.stdout.splitlines()[-1].split()) == set()
