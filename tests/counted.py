"""Lines told at the end of a test run, whichever of its processes has counted."""

from typing import Any

import pytest

LINES = pytest.StashKey[list[str]]()
SENT = "lines"


def tell_at_the_end(config: pytest.Config, line: str) -> None:
    """Have a line told at the end, also when every test has passed."""
    sent: dict[str, Any] | None = getattr(config, "workeroutput", None)  # set by pytest-xdist
    lines = config.stash.setdefault(LINES, []) if sent is None else sent.setdefault(SENT, [])
    lines.append(line)


class CountedElsewhere:
    """Tells these lines, and takes those of other processes from pytest-xdist."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a process has sent that is done; one that broke down sends nothing."""
        for line in getattr(node, "workeroutput", {}).get(SENT, []):
            tell_at_the_end(node.config, line)

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Tell them."""
        for line in config.stash.get(LINES, []):
            terminalreporter.write_line(line)
