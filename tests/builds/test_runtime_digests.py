"""The browser's Python is made anew when what it is made from has changed, and only then."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.builds.elsewhere import copy_of_checkout, environment_here, run_in

DIGESTS = """
from termwise import places
from termwise.browser.build import PYODIDE
from termwise.browser.library.archive import made_from as library_from
from termwise.browser.memory.image import made_from as memory_from
from termwise.browser.tools import Inputs
from termwise.browser.trimming.cut import made_from as trimmed_from
from termwise.content.sessions import kept_sessions
inputs = Inputs(places.CALCULATOR_PROJECT, PYODIDE, kept_sessions(), places.CACHE)
print(library_from(inputs, {}), memory_from(b"", inputs), trimmed_from(b"", inputs))
"""
ROOM = "hooks/termwise"
ELSEWHERE = (
    f"{ROOM}/commands/termwise.py",
    f"{ROOM}/pages/calculator/samples.py",
    f"{ROOM}/browser/build.py",
    "calculator/termwise_calculator/coverage/__init__.py",
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout, to be changed."""
    return copy_of_checkout(tmp_path_factory.mktemp("changed") / "checkout")


@pytest.fixture(scope="module")
def before(checkout: Path) -> list[str]:
    """The digests of the library, of a memory of the same library, and of a cut for it."""
    return digests_in(checkout)


def digests_in(checkout: Path) -> list[str]:
    """As that checkout's own code tells them."""
    paths = os.pathsep.join(str(checkout / folder) for folder in ("hooks", "calculator"))
    environment = environment_here() | {"PYTHONPATH": paths}
    return run_in(checkout, environment, ["-c", DIGESTS]).split()


def changed(checkout: Path, before: list[str], lines: Mapping[str, str]) -> list[bool]:
    """Which digests another line at the end of some files changes."""
    whole = {file: (checkout / file).read_text(encoding="utf-8") for file in lines}
    for file, line in lines.items():
        (checkout / file).write_text(f"{whole[file]}\n{line}\n", encoding="utf-8")
    after = digests_in(checkout)
    for file, text in whole.items():
        (checkout / file).write_text(text, encoding="utf-8")
    return [old != new for old, new in zip(before, after, strict=True)]


def test_a_comment_elsewhere_cuts_nothing_again(checkout: Path, before: list[str]):
    """Nor one where the sessions are told: what they hold is the same."""
    assert changed(checkout, before, dict.fromkeys(ELSEWHERE, "# A comment.")) == [False] * 3


@pytest.mark.parametrize(
    ("file", "line", "parts"),
    [
        ("calculator/termwise_calculator/pricing/price.py", "# A comment.", [True, False, False]),
        (f"{ROOM}/browser/memory/inside/forget.py", "# A comment.", [False, True, True]),
        (f"{ROOM}/browser/trimming/inside/wasm.mjs", "// A comment.", [False, False, True]),
        (f"{ROOM}/pages/calculator/samples.py", "MISTAKEN += ({},)", [False, True, True]),
    ],
)
def test_what_it_is_made_from_makes_it_again(
    checkout: Path, before: list[str], file: str, line: str, parts: list[bool]
):
    """The calculator counts by the library that is made of it, the sessions by what they hold."""
    assert changed(checkout, before, {file: line}) == parts
