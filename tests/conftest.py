"""What every kind of test may need: the providers, the built site and a browser."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from termwise.reading.providers import Provider
from tests.browser.chromium import FLAGS, QUICK_TO_START, shell_path
from tests.builds.elsewhere import MOMENT
from tests.counted import CountedElsewhere
from tests.patience import be_patient
from tests.places import ROOT
from tests.real_providers import real_providers
from tests.shared import made_once, one_at_a_time, seldom_collect

SITE_URL = "https://termwise.example/terms/"
"""Under a path, so that an address that holds only at the root of a host is found out."""

BUILDING = "building"
"""Builds of this checkout, one at a time: the second finds the browser's Python already made."""

SLOW_FIRST = (
    *("test_reproducible", "test_visit", "test_drift_of_examples", "drift", "reports"),
    *("test_runtimes", "test_editor", "test_kept_content"),
    *("builds", "browser", "engines", "site", "peers", "properties"),
)
"""Files and rooms that take long, the longest first: all processes then end at the same time.

One process builds the site, for which the visits wait, that take longest of all; what others begin
with meanwhile needs none."""

# The same examples in every run and on every machine; the slowest of them may take its time.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")
# Others in each round of `make fuzz`, which gives the seed.
settings.register_profile("fuzz", max_examples=1000, database=None, deadline=None)

seldom_collect()


def build_site(target: Path, **more: str) -> Path:
    """Build the whole site as `make build` does, strictly, and with a fixed time.

    More of the environment may be told: other policies, another day.
    """
    environment = os.environ | {
        "TERMWISE_SITE_URL": SITE_URL,
        "SOURCE_DATE_EPOCH": MOMENT,
        "NO_MKDOCS_2_WARNING": "1",
    }
    environment |= more
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", target],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return target


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what is slow first; within a room the order stays."""

    def place(item: pytest.Item) -> int:
        names = (item.path.stem, item.path.parent.name)
        return min((SLOW_FIRST.index(name) for name in names if name in SLOW_FIRST), default=99)

    items.sort(key=place)


def pytest_configure(config: pytest.Config) -> None:
    """Have what one process counted told at the end, also by the one that speaks."""
    config.pluginmanager.register(CountedElsewhere())


@pytest.fixture(scope="session")
def providers() -> Mapping[str, Provider]:
    """All providers by their id, read and compiled once."""
    return real_providers()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once for all tests, in whichever process of the run."""

    def build(target: Path) -> None:
        with one_at_a_time(tmp_path_factory, BUILDING):
            build_site(target)

    return made_once(tmp_path_factory, "site", build)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as installed on the machine, for all visitors of a process."""
    with sync_playwright() as playwright:
        flags = [*FLAGS, *QUICK_TO_START]
        started = playwright.chromium.launch(executable_path=shell_path(), args=flags)
        be_patient(started)
        yield started
        started.close()
