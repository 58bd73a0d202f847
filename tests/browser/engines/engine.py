"""What the tests ask of a browser that Playwright cannot drive as it is installed."""

import json
from abc import ABC, abstractmethod
from typing import Any

from tests.patience import PATIENCE_SECONDS

# Values go in and out as JSON: a protocol has to carry no more than a text.
WITH_JSON = "async (text) => JSON.stringify((await ({function})(...JSON.parse(text))) ?? null)"
UNTIL = """
async (argument, patience) => {{
  const condition = {condition};
  const deadline = Date.now() + patience * 1000;
  while (!(await condition(argument))) {{
    if (Date.now() > deadline) throw new Error(`${{argument}} never came true: ${{condition}}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }}
}}
"""


class Engine(ABC):
    """One page of a visitor who was never here."""

    @abstractmethod
    def goto(self, url: str) -> None:
        """Open an address, and go on when the page has loaded."""

    @abstractmethod
    def call(self, function: str, text: str) -> str:
        """Give a text to an asynchronous JavaScript function in the page, which gives one back."""

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What a JavaScript function answers in the page, as with Playwright."""
        text = self.call(WITH_JSON.format(function=function), json.dumps(arguments))
        return json.loads(text)

    def wait(self, condition: str, argument: Any = None) -> None:
        """Wait until a JavaScript function answers with something true."""
        self.evaluate(UNTIL.format(condition=condition), argument, PATIENCE_SECONDS / 2)
