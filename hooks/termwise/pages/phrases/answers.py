"""Answers to the questions of a policy, as the form words them."""

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
    if question.kind == "total":
        return _amount_label(view, question, answer)
    if question.bands:
        return _band_label(view, question, answer)
    return escape(view.plain(f"question.{question.id}.{answer}"))


def _band_label(view: PolicyView, question: Question, band: str) -> Markup:
    """Which numbers a band holds."""
    begins, under = question.bounds_of(band)
    unit = view.unit(question.id, begins if under is None else under)
    number = view.words.number(begins)
    if under is None:
        return view.say("{number} {unit} or more", number=number, unit=unit)
    other = view.words.number(under)
    if not begins:
        return view.say("less than {number} {unit}", number=other, unit=unit)
    return view.say("{number} to less than {other} {unit}", number=number, other=other, unit=unit)


def _amount_label(view: PolicyView, total: Question, band: str) -> Markup:
    """Which amounts a band of a total holds."""
    number, last = total.options.index(band), len(total.options) - 1

    def end(place: int) -> Markup:
        return slot_html(view, f"{total.id}.bands.{place}.under")

    if not number:
        return view.say("less than {amount}", amount=end(1))
    if number == last:
        return view.say("{amount} or more", amount=end(last))
    return view.say("{amount} to less than {other}", amount=end(number), other=end(number + 1))


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
        labels = view.any_of([answer_label(view, question, answer) for answer in answers])
        asked_for = view.inline(f"question.{question_id}.label")
        parts.append(
            view.say_in("answer", "“{question}” – {answer}", question=asked_for, answer=labels)
        )
    return joined(parts, between)
