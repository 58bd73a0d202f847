"""The same sources give the same site."""

from filecmp import cmpfiles
from pathlib import Path

from tests.conftest import build_site


def test_two_builds_are_identical(built_site: Path, tmp_path: Path) -> None:
    """Byte for byte, with the time of the sources given."""
    again = build_site(tmp_path / "again")
    files = _files(built_site)
    assert files == _files(again)
    _, different, unreadable = cmpfiles(built_site, again, files, shallow=False)
    assert not different
    assert not unreadable


def _files(site: Path) -> list[str]:
    return sorted(str(file.relative_to(site)) for file in site.rglob("*") if file.is_file())
