"""Files that nobody writes in good faith end in a message, and soon."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from termwise import limits
from termwise.reading.folders import formerly_written, timezone_written, zones_written
from termwise.reading.policies import read_policies
from tests.places import ROOT, SOUND

MOST_SECONDS = 30
"""Of the processor; each takes about one. What grows with the square of a size takes many more."""

POLICY = (SOUND / "tidewater" / "policy.yaml").read_text("utf-8")
PO_FILE = (SOUND / "tidewater" / "pl.po").read_text("utf-8")
TRANSLATED = 'msgstr "Praca zdalna"'
MUCH = 990_000
MUCH_TEXT = 200_000


def in_faq(text: str) -> str:
    """A policy with a long text in many places."""
    entry = f'  - {{id: q%d, question: x, answer: "{text}"}}\n'
    entries = "".join(entry % number for number in range(MUCH_TEXT // len(entry)))
    return POLICY.replace("faq:\n", "faq:\n" + entries)


def windows(number: int) -> str:
    """A policy with so many windows more."""
    more = "".join(f"  w{index}: Mo-Fr 10:00-12:00; PH off\n" for index in range(number))
    return POLICY.replace("windows:\n", "windows:\n" + more, 1)


def questions(number: int) -> str:
    """A policy whose table of prices depends on so many questions."""
    asked = "".join(
        f"  q{index}: {{kind: yes-no, default: no, label: Well}}\n" for index in range(number)
    )
    row = ", ".join(f"q{index}: yes" for index in range(number))
    table = f"    prices: {{one: {{when: {{{row}}}, price: 1.00}}}}\n    per: started 30 min\n"
    policy = POLICY.replace("questions:\n", "questions:\n" + asked)
    return policy.replace("    per: started 30 min\n", table, 1)


POLICIES = {
    "a megabyte of brackets": ("a: " + "[" * MUCH, "This is nested too deeply"),
    "a megabyte of braces": ("a: " + "{" * MUCH, "A list or mapping stands as a key"),
    "lists in lists": ("- " * (MUCH // 2), "This is nested too deeply"),
    "keys below keys": ("\n".join(" " * depth + "a:" for depth in range(1300)), "This is nested"),
    "200,000 keys": (
        "".join(f"k{number}:\n" for number in range(200_000)),
        "The file is too large",
    ),
    "many keys": (POLICY + "".join(f"k{n}: x\n" for n in range(50_000)), "The file holds too much"),
    "unknown fields": (POLICY + "".join(f"k{n}: x\n" for n in range(4000)), "More is wrong"),
    "one key again and again": ("k: x\n" * 180_000, "More is wrong"),
    "a bomb of aliases": ("a: &a [x]\n" + "b: [*a, *a]\n" * 70_000, "More is wrong"),
    "a long text": (POLICY + "# \nx: " + "x" * 500_000, "This text is too long"),
    "a file larger than any policy": (POLICY + "#" * 5_000_000, "The file is too large"),
    "braces in texts": (in_faq("{" * 9900), "More is wrong"),
    "digits in texts": (in_faq("1 a " * 2400), "More is wrong"),
    "figures in words": (in_faq("twenty-two, " * 800), "More is wrong"),
    "the same word in texts": (in_faq("half " * 1900), ""),
    "spaces in texts": (in_faq("a" + " " * 9900 + "b"), ""),
    "slots of nothing": (in_faq("{a.b}" * 1900), "More is wrong"),
    "turned lines": (POLICY + "# " + "\u202e" * 300_000, "More is wrong"),
    "marks in Hebrew": (POLICY + "# " + "\u200e" * 300_000 + "ש", ""),
    "many windows": (windows(1000), "windows is too long"),
    "long hours": (
        POLICY.replace("windows:\n", f"windows:\n  w: {'Jan 1 08:00-09:00; ' * 500}off\n", 1),
        "windows.w cannot be read",
    ),
    "prices by many answers": (questions(40), "depend on too many answers together"),
}
PO_FILES = {
    "a line of spaces": (PO_FILE.replace(TRANSLATED, " " * 800_000 + "x"), "cannot be read"),
    "a long message": (
        PO_FILE.replace(TRANSLATED, 'msgstr ""' + '\n"x"' * 200_000),
        "The translation is too long",
    ),
    "messages of nothing": (
        PO_FILE + "".join(f'msgctxt "x{n}"\nmsgid "a"\nmsgstr "b"\n' for n in range(22_000)),
        "More is wrong",
    ),
    "one message again and again": (
        PO_FILE + 'msgctxt "rate"\nmsgid "a"\nmsgstr "b"\n' * 20_000,
        "More is wrong",
    ),
    "escapes of nothing": (PO_FILE.replace("Praca zdalna", "\\q" * 450_000), "More is wrong"),
    "flags": (PO_FILE + "#, " + "a," * 450_000, ""),
}


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    """A file that is waited for ends the test, and one that takes too long fails it."""

    def tell(*_: object) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGALRM, tell)
    signal.alarm(4 * MOST_SECONDS)
    begun = time.process_time()
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, former)
    assert time.process_time() - begun < MOST_SECONDS


@pytest.fixture
def provider(tmp_path: Path) -> Path:
    """The folder of a sound provider."""
    shutil.copytree(SOUND, tmp_path / "policies")
    return tmp_path / "policies" / "tidewater"


def told(provider: Path) -> list[str]:
    """What `check` would print of the folder."""
    return [str(problem) for problem in read_policies(provider.parent).problems]


@pytest.mark.parametrize(("policy", "message"), POLICIES.values(), ids=POLICIES)
def test_a_policy_is_told_soon(policy: str, message: str, provider: Path) -> None:
    """At most a hundred problems, and that there are more; what keeps the limits may be sound."""
    (provider / "policy.yaml").write_text(policy, "utf-8")
    problems = told(provider)
    assert any(message in problem for problem in problems) or not message
    assert len(problems) <= limits.MOST_PROBLEMS + 1
    # The browser's Python is made for the zones that policies name, before they are checked.
    zones_written(provider)
    timezone_written(provider)
    formerly_written(provider)


@pytest.mark.parametrize(("po_file", "message"), PO_FILES.values(), ids=PO_FILES)
def test_a_translation_is_told_soon(po_file: str, message: str, provider: Path) -> None:
    """Also where a line or a message is as long as the file."""
    (provider / "pl.po").write_text(po_file, "utf-8")
    problems = told(provider)
    assert any(message in problem for problem in problems) if message else problems == []
    assert len(problems) <= limits.MOST_PROBLEMS + 1


STRANGE: dict[str, Callable[[Path], object]] = {
    "a device that never ends": lambda file: file.symlink_to("/dev/zero"),
    "a pipe that nobody writes to": os.mkfifo,
    "a folder": Path.mkdir,
    "a link to nothing": lambda file: file.symlink_to("nowhere"),
    "a link to itself": lambda file: file.symlink_to(file.name),
}


@pytest.mark.parametrize("file", ["policy.yaml", "pl.po"])
@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE)
def test_what_is_no_file_is_told(make: Callable[[Path], object], file: str, provider: Path) -> None:
    """Nothing waits for it, and nothing is read without end."""
    (provider / file).unlink()
    make(provider / file)
    assert timezone_written(provider) in (None, "Europe/Lisbon")
    assert zones_written(provider) <= {"Europe/Lisbon"}
    [problem] = told(provider)
    assert problem.startswith(f"{provider / file}:1:1: This cannot be read: found ")


def test_the_limits_are_told_to_staff() -> None:
    """Whoever meets one finds it where policies are explained."""
    readme = (ROOT / "policies" / "README.md").read_text("utf-8")
    numbers = [value for name, value in vars(limits).items() if name.isupper()]
    assert len(numbers) >= 6
    for number in numbers:
        assert f"{number:,}" in readme
