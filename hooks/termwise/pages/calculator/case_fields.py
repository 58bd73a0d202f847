"""The fields of every case: which service, when, how long."""

from markupsafe import Markup

from termwise.pages.calculator.fields import (
    BY_MINUTE,
    BY_SECOND,
    IDS,
    field_of,
    local_time_hint,
    problem,
    radios,
)
from termwise.pages.calculator.first_scenarios import SLIDER_STEP, default_minutes, default_start
from termwise.pages.phrases.clocks import clock_words
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, capitalised, html
from termwise_calculator.time.lengths import length_text

SLIDER_MINUTES = 480


def service_field(view: PolicyView, ids: str = IDS) -> Markup:
    """Which service; of one alone nothing is asked."""
    services = list(view.policy.services)
    if len(services) == 1:
        return html('<input type="hidden" name="service" value="{}">', services[0])
    options = [(service, view.inline(f"service.{service}.name")) for service in services]
    return html(
        '<fieldset class="tw-field" data-field="service"><legend>{}</legend>{}{}</fieldset>',
        view.words.say("Which service?"),
        radios("service", options, services[0]),
        problem("service", ids),
    )


def start_field(view: PolicyView, asked: list[str]) -> Markup:
    """When it starts, or when it is sent."""
    value = default_start(view.provider)
    if not value:
        return NOTHING
    content = html(
        '<label for="tw-start">{label}</label>'
        '<div class="tw-pair"><input id="tw-start" name="start" type="datetime-local" '
        'value="{value}" aria-describedby="tw-start-zone">'
        '<button type="button" class="tw-button" data-action="now" hidden>{now}</button>'
        '</div><p class="tw-help" id="tw-start-zone">{zone}</p>{hint}{problem}',
        label=_start_label(view),
        value=value,
        now=view.words.say("Now"),
        zone=capitalised(clock_words(view)),
        hint=local_time_hint(view, "start"),
        problem=problem("start"),
    )
    return field_of(view, "start", asked, content)


def _start_label(view: PolicyView) -> str:
    if all(service.kind == "request" for service in view.policy.services.values()):
        return view.words.say("When do you send it?")
    return view.words.say("When does it start?")


def minutes_field(view: PolicyView, asked: list[str]) -> Markup:
    """How long it takes: typed, or by a slider."""
    services = [one for one in view.policy.services.values() if "minutes" in one.asks]
    if not services:
        return NOTHING
    words, minutes = view.words, default_minutes(view.provider)
    by_second = any(service.by_second for service in services)
    content = html(
        '<label for="tw-minutes">{label}</label>'
        '<div class="tw-pair"><input id="tw-minutes" name="minutes" {control} '
        'value="{value}"><span class="tw-unit">{unit}</span>'
        '<input type="range" data-for="minutes" min="0" max="{most}" '
        'step="{step}" value="{whole}" aria-label="{slider}"></div>{problem}',
        label=words.say("How long does it take?"),
        control=BY_SECOND if by_second else BY_MINUTE,
        value=length_text(minutes),
        unit=words.say("minutes:seconds") if by_second else words.say_in("unit", "min"),
        most=SLIDER_MINUTES,
        step=SLIDER_STEP,
        whole=int(minutes),
        slider=words.say("Minutes, by slider"),
        problem=problem("minutes"),
    )
    return field_of(view, "minutes", asked, content)
