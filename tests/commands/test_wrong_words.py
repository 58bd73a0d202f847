"""Whatever is asked on the command line is answered in words: an exit status, no traceback.

Nothing that was typed commands the terminal that the answer is shown in.
"""

import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from termwise.commands import kept_terms
from termwise.commands.plain_quote import quote_at_once
from termwise.commands.termwise import main
from termwise.problems import UNSEEN
from tests.places import ROOT, SOUND

HELP = "tidewater/help"
WRONG: dict[str, tuple[list[str], int, str]] = {
    "a start in wide digits": (
        ["quote", HELP, "--start", "２０２６-03-03T10:00"],
        1,
        "start: It contains FULLWIDTH DIGIT TWO (U+FF12). Use plain letters and digits.",
    ),
    "an answer with a Cyrillic letter": (
        ["quote", HELP, "--set", "client=уes", "--lang", "pl"],
        1,
        "client: Jest w\u00a0tym znak CYRILLIC SMALL LETTER U (U+0443).",
    ),
    "a question with a Cyrillic letter": (
        ["quote", HELP, "--set", "сlient=yes"],
        1,
        "сlient: It contains CYRILLIC SMALL LETTER ES (U+0441).",
    ),
    "a service with a space that has no width": (
        ["quote", f"{HELP}\u200b"],
        1,
        r"There is no service “help\u200b”.",
    ),
    "a provider with a Cyrillic letter": (
        ["quote", "tidewаter/help"],
        1,
        "It contains CYRILLIC SMALL LETTER A (U+0430).",
    ),
    "a day in wide digits": (
        ["quote", HELP, "--on", "２０２６-03-03"],
        2,
        "It holds FULLWIDTH DIGIT TWO (U+FF12): write 2026.",
    ),
    "a day to build in Arabic digits": (["build", "--day", "٢٠٢٦-01-01"], 2, "write 2026"),
    "a day to compare in wide digits": (
        ["diff", "--from", "２０２６-01-01", "--to", "2026-02-01"],
        2,
        "--from “２０２６-01-01” is not a date",
    ),
    "a day before all policies": (["build", "--day", "0001-01-01"], 2, "from 1900 to 2199"),
    "a date of no terms": (
        ["quote", HELP, "--on", "2025-12-31"],
        1,
        "on: No terms are recorded for 31 December 2025.",
    ),
    "an answer given twice": (
        ["quote", HELP, "--set", "client=yes", "--set", "client=no"],
        2,
        "“client” is answered twice, “yes” and “no”.",
    ),
    "an answer given as a quantity, too": (
        ["quote", HELP, "--set", "used=1", "--quantity", "used=1"],
        2,
        "“used” is answered twice",
    ),
    "an answer that colours": (["quote", HELP, "--set", "client=\x1b[31m"], 1, r"“\x1b[31m”"),
    "a question that colours": (["quote", HELP, "--set", "\x1b[31m=yes"], 1, r"\x1b[31m: “\x1b"),
    "a scenario that colours": (["quote", "\x1b[31m"], 2, r"“\x1b[31m” is not of the form"),
    "a provider that turns the line": (["coverage", "\u202etide"], 2, r"“\u202etide”"),
    "a day that colours": (
        ["diff", "--from", "\x1b[31m", "--to", "2026-02-01"],
        2,
        r"--from “\x1b[31m”",
    ),
    "one word too many that colours": (["check", "\x1b[31m"], 2, r"argument (\x1b[31m)"),
    "a command that colours": (["\x1b[31m"], 2, r"No such command '\x1b[31m'"),
    "what is no text": (["quote", f"{HELP}\udcff"], 1, r"“help\udcff”"),
    "a port beyond the last": (["serve", "--address", "127.0.0.1:65536"], 2, "from 1 to 65535"),
    "a port in wide digits": (["serve", "--address", "127.0.0.1:８０００"], 2, "from 1 to 65535"),
    "no port": (["serve", "--address", "127.0.0.1"], 2, "from 1 to 65535"),
    "a site below a file": (["build", "--site", "/dev/null/site"], 2, "cannot be made"),
    "a site in place of the policies": (["build", "--site", "policies"], 2, "in place of"),
    "a site in place of everything": (["build", "--site", "/"], 2, "in place of"),
}


@pytest.fixture(scope="module", autouse=True)
def beside_policies(tmp_path_factory: pytest.TempPathFactory) -> None:
    """In a folder with policies, and with no terms kept before."""
    folder = tmp_path_factory.mktemp("beside")
    shutil.copytree(SOUND, folder / "policies")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_terms, "CACHE", folder / "cache")
        patch.chdir(folder)
        yield


def run(*arguments: str) -> Result:
    """A command, whose answer must be words."""
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert not UNSEEN.search(result.output.replace("\n", ""))
    return result


@pytest.mark.parametrize(("arguments", "status", "told"), WRONG.values(), ids=WRONG)
def test_wrong_words_are_told(arguments: list[str], status: int, told: str) -> None:
    """What was found, what is expected; a sign that looks like the right one is named."""
    result = run(*arguments)
    assert (result.exit_code, told in result.stderr) == (status, True), result.stderr


@pytest.mark.parametrize("arguments", [case for case, _, _ in WRONG.values() if case[0] == "quote"])
def test_a_plainly_written_quote_says_the_same(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Or leaves it to click."""
    run("quote", HELP, "--lang", "pl" if "pl" in arguments else "en")  # keeps the terms
    by_click = run(*arguments)
    status = quote_at_once(arguments[1:])
    if status is not None:
        assert (status, capsys.readouterr().err) == (by_click.exit_code, by_click.stderr)


def test_a_port_in_use_is_told_before_the_site_is_built() -> None:
    """With what to do about it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--address", f"127.0.0.1:{port}")
    assert result.exit_code == 1
    assert f"Nobody can listen at 127.0.0.1:{port}" in result.stderr


def refused(*_: object, **__: object) -> None:
    """As the system answers who may not."""
    raise PermissionError(13, "Permission denied", "policies")


REFUSING: dict[str, tuple[str, Callable[..., None]]] = {
    "the folder": ("pathlib.Path.iterdir", refused),
    "a file": ("pathlib.Path.open", refused),
    "a look at a file": ("pathlib.Path.stat", refused),
    "what is in a folder": ("os.scandir", refused),
}


@pytest.mark.parametrize("command", ["check", "quote", "coverage", "diff"])
@pytest.mark.parametrize(("what", "refuses"), REFUSING.values(), ids=REFUSING)
def test_what_may_not_be_read_is_told(
    command: str, what: str, refuses: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever question the system refuses to answer; who runs tests as root may read all."""
    more = {"quote": [HELP], "diff": ["--from", "2026-01-01", "--to", "2026-01-01"]}
    run(command, *more.get(command, []))  # what is imported has been read
    monkeypatch.setattr(kept_terms, "CACHE", Path("elsewhere"))
    monkeypatch.setattr(what, refuses)
    result = run(command, *more.get(command, []))
    assert result.exit_code in (1, 2) or what == "os.scandir"


def test_policies_that_lead_back_to_themselves_are_read_once(tmp_path: Path) -> None:
    """A quote looks at the files of the policies, and no deeper."""
    shutil.copytree(SOUND, tmp_path / "policies")
    (tmp_path / "policies" / "tidewater" / "round").symlink_to("..")
    result = run("quote", HELP, "--policies", str(tmp_path / "policies"))
    assert result.exit_code == 0, result.stderr


def test_the_checkout_is_no_place_for_a_site() -> None:
    """A build empties the folder that it builds in."""
    result = run("build", "--site", str(ROOT), "--policies", str(SOUND))
    assert (result.exit_code, "in place of" in result.stderr) == (2, True)
