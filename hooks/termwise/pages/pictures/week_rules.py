"""The rules of a policy that depend on the hour, each with what it says of the week."""

from collections.abc import Iterator

from termwise.pages.pictures.week_days import Week
from termwise.pages.pictures.week_drawing import Cell
from termwise.pages.pictures.week_prices import amount, charge_label, price_weeks, rule_name
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html
from termwise_calculator.coverage.answers import Asked, combinations, in_few
from termwise_calculator.terms.policy import Policy, Response
from termwise_calculator.terms.tariff import Answers, Applies, Charge, Unpublished


def weeks(view: PolicyView) -> Iterator[Week]:
    """A week for every rule that depends on the hour, in the order of the policy."""
    for charge, dearest in _at_both_ends(view):
        yield from price_weeks(view, [charge, dearest] if view.policy.dearest else [charge])
        if charge.applies is not None:
            yield _added_week(view, charge, charge.applies)
    for response in view.policy.responses.values():
        yield from (_support_week(view, response, name) for name in response.windows)


def _at_both_ends(view: PolicyView) -> Iterator[tuple[Charge, Charge]]:
    """Each charge with each price it may have, at the cheapest and at the dearest end of ranges."""
    for name, charge in view.policy.charges.items():
        cheapest = _priced(view.policy, charge)
        yield from zip(cheapest, _priced(view.dearest, view.dearest.charges[name]), strict=True)


def _priced(policy: Policy, charge: Charge) -> Iterator[Charge]:
    """The charge with each price it may have, or each week of prices that answers may choose."""
    if not charge.by_window:
        yield from charge.priced
        return
    deciding = (*policy.questions.values(), *policy.totals.values())
    asked = [Asked(one.id, one.options, one.when) for one in deciding]
    asked = [one for one in asked if one.options]
    weeks: dict[str, list[Answers]] = {}
    for way in combinations(asked, (charge.when, *(entry.when for entry in charge.table))):
        for priced in charge.priced_for(way):
            weeks.setdefault(priced.chosen, []).append(way)
    for ways in weeks.values():
        (priced,) = charge.priced_for(ways[0])
        for number, when in enumerate(in_few(asked, ways)):
            yield priced._replace(
                when=when, chosen=f"{priced.chosen}-{number}" if number else priced.chosen
            )


def _added_week(view: PolicyView, charge: Charge, applies: Applies) -> Week:
    words, window = view.words, view.policy.windows[applies.window]
    added, not_added = _added_cell(view, charge), Cell("tw-week__free", words.say("no fee"))
    touching = words.say("Added to every session that falls in the marked hours, even in part.")
    return Week(
        rule=rule_name(charge),
        title=words.say("The week: when a fee is added"),
        label=charge_label(view, charge),
        notes=(html("{} {}", touching, view.clause_links(charge.clauses)),),
        windows=(window,),
        cell_of=lambda touched: added if bool(touched) == applies.inside else not_added,
        readings=charge.readings,
    )


def _added_cell(view: PolicyView, charge: Charge) -> Cell:
    words = view.words
    if isinstance(charge.price, Unpublished):
        return Cell("tw-week__gap", words.say("fee, amount not published"))
    price = amount(view, charge.price_path)
    return Cell("tw-week__2", words.say("fee: {price}", price=price))


def _support_week(view: PolicyView, response: Response, window_id: str) -> Week:
    words, window = view.words, view.policy.windows[window_id]
    opened = Cell("tw-week__2", words.say("open"))
    closed = Cell("tw-week__free", words.say("closed"))
    counted = words.say("Response time is counted in the open hours only.")
    return Week(
        rule=response.id if window_id == response.windows[0] else f"{response.id}-{window_id}",
        title=words.say("The week: when support is open"),
        label=view.inline(f"response.{response.id}"),
        notes=(html("{} {}", counted, view.clause_links(response.clauses)),),
        windows=(window,),
        cell_of=lambda counted_in: opened if counted_in else closed,
        readings=response.readings,
    )
