"""The same commit and moment give the same site, whoever builds it, where and when."""

import subprocess
from filecmp import cmpfiles
from pathlib import Path

import pytest

from tests.builds.elsewhere import ROOT, copy_of_checkout, environment_elsewhere, run_in
from tests.conftest import SITE_URL

BUILD = ["-c", "from termwise.commands.termwise import main; main()", "build", "--site"]
SEEN = """
import termwise_calculator, datetime, termwise, locale, os, pathlib, tempfile, time
print(datetime.date.today(), time.localtime().tm_year, locale.getpreferredencoding(False))
print(os.cpu_count(), os.listdir(".") == sorted(os.listdir("."), reverse=True))
print(pathlib.Path.home().name, pathlib.Path(tempfile.gettempdir()).name)
print(*(pathlib.Path(module.__file__).parents[1] for module in (termwise, termwise_calculator)))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout that shares nothing with it but what is installed."""
    asked = ["git", "-C", ROOT, "rev-parse", "HEAD"]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("no git checkout: there is no commit to copy")
    return copy_of_checkout(tmp_path_factory.mktemp("elsewhere") / "another name")


@pytest.fixture(scope="module")
def elsewhere(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the other machine."""
    return environment_elsewhere(checkout, tmp_path_factory.mktemp("clock"))


def test_the_other_machine_is_another(checkout: Path, elsewhere: dict[str, str]) -> None:
    """Else the comparison below would prove nothing."""
    seen = run_in(checkout, elsewhere, ["-c", SEEN])
    code = f"{checkout / 'hooks'} {checkout / 'calculator'}"
    assert seen.splitlines() == [
        "2032-01-01 2032 ANSI_X3.4-1968",
        "7 True",
        "home of somebody else tmp",
        code,
    ]


def test_two_builds_are_identical(
    built_site: Path, checkout: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    """Byte for byte: another folder, day, time zone, hash seed, language, machine; nothing kept.

    The one is built by `mkdocs build`, the other by `termwise build`.
    """
    there = tmp_path / "there"
    run_in(checkout, elsewhere | {"TERMWISE_SITE_URL": SITE_URL}, [*BUILD, str(there)])
    files = _files(built_site)
    assert files == _files(there)
    _, different, unreadable = cmpfiles(built_site, there, files, shallow=False)
    assert not different
    assert not unreadable


def _files(site: Path) -> list[str]:
    return sorted(str(file.relative_to(site)) for file in site.rglob("*") if file.is_file())
