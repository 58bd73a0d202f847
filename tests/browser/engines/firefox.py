"""Firefox by WebDriver BiDi, which it speaks itself (https://w3c.github.io/webdriver-bidi/).

Playwright drives a Firefox that it has changed; with the released one it asks for commands that an
ESR does not have.
"""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from websocket import WebSocket, create_connection

from tests.browser.engines.engine import Engine
from tests.browser.engines.programs import free_port, once_it_listens, running
from tests.patience import PATIENCE_SECONDS

# Nothing of the browser's own goes to the network.
PREFERENCES = """
user_pref("services.settings.server", "data:,");
user_pref("app.normandy.enabled", false);
user_pref("messaging-system.rsexperimentloader.enabled", false);
"""


class Firefox(Engine):
    """The one tab of a Firefox."""

    def __init__(self, connection: WebSocket) -> None:
        self._connection = connection
        self._sent = 0
        self._command("session.new", capabilities={})
        (tab,) = self._command("browsingContext.getTree")["contexts"]
        self._tab: str = tab["context"]

    def goto(self, url: str) -> None:
        """Open an address, and go on when the page has loaded."""
        self._command("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def call(self, function: str, text: str) -> str:
        """Give a text to an asynchronous JavaScript function in the page, which gives one back."""
        told = self._command(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": text}],
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        answer: str = told["result"]["value"]
        return answer

    def _command(self, method: str, **parameters: Any) -> Any:
        """Send a command, and pass over events until its answer comes."""
        self._sent += 1
        self._connection.send(
            json.dumps({"id": self._sent, "method": method, "params": parameters})
        )
        answer: dict[str, Any] = {}
        while answer.get("id") != self._sent:
            answer = json.loads(self._connection.recv())
        assert answer["type"] == "success", f"{method}: {answer['message']}"
        return answer["result"]


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Debian's Firefox, with a profile of its own and without a window."""
    port = free_port()
    with TemporaryDirectory(ignore_cleanup_errors=True) as home:
        Path(home, "user.js").write_text(PREFERENCES, encoding="utf-8")
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", home]
        command += [f"--remote-debugging-port={port}", "about:blank"]
        with running(command, {"HOME": home}):
            address = f"ws://127.0.0.1:{port}/session"
            with closing(once_it_listens(lambda: connect(address))) as connection:
                yield Firefox(connection)


def connect(address: str) -> WebSocket:
    """A connection as of a program: a page would tell where it is from, and be refused."""
    return create_connection(address, timeout=PATIENCE_SECONDS, suppress_origin=True)
