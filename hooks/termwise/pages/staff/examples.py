"""The worked examples of the tariff language as a part of a page, grouped by file."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from termwise.pages.ready_html import ready_html
from termwise.scenarios.worked import CURRENCY, TIMEZONE, WorkedExample
from termwise.words.messages import message_words, words_data
from termwise_calculator.pricing.quote import Line
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import Words
from termwise_calculator.time.lengths import length_from

Groups = Mapping[str, Iterable[WorkedExample]]
ENGLISH = ' lang="en"'


def example_list(groups: Groups, language: str) -> str:
    """Every group with its examples: name, what it says, how it is written, what it costs.

    The snippets and their names are English on every page, like the files that they come from.
    """
    parts = [part for name in groups for part in _group(name, groups[name], language)]
    return "\n\n".join(ready_html(part) if part.startswith("<") else part for part in parts)


def words_for(example: WorkedExample, language: str) -> Words:
    """The words of a language with the texts of an example, which are English in all of them."""
    return Words(words_data_for(example, language))


def words_data_for(example: WorkedExample, language: str) -> dict[str, Any]:
    """What `Words` are made of."""
    marks = {"state": "governing", "machine": False, "language": "en"}
    texts = {text_id: {"text": text, **marks} for text_id, text in example.texts.items()}
    return words_data(language, texts, [CURRENCY], [TIMEZONE])


def _group(name: str, examples: Iterable[WorkedExample], language: str) -> Iterator[str]:
    examples = list(examples)
    yield f"## {_title(name, message_words(language))} {{#{name}}}"
    yield _contents(examples)
    for example in examples:
        yield f"### {example.feature} {{#{_anchor(example.feature)}{ENGLISH}}}"
        yield _example(example, words_for(example, language))


def _contents(examples: Iterable[WorkedExample]) -> str:
    """A link to each example of a group."""
    items = "\n".join(
        f'<li><a href="#{_anchor(example.feature)}">{escape(example.feature)}</a></li>'
        for example in examples
    )
    return f'<ul class="tw-example-contents"{ENGLISH}>\n{items}\n</ul>'


def _title(name: str, words: Words) -> str:
    titles = {
        "calendar": words.say("Holidays, seasons and response times"),
        "counting": words.say("What a charge counts"),
        "fees": words.say("Fees and outcomes"),
        "gaps": words.say("What is not published"),
        "limits": words.say("The most and the least"),
        "packages": words.say("Free time and packages"),
        "prices": words.say("Where a price comes from"),
        "surcharges": words.say("Blocks, tolerance and surcharges"),
        "tiers": words.say("Prices by quantity"),
        "together": words.say("Features together"),
    }
    return titles.get(name) or name.replace("-", " ").capitalize()


def _anchor(feature: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in feature.lower()).split())


def _example(example: WorkedExample, words: Words) -> str:
    columns = (words.say("Case"), words.say("Worked out"), words.say("Price"))
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    slots = example.edition.slots
    rows = "\n".join(_row(given, QuoteView(quote, words, slots)) for given, quote in example.cases)
    return (
        f"<p{ENGLISH}>{escape(example.says)}</p>\n"
        f'<div class="tw-example">\n'
        f'<pre{ENGLISH} tabindex="0"><code>{escape(example.written)}</code></pre>\n'
        f'<table class="tw-rates"><thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )


def _row(given: Mapping[str, str], view: QuoteView) -> str:
    case = "<br>".join(_given(view, name, value) for name, value in given.items()) or "–"
    worked = "<br>".join(_worked(view, line) for line in view.quote.lines)
    if view.quote.response:
        worked += f"<br>{escape(view.response())}"
    gaps = (f"gap.{missing.gap}" for missing in view.quote.missing)
    worked += "".join(f"<br><span{ENGLISH}>{escape(view.text(gap))}</span>" for gap in gaps)
    return (
        f'<tr><th scope="row">{case}</th><td>{worked}</td>'
        f'<td class="tw-figure">{_due(view)}</td></tr>'
    )


def _given(view: QuoteView, name: str, value: str) -> str:
    """What is given in a case, as the page's language writes it."""
    words, question = view.words, view.policy.questions.get(name)
    if name == "start":
        return escape(words.date_time(datetime.fromisoformat(value), "medium"))
    if name == "minutes":
        return escape(words.minutes(length_from(value)))
    assert question is not None
    label = f"<span{ENGLISH}>{escape(view.text(f'question.{name}.label'))}</span> "
    answers = {"yes": words.say("yes"), "no": words.say("no")}
    if question.kind == "choice":
        return f"{label}<span{ENGLISH}>{escape(view.text(f'question.{name}.{value}'))}</span>"
    return label + escape(answers.get(value, value))


def _worked(view: QuoteView, line: Line) -> str:
    label = f"<span{ENGLISH}>{escape(view.label(line))}</span>"
    return f"{label}: {escape(view.count(line) or view.amount(line))}"


def _due(view: QuoteView) -> str:
    """What the case comes to, with the tax where the example has any."""
    note = view.breakdown() if view.quote.total is not None else ""
    detail = f'<span class="tw-lines__detail">{escape(note)}</span>' if note else ""
    return f"{escape(view.total())}{detail}"
