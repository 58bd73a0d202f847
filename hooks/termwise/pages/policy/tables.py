"""The table of prices of a policy page: every tariff value, from the same slots as the prose."""

from markupsafe import Markup

from termwise.pages.phrases.taxes import tax_note
from termwise.pages.policy.charge_rows import charge_rows
from termwise.pages.policy.rounding_rows import rounding_rows
from termwise.pages.policy.rule_rows import (
    allowance_rows,
    discount_rows,
    limit_rows,
    surcharge_rows,
)
from termwise.pages.policy.table import Columns, Row, table
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html
from termwise_calculator.terms.resting import CURRENCY


def price_table(view: PolicyView) -> Markup:
    """Charges, discounts and allowances, each with when it applies and its clause."""
    shown = table(view.words.say("Prices"), price_columns(view), price_rows(view))
    note = tax_note(view)
    return shown + _note(note + view.marks(CURRENCY) if note else note)


def price_columns(view: PolicyView) -> Columns:
    """What the table says of each price."""
    say = view.words.say
    return say("What"), say("When"), say("Price"), say("Clauses")


def price_rows(view: PolicyView) -> list[Row]:
    """The rows of the table."""
    rows = [row for charge in view.dearest.charges.values() for row in charge_rows(view, charge)]
    rows += surcharge_rows(view)
    rows += discount_rows(view)
    rows += limit_rows(view)
    rows += allowance_rows(view)
    rows += rounding_rows(view)
    return rows


def _note(note: Markup) -> Markup:
    return html('\n<p class="tw-help">{}</p>', note) if note else NOTHING
