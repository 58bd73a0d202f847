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
from tests.browser.chromium import FLAGS, chromium_path
from tests.places import ROOT
from tests.real_providers import real_providers

SITE_URL = "https://termwise.example/terms/"
"""Under a path, so that an address that holds only at the root of a host is found out."""

# The same examples in every run and on every machine; the slowest of them may take its time.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")


def build_site(target: Path) -> Path:
    """Build the whole site as `make build` does, strictly, and with a fixed time."""
    environment = os.environ | {
        "TERMWISE_SITE_URL": SITE_URL,
        "SOURCE_DATE_EPOCH": "1772323200",
        "NO_MKDOCS_2_WARNING": "1",
    }
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


@pytest.fixture(scope="session")
def providers() -> Mapping[str, Provider]:
    """All providers by their id, read and compiled once."""
    return real_providers()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once for all tests."""
    return build_site(tmp_path_factory.mktemp("site") / "site")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as installed on the machine."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS])
        yield started
        started.close()
