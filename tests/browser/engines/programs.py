"""Programs that a test starts, each with a port, and ends with all that they started."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from time import monotonic, sleep
from typing import TypeVar

from tests.patience import PATIENCE_SECONDS

Answer = TypeVar("Answer")


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], *, keeps: Sequence[int] = ()
) -> Iterator[None]:
    """A program in a group of its own, silent; it also gets the files that it `keeps`."""
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=keeps,
    )
    try:
        yield
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    for kind in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, kind)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def once_it_listens(connect: Callable[[], Answer]) -> Answer:
    """Connect to a program that has just been started."""
    deadline = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return connect()
        except ConnectionError:
            if monotonic() > deadline:
                raise
            sleep(0.02)
