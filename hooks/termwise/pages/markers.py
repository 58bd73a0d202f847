"""The rows of providers on hand-written pages: what stands in them until the site fills it in."""

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import escape, html

ROOT = html("{{root}}")
"""The way from a page to the home of its language; the site fills it for each page."""

ROWS = html("{{rows}}")
"""Where the rows of the providers go; the site puts them together."""


def unlike_markers(text: str) -> Markup:
    """Text with its braces as references, so that none of it is filled like `ROOT`."""
    return escape(text).replace("{", html("&#123;"))


def policy_url(view: PolicyView) -> str:
    """The address of a policy page from the home of its language."""
    return f"providers/{view.policy.provider}/"
