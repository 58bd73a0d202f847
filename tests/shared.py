"""What the processes of one test run share, made by the first of them that asks for it."""

import fcntl
import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """A temporary folder that all processes of the run know; each has its own in it."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def one_at_a_time(factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """Waits until no other process does what has this name; gives a folder for its result."""
    folder = folder_of_run(factory)
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed
        yield folder / name


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills, by whichever process asks first; the others wait for it."""
    with one_at_a_time(factory, name) as folder:
        made = folder.with_suffix(".made")
        if not made.exists():
            make(folder)
            made.touch()
        return folder


def seldom_collect() -> None:
    """Let this process look for circles of objects less often than after every 700 new ones.

    Tests hold millions, and make few circles: a sixth of the time of those that price.
    """
    gc.set_threshold(100_000, 50, 100)
