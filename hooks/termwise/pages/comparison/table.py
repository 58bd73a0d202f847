"""The table around the rows of the providers, and the fields of the case that they share.

Without scripts the table stands for its case; what only scripts can do is hidden until they do it.
"""

from datetime import datetime

from markupsafe import Markup

from termwise.pages.calculator.deeds import deed_buttons
from termwise.pages.calculator.fields import BY_MINUTE
from termwise.pages.calculator.waiting import waiting
from termwise.pages.comparison.first_case import MINUTES
from termwise.pages.markers import ROWS
from termwise.pages.safe_text import html, joined
from termwise_calculator.telling.words import Words


def comparison(words: Words, start: datetime) -> Markup:
    """The case that all providers are asked at first, and the table of their answers."""
    case = words.say(
        "The case: help that starts on {moment} (UTC) and takes {minutes}.",
        moment=words.date_time(start),
        minutes=words.minutes(MINUTES),
    )
    columns = (html('<th scope="col">{}</th>', column) for column in column_words(words))
    return html(
        '<div class="tw-cost" data-unsearched>\n'
        '<termwise-comparison class="tw-comparison" lang="{language}" data-start="{start}">\n'
        '<p class="tw-case" data-part="case">{case}</p>\n{form}\n{waiting}\n'
        '<table class="tw-compare"><caption class="tw-unseen">{label}</caption>'
        "<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>\n{actions}\n"
        '<p data-part="status" class="tw-unseen" role="status"></p>\n</termwise-comparison></div>',
        language=words.html_lang,
        start=_instant(start),
        case=case,
        form=_form(words, start),
        waiting=waiting(words, words.say("The amounts shown still stand for their case.")),
        label=words.say("Comparison of the providers"),
        head=joined(columns, ""),
        rows=ROWS,
        actions=_actions(words),
    )


def column_words(words: Words) -> list[str]:
    """What the columns are called."""
    return [
        words.say("Provider"),
        words.say("Cost"),
        words.say("What it asks you"),
        words.say("Taken as read, and left open"),
    ]


def _instant(start: datetime) -> str:
    return start.strftime("%Y-%m-%dT%H:%MZ")


def _form(words: Words, start: datetime) -> Markup:
    return html(
        '<form class="tw-form tw-case-form" data-part="shared" autocomplete="off" hidden '
        'aria-label="{label}">{start}{zone}{minutes}{order}{currency}</form>',
        label=words.say("Your case"),
        start=_start_field(words, start),
        zone=_zone_field(words),
        minutes=_minutes_field(words),
        order=_order_field(words),
        currency=_currency_field(words),
    )


def _start_field(words: Words, start: datetime) -> Markup:
    none_such = words.say(
        "{found} does not exist in {zone}: the clocks go forward over it. "
        "Choose a time before or after the change.",
        found="{found}",
        zone="{zone}",
    )
    here = words.say("{time} in your time zone ({zone})", time="{time}", zone="{zone}")
    return html(
        '<div class="tw-field" data-field="start"><label for="tw-start">{label}</label>'
        '<input id="tw-start" name="start" type="datetime-local" value="{value}" '
        'data-empty="{empty}" data-none="{none}">'
        '<p class="tw-help" data-hint="start" data-template="{here}" hidden></p>'
        '<p class="tw-problem" data-problem id="tw-start-problem" hidden></p></div>',
        label=words.say("When does it start?"),
        value=start.strftime("%Y-%m-%dT%H:%M"),
        empty=words.say("Enter a date and a time."),
        none=none_such,
        here=here,
    )


def _zone_field(words: Words) -> Markup:
    """The browser adds the zones that it knows, the visitor's own before all."""
    return html(
        '<div class="tw-field" data-field="zone"><label for="tw-zone">{label}</label>'
        '<select id="tw-zone" name="zone" data-own="{own}">'
        '<option value="UTC">UTC</option></select></div>',
        label=words.say("Time zone"),
        own=words.say("your time zone ({zone})", zone="{zone}"),
    )


def _minutes_field(words: Words) -> Markup:
    return html(
        '<div class="tw-field" data-field="minutes"><label for="tw-minutes">{label}</label>'
        '<div class="tw-pair"><input id="tw-minutes" name="minutes" {control} value="{value}">'
        '<span class="tw-unit">{unit}</span></div>'
        '<p class="tw-problem" data-problem id="tw-minutes-problem" hidden></p></div>',
        label=words.say("How long does it take?"),
        control=BY_MINUTE,
        value=str(MINUTES),
        unit=words.say_in("unit", "min"),
    )


def _order_field(words: Words) -> Markup:
    return html(
        '<div class="tw-field" data-field="order"><label for="tw-order">{label}</label>'
        '<select id="tw-order" name="order"><option value="name">{name}</option>'
        '<option value="cost">{cost}</option></select></div>',
        label=words.say("Sort by"),
        name=words.say("name"),
        cost=words.say("cost, within each currency"),
    )


def _currency_field(words: Words) -> Markup:
    """A second currency, at rates that the visitor types; the script asks one for each currency."""
    converted = words.say(
        "{amount} at your rate: 1 {from} = {rate} {to}",
        **{name: f"{{{name}}}" for name in ("amount", "from", "rate", "to")},
    )
    return html(
        '<details class="tw-field tw-how" data-part="currency"><summary>{summary}</summary>'
        '<p class="tw-help">{help}</p><div class="tw-rates-typed">'
        '<label>{currency} <input name="in" maxlength="3" size="4" spellcheck="false" '
        'autocapitalize="characters" placeholder="EUR"></label>'
        '<template><label>1 <span></span> = <input name="rate" inputmode="decimal" size="8" '
        'maxlength="16"> <span></span></label></template></div>'
        '<p class="tw-problem" data-problem role="status" data-currency="{no_currency}" '
        'data-rate="{no_rate}" hidden></p>'
        '<template data-converted="{converted}" data-unknown="{unknown}"></template></details>',
        summary=words.say("A second currency, at your own rate"),
        help=words.say(
            "No provider publishes an exchange rate, and this site has none. A rate that you type "
            "is yours; the link carries it."
        ),
        currency=words.say("Currency"),
        no_currency=words.say("Enter the three letters of a currency, such as EUR."),
        no_rate=words.say("Enter a rate in digits, such as 0.25."),
        converted=converted,
        unknown=words.say("Not converted: the amount is not published in full."),
    )


def _actions(words: Words) -> Markup:
    return html(
        '<p class="tw-actions">{deeds}</p>'
        '<p data-part="link" data-template="{made}" class="tw-print-only"></p>',
        deeds=deed_buttons(words),
        made=words.say("Made on {date}: {address}", date="{date}", address="{address}"),
    )
