"""A policy page as its readers see it, cut into the parts that a change must reach."""

import html
import re
from dataclasses import dataclass

from termwise_calculator.telling.markup import WORD_JOINER

DIGEST = re.compile(r'<code class="tw-digest">.*?</code>', re.DOTALL)
ORIGINAL = re.compile(r'<p class="tw-original".*?</p>', re.DOTALL)
CALCULATOR = re.compile(r'<div class="tw-cost"[^>]*>.*?</termwise-calculator>.*?</div>', re.DOTALL)
EXAMPLES = re.compile(r'<ul class="tw-examples">.*?</ul>', re.DOTALL)
COST_DRAWN = re.compile(r'<figure class="tw-graph tw-graph--cost">.*?</figure>', re.DOTALL)
OTHER_TERMS = re.compile(
    r'<div class="tw-notice tw-notice--terms">.*?</div>|<p [^>]*data-terms-from=.*?</p>', re.DOTALL
)
HISTORY = re.compile(r"^## [^\n]*\{#history\}$.*?(?=^## )", re.DOTALL | re.MULTILINE)
CLAUSE_NUMBER = re.compile(r'<(a|span) class="tw-(ref|clause__number)"[^>]*>.*?</\1>', re.DOTALL)
TERMS = re.compile(
    r'<p class="tw-(?:clause__text|reading|gap|note)"[^>]*>.*?</p>|<dl class="tw-facts">.*?</dl>',
    re.DOTALL,
)
FIELD_VALUE = re.compile(
    r'<input [^>]*type="(?:number|text|date|datetime-local)"[^>]*value="([^"]*)"[^>]*>'
)
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class SeenPage:
    """The visible text of a page in one language, without digests, originals and history.

    The originals stand on demand beside each translation; a figure must not stand in them alone.
    The history and the notice of other terms tell the figures of other editions too.
    """

    whole: str
    said: str
    """Without what is worked out: the calculator, the examples, the cost drawn."""
    terms: str
    """Only the clauses, readings, gaps and facts from outside."""


def seen(markdown: str) -> SeenPage:
    """Cut a page into its parts. Raises ValueError for a page without a calculator."""
    page = HISTORY.sub("", OTHER_TERMS.sub("", ORIGINAL.sub("", DIGEST.sub("", markdown))))
    said, calculators = CALCULATOR.subn("", page)
    if calculators != 1:
        raise ValueError("The page has no calculator that could be told from its text")
    said = CLAUSE_NUMBER.sub("", COST_DRAWN.sub("", EXAMPLES.sub("", said)))
    terms = "\n".join(match[0] for match in TERMS.finditer(said))
    return SeenPage(visible(page), visible(said), visible(terms))


def visible(markup: str) -> str:
    """The text of some markup, with what its fields hold, without empty lines and word joiners."""
    markup = FIELD_VALUE.sub(r"\1", markup)
    lines = html.unescape(TAG.sub("", markup)).replace(WORD_JOINER, "").splitlines()
    return "\n".join(line for line in lines if line.strip())
