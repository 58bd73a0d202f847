"""Answers to the questions of a policy, as the form words them."""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from termwise.pages.phrases.figures import slot_html
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import escape, joined
from termwise_calculator.terms.policy import Question
from termwise_calculator.terms.tariff import When


def answer_label(view: PolicyView, question: Question, answer: str) -> Markup:
    """An answer as the form shows it."""
    if question.kind == "yes-no":
        return view.say("yes") if answer == "yes" else view.say("no")
    if question.bands:
        place = question.options.index(answer)
        return _band_label(view, question, place, place)
    return escape(view.plain(f"question.{question.id}.{answer}"))


def _answer_labels(view: PolicyView, question: Question, answers: Sequence[str]) -> list[Markup]:
    """Answers as the form shows them; bands that follow one another as one."""
    if not question.bands or len(answers) == len(question.options):
        return [answer_label(view, question, answer) for answer in answers]
    named = [place for place, band in enumerate(question.options) if band in answers]
    first = [place for place in named if place - 1 not in named]
    last = [place for place in named if place + 1 not in named]
    return [_band_label(view, question, *ends) for ends in zip(first, last, strict=True)]


def _band_label(view: PolicyView, question: Question, first: int, last: int) -> Markup:
    """Which numbers, or amounts of a total, one band or several hold, by their places."""
    begins = question.bands[first - 1].under if first else None
    under = question.bands[last].under
    if question.kind == "total":
        return _amounts(view, question, first, None if under is None else last + 1)
    unit = view.unit(question.id, (begins or Decimal(0)) if under is None else under)
    number = view.words.number(begins or Decimal(0))
    if under is None:
        return view.say("{number} {unit} or more", number=number, unit=unit)
    other = view.words.number(under)
    if not begins:
        return view.say("less than {number} {unit}", number=other, unit=unit)
    return view.say("{number} to less than {other} {unit}", number=number, other=other, unit=unit)


def _amounts(view: PolicyView, total: Question, begins: int, under: int | None) -> Markup:
    """The amounts between the ends of two bands, counted from 1; 0 is nothing, None no end."""

    def end(number: int) -> Markup:
        return slot_html(view, f"{total.id}.bands.{number}.under")

    if under is None:
        return view.say("{amount} or more", amount=end(begins))
    if not begins:
        return view.say("less than {amount}", amount=end(under))
    return view.say("{amount} to less than {other}", amount=end(begins), other=end(under))


def said_answers(view: PolicyView, when: When, between: str = "<br>") -> Markup:
    """The answers a rule asks for, one question after the other, each once."""
    asked: dict[str, tuple[str, ...]] = {}
    for question_id, answers in when.answers:
        before = asked.get(question_id, answers)
        asked[question_id] = tuple(one for one in answers if one in before) or answers
    parts = []
    for question_id, answers in asked.items():
        question = view.policy.deciding(question_id)
        who = f"question.{question_id}.{answers[0]}"
        if question.kind == "yes-no" and len(answers) == 1 and view.has(who):
            parts.append(view.inline(who))
            continue
        labels = view.any_of(_answer_labels(view, question, answers))
        asked_for = view.inline(f"question.{question_id}.label")
        parts.append(
            view.say_in("answer", "“{question}” – {answer}", question=asked_for, answer=labels)
        )
    return joined(parts, between)
