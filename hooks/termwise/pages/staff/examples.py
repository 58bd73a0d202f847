"""The worked examples of the tariff language as a part of a page, grouped by file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from termwise.pages.markdown_text import heading
from termwise.pages.ready_html import ready_html
from termwise.pages.safe_text import escape, html, joined, whole_ranges
from termwise.scenarios.worked import WorkedExample
from termwise.words.messages import message_words, words_data
from termwise_calculator.pricing.quote import Line
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import Words
from termwise_calculator.time.lengths import length_from

Groups = Mapping[str, Iterable[WorkedExample]]


def example_list(groups: Groups, language: str) -> str:
    """Every group with its examples: name, what it says, how it is written, what it costs.

    The snippets and their names are English on every page, like the files that they come from.
    """
    parts = [part for name in groups for part in _group(name, groups[name], language)]
    return "\n\n".join(ready_html(part) if isinstance(part, Markup) else part for part in parts)


def words_for(example: WorkedExample, language: str) -> Words:
    """The words of a language with the texts of an example, which are English in all of them."""
    return Words(words_data_for(example, language))


def words_data_for(example: WorkedExample, language: str) -> dict[str, Any]:
    """What `Words` are made of."""
    marks = {"state": "governing", "machine": False, "language": "en"}
    texts = {text_id: {"text": text, **marks} for text_id, text in example.texts.items()}
    return words_data(language, texts, [example.policy.currency], example.policy.zones)


def _group(name: str, examples: Iterable[WorkedExample], language: str) -> Iterator[str]:
    examples = list(examples)
    yield heading(_title(name, message_words(language)), name)
    yield _contents(examples)
    for example in examples:
        yield heading(example.feature, anchor(example.feature), level=3, language="en")
        yield _example(example, words_for(example, language))


def _contents(examples: Iterable[WorkedExample]) -> Markup:
    """A link to each example of a group."""
    items = joined(
        html('<li><a href="#{}">{}</a></li>', anchor(example.feature), example.feature)
        for example in examples
    )
    return html('<ul class="tw-example-contents" lang="en">\n{}\n</ul>', items)


def _title(name: str, words: Words) -> str:
    titles = {
        "calendar": words.say("Holidays and seasons"),
        "counting": words.say("What a charge counts"),
        "fees": words.say("Fees and outcomes"),
        "gaps": words.say("What is not published"),
        "limits": words.say("The most and the least"),
        "made-prices": words.say("Prices made from others"),
        "managed": words.say("Managed services"),
        "packages": words.say("Free time and packages"),
        "prices": words.say("Where a price comes from"),
        "ranges": words.say("Published ranges"),
        "responses": words.say("Response times"),
        "rounding": words.say("Rounding and currencies"),
        "surcharges": words.say("Blocks, tolerance and surcharges"),
        "taxes": words.say("Tax by charge and by customer"),
        "tiers": words.say("Prices by quantity"),
        "totals": words.say("What it all comes to"),
        "together": words.say("Features together"),
    }
    return titles.get(name) or name.replace("-", " ").capitalize()


def anchor(feature: str) -> str:
    """By which an example is linked."""
    return "-".join("".join(c if c.isalnum() else " " for c in feature.lower()).split())


def _example(example: WorkedExample, words: Words) -> Markup:
    columns = (words.say("Case"), words.say("Worked out"), words.say("Price"))
    slots = example.edition.slots
    return html(
        '<p lang="en">{says}</p>\n<div class="tw-example">\n'
        '<pre lang="en" tabindex="0"><code>{written}</code></pre>\n'
        '<div class="tw-example__cases"><table class="tw-rates"><thead><tr>{head}</tr></thead>\n'
        "<tbody>\n{rows}\n</tbody></table></div></div>",
        says=example.says,
        written=whole_ranges(example.written),
        head=joined((html('<th scope="col">{}</th>', column) for column in columns), ""),
        rows=joined(
            _row(given, QuoteView(quote, words, slots, for_html=True))
            for given, quote in example.cases
        ),
    )


def _row(given: Mapping[str, str], view: QuoteView) -> Markup:
    case = joined((_given(view, name, value) for name, value in given.items()), "<br>")
    return html(
        '<tr><th scope="row">{}</th><td>{}{}</td><td class="tw-figure">{}</td></tr>',
        case or "–",
        joined((_worked(view, line) for line in view.quote.lines), "<br>"),
        joined((html("<br>{}", part) for part in _beside_lines(view)), ""),
        _due(view),
    )


def _beside_lines(view: QuoteView) -> Iterator[Markup]:
    """When one answers, and what is not published."""
    if view.quote.response:
        yield escape(view.response())
    for missing in view.quote.missing:
        yield _english(view.text(f"gap.{missing.gap}"))


def _english(text: str) -> Markup:
    return html('<span lang="en">{}</span>', text)


def _given(view: QuoteView, name: str, value: str) -> Markup:
    """What is given in a case, as the page's language writes it."""
    words, question = view.words, view.policy.questions.get(name)
    if name == "start":
        start = view.quote.local(view.quote.scenario.start)
        assert start is not None
        return escape(words.date_time(start, "medium"))
    if name == "minutes":
        return escape(words.minutes(length_from(value)))
    assert question is not None
    answer: str = {"yes": words.say("yes"), "no": words.say("no")}.get(value, value)
    if question.kind == "choice":
        answer = _english(view.text(f"question.{name}.{value}"))
    return html("{} {}", _english(view.text(f"question.{name}.label")), answer)


def _worked(view: QuoteView, line: Line) -> Markup:
    return html("{}: {}", _english(view.label(line)), view.count(line) or view.amount(line))


def _due(view: QuoteView) -> Markup:
    """What the case comes to, with the tax where the example has any."""
    note = view.breakdown() if view.quote.total is not None else ""
    if not note:
        return escape(view.total())
    return html('{}<span class="tw-lines__detail">{}</span>', view.total(), note)
