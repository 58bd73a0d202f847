"""Days that look like slips on the day of a check are asked about, and stop nothing."""

import pytest
from click.testing import CliRunner

from termwise.commands.termwise import main


@pytest.mark.parametrize(("day", "asked"), [("2020-01-01", 5), ("2199-12-31", 0)])
def test_a_page_read_on_a_day_to_come_is_asked_about(
    day: str, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The year of one of the two days is wrong, and nobody knows of which."""
    monkeypatch.setenv("TERMWISE_DAY", day)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0
    assert result.stderr.count("The page was read on a day that has not come") == asked
