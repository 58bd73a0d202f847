"""What every part of the benchmark is given: the built site, a folder of its own, browsers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright

from termwise.kept.compressed import brotli_of
from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.site_server import TYPES

INSTALLED = Path(__file__).resolve().parents[2] / ".venv" / "bench"
"""Where other tools are that only the benchmark needs."""


@dataclass(frozen=True)
class Setting:
    """The surroundings of one part of the benchmark."""

    playwright: Playwright
    site: Path
    """The built site."""
    work: Path
    """An empty folder, thrown away afterwards."""
    rounds: int
    """How often each thing is measured."""
    quick: bool = False
    """Whether the part has seconds, not minutes."""

    def launch(self) -> Browser:
        """A browser with an empty profile."""
        return self.playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS])

    def launch_with(self, profile: Path) -> BrowserContext:
        """A browser with the profile in a folder, its cache included."""
        return self.playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium_path(), args=[*FLAGS]
        )


def compress_beforehand(*folders: Path) -> None:
    """Fill the server's cache with the files of some folders, so that no page waits for it."""
    served = [
        file
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix in TYPES and file.is_file()
    ]
    served.sort(key=lambda file: file.stat().st_size, reverse=True)  # the longest work first
    with ThreadPoolExecutor() as pool:  # compressing lets other threads run
        list(pool.map(lambda file: brotli_of(file.read_bytes()), served))
