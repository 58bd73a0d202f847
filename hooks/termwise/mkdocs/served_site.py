"""What MkDocs' server is told besides: that some pages are there before the others, and to rest.

It counts versions of the site: browsers load their page again when there is a later one, and wait
for one that has been begun.
"""

import os
from collections.abc import Iterator
from threading import Event
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

LOOKED_EVERY = 0.5
"""Seconds, as MkDocs has it."""


def show_now(server: LiveReloadServer) -> None:
    """Take what stands in the site for a version of it, though the build goes on."""
    with server._epoch_cond:
        server._visible_epoch = server._wanted_epoch
        server._epoch_cond.notify_all()


def show_anew(server: LiveReloadServer) -> None:
    """Let the end of the build be a later version than the one that was shown."""
    server._wanted_epoch += 1


def watch_at_rest(server: LiveReloadServer, watched: str) -> Event:
    """Look for edits only while nothing is built, which is while the event is set.

    Looking through the files of 200 providers twice a second took a tenth of each build. What is
    edited meanwhile is found at its end. `watched` is what the server watches already.
    """
    at_rest = Event()
    at_rest.set()

    def listed(folder: str | None) -> Iterator["os.DirEntry[str]"]:
        at_rest.wait()
        return os.scandir(folder)

    server.unwatch(watched)
    observer: Any = PollingObserverVFS(os.stat, listed, polling_interval=LOOKED_EVERY)
    server.observer = observer
    server.watch(watched)
    return at_rest
