"""A page with a calculator, as the tests speak of it."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.patience import wait_until

EVENTS = """
for (const type of ["termwise:ready", "termwise:quote"]) {
  addEventListener(type, (event) => {
    window.termwiseEvents ??= [];
    window.termwiseEvents.push([type, event.detail]);
  });
}
"""

# Python is for who turns to the form, as these visitors do as soon as somebody listens.
TURN_TO_THE_FORM = """
window.customElements?.whenDefined("termwise-calculator").then(() => {
  for (const form of document.querySelectorAll("termwise-calculator form")) {
    form.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  }
});
"""

KEPT = """
async () => {
  const cache = await caches.open(`termwise ${new URL("../../", location)}`);
  return (await cache.keys()).map(({ url }) => url);
}
"""

CHECKS_ITSELF = "[booting, unaltered()]"
"""What the worker waits for: Python, and that itself is what the page names."""

# The element of the page as the server sends it takes the place of the used one; Python goes on.
REVISIT = """
async (query) => {
  window.termwiseEvents = [];
  window.scrollTo(0, 0);
  const text = await (await fetch(location.pathname)).text();
  // Now, since the element from before may still have put its own case there.
  history.replaceState(null, "", location.pathname + query);
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const name = "termwise-calculator";
  document.querySelector(name).replaceWith(document.importNode(fresh.querySelector(name), true));
  document.querySelector(`${name} form`).dispatchEvent(new PointerEvent("pointerover"));
}
"""


class CalculatorPage:
    """Opens a provider's page, edits the form, reads what it shows; keeps all complaints."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.add_init_script(EVENTS)
        page.add_init_script(TURN_TO_THE_FORM)
        page.on("console", lambda said: self._complain(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))

    def _complain(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)

    @property
    def element(self) -> Locator:
        """The calculator itself."""
        return self.page.locator("termwise-calculator")

    @property
    def output(self) -> Locator:
        """The quote."""
        return self.element.locator("output")

    @property
    def total(self) -> Locator:
        """The quote's largest figure, or the words in its place."""
        return self.output.locator("[data-total]")

    def part(self, name: str) -> Locator:
        """A part of the page that the element shows and hides."""
        return self.element.locator(f"[data-part={name}]")

    def control(self, name: str, value: str | None = None) -> Locator:
        """The control of a scenario key; of radios, the one with the value."""
        chosen = f'[value="{value}"]' if value else ""
        return self.element.locator(f'[name="{name}"]{chosen}')

    def problem(self, field: str) -> Locator:
        """Where messages about a field go."""
        return self.element.locator(f'[data-field="{field}"] [data-problem]')

    def open(self, query: str = "", patience: int | None = None) -> CalculatorPage:
        """Open the page; `patience` in seconds replaces what the page asks for."""
        if patience is not None:
            self._set_patience(patience)
        self.page.goto(self.url + query)
        return self

    def _set_patience(self, seconds: int) -> None:
        def answer(route: Any) -> None:
            response = route.fetch()
            body = response.text().replace(
                " data-runtime=", f' data-patience="{seconds}" data-runtime='
            )
            route.fulfill(response=response, body=body)

        self.page.route(f"{self.url}*", answer)

    def alter_worker(self, *changes: tuple[str, str], first: str = "") -> None:
        """Replace texts in the worker's script, or let it do something else `first`.

        It must not notice that it is altered.
        """

        def altered(route: Route) -> None:
            response = route.fetch()
            script = response.text()
            for old, new in (*changes, (CHECKS_ITSELF, "[booting]")):
                assert old in script
                script = script.replace(old, new)
            route.fulfill(response=response, body=first + script)

        self.page.route("**/worker-*.js*", altered)

    def expect_state(self, state: str) -> None:
        """Wait for loading, ready or failed."""
        expect(self.element).to_have_attribute("data-state", state)

    def when_listening(self) -> CalculatorPage:
        """Open the page and wait until edits are heard, whatever becomes of Python."""
        self.open()
        expect(self.element).to_have_attribute("data-state", re.compile("."))
        return self

    def when_ready(self, query: str = "") -> CalculatorPage:
        """Open the page and wait for Python."""
        self.open(query).expect_state("ready")
        return self

    def revisit(self, query: str = "") -> CalculatorPage:
        """Show the page anew with another query, without loading Python again if it is there."""
        if not self.page.url.startswith(self.url):
            return self.when_ready(query)
        self.page.evaluate(REVISIT, query)
        self.expect_state("ready")
        return self

    def events(self) -> list[tuple[str, Any]]:
        """The element's events so far: type and detail."""
        return [tuple(event) for event in self.page.evaluate("() => window.termwiseEvents ?? []")]

    def quote(self) -> dict[str, Any]:
        """The quote on the page, from the element's canonical text."""
        quote: dict[str, Any] = json.loads(self.json())
        return quote

    def json(self) -> str:
        """The canonical text of the quote on the page."""
        text: str = self.element.evaluate("element => element.json")
        return text

    def kept_addresses(self) -> list[str]:
        """What the service worker has put away."""
        addresses: list[str] = self.page.evaluate(KEPT)
        return addresses

    def when_kept(self) -> CalculatorPage:
        """Wait until the page is kept: it is put away last, when everything that it needs is."""
        wait_until(self.page, lambda: self.url in self.kept_addresses())
        return self

    def expect_minutes(self, minutes: int) -> None:
        """Wait for the quote of that length."""
        wait_until(self.page, lambda: self.quote()["input"]["minutes"] == minutes)

    def type_minutes(self, text: str) -> None:
        """Type into the field, key by key, as a visitor does."""
        field = self.control("minutes")
        field.press("ControlOrMeta+a")
        field.press_sequentially(text)
