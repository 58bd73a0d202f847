"""Compressed copies beside the files of a site, for servers that send them as they are.

A server that compresses each answer anew uses a quick, weaker setting: a tenth more to transfer.
"""

import gzip
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import brotli

from termwise import places
from termwise.kept.digests import sha256_of
from termwise.kept.files import replace_file

CACHE = places.CACHE / "compressed"
COMPRESSIBLE = {".bin", ".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm", ".xml"}
SMALLEST = 1024
"""Bytes; what is smaller fits into one packet anyway."""

BEST = 11
"""Brotli's highest quality: half a minute for the interpreter, once."""


def precompress(site: Path) -> None:
    """Write a `.br` and a `.gz` beside every file that gets smaller by it."""
    files = [
        path
        for path in sorted(site.rglob("*"))
        if path.suffix in COMPRESSIBLE and path.is_file() and path.stat().st_size >= SMALLEST
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # compressing lets other threads run
        list(pool.map(_write_copies, files))


def _write_copies(path: Path) -> None:
    content = path.read_bytes()
    copies = {".br": brotli_of(content), ".gz": _gzip_of(content)}
    for ending, compressed in copies.items():
        if len(compressed) < len(content):
            path.with_name(path.name + ending).write_bytes(compressed)


def brotli_of(content: bytes, quality: int = BEST) -> bytes:
    """Compress with brotli, once for each content and quality."""
    return _once(content, f"br{quality}", partial(brotli.compress, quality=quality))


def _gzip_of(content: bytes) -> bytes:
    return _once(content, "gz", partial(gzip.compress, mtime=0))  # no time: the same bytes again


def _once(content: bytes, ending: str, compress: Callable[[bytes], bytes]) -> bytes:
    """Look the result up in the cache, or put it there."""
    cached = CACHE / f"{sha256_of(content)}.{ending}"
    if not cached.exists():
        replace_file(cached, compress(content))
    return cached.read_bytes()
