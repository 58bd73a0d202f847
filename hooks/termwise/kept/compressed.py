"""Compressed contents, each made once: the best that a format can takes up to half a minute."""

import gzip
from collections.abc import Callable
from functools import partial

import brotli

from termwise import places
from termwise.kept.digests import sha256_of
from termwise.kept.files import replace_file

CACHE = places.CACHE / "compressed"

BEST = 11
"""Brotli's highest quality: half a minute for the interpreter, once."""


def brotli_of(content: bytes, quality: int = BEST) -> bytes:
    """Compress with brotli, once for each content and quality."""
    return _once(content, f"br{quality}", partial(brotli.compress, quality=quality))


def gzip_of(content: bytes) -> bytes:
    """Compress with gzip, as every browser can unpack it; without the time, so always the same."""
    return _once(content, "gz", partial(gzip.compress, mtime=0))


def _once(content: bytes, ending: str, compress: Callable[[bytes], bytes]) -> bytes:
    """Look the result up in the cache, or put it there."""
    cached = CACHE / f"{sha256_of(content)}.{ending}"
    if not cached.exists():
        replace_file(cached, compress(content))
    return cached.read_bytes()
