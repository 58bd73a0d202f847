"""Compressed copies beside the files of a site, for servers that send them as they are.

A server that compresses each answer anew uses a quick, weaker setting: a tenth more to transfer.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from termwise.kept.compressed import brotli_of, gzip_of

COMPRESSIBLE = {".bin", ".css", ".html", ".js", ".json", ".svg", ".wasm", ".xml", ".zip"}
"""By their endings; the one archive, the browser's Python library, holds its files as they are."""

SMALLEST = 1024
"""Bytes; what is smaller fits into one packet anyway."""


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
    copies = {".br": brotli_of(content), ".gz": gzip_of(content)}
    for ending, compressed in copies.items():
        if len(compressed) < len(content):
            path.with_name(path.name + ending).write_bytes(compressed)
