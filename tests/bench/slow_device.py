"""A slow device: pages that run a quarter of the time, behind a narrow link.

Chromium's own throttling of the processor reaches a page's main thread alone (measured: a loop in
a worker takes as long as before), and that of the network no worker. Here the whole process of a
page is stopped and let go, workers and compilers included, and all bytes pass one narrow gate.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from playwright.sync_api import Browser

TURN = 0.004
"""Seconds that a slowed process runs at a stretch."""

SEARCHED_EVERY = 0.05
"""Seconds after which processes are looked for that began meanwhile."""

SLICE = 2048
"""Bytes that pass the link at a time, so that parallel downloads share it."""


@contextmanager
def slowed(browser: Browser, times: int) -> Iterator[None]:
    """Let the processes of a browser's pages run one part of the time in so many."""
    asked = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    root = next(found["id"] for found in asked["processInfo"] if found["type"] == "browser")
    ended = threading.Event()
    turns = threading.Thread(target=_take_turns, args=(root, times, ended), daemon=True)
    turns.start()
    try:
        yield
    finally:
        ended.set()
        turns.join()


def _take_turns(root: int, times: int, ended: threading.Event) -> None:
    searched, pages = 0.0, []
    while not ended.is_set():
        if monotonic() - searched > SEARCHED_EVERY:
            searched, pages = monotonic(), [*_pages_below(root)]
        began = monotonic()
        sleep(TURN)
        ran = monotonic() - began  # a busy machine sleeps longer than asked
        _send(pages, signal.SIGSTOP)
        sleep(ran * (times - 1))
        _send(pages, signal.SIGCONT)


def _send(processes: list[int], what: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, what)


def _pages_below(process: int) -> Iterator[int]:
    """The processes of pages among those that a process has started."""
    with suppress(OSError):  # it may be gone
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in map(int, children.read_text(encoding="ascii").split()):
                if b"--type=renderer" in Path(f"/proc/{child}/cmdline").read_bytes():
                    yield child
                yield from _pages_below(child)


class SlowLink:
    """A link to a local server: so many bytes a second for all connections, each request delayed.

    Its own `origin` takes the server's place; `passed` are all bytes that came from there.
    """

    def __init__(self, port: int, bytes_per_second: int, delay: float) -> None:
        self._server_port = port
        self._bytes_per_second = bytes_per_second
        self._delay = delay
        self._loop = asyncio.new_event_loop()
        self._gate = asyncio.Lock()
        self._free_at = 0.0
        self.passed = 0

    def __enter__(self) -> Self:
        # A thread of its own, since Playwright's loop runs in the caller's.
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        opened = asyncio.start_server(self._connected, "127.0.0.1", 0)
        self._listening = asyncio.run_coroutine_threadsafe(opened, self._loop).result()
        self.origin = f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        """Break off what is still under way."""
        self._listening.close()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await asyncio.sleep(0)  # closed connections say so in the next turn

    async def _connected(
        self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter
    ) -> None:
        await asyncio.sleep(self._delay)  # the handshake is a round trip, too
        server, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
        try:
            await asyncio.gather(self._up(browser, to_server), self._down(server, to_browser))
        finally:
            to_server.close()
            to_browser.close()

    async def _up(self, browser: asyncio.StreamReader, to_server: asyncio.StreamWriter) -> None:
        """Requests are small: they are only late."""
        with suppress(ConnectionError):
            while request := await browser.read(65536):
                await asyncio.sleep(self._delay)
                to_server.write(request)
        to_server.close()

    async def _down(self, server: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while answer := await server.read(SLICE):
                await self._pass(len(answer))
                to_browser.write(answer)
                await to_browser.drain()
        to_browser.close()

    async def _pass(self, size: int) -> None:
        """Wait until so many bytes are through; whoever came first goes first."""
        async with self._gate:
            begun = max(self._free_at, self._loop.time())
            self._free_at = begun + size / self._bytes_per_second
            await asyncio.sleep(self._free_at - self._loop.time())
            self.passed += size
