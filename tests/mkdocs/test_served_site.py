"""The server shows some pages before the others, and looks for edits only at rest."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
from mkdocs.livereload import LiveReloadServer

from termwise.mkdocs.served_site import LOOKED_EVERY, show_anew, show_now, watch_at_rest


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveReloadServer]:
    """A server of a folder with a page, which listens nowhere."""
    (tmp_path / "index.html").write_text("A page", "utf-8")
    made = LiveReloadServer(lambda: None, "127.0.0.1", 0, root=str(tmp_path))
    yield made
    made.server_close()


def asked(server: LiveReloadServer, path: str) -> bytes:
    """What it answers, once it does."""
    environment = {"PATH_INFO": path, "HTTP_ACCEPT_ENCODING": ""}
    start: Any = lambda *_: None  # noqa: E731
    answer: Any = server.serve_request(environment, start)
    content = b"".join(answer)
    if hasattr(answer, "close"):  # a file
        answer.close()
    return content


def test_a_page_is_shown_while_the_build_goes_on(server: LiveReloadServer) -> None:
    """Browsers wait for a version that is begun; they load it once, and its end once more."""
    before = int(asked(server, "/livereload/0/0"))
    server._wanted_epoch += 5  # a build begins
    answers: list[bytes] = []
    waiting = Thread(target=lambda: answers.append(asked(server, "/index.html")))
    waiting.start()
    sleep(0.1)
    assert answers == []
    show_now(server)
    waiting.join(10)
    assert b"A page" in answers[0]
    first = int(asked(server, f"/livereload/{before}/0"))
    show_anew(server)
    show_now(server)  # as the end of the build does
    assert int(asked(server, f"/livereload/{first}/0")) > first > before


def test_edits_are_looked_for_at_rest_alone(server: LiveReloadServer, tmp_path: Path) -> None:
    """What is edited while something is built is found when that has ended."""
    watched = tmp_path / "watched"
    (watched / "provider").mkdir(parents=True)
    server.watch(str(watched))
    at_rest = watch_at_rest(server, str(watched))
    server.observer.start()
    try:
        sleep(LOOKED_EVERY)
        at_rest.clear()
        sleep(LOOKED_EVERY)
        (watched / "provider" / "policy.yaml").write_text("provider: one\n", "utf-8")
        sleep(3 * LOOKED_EVERY)
        assert not server._want_rebuild
        at_rest.set()
        for _ in range(100):
            if server._want_rebuild:
                break
            sleep(LOOKED_EVERY / 5)
        assert server._want_rebuild
    finally:
        server.observer.stop()
