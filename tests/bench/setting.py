"""What every part of the benchmark is given: the built site, a folder of its own, browsers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.browser.chromium import FLAGS, chromium_path


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
