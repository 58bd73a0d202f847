"""On phones a range of times stays in one line: neither its dash nor its end begins another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from termwise.languages import LANGUAGES
from tests.browser.site_server import SiteServer
from tests.real_providers import real_providers

WIDTHS = (320, 390)
BROKEN = r"""
() => {
  const RANGE = /\d\d[:.]\d\d\s?[–-]\u2060?\s?\d\d[:.]\d\d/g;
  for (const details of document.querySelectorAll("details")) details.open = true;
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const broken = [];
  let found = 0;
  while (texts.nextNode()) {
    const inline = texts.currentNode.parentElement.matches(":not(pre) > code");
    if (inline) continue; // what is written in a file may be wider than its cell
    for (const { index, 0: said } of texts.currentNode.data.matchAll(RANGE)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + said.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      found += lines.size > 0;
      if (lines.size > 1) broken.push(texts.currentNode.data);
    }
  }
  return [found, broken];
}
"""


@pytest.fixture(scope="module")
def origin(built_site: Path) -> Iterator[str]:
    """The site on a host of its own."""
    with SiteServer({"/": built_site}) as server:
        yield server.origin


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_range_of_times_is_whole(browser: Browser, origin: str, language: str) -> None:
    """On the page of each provider, among the worked examples and in the guide, all opened."""
    home = f"{origin}/" if language == "en" else f"{origin}/{language}/"
    pages = [
        "",
        "compare/",
        "rate-card-examples/",
        "staff-guide/",
        *(f"providers/{one}/" for one in real_providers()),
    ]
    context = browser.new_context(java_script_enabled=True)
    context.add_init_script("delete window.WebAssembly")
    page = context.new_page()
    seen = 0
    for address in pages:
        page.goto(home + address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found, broken = page.evaluate(BROKEN)
            seen += found
            assert broken == [], (address, width)
    context.close()
    assert seen > 300
