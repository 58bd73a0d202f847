"""HTML of the generated pages that Markdown passes on unread."""

from markdown import Markdown

from termwise.mkdocs.ready_markdown import ReadyHtml
from termwise.pages.ready_html import anchors, ready_html

HTML = '<p>a *b* &amp; <code>{#c}</code></p>\n\n<div id="d">\n    <b id="e">f</b></div>'


def _converted(markdown: str) -> str:
    return str(Markdown(extensions=["md_in_html", "attr_list", ReadyHtml()]).convert(markdown))


def test_a_ready_block_stays_as_it_is() -> None:
    """Not a letter changes, whatever Markdown would make of it."""
    page = f"# Title\n\n{ready_html(HTML)}\n\nSome *words*\n"
    shown = f"<h1>Title</h1>\n{HTML}\n\n<p>Some <em>words</em></p>"
    assert _converted(page) == shown


def test_html_without_empty_lines_comes_out_as_markdown_would_pass_it_on() -> None:
    """Marking a block makes the build faster and nothing else."""
    html = '<p class="a">b</p>\n<ul>\n<li>c</li>\n</ul>'
    assert _converted(f"# T\n\n{ready_html(html)}\n\nx") == _converted(f"# T\n\n{html}\n\nx")


def test_links_may_lead_to_anchors_in_ready_html() -> None:
    """The check of links does not see the HTML, so it is told; text that looks like one is none."""
    text = ready_html('<p>say id="no"</p>')
    assert anchors(f"{ready_html(HTML)}\n\n<i id='own'></i>\n\n{text}") == {"d", "e"}
