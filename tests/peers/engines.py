"""The engines of others, in a process of their own that is asked line by line."""

import json
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.places import ROOT

HERE = Path(__file__).parent


class Engines:
    """A running process that prices by the engines of others."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, engine: str, **request: Any) -> Any:
        """The answer to one request; raises RuntimeError when the engine gave up."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"engine": engine, **request}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{engine} gave no answer: its error stands above")
        return json.loads(answer)


@contextmanager
def running_engines() -> Iterator[Engines]:
    """Start the process, and end it afterwards."""
    node = Path(sys.executable).with_name("node")
    with running([node, HERE / "engines.mjs", ROOT, sysconfig.get_path("purelib")]) as engines:
        yield engines


@contextmanager
def running(command: Sequence[str | Path]) -> Iterator[Engines]:
    """Start a process that answers line by line, and end it afterwards."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, encoding="utf-8", **pipes) as process:
        try:
            yield Engines(process)
        finally:
            process.kill()
