"""A compared case in words, and what it costs, as people who know prices say it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from termwise.reports.cases import ComparedCase, TermsInWords
from termwise.scenarios.queries import Query
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.policy import Question

NO_ANSWERS = ("service", "start", "minutes")


def case_in_words(query: Query, terms: TermsInWords, quote: Quote) -> str:
    """The service, the start, the length and the answers of a case."""
    view = terms.view(quote)
    return "; ".join([view.scenario_title(), *_answers(query, terms, view)])


def _answers(query: Query, terms: TermsInWords, view: QuoteView) -> Iterator[str]:
    for name, answer in query.items():
        question = terms.policy.questions.get(name)
        if name not in NO_ANSWERS and question is not None:
            yield f"{view.text(f'question.{name}.label')} {answer_in_words(question, answer, view)}"


def answer_in_words(question: Question, answer: str, view: QuoteView) -> str:
    """An answer as the form shows it."""
    words = view.words
    if question.kind == "yes-no":
        return words.say("yes") if answer == "yes" else words.say("no")
    if question.kind == "minutes" and answer.isdecimal():
        return words.minutes(int(answer))
    if question.kind == "number" and answer.isdecimal():
        return view.units(question.id, Decimal(answer))
    if question.kind == "date" and answer:
        return words.date(date.fromisoformat(answer))
    option = f"question.{question.id}.{answer}"
    return view.text(option) if words.has_text(option) else answer


def compared_in_words(
    case: ComparedCase, old: TermsInWords | None, new: TermsInWords | None
) -> str:
    """A case in the words of the terms that ask all of it; what the other side does not is told."""
    terms, quote = (new, case.new.quote) if new else (old, case.old.quote)
    if old and case.old.quote and (case.new.left_out or not case.new.quote):
        terms, quote = old, case.old.quote
    assert terms is not None
    assert quote is not None
    words = case_in_words(case.query, terms, quote)
    notes = (
        [f"before: not asked for {_fields(case.old.left_out, new)}"] if case.old.left_out else []
    )
    notes += [f"now: not asked for {_fields(case.new.left_out, old)}"] if case.new.left_out else []
    return f"{words} ({'; '.join(notes)})" if notes else words


def _fields(names: tuple[str, ...], terms: TermsInWords | None) -> str:
    """Questions by their labels."""
    texts = terms.words if terms else None
    labels = [
        f"“{texts.text(f'question.{name}.label').text}”"
        if texts and texts.has_text(f"question.{name}.label")
        else {"minutes": "its length"}.get(name, name)
        for name in names
    ]
    return " and ".join(labels)


def prices_in_words(
    old: TermsInWords, before: Quote, new: TermsInWords, after: Quote
) -> tuple[str, str]:
    """Both prices; where they read alike, with what they are made of."""
    views = old.view(before), new.view(after)
    totals = views[0].total(), views[1].total()
    if totals[0] != totals[1]:
        return totals
    made_of = [view.breakdown() for view in views]
    if made_of[0] == made_of[1]:
        made_of = [_gaps(view) for view in views]
    return f"{totals[0]} ({made_of[0]})", f"{totals[1]} ({made_of[1]})"


def _gaps(view: QuoteView) -> str:
    """What is not published of a price."""
    missing = [view.missing(one) for one in view.quote.missing if one.what == "price"]
    return "; ".join(dict.fromkeys(missing)) or "all of it is published"
