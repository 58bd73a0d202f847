"""`termwise serve` says where to look, shows what is wrong, keeps the last good pages, recovers."""

import os
import queue
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.patience import PATIENCE_SECONDS
from tests.places import POLICIES, ROOT

COMMAND = "from termwise.commands.entry import main; main()"


class Served:
    """A site that is served, and what the command says."""

    def __init__(self, policies: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.root = f"http://{address}"
        command = [sys.executable, "-c", COMMAND, "serve", "--address", address]
        self.process = subprocess.Popen(
            [*command, "--policies", policies],
            cwd=ROOT,
            env=os.environ | {"TERMWISE_SITE_URL": ""},
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as lines:
            for line in lines:
                self._lines.put(line)

    def end(self) -> None:
        """Stop serving."""
        self.process.terminate()
        self.process.wait()
        self._listener.join()

    def said(self, part: str) -> str:
        """Wait for a line with this in it."""
        heard = []
        while True:
            try:
                heard.append(self._lines.get(timeout=PATIENCE_SECONDS))
            except queue.Empty:
                raise AssertionError(f"“{part}” was not said, but: {heard}") from None
            if part in heard[-1]:
                return heard[-1]

    def page(self, path: str) -> str:
        """A page, which the server holds back until the build that is going on has ended."""
        try:
            with urlopen(f"{self.root}/{path}", timeout=PATIENCE_SECONDS) as answer:
                return str(answer.read().decode())
        except HTTPError as lost:
            with lost:
                return str(lost.read().decode())

    def version_after(self, version: int) -> int:
        """The version of the site that browsers are told, once it is a later one."""
        return int(self.page(f"livereload/{version}/0"))


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """One sound provider, and one that has never been sound."""
    shutil.copytree(POLICIES / "mastiff", tmp_path / "policies" / "mastiff")
    (tmp_path / "policies" / "alder").mkdir()
    (tmp_path / "policies" / "alder" / "policy.yaml").write_text("provider: alder\n", "utf-8")
    return tmp_path / "policies"


@pytest.fixture
def served(policies: Path) -> Iterator[Served]:
    """That folder, served."""
    site = Served(policies)
    yield site
    site.end()


def test_what_is_broken_is_shown_and_recovers(served: Served, policies: Path) -> None:
    """At the start and after an edit; prices stay those of the last good file.

    The pages of what was edited are shown first, and browsers are told so both times.
    """
    file = policies / "mastiff" / "policy.yaml"
    good = file.read_text("utf-8")
    assert served.root in served.said("Open http://")
    begun = served.page("providers/mastiff/")
    assert "alder/policy.yaml:1:1</strong><br>" in begun
    assert "100.00" in begun
    assert "alder/policy.yaml:1:1</strong><br>" in served.page("providers/alder/")

    shutil.rmtree(policies / "alder")
    file.write_text(good.replace("price: 100.00", "price: a hundred"), "utf-8")
    assert "cannot be read" in served.said("policy.yaml:")
    served.said("No page has changed")
    broken = served.page("providers/mastiff/")
    assert "“a hundred”" in broken
    assert "100.00" in broken
    assert "alder" not in broken

    shown = served.version_after(0)
    file.write_text(good.replace("price: 100.00", "price: 107.00"), "utf-8")
    edited = served.said("New after ")
    assert "/providers/mastiff/" in edited
    assert "/compare/" not in edited
    first = served.version_after(shown)
    mended = served.page("providers/mastiff/")
    assert "data-termwise-problems" not in mended
    assert "107.00" in mended
    assert "/compare/" in served.said("New after ")
    assert served.version_after(first) > first
