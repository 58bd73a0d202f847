"""Whatever is typed behind `termwise`: an exit status of the contract, and no traceback."""

import shutil
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.commands import kept_terms
from termwise.commands.plain_quote import quote_at_once
from termwise.commands.termwise import main
from termwise.mkdocs import build
from termwise.problems import UNSEEN
from tests.fuzz.mutations import odd
from tests.places import SOUND

COMMANDS = ("check", "quote", "coverage", "diff", "build", "serve", "quote", "quote")
WORDS = (
    *("--start", "--minutes", "--set", "--quantity", "--on", "--lang", "--json", "--explain"),
    *("--from", "--to", "--policies", "--address", "--day", "--site", "--carry", "--precompress"),
    *(
        "tidewater/help",
        "tidewater",
        "tidewater/help",
        "policies",
        "HEAD",
        "pl",
        "client=yes",
        "used=5",
    ),
    *(
        "2026-03-03T17:30",
        "2026-03-03",
        "2026-12-24",
        "90",
        "127.0.0.1:0",
        "127.0.0.1:99999",
        "--",
        "-h",
    ),
)
arguments = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), odd), max_size=6)


@pytest.fixture(scope="module", autouse=True)
def beside_policies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """In a folder with policies; nothing is built, nobody listens, only the asking is tried."""
    folder = tmp_path_factory.mktemp("beside")
    shutil.copytree(SOUND, folder / "policies")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_terms, "CACHE", folder / "cache")
        patch.setattr(build, "build_site", lambda *_, **__: None)
        patch.setattr(build, "serve_site", lambda *_: None)
        patch.setattr("termwise.commands.termwise.made_or_wrong", lambda *_: None)
        patch.chdir(folder)
        yield


@settings(max_examples=settings().max_examples // 2)
@given(st.sampled_from(COMMANDS), arguments)
def test_every_command_line_is_answered(command: str, arguments: list[str]) -> None:
    """Done, problems, or wrong use; a quote says the same without click."""
    result = CliRunner().invoke(main, [command, *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in (0, 1, 2)
    assert not UNSEEN.search(result.stderr.replace("\n", ""))
    if command == "quote" and (status := quote_at_once(arguments)) is not None:
        assert status == result.exit_code
