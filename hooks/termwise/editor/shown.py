"""Markdown of pages and of reports as HTML, as the site and the forge would show it."""

import re

from markdown import markdown

from termwise.pages.ready_html import READY
from termwise.reading.page_translations import FRONT_MATTER

STRUCK = re.compile(r"~~(.+?)~~")
FOLDED = re.compile(r"<details><summary>(.*?)</summary>")


def page_html(page: str) -> str:
    """A generated page: HTML that it holds ready, and its headings."""
    found = FRONT_MATTER.match(page)
    parts = READY.split(page[found.end() :] if found else page)
    shown = [
        part if number % 2 else markdown(part, extensions=["markdown.extensions.attr_list"])
        for number, part in enumerate(parts)
    ]
    return "\n".join(shown)


def report_html(report: str) -> str:
    """A report, which is Markdown as forges read it."""
    struck = STRUCK.sub(r"<del>\1</del>", report)
    folded = FOLDED.sub(r'<details markdown="1"><summary>\1</summary>', struck)
    names = ("tables", "md_in_html", "sane_lists")
    return markdown(folded, extensions=[f"markdown.extensions.{name}" for name in names])
