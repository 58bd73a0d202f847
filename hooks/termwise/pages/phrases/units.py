"""What a price is for, and by which steps it is counted."""

from markupsafe import Markup

from termwise.pages.phrases.figures import detail
from termwise.pages.phrases.length_words import billed_by_started, per_length
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, escape, html
from termwise_calculator.telling.begun import agreeing, per_started
from termwise_calculator.terms.tariff import Charge, WindowRate


def unit_words(view: PolicyView, charge: Charge) -> Markup:
    """What a price is for: "per 60 minutes or part of them", "per kWh"."""
    if charge.price_minutes is not None:
        if charge.increment_minutes == charge.price_minutes:
            return escape(per_started(view.words, charge.price_minutes))
        return per_length(view.words, charge.price_minutes)
    if charge.unit == "quantity":
        return _unit_of_quantity(view, charge)
    return view.say("per session") if charge.unit == "session" else view.say("per request")


def for_each_unit(view: PolicyView, question: str) -> Markup:
    """That something is due for each unit of the answer to a question; nothing without one."""
    if not question:
        return NOTHING
    asked_for = view.inline(f"question.{question}.label")
    return view.say("for each unit of: {question}", question=asked_for)


def _unit_of_quantity(view: PolicyView, charge: Charge) -> Markup:
    words, question = view.words, charge.question
    number, unit = words.number(charge.per_units), view.unit(question, charge.per_units)
    amount = unit if charge.per_units == 1 else html("{} {}", number, unit)
    if charge.step_units == charge.per_units:
        return view.say_count(
            "per {unit} or part of it",
            "per {unit} or part of them",
            agreeing(charge.per_units),
            unit=amount,
        )
    exact = view.say_in("price", "per {unit}", unit=amount)
    if charge.step_units is None:
        return exact
    step_unit = view.unit(question, charge.step_units)
    step = html("{} {}", words.number(charge.step_units), step_unit)
    return exact + detail(
        view.say_count(
            "billed per {unit} or part of it",
            "billed per {unit} or part of them",
            agreeing(charge.step_units),
            unit=step,
        )
    )


def billed(view: PolicyView, charge: Charge, rate: WindowRate | None = None) -> Markup:
    """By which steps time is billed, where that is not what the price is for."""
    own = rate.increment_minutes if rate else None
    minutes = own or charge.increment_minutes
    if minutes is None or minutes == charge.price_minutes:
        return NOTHING
    return detail(billed_by_started(view.words, minutes))
