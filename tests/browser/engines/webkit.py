"""WebKitGTK by its own driver, which speaks WebDriver (https://www.w3.org/TR/webdriver2/)."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from tempfile import TemporaryDirectory
from typing import Any

from tests.browser.engines.engine import Engine
from tests.browser.engines.programs import free_port, once_it_listens, running
from tests.patience import PATIENCE_SECONDS

CAPABILITIES = {"timeouts": {"script": PATIENCE_SECONDS * 1000}}


class WebKit(Engine):
    """The one window of a session."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._session = ""
        asked = {"capabilities": {"alwaysMatch": CAPABILITIES}}
        self._session = "/" + self._command("", asked)["sessionId"]

    def goto(self, url: str) -> None:
        """Open an address, and go on when the page has loaded.

        Asked while a page loads, this driver may never answer.
        """
        self._command("/url", {"url": url})

    def call(self, function: str, text: str) -> str:
        """Give a text to an asynchronous JavaScript function in the page, which gives one back."""
        asked = {"script": f"return ({function})(...arguments)", "args": [text]}
        answer: str = self._command("/execute/sync", asked)
        return answer

    def _command(self, path: str, body: Mapping[str, Any]) -> Any:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)) as driver:
            driver.request("POST", f"/session{self._session}{path}", json.dumps(body))
            response = driver.getresponse()
            value = json.load(response)["value"]
        assert response.status == 200, f"{path}: {value['message']}"
        return value


@contextmanager
def webkit() -> Iterator[WebKit]:
    """WebKitGTK's small browser, which needs a screen: one in memory."""
    port = free_port()
    with TemporaryDirectory(ignore_cleanup_errors=True) as home, screen() as display:
        command = ["WebKitWebDriver", f"--port={port}"]
        with running(command, {"DISPLAY": display, "HOME": home}):
            yield once_it_listens(lambda: WebKit(port))


@contextmanager
def screen() -> Iterator[str]:
    """A screen in memory, with the first number that is free, which it tells itself."""
    told, tells = os.pipe()
    command = ["Xvfb", "-displayfd", str(tells), "-nolisten", "tcp"]
    with running(command, {}, keeps=[tells]):
        os.close(tells)
        with os.fdopen(told) as number:
            yield f":{number.readline().strip()}"
