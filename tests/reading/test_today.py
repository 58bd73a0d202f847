"""The day of a build or a command is that of the provider: today there, or a day that is fixed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from termwise.commands.termwise import main
from termwise.content.parts import day_of
from termwise.reading.folders import zones_written
from termwise.reading.policies import read_policies
from termwise.reading.providers import load_provider, load_providers
from termwise.today import DAY, MOMENT, WrongDay, today_in
from termwise_calculator.pricing.quote import quote_json
from tests.places import POLICIES, ROOT

BRISBANE, LOS_ANGELES = "Australia/Brisbane", "America/Los_Angeles"


@pytest.fixture(autouse=True)
def nothing_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a day nor a moment, whatever the machine says."""
    monkeypatch.delenv(DAY, raising=False)
    monkeypatch.delenv(MOMENT, raising=False)


@pytest.mark.parametrize(
    ("moment", "brisbane", "los_angeles"),
    [
        (datetime(2026, 11, 28, 7, 59, tzinfo=UTC), date(2026, 11, 28), date(2026, 11, 27)),
        (datetime(2026, 11, 28, 8, 0, tzinfo=UTC), date(2026, 11, 28), date(2026, 11, 28)),
        (datetime(2026, 11, 28, 13, 59, tzinfo=UTC), date(2026, 11, 28), date(2026, 11, 28)),
        (datetime(2026, 11, 28, 14, 0, tzinfo=UTC), date(2026, 11, 29), date(2026, 11, 28)),
    ],
)
def test_midnight_is_that_of_the_zone(
    moment: datetime, brisbane: date, los_angeles: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock, and by the moment that a build is given."""
    with time_machine.travel(moment, tick=False):
        assert (today_in(BRISBANE), today_in(LOS_ANGELES)) == (brisbane, los_angeles)
    monkeypatch.setenv(MOMENT, str(int(moment.timestamp())))
    assert (today_in(BRISBANE), today_in(LOS_ANGELES)) == (brisbane, los_angeles)


def test_every_zone_that_a_policy_names_is_found(tmp_path: Path) -> None:
    """Its own and those of places, in whatever form they stand: the browser's Python needs them."""
    text = """timezone: Europe/Lisbon
questions: {place: {zones: {azores: Atlantic/Azores, "south": 'America/Argentina/Ushuaia'}}}
name: Not/A/Zone
"""
    (tmp_path / "policy.yaml").write_text(text, "utf-8")
    named = {"Europe/Lisbon", "Atlantic/Azores", "America/Argentina/Ushuaia"}
    assert zones_written(tmp_path) == named


def test_a_fixed_day_is_that_of_every_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """`termwise build --day` says what is wanted, whatever moment is fixed beside it."""
    monkeypatch.setenv(MOMENT, "1772323200")
    monkeypatch.setenv(DAY, "2027-07-01")
    assert today_in(BRISBANE) == today_in(LOS_ANGELES) == date(2027, 7, 1)


@pytest.mark.parametrize(
    ("variable", "found"),
    [(DAY, "tomorrow"), (DAY, "2026-02-30"), (MOMENT, "noon"), (MOMENT, "9" * 30)],
)
def test_what_is_no_day_is_told_in_a_line(
    variable: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which variable, what it says, what it must say; commands end with that."""
    monkeypatch.setenv(variable, found)
    with pytest.raises(WrongDay, match=f"^{variable}: found “{found}”; expected .* such as "):
        today_in(BRISBANE)
    for command in (["quote", "mastiff/remote-help"], ["coverage"]):
        result = CliRunner().invoke(main, [*command, "--policies", str(POLICIES)])
        assert result.exit_code != 0
        assert f"{variable}: found “{found}”" in result.stderr


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "28.11.2026", ""])
def test_a_build_for_what_is_no_day_is_refused(day: str) -> None:
    """Before anything is made, with the way to write one."""
    result = CliRunner().invoke(main, ["build", "--day", day])
    assert result.exit_code == 2
    assert f"“{day}” is not a date" in result.stderr


def test_policies_elsewhere_take_the_day_of_their_zone(tmp_path: Path) -> None:
    """Not that of a commit of ours, nor of this machine; each provider its own."""
    for name, zone in (("east", BRISBANE), ("west", LOS_ANGELES)):
        text = (POLICIES / "duxtel" / "policy.yaml").read_text(encoding="utf-8")
        text = text.replace("provider: duxtel", f"provider: {name}").replace(BRISBANE, zone)
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_text(text, encoding="utf-8")
    with time_machine.travel(datetime(2026, 11, 28, 15, 0, tzinfo=UTC), tick=False):
        days = {name: day_of(tmp_path / name) for name in ("east", "west")}
        read = load_providers(read_policies(tmp_path), today_in)
    assert days == {"east": date(2026, 11, 29), "west": date(2026, 11, 28)}
    assert {one.policy.provider: one.day for one in read} == days


def test_no_git_is_asked_for_the_day() -> None:
    """The code that finds the day starts no program: git tells of history, not of the day."""
    for file in ("today.py", "content/made.py", "mkdocs/build.py"):
        text = (ROOT / "hooks/termwise" / file).read_text(encoding="utf-8")
        assert '"git"' not in text


def test_page_and_calculator_say_the_same_after_a_row(tmp_path: Path) -> None:
    """A price from 26 November, on 28 November: 120.00 at both, though written on the 20th."""
    text = (POLICIES / "mastiff" / "policy.yaml").read_text(encoding="utf-8")
    rows = """price:
      - {from: 2026-01-01, value: 100.00, source: the page}
      - {from: 2026-11-26, value: 120.00, source: a letter}
"""
    assert text.count("price: 100.00\n") == 1
    (tmp_path / "mastiff").mkdir()
    file = tmp_path / "mastiff" / "policy.yaml"
    file.write_text(text.replace("price: 100.00\n", rows), encoding="utf-8")
    arguments = ["quote", "mastiff/remote-help", "--json", "--policies", str(tmp_path)]
    with time_machine.travel(datetime(2026, 11, 28, 12, 0, tzinfo=UTC), tick=False):
        provider = load_provider(read_policies(tmp_path), "mastiff", today_in("Europe/Warsaw"))
        told = CliRunner().invoke(main, [*arguments, "--start", "2026-12-01T12:00"])
    given = {"start": "2026-12-01T12:00"}
    assert provider.policy.effective == date(2026, 11, 26)
    assert '"120.00"' in told.stdout
    assert quote_json(provider.quote("remote-help", given)) == told.stdout
