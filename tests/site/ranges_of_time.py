"""The ranges of times on a page, and those that take two lines."""

from playwright.sync_api import Page

COUNT_RANGES = r"""
() => {
  const RANGE = /\d\d[:.]\d\d\s?[–-]\u2060?\s?\d\d[:.]\d\d/g;
  const closed = [...document.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
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
  for (const details of closed) details.open = false;
  return [found, broken];
}
"""


def ranges_of_time(page: Page) -> tuple[int, list[str]]:
    """How many there are on all of a page, opened for that, and the texts of the broken ones."""
    found, broken = page.evaluate(COUNT_RANGES)
    return found, broken
