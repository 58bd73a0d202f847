"""The page of one policy in one language: a pure function from policy and words to Markdown."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from markupsafe import Markup

from termwise.pages.calculator.form import CalculatorUrls, calculator_html
from termwise.pages.history.news import feed_place, feed_title
from termwise.pages.markdown_text import front_matter, heading
from termwise.pages.pictures.cost import cost_picture
from termwise.pages.pictures.week import week_pictures
from termwise.pages.policy.clauses import open_points, sections, source_switch
from termwise.pages.policy.examples import worked_examples
from termwise.pages.policy.facts import channels, contacts, coverage, faq, glance, history, steps
from termwise.pages.policy.glossary import words_of_prices
from termwise.pages.policy.holidays import holiday_table
from termwise.pages.policy.linked_data import linked_data
from termwise.pages.policy.other_terms import other_terms, other_terms_today
from termwise.pages.policy.plain_page import plain_place
from termwise.pages.policy.provenance import edit_link, notices, provenance, provenance_line
from termwise.pages.policy.responses import response_table
from termwise.pages.policy.tables import price_table
from termwise.pages.policy_view import PolicyView
from termwise.pages.ready_html import ready_html
from termwise.pages.safe_text import joined
from termwise_calculator.telling.validity import terms_of


def policy_page(view: PolicyView, urls: CalculatorUrls) -> str:
    """The whole page as Markdown with front matter; every figure in it comes from a slot."""
    say = view.words.say
    parts = [
        _front_matter(view, urls),
        heading(_title(view), level=1),
        other_terms_today(view),
        provenance_line(view),
        *other_terms(view),
        notices(view),
        heading(say("What will it cost?"), "cost"),
        calculator_html(view, urls),
        heading(say("At a glance"), "glance"),
        glance(view),
        heading(say("Prices"), "rates"),
        words_of_prices(view),
        price_table(view),
        response_table(view),
        week_pictures(view),
        holiday_table(view),
        cost_picture(view),
        *worked_examples(view),
        heading(say("Terms"), "terms"),
        source_switch(view),
        *sections(view),
        *open_points(view),
        *steps(view),
        *faq(view),
        *coverage(view),
        *channels(view),
        *contacts(view),
        *history(view),
        heading(say("Where this comes from"), "provenance"),
        provenance(view),
        edit_link(view),
    ]
    return "\n\n".join(_blocks(part for part in parts if part)) + "\n"


def _blocks(parts: Iterable[str]) -> Iterator[str]:
    """Front matter and headings as they are; all HTML between two of them as one ready block."""
    for is_html, run in groupby(parts, key=lambda part: isinstance(part, Markup)):
        block = list(run)
        yield ready_html(joined(block, "\n\n")) if is_html else "\n\n".join(block)


def _title(view: PolicyView) -> str:
    """Whose terms these are; on the page of an edition, since when they hold."""
    policy, words = view.policy, view.words
    if not view.is_of_edition:
        return policy.name
    if policy.effective:
        return terms_of(words, policy)
    day = words.date(policy.read)
    return words.say("{name}, terms as read on {date}", name=policy.name, date=day)


def _front_matter(view: PolicyView, urls: CalculatorUrls) -> str:
    """The head of the file; `answered` and `runtime` are for head/start.js."""
    return front_matter(
        title=_title(view),
        description=_description(view),
        feed=feed_place(view),
        feed_title=feed_title(view),
        linked_data=linked_data(view),
        plain=plain_place(view),
        runtime=urls.runtime,
        answered=urls.answered,
    )


def _description(view: PolicyView) -> str:
    """What search engines show of the page; no two editions have the same."""
    if view.is_of_edition:
        return view.words.say(
            "{terms}: prices, and a calculator that names the clause behind every line.",
            terms=_title(view),
        )
    return view.words.say(
        "Terms and prices of {name}, with a calculator that names the clause behind every line.",
        name=view.policy.name,
    )
