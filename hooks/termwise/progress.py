"""What is being done, said while it is done: steps pass, results stay.

Everything speaks through one logger of Python's library; who listens decides what is heard. What
another process says is handed on line by line.
"""

import json
import logging
import sys
from collections.abc import Callable
from typing import Any

RESULT = logging.INFO + 5
"""The level of what stays to be read; a step, at INFO, is of interest until the next one."""

LOG = logging.getLogger("termwise")


def step(text: str) -> None:
    """Say what is being done now."""
    LOG.info(text)


def result(text: str) -> None:
    """Say what has come of it."""
    LOG.log(RESULT, text)


def detail(text: str) -> None:
    """Say what only those want to know who ask for more."""
    LOG.debug(text)


class HandedOn(logging.Handler):
    """Writes what is said to standard output, for the process that reads it there."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        sys.stdout.write(json.dumps({"level": record.levelno, "said": record.getMessage()}) + "\n")
        sys.stdout.flush()


def hand_on() -> None:
    """Have all that this process says handed on."""
    LOG.handlers = [HandedOn()]
    LOG.setLevel(logging.DEBUG)


def heard(line: str, made: Callable[[Any], None]) -> None:
    """Say here what another process said; what it has `made` is anything else."""
    told = json.loads(line)
    if "said" in told:
        LOG.log(told["level"], told["said"])
    else:
        made(told)
