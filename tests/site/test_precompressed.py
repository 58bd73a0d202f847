"""Compressed copies hold what they are copies of."""

import gzip
import os
from pathlib import Path
from shutil import copy

import brotli
import pytest

from termwise.site.precompressed import precompress

KINDS = ("index.html", "sitemap.xml", "api/v1/mastiff.json", "assets/termwise/worker-*.js")


@pytest.fixture
def site(built_site: Path, tmp_path: Path) -> Path:
    """A few files of the site, one of each kind."""
    for kind in KINDS:
        (file,) = built_site.glob(kind)
        copy(file, tmp_path)
    return tmp_path


def test_every_copy_holds_its_original(site: Path) -> None:
    """As a browser would read it, and smaller."""
    originals = sorted(site.iterdir())
    precompress(site)
    for original in originals:
        content = original.read_bytes()
        copies = [original.with_name(original.name + ending) for ending in (".br", ".gz")]
        assert brotli.decompress(copies[0].read_bytes()) == content
        assert gzip.decompress(copies[1].read_bytes()) == content
        assert max(copy.stat().st_size for copy in copies) < len(content)


def test_what_gets_no_smaller_has_no_copy(site: Path) -> None:
    """Pictures and archives are compressed already, as is anything without a pattern."""
    (site / "picture.png").write_bytes(bytes(5000))
    (site / "small.css").write_bytes(bytes(100))
    (site / "chance.bin").write_bytes(os.urandom(5000))
    precompress(site)
    copied = {path.stem for path in site.iterdir() if path.suffix in (".br", ".gz")}
    assert not copied & {"picture.png", "small.css", "chance.bin"}


def test_a_second_time_gives_the_same_bytes(site: Path) -> None:
    """No copy holds the time at which it was made; copies have no copies."""
    precompress(site)
    first = {path.name: path.read_bytes() for path in site.iterdir()}
    precompress(site)
    assert {path.name: path.read_bytes() for path in site.iterdir()} == first
