"""Nobody ever finds half a file, nor half a folder, and nothing is left of what could not be."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from termwise.kept.files import keep_file, keep_folder, replace_file


@pytest.mark.parametrize("content", ["zł", "zł".encode()])
@pytest.mark.parametrize("write", [replace_file, keep_file])
def test_a_file_is_written_where_there_was_none(
    tmp_path: Path, write: Callable[[Path, str | bytes], None], content: str | bytes
) -> None:
    """Text or bytes, with the folders on the way to it, and with nothing beside it."""
    file = tmp_path / "new" / "folder" / "file.json"
    for _ in range(2):
        write(file, content)
        assert file.read_bytes() == b"z\xc5\x82"
        assert list(file.parent.iterdir()) == [file]


def test_what_was_there_stays_while_the_new_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written beside the file, which is replaced when all is there."""
    file, seen = tmp_path / "file.txt", []
    file.write_text("before")
    write = Path.write_bytes

    def watched(path: Path, content: bytes) -> int:
        written = write(path, content)
        seen.append((path != file, file.read_text()))
        return written

    monkeypatch.setattr(Path, "write_bytes", watched)
    replace_file(file, "after")
    assert (seen, file.read_text()) == ([(True, "before")], "after")


def test_what_cannot_be_written_raises_or_is_let_be(tmp_path: Path) -> None:
    """A folder stands in the way; nothing is left beside it."""
    (tmp_path / "taken" / "by").mkdir(parents=True)
    with pytest.raises(OSError, match="taken"):
        replace_file(tmp_path / "taken", "text")
    keep_file(tmp_path / "taken", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_many_write_the_same_file_at_once(tmp_path: Path) -> None:
    """Each writes aside under a name of its own; one of them is the last."""
    contents = [f"{number}" * 10_000 for number in range(9)]
    with ThreadPoolExecutor(9) as pool:
        list(pool.map(lambda content: replace_file(tmp_path / "file", content), contents))
    assert (tmp_path / "file").read_text() in contents
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_is_put_in_its_place_whole(tmp_path: Path) -> None:
    """Another run's with the same content stays as it is."""
    folder = tmp_path / "part"
    keep_folder(folder, {"told.json": b"{}", "assets/a/b.json": b"[]"})
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {"told.json", "assets/a/b.json"}
    keep_folder(folder, {"other": b""})
    assert not (folder / "other").exists()
    assert list(tmp_path.iterdir()) == [folder]
