"""The rows of the price table that say how amounts are rounded."""

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from termwise.pages.phrases.answers import said_answers
from termwise.pages.phrases.figures import slot_html
from termwise.pages.policy.table import Row, cited
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, escape
from termwise_calculator.terms.money import HALF_UP


def rounding_rows(view: PolicyView) -> Iterator[Row]:
    """A row for each amount, and one for what is paid in cash, where the policy says so."""
    policy = view.policy
    if policy.rounding_clauses:
        smallest = Decimal(1).scaleb(-policy.currency_digits)
        step = escape(view.words.money(smallest, policy.currency, policy.currency_digits))
        label = view.say("Rounding of each amount")
        told = _rounded(view, policy.rounding, step)
        yield label, NOTHING, told, cited(view, None, policy.rounding_clauses, label)
    if policy.cash is not None:
        label, step = view.say("Rounding of what is paid"), slot_html(view, "rounding.cash")
        told = _rounded(view, policy.cash.rule, step)
        clauses = cited(view, None, policy.cash.clauses, label, "rounding.cash")
        yield label, said_answers(view, policy.cash.when), told, clauses


def _rounded(view: PolicyView, rule: str, step: Markup) -> Markup:
    """How something is rounded to steps of an amount."""
    if rule == HALF_UP:
        return view.say("to the nearest {step}, halves up", step=step)
    if rule == "half even":
        return view.say("to the nearest {step}, halves to the even digit", step=step)
    if rule == "half down":
        return view.say("to the nearest {step}, halves down", step=step)
    if rule == "up":
        return view.say("up to {step}", step=step)
    return view.say("down to {step}", step=step)
