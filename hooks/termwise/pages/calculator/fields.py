"""What every field of the form is made of."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.pricing.scenario import MOST_MINUTES
from termwise_calculator.terms.policy import NO_ZONES, Service

BY_MINUTE = html('type="number" inputmode="numeric" min="0" max="{}" step="1"', MOST_MINUTES)
BY_SECOND = html('type="text" autocomplete="off" spellcheck="false" maxlength="9"')

IDS = "tw"
"""How ids begin in a page with one form; where there are several, each has its own."""

Options = Iterable[tuple[str, Markup]]
"""Values with what the form shows for them."""


def field_of(
    view: PolicyView, name: str, asked: list[str], content: Markup, tag: str = "div"
) -> Markup:
    """A field, naming the services that ask it; hidden where the first service does not."""
    return html(
        '<{tag} class="tw-field" data-field="{name}"{limited}{hidden}>{content}</{tag}>',
        tag=tag,
        name=name,
        limited=_limited(view, name),
        hidden=NOTHING if name in asked else html(" hidden"),
        content=content,
    )


def _limited(view: PolicyView, field: str) -> Markup:
    services = [one.id for one in view.policy.services.values() if _asks(one, field)]
    if not services or len(services) == len(view.policy.services):
        return NOTHING
    return html(' data-services="{}"', " ".join(services))


def _asks(service: Service, field: str) -> bool:
    return field in service.asks or field in service.questions


def radios(name: str, options: Options, chosen: str, zones: Mapping[str, str] = NO_ZONES) -> Markup:
    """A round button for each option; places bring their time zones along."""
    buttons = (
        html(
            '<label><input type="radio" name="{}" value="{}"{}{}> {}</label>',
            name,
            value,
            zone_of(value, zones),
            html(" checked") if value == chosen else NOTHING,
            text,
        )
        for value, text in options
    )
    return html('<div class="tw-options">{}</div>', joined(buttons, ""))


def zone_of(option: str, zones: Mapping[str, str]) -> Markup:
    """The time zone of an option that is a place, for the script to show its clock."""
    return html(' data-timezone="{}"', zones[option]) if option in zones else NOTHING


def problem(field: str, ids: str = IDS) -> Markup:
    """Where the page says what is wrong with a field."""
    return html('<p class="tw-problem" data-problem id="{}-{}-problem" hidden></p>', ids, field)


def local_time_hint(view: PolicyView, moment: str) -> Markup:
    """Where the page says a time as the reader's clock shows it; the script fills the template."""
    say = view.words.say
    template = say("{time} in your time zone ({zone})", time="{time}", zone="{zone}")
    if moment == "due":
        template = say(
            "First response expected: {time} in your time zone ({zone})",
            time="{time}",
            zone="{zone}",
        )
    return html(
        '<p class="tw-help" data-hint="{}" data-template="{}" hidden></p>', moment, template
    )
