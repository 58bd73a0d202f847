"""How commands that take a while speak: a line that changes on a terminal, else plain lines."""

import logging
import shutil
import sys
from typing import TextIO

from termwise.progress import RESULT

LOGGERS = ("termwise", "mkdocs")
QUIET, USUAL, VERBOSE = -1, 0, 1
CLEAR_LINE = "\r\x1b[K"


def speak(loudness: int, stream: TextIO | None = None) -> None:
    """Let commands speak: problems alone if QUIET, steps and results, or all that is known."""
    speaker = Speaker(stream or sys.stderr, passing=loudness == USUAL)
    ours = {QUIET: logging.WARNING, USUAL: logging.INFO, VERBOSE: logging.DEBUG}[loudness]
    theirs = logging.INFO if loudness == VERBOSE else logging.WARNING
    for name, level in zip(LOGGERS, (ours, theirs), strict=True):
        logger = logging.getLogger(name)
        logger.handlers = [one for one in logger.handlers if not isinstance(one, Speaker)]
        logger.addHandler(speaker)
        logger.setLevel(level)


class Speaker(logging.Handler):
    """Says steps on one line of a terminal, each in place of the one before; all else stays.

    Unless steps are `passing`, and where there is no terminal, they stay as well.
    """

    def __init__(self, stream: TextIO, *, passing: bool) -> None:
        super().__init__()
        self._stream, self._passing = stream, passing and stream.isatty()
        self._shown = False

    def emit(self, record: logging.LogRecord) -> None:
        """Say one thing."""
        text = record.getMessage()
        if record.levelno >= logging.WARNING:
            text = f"{record.levelname.capitalize()}: {text}"
        before = CLEAR_LINE if self._shown else ""
        self._shown = self._passing and logging.INFO <= record.levelno < RESULT
        if self._shown:
            width = shutil.get_terminal_size().columns - 2
            self._stream.write(f"{before}{text[:width]}…")
        else:
            self._stream.write(f"{before}{text}\n")
        self._stream.flush()
