"""Commands that take a while say what they do: a changing line on a terminal, else plain lines."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from termwise.commands.speaking import CLEAR_LINE, QUIET, USUAL, VERBOSE, Speaker, speak
from termwise.progress import HandedOn, detail, heard, result, step


class Terminal(io.StringIO):
    """Shows what is written to it."""

    def isatty(self) -> bool:
        """As a terminal answers."""
        return True


@pytest.fixture(autouse=True)
def speakers() -> Iterator[None]:
    """No test leaves anybody speaking."""
    loggers = [logging.getLogger(name) for name in ("termwise", "mkdocs")]
    before = [(logger.handlers, logger.level) for logger in loggers]
    yield
    for logger, (handlers, level) in zip(loggers, before, strict=True):
        logger.handlers = [one for one in handlers if not isinstance(one, Speaker)]
        logger.setLevel(level)


def say_all() -> None:
    """One of everything."""
    step("Reading")
    detail("A file")
    step("Writing")
    logging.getLogger("mkdocs.structure").info("A page")
    logging.getLogger("mkdocs.structure").warning("A lost link")
    result("Done")


@pytest.mark.parametrize(
    ("loudness", "said"),
    [
        (QUIET, ["Warning: A lost link"]),
        (USUAL, ["Reading", "Writing", "Warning: A lost link", "Done"]),
        (VERBOSE, ["Reading", "A file", "Writing", "A page", "Warning: A lost link", "Done"]),
    ],
    ids=["quiet", "usual", "verbose"],
)
def test_elsewhere_there_are_plain_lines(loudness: int, said: list[str]) -> None:
    """As many as were asked for; problems always."""
    stream = io.StringIO()
    speak(loudness, stream)
    say_all()
    assert stream.getvalue().splitlines() == said


def test_on_a_terminal_a_step_takes_the_place_of_the_one_before() -> None:
    """What stays does so on a line of its own."""
    stream = Terminal()
    speak(USUAL, stream)
    say_all()
    said = f"Reading…{CLEAR_LINE}Writing…{CLEAR_LINE}Warning: A lost link\nDone\n"
    assert stream.getvalue() == said


def test_what_another_process_says_is_said_here(capsys: pytest.CaptureFixture[str]) -> None:
    """Line by line, at the level it was said at; the last line is what it made."""
    handed_on = HandedOn()
    for level, text in ((logging.INFO, "“Læser”"), (logging.DEBUG, "two\nlines")):
        handed_on.emit(logging.LogRecord("termwise", level, "", 0, text, (), None))
    lines = [*capsys.readouterr().out.splitlines(), json.dumps({"made": [1]})]
    stream, made = io.StringIO(), {}
    speak(USUAL, stream)
    for line in lines:
        heard(line, made.update)
    assert stream.getvalue() == "“Læser”\n"
    assert made == {"made": [1]}
