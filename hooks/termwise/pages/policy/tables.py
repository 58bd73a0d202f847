"""The price tables of a policy page: every tariff value, from the same slots as the prose."""

from collections.abc import Iterator

from termwise.pages.calculator.form import answer_label
from termwise.pages.policy.figures import detail, figure_html, open_figure, price_html, slot_html
from termwise.pages.policy.length_words import (
    billed_by_started,
    first_length,
    per_length,
    per_started,
)
from termwise.pages.policy_view import PolicyView
from termwise_calculator.pricing.rates import price_under
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.slots import slot_text
from termwise_calculator.terms.money import NO_CURRENCY
from termwise_calculator.terms.policy import Response, Target
from termwise_calculator.terms.tariff import (
    Allowance,
    Charge,
    Discount,
    Limit,
    Surcharge,
    Unpublished,
    When,
    WindowRate,
    multiplied,
)
from termwise_calculator.time.lengths import SECOND

Row = tuple[str, str, str, str]
"""What, when, figure, clauses; each as HTML."""


def price_table(view: PolicyView) -> str:
    """Charges, discounts and allowances, each with when it applies and its clause."""
    rows = [row for charge in view.policy.charges.values() for row in _charge_rows(view, charge)]
    rows += _surcharge_rows(view)
    rows += _discount_rows(view)
    rows += _limit_rows(view)
    rows += _allowance_rows(view)
    words = view.words
    columns = (words.say("What"), words.say("When"), words.say("Price"), words.say("Clauses"))
    return _table(words.say("Prices"), columns, rows) + _note(tax_note(view))


def tax_note(view: PolicyView) -> str:
    """Whether the amounts hold the tax, as HTML; empty where nothing has a price."""
    tax, words = view.policy.tax, view.words
    if view.policy.currency == NO_CURRENCY:
        return ""
    if tax is None:
        return escape(words.say("The provider does not say whether tax is included."))
    name = words.tax_name(tax.name)
    if tax.included:
        return escape(words.say("Amounts include {name}.", name=name))
    return escape(words.say("Amounts without {name}.", name=name))


def _note(note: str) -> str:
    return f'\n<p class="tw-help">{note}</p>' if note else ""


def response_table(view: PolicyView) -> str:
    """Response targets by answer; empty for providers that publish none."""
    words = view.words
    columns = (
        words.say("Who asks"),
        words.say("Counted"),
        words.say("Target"),
        words.say("Clauses"),
    )
    rows = list(_response_rows(view))
    if not rows:
        return ""
    caption = words.say("Response targets")
    return f'<p class="tw-table-title">{escape(caption)}</p>\n{_table(caption, columns, rows)}'


def _table(caption: str, columns: tuple[str, ...], rows: list[Row]) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "\n".join(
        f'<tr><th scope="row">{what}</th><td>{when}</td><td class="tw-figure">{figure}</td>'
        f"<td>{clauses}</td></tr>"
        for what, when, figure, clauses in rows
    )
    return (
        f'<div class="tw-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">\n'
        f'<table class="tw-rates tw-prices">'
        f'<caption class="tw-unseen">{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _charge_rows(view: PolicyView, charge: Charge) -> Iterator[Row]:
    label, who = view.inline(f"charge.{charge.id}"), _answers(view, charge.when)
    if charge.first:
        price = price_html(view, charge.first.price, f"{charge.id}.first.price")
        length = first_length(view.words, charge.first.minutes)
        yield label, who, f"{price}{detail(length)}", view.clause_links(charge.first.clauses)
    for number, block in enumerate(charge.following, 1):
        path = f"{charge.id}.then.{number}"
        length = view.words.say("then {length}", length=slot_html(view, f"{path}.length"))
        price = price_html(view, block.price, f"{path}.price")
        yield label, who, f"{price}{detail(length)}", view.clause_links(block.clauses)
    yield from _bound_rows(view, charge, label, who)
    yield from _tier_rows(view, charge, label, who)
    for priced in charge.priced:
        yield from _priced_rows(view, priced, label)


def _priced_rows(view: PolicyView, charge: Charge, label: str) -> Iterator[Row]:
    """What a charge costs beyond its own blocks and tiers: at any time, or window by window."""
    who, per = _answers(view, charge.when), unit_words(view, charge)
    if charge.rate is None:
        times = _joined(_touching(view, charge), who if charge.chosen else "") or who
        price = price_html(view, charge.price, charge.price_path)
        step = _billed(view, charge)
        figure = f"{price}{detail(per)}{step}{_own_tax(view, charge)}"
        yield label, times, figure, view.clause_links(charge.clauses)
        return
    for rate in charge.rate.windows:
        times = _joined(who, slot_html(view, f"windows.{rate.window}"))
        due = multiplied(*price_under(charge, rate))
        price = figure_html(view, due, f"{charge.price_path}.{rate.window}")
        counted = per
        if isinstance(rate.factor, Unpublished):
            pass  # what is not published is said in place of the price
        elif rate.percent is not None:
            added = slot_html(view, f"{charge.id}.rate.{rate.window}")
            counted = f"{per}, {view.words.say('plus {percent}', percent=added)}"
        elif rate.factor != 1:
            counted = f"{per}, × {slot_html(view, f'{charge.id}.rate.{rate.window}')}"
        step = _billed(view, charge, rate)
        figure = f"{price}{detail(counted)}{step}{_own_tax(view, charge)}"
        yield label, times, figure, view.clause_links(rate.clauses)
    yield _otherwise_row(view, charge, label, charge.rate.otherwise)


def _bound_rows(view: PolicyView, charge: Charge, label: str, who: str) -> Iterator[Row]:
    """The least time that is billed, and how much over a whole increment is not."""
    words = view.words
    if charge.least_minutes:
        least = words.say(
            "at least {minutes} billed", minutes=slot_html(view, f"{charge.id}.least")
        )
        yield label, who, least, view.clause_links(charge.clauses)
    if charge.tolerance_minutes:
        over = slot_html(view, f"{charge.id}.tolerance")
        tolerated = words.say("up to {minutes} over not billed", minutes=over)
        yield label, who, tolerated, view.clause_links(charge.tolerance_clauses)


def _tier_rows(view: PolicyView, charge: Charge, label: str, who: str) -> Iterator[Row]:
    for number, tier in enumerate(charge.tiers, 1):
        path, words = f"{charge.id}.tiers.{number}", view.words
        if isinstance(tier.up_to, Unpublished):
            up_to = escape(words.say("up to a number that is not published"))
        else:
            end, unit = slot_html(view, f"{path}.up_to"), view.unit(charge.counts or "", tier.up_to)
            up_to = words.say("up to {number} {unit}", number=end, unit=unit)
        price = price_html(view, tier.price, f"{path}.price")
        per = escape(words.say("for all of them")) if tier.flat else unit_words(view, charge)
        when = _joined(who, up_to)
        yield label, when, f"{price}{detail(per)}", view.clause_links(tier.clauses)


def _otherwise_row(
    view: PolicyView, charge: Charge, label: str, otherwise: WindowRate | Unpublished
) -> Row:
    """What holds outside all windows: a gap, the price itself, or nothing."""
    times = escape(view.words.say("at other times"))
    when = _joined(_answers(view, charge.when), times) if charge.chosen else times
    if isinstance(otherwise, Unpublished):
        return _gap_row(view, label, when, otherwise)
    figure = escape(view.words.free())
    if otherwise.factor:
        base = figure_html(view, charge.price, charge.price_path)
        price = f"{base}{detail(unit_words(view, charge))}"
        figure = f"{price}{_billed(view, charge)}{_own_tax(view, charge)}"
    return label, when, figure, view.clause_links(otherwise.clauses)


def _own_tax(view: PolicyView, charge: Charge) -> str:
    """The rate of the tax on a charge that has one of its own."""
    if charge.tax_rate is None or view.policy.tax is None:
        return ""
    name, rate = view.words.tax_name(view.policy.tax.name), slot_html(view, f"{charge.id}.tax")
    return detail(escape(view.words.say("{name} {rate}", name=name, rate=rate)))


def _billed(view: PolicyView, charge: Charge, rate: WindowRate | None = None) -> str:
    """By which steps time is billed, where that is not what the price is for."""
    own = rate.increment_minutes if rate else None
    minutes = own or charge.increment_minutes
    if minutes is None or minutes == charge.price_minutes:
        return ""
    if minutes == 1:
        return detail(escape(view.words.say("billed by the minute")))
    if minutes == SECOND:
        return detail(escape(view.words.say("billed by the second")))
    return detail(billed_by_started(view.words, minutes))


def _gap_row(view: PolicyView, label: str, when: str, unpublished: Unpublished) -> Row:
    gap = view.policy.gaps[unpublished.gap]
    return label, when, open_figure(view, unpublished), view.clause_link(gap.clause)


def unit_words(view: PolicyView, charge: Charge) -> str:
    """What a price is for, as HTML: "per started 60 minutes", "per kWh"."""
    words = view.words
    if charge.price_minutes is not None:
        started = charge.increment_minutes == charge.price_minutes
        return (per_started if started else per_length)(words, charge.price_minutes)
    if charge.unit == "quantity":
        return _unit_of_quantity(view, charge)
    return escape(
        words.say("per session") if charge.unit == "session" else words.say("per request")
    )


def _unit_of_quantity(view: PolicyView, charge: Charge) -> str:
    words, question = view.words, charge.counts or ""
    number, unit = words.number(charge.per_units), view.unit(question, charge.per_units)
    amount = unit if charge.per_units == 1 else f"{escape(number)} {unit}"
    if charge.step_units == charge.per_units:
        return words.say("per started {length}", length=amount)
    exact = words.say_in("price", "per {unit}", unit=amount)
    if charge.step_units is None:
        return exact
    step_unit = view.unit(question, charge.step_units)
    step = f"{escape(words.number(charge.step_units))} {step_unit}"
    return exact + detail(words.say("billed by started {length}", length=step))


def _limit_rows(view: PolicyView) -> Iterator[Row]:
    for limit in view.policy.limits.values():
        amount = _bound(view, limit)
        window = slot_html(view, f"windows.{limit.window}") if limit.window else ""
        when = _joined(_answers(view, limit.when), window)
        figure = amount + detail(_period(view, limit))
        label = f"{view.inline(f'limit.{limit.id}')}{_covers(view, limit)}"
        yield label, when, figure, view.clause_links(limit.clauses)


def _bound(view: PolicyView, limit: Limit) -> str:
    """The most or the least that is charged, as HTML."""
    say = view.words.say
    if isinstance(limit.amount, Unpublished):
        most = say("at most an amount that is not published")
        least = say("at least an amount that is not published")
        return open_figure(view, limit.amount, most if limit.most else least)
    figure = slot_html(view, f"{limit.id}.{'maximum' if limit.most else 'minimum'}")
    if limit.most:
        return say("at most {amount}", amount=figure)
    return say("at least {amount}", amount=figure)


def _period(view: PolicyView, limit: Limit) -> str:
    """In which time a limit holds, where that is not the whole session."""
    words = view.words
    if limit.by_day:
        return escape(words.say("per calendar day"))
    if not limit.period_minutes:
        return ""
    length = slot_text(view.provider.slots[f"{limit.id}.per"], words, ("hours",))
    return escape(words.say("per {length} from the start of the session on", length=length))


def _covers(view: PolicyView, rule: Surcharge | Discount | Limit) -> str:
    """The charges that a rule is on, where a service has others beside them."""
    beside = {
        charge
        for service in view.policy.services.values()
        if rule.id in (*service.surcharges, *service.discounts, *service.limits)
        for charge in service.charges
    }
    if beside <= set(rule.charges):
        return ""
    names = [view.inline(f"charge.{charge}") for charge in dict.fromkeys(rule.charges)]
    return detail(view.words.say("Covers: {charges}", charges="; ".join(dict.fromkeys(names))))


def _touching(view: PolicyView, charge: Charge) -> str:
    if charge.applies is None:
        return ""
    window = slot_html(view, f"windows.{charge.applies.window}")
    if charge.applies.inside:
        return view.words.say("within {window}", window=window)
    return view.words.say("outside {window}", window=window)


def _surcharge_rows(view: PolicyView) -> Iterator[Row]:
    for surcharge in view.policy.surcharges.values():
        window = slot_html(view, f"windows.{surcharge.window}") if surcharge.window else ""
        percent = slot_html(view, f"{surcharge.id}.percent")
        figure = view.words.say("plus {percent}", percent=percent)
        if isinstance(surcharge.percent, Unpublished):
            figure = open_figure(view, surcharge.percent)
        when = _joined(_answers(view, surcharge.when), window)
        label = f"{view.inline(f'surcharge.{surcharge.id}')}{_covers(view, surcharge)}"
        yield label, when, figure, view.clause_links(surcharge.clauses)


def _discount_rows(view: PolicyView) -> Iterator[Row]:
    for discount in view.policy.discounts.values():
        window = slot_html(view, f"windows.{discount.window}") if discount.window else ""
        free = discount.percent == 100
        figure = (
            escape(view.words.free()) if free else f"−{slot_html(view, f'{discount.id}.percent')}"
        )
        if isinstance(discount.percent, Unpublished):
            figure = open_figure(view, discount.percent)
        when = _joined(_answers(view, discount.when), window)
        yield (
            f"{view.inline(f'discount.{discount.id}')}{_covers(view, discount)}",
            when,
            figure,
            view.clause_links(discount.clauses),
        )


def _allowance_rows(view: PolicyView) -> Iterator[Row]:
    for allowance in view.policy.allowances.values():
        figure = _allowance_figure(view, allowance)
        label = view.inline(f"allowance.{allowance.id}")
        yield label, _answers(view, allowance.when), figure, view.clause_links(allowance.clauses)


def _allowance_figure(view: PolicyView, allowance: Allowance) -> str:
    """How much time there is, and how long it can be used, as HTML."""
    if isinstance(allowance.minutes, Unpublished):
        return open_figure(view, allowance.minutes)
    minutes, say = slot_html(view, f"{allowance.id}.minutes"), view.words.say
    if not allowance.valid_months:
        return say("{minutes} free per calendar year", minutes=minutes)
    months = slot_html(view, f"{allowance.id}.valid")
    return say(
        "{minutes} prepaid, valid for {months} from the purchase", minutes=minutes, months=months
    )


def _response_rows(view: PolicyView) -> Iterator[Row]:
    for response in view.policy.responses.values():
        for name, target in response.targets.items():
            who = _who_asks(view, response, name)
            if isinstance(target, Unpublished):
                yield _gap_row(view, who, "", target)
                continue
            path, clauses = f"{response.id}.{name}", target.clauses
            if target.escalation:
                clauses += target.escalation.clauses
            length = slot_text(view.provider.slots[path], view.words, ("hours",))
            counted = _counted_in(view, path, target)
            yield who, counted, escape(length), view.clause_links(tuple(dict.fromkeys(clauses)))


def _who_asks(view: PolicyView, response: Response, target: str) -> str:
    """The answers that a target is for; of a single question the answer alone."""
    if response.question is None:
        return _answers(view, response.whens[target])
    return answer_label(view, view.policy.questions[response.question], target)


def _counted_in(view: PolicyView, path: str, target: Target) -> str:
    """The window in which the time of a target counts, and the one to which it escalates."""
    window = slot_html(view, f"windows.{target.window}")
    if target.escalation is None:
        return window
    then = view.words.say(
        "after {length}: {window}",
        length=escape(slot_text(view.provider.slots[f"{path}.escalates"], view.words, ("hours",))),
        window=slot_html(view, f"windows.{target.escalation.window}"),
    )
    return _joined(window, then)


def _answers(view: PolicyView, when: When) -> str:
    return said_answers(view, when, "<br>")


def said_answers(view: PolicyView, when: When, between: str) -> str:
    """The answers a rule asks for, as the form words them, as HTML."""
    parts = []
    for question_id, answers in when.answers:
        question = view.policy.questions[question_id]
        labels = view.words.list_of([answer_label(view, question, answer) for answer in answers])
        parts.append(f"{view.inline(f'question.{question_id}.label')} {labels}")
    return between.join(parts)


def _joined(*parts: str) -> str:
    return "<br>".join(part for part in parts if part)
