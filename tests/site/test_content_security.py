"""The policy of each page, and the guard that keeps the pages inside it."""

import re
from itertools import permutations
from pathlib import Path

import pytest

from termwise.kept.digests import integrity_of
from termwise.site import content_security
from termwise.site.scripts_and_styles import HEAD_SCRIPTS
from tests.site.site_pages import pages

IN_PAGE = re.compile(r"<script(?: data-[a-z]+=\"[^\"]*\")*>(.+?)</script>", re.DOTALL)
REFUSED = {
    "inline script": "<script>go()</script>",
    "inline module": '<script type="module">go()</script>',
    "style element": "<style>p{}</style>",
    "style attribute": '<p style="color:red">',
    "handler": '<button onclick="go()">',
    "script in a link": '<a href="JavaScript:go()">',
    "script of another host": '<script src="https://elsewhere.example/x.js">',
    "script of another host without scheme": '<script src="//elsewhere.example/x.js">',
    "stylesheet of another host": '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
    "image of another host": '<img src="https://elsewhere.example/x.png" alt="">',
    "frame of another host": '<iframe src="https://elsewhere.example/">',
    "attribute with spaces": '<p style = "color:red">',
    "attribute after a slash": '<p/style="color:red">',
    "attribute without a space": '<p class="a"style="color:red">',
    "script after a stray quote": '<p title=a"b><script>go()</script><p title="">',
    "script after a comment": '<!-- <p title=" --><script>go()</script><p title="">',
    "script as an entity": '<a href="java&#115;cript:go()">',
    "capital letters": "<SCRIPT>go()</SCRIPT>",
}
ALLOWED = {
    "script file": '<script src="x.js"></script>',
    "data": '<script type="application/json">{}</script>',
    "linked data": '<script type="application/ld+json">{}</script>',
    "link to elsewhere": '<a href="https://elsewhere.example/">',
    "canonical address": '<link rel="canonical" href="https://elsewhere.example/">',
    "comment": "<!-- <script>go()</script> -->",
    "counterpart": '<link rel="alternate" hreflang="pl" href="https://elsewhere.example/">',
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_policy_would_block_is_found_at_build(case: str) -> None:
    """Better a failed build than a page that is broken in browsers only."""
    [found] = content_security.violations("<p>\n" + REFUSED[case])
    assert found.line == 2
    assert found.tag in REFUSED[case]
    assert found.what
    assert found.mend


@pytest.mark.parametrize("case", ALLOWED)
def test_what_the_policy_allows_passes(case: str) -> None:
    """Data blocks do not run, links are followed by people."""
    assert content_security.violations(ALLOWED[case]) == []


def test_a_script_that_the_policy_knows_passes_and_no_other() -> None:
    """Not with a word more, and not with a handler beside it; lines count as in the page."""
    known = "start();\n"
    tag = '<script data-runtime="worker.js">'
    assert content_security.violations(f"{tag}{known}</script>", [known]) == []
    for other in (f"{tag}{known}go()</script>", f'<script onload="go()">{known}</script>'):
        assert len(content_security.violations(other, [known])) == 1
    below = f'{tag}{known}</script>\n<p style="color:red">'
    [found] = content_security.violations(below, [known])
    assert (found.line, found.what) == (3, "inline style of <p>")


def test_every_page_states_the_policy_before_it_loads_anything(built_site: Path) -> None:
    """A policy counts only for what comes after it; each page holds scripts that it allows."""
    site = pages(built_site).values()
    inline = {script for page in site for script in IN_PAGE.findall(page.text)}
    policies = {content_security.policy(each) for each in permutations(inline)}
    for page in site:
        head = [element for element in page.elements if element.tag in ("meta", "link", "script")]
        assert head[0].attributes == {"charset": "utf-8"}, page.address
        assert head[1].attributes["http-equiv"] == "Content-Security-Policy"
        assert head[1].attributes["content"] in policies, page.address
    assert len(inline) == len(HEAD_SCRIPTS)


def test_the_policy_of_the_built_site_allows_nothing_else_inline() -> None:
    """The exception for live reload must not reach visitors."""
    assert "unsafe-inline" not in content_security.policy([])
    assert "'unsafe-eval'" not in content_security.policy([])


def test_live_reload_works() -> None:
    """Its script is another one each time; beside digests browsers would ignore the exception."""
    policy = content_security.policy(["start();"], live_reload=True)
    assert "'unsafe-inline'" in policy
    assert "sha256" not in policy


def test_pages_run_no_script_but_the_one_they_were_made_with(built_site: Path) -> None:
    """Each page says the digest of its script, which browsers compare before they run it."""
    for page in pages(built_site).values():
        (script,) = page.all("script", type="module")
        # Some pages stand anywhere: their addresses begin at the root.
        path = script["src"][script["src"].index("assets/") :]
        expected = integrity_of((built_site / path).read_bytes())
        assert script["integrity"] == expected, page.address
