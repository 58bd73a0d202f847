"""The fields of a policy's own questions."""

from decimal import Decimal

from markupsafe import Markup

from termwise.pages.calculator.fields import (
    BY_MINUTE,
    IDS,
    Options,
    field_of,
    problem,
    radios,
    zone_of,
)
from termwise.pages.phrases.answers import answer_label
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.terms.policy import Question

MOST_RADIO_OPTIONS = 4


def question_field(
    view: PolicyView, question: Question, asked: list[str], ids: str = IDS
) -> Markup:
    """The control that fits a question: buttons, a list, digits, a date."""
    if question.kind in ("yes-no", "choice"):
        return _choice_field(view, question, asked, ids)
    content = html(
        '<label for="{ids}-{name}">{label}</label>'
        '<div class="tw-pair"><input id="{ids}-{name}" name="{name}" {control} '
        'value="{value}"><span class="tw-unit">{unit}</span></div>{help}{problem}',
        ids=ids,
        name=question.id,
        label=view.inline(f"question.{question.id}.label"),
        control=_control(question),
        value=question.default,
        unit=_unit(view, question),
        help=_help(view, question),
        problem=problem(question.id, ids),
    )
    return field_of(view, question.id, asked, content)


def _unit(view: PolicyView, question: Question) -> Markup:
    if question.kind == "minutes":
        return view.say_in("unit", "min")
    return view.unit(question.id) if question.kind == "number" else NOTHING


def _control(question: Question) -> Markup:
    """The attributes of the control that takes an answer in digits."""
    if question.kind == "minutes":
        return BY_MINUTE
    if question.kind == "date":
        return html('type="date"')
    if question.kind == "number":
        step = Decimal(1).scaleb(-question.decimals)
        return html(
            'type="number" inputmode="decimal" min="0" max="999999999" step="{}"', f"{step:f}"
        )
    return html(
        'type="text" inputmode="decimal" autocomplete="off" spellcheck="false" maxlength="40"'
    )


def _choice_field(view: PolicyView, question: Question, asked: list[str], ids: str) -> Markup:
    options = [(option, answer_label(view, question, option)) for option in question.options]
    few = len(options) <= MOST_RADIO_OPTIONS
    content = (
        _label(view, question, ids, few=few)
        + _choices(question, options, ids, few=few)
        + _help(view, question)
        + problem(question.id, ids)
    )
    return field_of(view, question.id, asked, content, "fieldset" if few else "div")


def _choices(question: Question, options: Options, ids: str, *, few: bool) -> Markup:
    if few:
        return radios(question.id, options, question.default, question.zones)
    return _list(f"{ids}-{question.id}", question, options)


def _label(view: PolicyView, question: Question, ids: str, *, few: bool) -> Markup:
    label = view.inline(f"question.{question.id}.label")
    if few:
        return html("<legend>{}</legend>", label)
    return html('<label for="{}-{}">{}</label>', ids, question.id, label)


def _list(own_id: str, question: Question, options: Options) -> Markup:
    """A list that opens."""
    choices = (
        html(
            '<option value="{}"{}{}>{}</option>',
            value,
            zone_of(value, question.zones),
            html(" selected") if value == question.default else NOTHING,
            text,
        )
        for value, text in options
    )
    return html(
        '<select id="{own_id}" name="{name}">{choices}</select>',
        own_id=own_id,
        name=question.id,
        choices=joined(choices, ""),
    )


def _help(view: PolicyView, question: Question) -> Markup:
    if not view.has(f"question.{question.id}.help"):
        return NOTHING
    return html('<p class="tw-help">{}</p>', view.inline(f"question.{question.id}.help"))
