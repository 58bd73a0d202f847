"""The rows of what changes prices: surcharges, discounts, limits and allowances."""

from collections.abc import Iterator

from markupsafe import Markup

from termwise.pages.phrases.answers import said_answers
from termwise.pages.phrases.figures import (
    detail,
    open_figure,
    relation_html,
    slot_html,
    slot_length,
)
from termwise.pages.phrases.units import for_each_unit
from termwise.pages.policy.table import Row, cited, one_below_another
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, escape, html, joined
from termwise_calculator.terms.tariff import (
    Allowance,
    Discount,
    Limit,
    Surcharge,
    Unpublished,
    alike,
)


def surcharge_rows(view: PolicyView) -> Iterator[Row]:
    """A row for each surcharge."""
    for surcharge in view.dearest.surcharges.values():
        percent = slot_html(view, f"{surcharge.id}.percent")
        figure = view.say("plus {percent}", percent=percent)
        if isinstance(surcharge.percent, Unpublished):
            figure = open_figure(view, surcharge.percent)
        figure += _of_the_whole(view, surcharge)
        if _highest_alone(view, surcharge):
            figure += detail(view.say("where several apply, only the highest"))
        label = view.inline(f"surcharge.{surcharge.id}") + _covers(view, surcharge)
        places = f"{surcharge.id}.percent", f"surcharge.{surcharge.id}", *_hours(surcharge)
        where = cited(view, surcharge, surcharge.clauses, label, *places)
        yield label, _when(view, surcharge), figure, where


def _highest_alone(view: PolicyView, surcharge: Surcharge) -> bool:
    """Tell whether some service charges it only where no other one is higher."""
    together = (
        one.surcharges_together
        for one in view.policy.services.values()
        if len(alike(surcharge, one.surcharges, view.policy.surcharges)) > 1
    )
    return "highest" in together


def _of_the_whole(view: PolicyView, rule: Surcharge | Discount) -> Markup:
    """That a percentage is one of everything that is due without it."""
    return detail(view.say("of the whole")) if rule.of_the_whole else NOTHING


def discount_rows(view: PolicyView) -> Iterator[Row]:
    """A row for each discount."""
    for discount in view.dearest.discounts.values():
        label = view.inline(f"discount.{discount.id}") + _covers(view, discount)
        places = f"{discount.id}.percent", f"discount.{discount.id}", *_hours(discount)
        where = cited(view, discount, discount.clauses, label, *places)
        yield label, _when(view, discount), _discount_figure(view, discount), where


def _discount_figure(view: PolicyView, discount: Discount) -> Markup:
    if isinstance(discount.percent, Unpublished):
        return open_figure(view, discount.percent)
    if discount.is_everything:
        return escape(view.words.free())
    figure = html("−{}", slot_html(view, f"{discount.id}.percent"))
    figure += _of_the_whole(view, discount) + _beside_others(view, discount)
    return figure + joined(map(detail, _repeated(view, discount)))


def _beside_others(view: PolicyView, discount: Discount) -> Markup:
    """How a discount goes with others, where it is not the only one that is taken."""
    services, discounts = view.policy.services.values(), view.policy.discounts
    beside = [(one, alike(discount, one.discounts, discounts)) for one in services]
    together = {one.discounts_together for one, names in beside if len(names) > 1}
    if together == {"add"}:
        return detail(view.say("added to other discounts"))
    if together == {"multiply"} and any(names.index(discount.id) for _, names in beside if names):
        return detail(view.say("off what the discounts above it leave"))
    return NOTHING


def _repeated(view: PolicyView, discount: Discount) -> Iterator[Markup]:
    """What the percentage is for, where it counts more than once, and the most of it."""
    if discount.for_each:
        yield for_each_unit(view, discount.for_each)
    if discount.at_most is not None:
        most = slot_html(view, f"{discount.id}.at_most")
        yield view.say("at most {percent} in all", percent=most)


def limit_rows(view: PolicyView) -> Iterator[Row]:
    """A row for each limit."""
    for limit in view.dearest.limits.values():
        figure = _bound(view, limit) + detail(_period(view, limit)) + _side(view, limit)
        label = view.inline(f"limit.{limit.id}") + _covers(view, limit)
        places = f"{limit.id}.maximum", f"{limit.id}.minimum", f"limit.{limit.id}"
        where = cited(view, limit, limit.clauses, label, *places, *_hours(limit))
        yield label, _when(view, limit), figure, where


def _bound(view: PolicyView, limit: Limit) -> Markup:
    """The most or the least that is charged."""
    if isinstance(limit.amount, Unpublished):
        most = view.say("at most an amount that is not published")
        least = view.say("at least an amount that is not published")
        return open_figure(view, limit.amount, most if limit.most else least)
    path = f"{limit.id}.{'maximum' if limit.most else 'minimum'}"
    figure, made = slot_html(view, path), detail(relation_html(view, path))
    if limit.most:
        return view.say("at most {amount}", amount=figure) + made
    return view.say("at least {amount}", amount=figure) + made


def _side(view: PolicyView, limit: Limit) -> Markup:
    """Whether the amount of a limit is with tax, where that is not said of all prices at once."""
    tax = view.policy.tax
    if tax is None or not limit.prices:
        return NOTHING
    name = view.words.tax_name(tax.name)
    if limit.prices == "included":
        return detail(view.say("with {name}", name=name))
    return detail(view.say("without {name}", name=name))


def _period(view: PolicyView, limit: Limit) -> Markup:
    """In which time a limit holds, where that is not the whole session."""
    if limit.by_day:
        return view.say("per calendar day")
    if not limit.period_minutes:
        return NOTHING
    length = slot_length(view, f"{limit.id}.per", ("hours",))
    return view.say("per {length}, counted from the start of the session", length=length)


def _when(view: PolicyView, rule: Surcharge | Discount | Limit) -> Markup:
    """For which answers and in which window a rule holds."""
    window = slot_html(view, f"windows.{rule.window}") if rule.window else NOTHING
    return one_below_another(said_answers(view, rule.when), window)


def _hours(rule: Surcharge | Discount | Limit) -> tuple[str, ...]:
    """The window in which a rule holds, if there is one."""
    return (f"windows.{rule.window}",) if rule.window else ()


def _covers(view: PolicyView, rule: Surcharge | Discount | Limit) -> Markup:
    """The charges that a rule is on, where a service has others beside them."""
    beside = {
        charge
        for service in view.policy.services.values()
        if rule.id in (*service.surcharges, *service.discounts, *service.limits)
        for charge in service.charges
    }
    if isinstance(rule, Limit) and rule.surcharges:
        names = [view.inline(f"surcharge.{one}") for one in rule.surcharges]
    elif beside <= set(rule.charges):
        return NOTHING
    else:
        names = [view.inline(f"charge.{charge}") for charge in dict.fromkeys(rule.charges)]
    return detail(view.say("Covers: {charges}", charges=joined(dict.fromkeys(names), "; ")))


def allowance_rows(view: PolicyView) -> Iterator[Row]:
    """A row for each allowance."""
    for allowance in view.policy.allowances.values():
        figure, when = _allowance_figure(view, allowance), said_answers(view, allowance.when)
        figure += joined([*_carried_details(view, allowance), *_burn_details(view, allowance)])
        label = view.inline(f"allowance.{allowance.id}")
        clauses = allowance.clauses + (allowance.carried.clauses if allowance.carried else ())
        places = f"{allowance.id}.minutes", f"allowance.{allowance.id}"
        yield label, when, figure, cited(view, allowance, clauses, label, *places)


def _carried_details(view: PolicyView, allowance: Allowance) -> Iterator[Markup]:
    """What of it may be used in the next period."""
    carried = allowance.carried
    if carried is None:
        return
    if carried.most is None:
        yield detail(view.say("what is left may be used in the next period"))
        return
    most = slot_length(view, f"{allowance.id}.carried")
    yield detail(view.say("of what is left, at most {length} in the next period", length=most))


def _burn_details(view: PolicyView, allowance: Allowance) -> Iterator[Markup]:
    """How much of it a minute uses up, window by window."""
    for burn in allowance.burns:
        window = slot_html(view, f"windows.{burn.window}")
        factor = slot_html(view, f"{allowance.id}.burns.{burn.window}")
        yield detail(view.say("used up × {factor}: {window}", factor=factor, window=window))


def _allowance_figure(view: PolicyView, allowance: Allowance) -> Markup:
    """How much time there is, and how long it can be used."""
    if isinstance(allowance.minutes, Unpublished):
        return open_figure(view, allowance.minutes)
    minutes = slot_length(view, f"{allowance.id}.minutes")
    if allowance.period == "without expiry":
        return view.say("{minutes} in all, without expiry", minutes=minutes)
    if allowance.period == "calendar month":
        return view.say("{minutes} free per calendar month", minutes=minutes)
    if allowance.period == "calendar quarter":
        return view.say("{minutes} free per calendar quarter", minutes=minutes)
    if allowance.period:
        return view.say("{minutes} free per calendar year", minutes=minutes)
    months = slot_html(view, f"{allowance.id}.valid")
    return view.say(
        "{minutes} prepaid, valid for {months} from the purchase", minutes=minutes, months=months
    )
