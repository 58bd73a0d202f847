"""How prices stand to the tax, as HTML: as a rule, of a charge, and for some customers."""

from markupsafe import Markup

from termwise.pages.phrases.answers import said_answers
from termwise.pages.phrases.figures import slot_html
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.pricing.quote import REVERSE
from termwise_calculator.pricing.tax import NOT_STATED
from termwise_calculator.terms.money import NO_CURRENCY
from termwise_calculator.terms.tariff import Charge, OwnTax, TaxBasis


def tax_note(view: PolicyView, charge: Charge | None = None) -> Markup:
    """Whether the amounts hold the tax, of a charge or as a rule, and for whom.

    Empty where nothing has a price.
    """
    tax = view.policy.tax
    if view.policy.currency == NO_CURRENCY:
        return NOTHING
    if tax is None:
        return view.say("The provider does not say whether tax is included.")
    name, charges = view.words.tax_name(tax.name), view.policy.charges.values()
    if charge is not None or not any(one.tax and one.tax.prices for one in charges):
        notes = [_amounts(view, tax.basis_for(charge, {}), name)]
    else:
        notes = [_amounts_as_a_rule(view, tax.basis, name)]
    for one in tax.customers:
        if charge is not None and not one.concerns(charge):
            continue
        told = basis_note(view, tax.basis.but(one.own), one.own, f"tax.{one.id}.rate")
        who = joined([said_answers(view, one.when, ", "), *_concerned(view, one.charges)], ", ")
        note = view.say("{customers}: {tax}.", customers=who, tax=told)
        notes.append(html("{} {}", note, view.clause_links(one.clauses)))
    return joined(notes, " ")


def _amounts(view: PolicyView, basis: TaxBasis, name: str) -> Markup:
    """How amounts stand to the tax as a rule."""
    if basis.charged == "no":
        return view.say("The provider charges no {name}.", name=name)
    if basis.included:
        return view.say("Amounts include {name}.", name=name)
    if basis.prices == NOT_STATED:
        return view.say("The provider does not say whether tax is included.")
    return view.say("Amounts without {name}.", name=name)


def _amounts_as_a_rule(view: PolicyView, basis: TaxBasis, name: str) -> Markup:
    """How amounts stand to the tax, save those beside which something else stands."""
    if basis.included:
        return view.say("Amounts include {name} unless stated otherwise beside them.", name=name)
    if basis.prices == NOT_STATED:
        return view.say(
            "The provider does not say of every price whether it includes {name}.", name=name
        )
    return view.say("Amounts are without {name} unless stated otherwise beside them.", name=name)


def _concerned(view: PolicyView, charges: tuple[str, ...]) -> list[Markup]:
    return [view.inline(f"charge.{charge}") for charge in charges]


def basis_note(view: PolicyView, basis: TaxBasis, own: OwnTax, rate: str) -> Markup:
    """How prices stand to the tax, with its rate, at this path, where that is their own."""
    tax = view.policy.tax
    name = view.words.tax_name(tax.name if tax else "")
    if own.rate is not None and basis.charged == "yes":
        name = view.say("{name} {rate}", name=name, rate=slot_html(view, rate))
    if basis.charged == REVERSE:
        return view.say(
            "reverse charge: no {name} is charged, the customer accounts for it", name=name
        )
    if basis.charged == "no":
        return view.say("no {name} is charged", name=name)
    if basis.prices == NOT_STATED:
        return view.say("with or without {name}, which is not stated", name=name)
    if basis.included:
        return view.say("with {name}", name=name)
    return view.say("without {name}", name=name)
