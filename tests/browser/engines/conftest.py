"""Firefox and WebKitGTK, each started once for the tests of a file."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from shutil import which

import pytest

from tests.browser.engines.engine import Engine
from tests.browser.engines.firefox import firefox
from tests.browser.engines.webkit import webkit


@dataclass(frozen=True)
class Installed:
    """How an engine is started, and Debian's packages of the programs that it takes."""

    start: Callable[[], AbstractContextManager[Engine]]
    packages: Mapping[str, str]


# The Makefile installs the same.
ENGINES = {
    "Firefox": Installed(firefox, {"firefox-esr": "firefox-esr"}),
    "WebKitGTK": Installed(webkit, {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}),
}


def require(name: str) -> None:
    """Pass over an engine that is not installed; in CI only where the system does not offer it."""
    for program, package in ENGINES[name].packages.items():
        if which(program):
            continue
        told = f"{name} needs the package {package}: `make engines` installs it."
        if "CI" in os.environ and is_offered(package):
            pytest.fail(told)
        pytest.skip(told)


def is_offered(package: str) -> bool:
    """Whether apt, if there is one, knows the package."""
    if which("apt-cache") is None:
        return False
    known = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return known.returncode == 0


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A page in each of them."""
    require(request.param)
    with ENGINES[request.param].start() as started:
        yield started
