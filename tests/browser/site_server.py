"""Serves a built site as a good web server would: compressed, cacheable; on demand broken."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal, Self
from urllib.parse import unquote, urlsplit

from termwise.kept.compressed import brotli_of

TYPES = {
    ".bin": "application/octet-stream",
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".xml": "application/xml",
    ".zip": "application/zip",
}

# Where the benchmark serves what others released: cached like a release at a public host.
STOCK_PYODIDE = "/pyodide/"
PEERS = "/peers/"

Fault = Literal["missing", "gone", "cut", "garbled", "login", "as text", "stalled", "unreachable"]
LOGIN = b"<!doctype html><title>Welcome</title><p>Log in to use this network."


@dataclass(frozen=True)
class Served:
    """One answered request: `transferred` counts the body's bytes on the wire.

    Whoever asks `anew` takes nothing that a cache has kept.
    """

    path: str
    status: int
    transferred: int
    anew: bool


class SiteServer(ThreadingHTTPServer):
    """A folder, or several, each under a prefix that starts and ends with a slash.

    `quality` is brotli's: 11 as at a deployment takes half a minute for the interpreter, longer
    than a page waits for it. None is that of a host that compresses nothing. A host may also call
    files otherwise, in `types`, or know what a packed copy is (`unpacks`). Patterns in `altered`
    say whose content is another, and how often still.
    """

    daemon_threads = True
    # Browsers open many connections at once; beyond the usual five a busy machine loses some.
    request_queue_size = 128

    def __init__(self, folders: Mapping[str, Path], quality: int | None = 5) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folders = folders
        self.quality = quality
        self.types = TYPES
        self.unpacks = False
        self.altered: dict[str, int] = {}
        self.faults: dict[str, Fault] = {}
        self.served: list[Served] = []
        self.released = threading.Event()
        self._compressed: dict[tuple[Path, int, int], bytes] = {}

    @property
    def origin(self) -> str:
        """The address of the host, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self.shutdown()
        self.server_close()

    @contextmanager
    def fault(self, pattern: str, kind: Fault) -> Iterator[None]:
        """Break matching paths.

        Answer 503 or 404, break off halfway, send `{}`, the page of a network's login or the wrong
        type, wait, or hang up.
        """
        self.released.clear()
        self.faults[pattern] = kind
        try:
            yield
        finally:
            del self.faults[pattern]
            self.released.set()

    def fault_of(self, path: str) -> Fault | None:
        """How this path is broken at the moment, if it is."""
        return next((kind for pattern, kind in self.faults.items() if fnmatch(path, pattern)), None)

    def alters(self, path: str) -> bool:
        """Whether this answer is to have another content; counts it."""
        found = [
            pattern for pattern, left in self.altered.items() if left and fnmatch(path, pattern)
        ]
        for pattern in found:
            self.altered[pattern] -= 1
        return bool(found)

    def compressed(self, file: Path) -> bytes:
        """A file with brotli, as from a copy beside it: a server does not look for it in the file.

        Else a visit would be measured with the time for a digest of all that it downloads.
        """
        state = file.stat()
        key = (file, state.st_mtime_ns, state.st_size)
        assert self.quality is not None
        if key not in self._compressed:
            self._compressed[key] = brotli_of(file.read_bytes(), self.quality)
        return self._compressed[key]

    def file_at(self, path: str) -> Path | None:
        """Find the file of a URL path, the index of a folder included."""
        for prefix, folder in self.folders.items():
            if path.startswith(prefix):
                file = (folder / path.removeprefix(prefix)).resolve()
                file = file / "index.html" if file.is_dir() else file
                if file.is_relative_to(folder.resolve()) and file.is_file():
                    return file
        return None


def altered(content: bytes) -> bytes:
    """Another price where there is one, else another bit in the middle."""
    if b'"100.00"' in content:
        return content.replace(b'"100.00"', b'"900.00"')
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SiteServer

    def handle(self) -> None:
        """Answer one request after the other, until the page goes or wants no more of an answer."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        fault = self.server.fault_of(path)
        if fault == "stalled":
            self.server.released.wait()
        if fault == "unreachable":
            self.close_connection = True
            return
        file = self.server.file_at(path)
        if file is None or fault in ("missing", "gone"):
            self._answer(path, 503 if fault == "missing" else 404, b"", {})
        elif fault == "garbled":
            self._answer(path, 200, b"{}", self._headers(path, file))
        elif fault == "login":
            self._answer(path, 200, LOGIN, {"Content-Type": TYPES[".html"]})
        else:
            self._answer_file(path, file, fault)

    def _answer_file(self, path: str, file: Path, fault: Fault | None) -> None:
        headers = self._headers(path, file)
        if fault == "as text":
            headers["Content-Type"] = "text/plain"
        if self.server.alters(path):
            headers["Content-Encoding"] = "identity"
            self._answer(path, 200, altered(file.read_bytes()), headers)
            return
        # What has no type here is compressed by its form: wheels, fonts, pictures.
        compresses = self.server.quality is not None and file.suffix in TYPES
        if compresses and "br" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "br"
            body = self.server.compressed(file)
        else:
            body = file.read_bytes()
        self._answer(path, 200, body, headers, cut=fault == "cut")

    def _answer(
        self, path: str, status: int, body: bytes, headers: Mapping[str, str], *, cut: bool = False
    ) -> None:
        anew = self.headers.get("Cache-Control") == "no-cache"
        self.server.served.append(Served(path, status, len(body), anew))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = cut

    def _headers(self, path: str, file: Path) -> dict[str, str]:
        """Cache as a deployment should: digests in names for good, the rest never unasked."""
        for_good = "/assets/termwise/" in path or path.startswith((STOCK_PYODIDE, PEERS))
        packed = self.server.unpacks and file.suffix == ".gz"
        return {
            "Content-Type": self.server.types.get(file.suffix, "application/octet-stream"),
            "Cache-Control": "max-age=31536000" if for_good else "no-cache",
        } | ({"Content-Encoding": "gzip"} if packed else {})

    def log_message(self, *_: object) -> None:
        """Stay silent: the tests say what went wrong."""
