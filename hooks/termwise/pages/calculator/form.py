"""The calculator in a page: native controls, the default quote, and the words its script needs.

The markup is what docs/assets/javascripts/termwise/element.js expects; it is useful before any
script runs.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from termwise.pages.calculator.first_scenarios import SLIDER_STEP, default_minutes, default_start
from termwise.pages.policy_view import PolicyView
from termwise_calculator.pricing.scenario import MOST_MINUTES, fields_asked
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.render import quote_html
from termwise_calculator.terms.policy import Question, Service
from termwise_calculator.time.lengths import length_text

BY_MINUTE = f'type="number" inputmode="numeric" min="0" max="{MOST_MINUTES}" step="1"'
BY_SECOND = 'type="text" autocomplete="off" spellcheck="false" maxlength="9"'
SLIDER_MINUTES = 480
MOST_RADIO_OPTIONS = 4


@dataclass(frozen=True)
class CalculatorUrls:
    """Where the page finds its bundle and the worker that runs Python.

    Where there are first answers, `answers_digest` is their content's (subresource integrity).
    """

    bundle: str
    runtime: str
    answers: str = ""
    answers_digest: str = ""


def calculator_html(view: PolicyView, urls: CalculatorUrls) -> str:
    """The calculator of one provider, with its first service priced."""
    words = view.words
    service = next(iter(view.policy.services))
    quote = view.provider.quote(service, {})
    asked = fields_asked(view.policy, view.policy.services[service], quote.scenario.answers)
    return "\n".join(
        [
            '<div class="tw-cost">',
            _open_calculator(view, urls),
            '<form class="tw-form" aria-labelledby="cost" autocomplete="off">',
            f"{_fields(view, asked)}\n</form>",
            _waiting(view),
            '<output class="tw-quote" aria-live="off" aria-labelledby="cost">',
            quote_html(quote, words, view.provider.slots) + "</output>",
            _actions(view),
            '<p data-part="status" class="tw-unseen" role="status"></p>',
            "</termwise-calculator></div>",
        ]
    )


def _open_calculator(view: PolicyView, urls: CalculatorUrls) -> str:
    answers = (
        f'data-answers="{escape(urls.answers)}" data-answers-digest="{urls.answers_digest}" '
        if urls.answers
        else ""
    )
    return (
        f'<termwise-calculator class="tw-calculator" provider="{escape(view.policy.provider)}" '
        f'lang="{view.words.html_lang}" data-bundle="{escape(urls.bundle)}" '
        f'data-runtime="{escape(urls.runtime)}" {answers}'
        f'data-timezone="{escape(view.policy.zone.key)}" data-pagefind-ignore>'
    )


def _fields(view: PolicyView, asked: list[str]) -> str:
    fields = [_service_field(view), _start_field(view, asked)]
    fields += [_minutes_field(view, asked)]
    fields += [
        _question_field(view, question, asked) for question in view.policy.questions.values()
    ]
    fields.append('<p class="tw-problem" data-problem-other hidden></p>')
    return "\n".join(field for field in fields if field)


def _service_field(view: PolicyView) -> str:
    services = list(view.policy.services)
    if len(services) == 1:
        return f'<input type="hidden" name="service" value="{escape(services[0])}">'
    options = [(service, view.inline(f"service.{service}.name")) for service in services]
    legend = view.words.say("Which service?")
    return (
        f'<fieldset class="tw-field" data-field="service"><legend>{escape(legend)}</legend>'
        f"{_radios('service', options, services[0])}{_problem('service')}</fieldset>"
    )


def _start_field(view: PolicyView, asked: list[str]) -> str:
    words, value = view.words, default_start(view.provider)
    now = escape(words.say("Now"))
    if not value:
        return ""
    zone = words.say("{place} time", place=words.place(view.policy.zone.key))
    requests_only = all(service.kind == "request" for service in view.policy.services.values())
    label = words.say("When do you send it?") if requests_only else words.say("When does it start?")
    return (
        f"{_open_field(view, 'start', asked)}"
        f'<label for="tw-start">{escape(label)}</label>'
        f'<div class="tw-pair"><input id="tw-start" name="start" type="datetime-local" '
        f'value="{value}" aria-describedby="tw-start-zone">'
        f'<button type="button" class="tw-button" data-action="now" hidden>{now}</button>'
        f'</div><p class="tw-help" id="tw-start-zone">{escape(zone)}</p>'
        f"{_local_time_hint(view, 'start', _instant(view, value))}{_problem('start')}</div>"
    )


def _instant(view: PolicyView, start: str) -> str:
    """A start as its control holds it, with its offset from UTC."""
    if not start:
        return ""
    local = datetime.fromisoformat(start).replace(tzinfo=view.policy.zone)
    return local.isoformat(timespec="minutes")


def _local_time_hint(view: PolicyView, moment: str, instant: str = "") -> str:
    say = view.words.say
    template = say("{time} in your time zone ({zone})", time="{time}", zone="{zone}")
    if moment == "due":
        template = say(
            "First response due: {time} in your time zone ({zone})", time="{time}", zone="{zone}"
        )
    known = f' data-instant="{instant}"' if instant else ""
    return (
        f'<p class="tw-help" data-hint="{moment}" data-template="{escape(template)}"'
        f"{known} hidden></p>"
    )


def _minutes_field(view: PolicyView, asked: list[str]) -> str:
    services = [s for s in view.policy.services.values() if "minutes" in s.asks]
    if not services:
        return ""
    words, minutes = view.words, default_minutes(view.provider)
    whole, by_second = int(minutes), any(service.by_second for service in services)
    control = BY_SECOND if by_second else BY_MINUTE
    unit = words.say("minutes:seconds") if by_second else words.say("minutes")
    return (
        f"{_open_field(view, 'minutes', asked)}"
        f'<label for="tw-minutes">{escape(words.say("How long does it take?"))}</label>'
        f'<div class="tw-pair"><input id="tw-minutes" name="minutes" {control} '
        f'value="{length_text(minutes)}"><span class="tw-unit">{escape(unit)}</span>'
        f'<input type="range" data-for="minutes" min="0" max="{SLIDER_MINUTES}" '
        f'step="{SLIDER_STEP}" value="{whole}" '
        f'aria-label="{escape(words.say("Minutes, by slider"))}"></div>'
        f"{_problem('minutes')}</div>"
    )


def _open_field(view: PolicyView, field: str, asked: list[str], tag: str = "div") -> str:
    """Open a field, naming the services that ask it; hidden where the first service does not."""
    services = [s.id for s in view.policy.services.values() if _asks(s, field)]
    only = "" if len(services) == len(view.policy.services) else " ".join(services)
    limited = f' data-services="{escape(only)}"' if only else ""
    hidden = "" if field in asked else " hidden"
    return f'<{tag} class="tw-field" data-field="{escape(field)}"{limited}{hidden}>'


def _asks(service: Service, field: str) -> bool:
    return field in service.asks or field in service.questions


def _question_field(view: PolicyView, question: Question, asked: list[str]) -> str:
    if question.kind in ("yes-no", "choice"):
        return _choice_field(view, question, asked)
    control, unit = _control(question), ""
    if question.kind == "minutes":
        unit = escape(view.words.say("minutes"))
    elif question.kind == "number":
        unit = view.unit(question.id)
    name = escape(question.id)
    return (
        f"{_open_field(view, question.id, asked)}"
        f'<label for="tw-{name}">{view.inline(f"question.{question.id}.label")}</label>'
        f'<div class="tw-pair"><input id="tw-{name}" name="{name}" {control} '
        f'value="{escape(question.default)}"><span class="tw-unit">{unit}</span></div>'
        f"{_help(view, question)}{_problem(question.id)}</div>"
    )


def _control(question: Question) -> str:
    """The attributes of the control that takes an answer in digits."""
    if question.kind == "minutes":
        return BY_MINUTE
    if question.kind == "date":
        return 'type="date"'
    if question.kind == "number":
        step = Decimal(1).scaleb(-question.decimals)
        return f'type="number" inputmode="decimal" min="0" max="999999999" step="{step:f}"'
    return 'type="text" inputmode="decimal" autocomplete="off" spellcheck="false" maxlength="40"'


def _choice_field(view: PolicyView, question: Question, asked: list[str]) -> str:
    options = [(option, answer_label(view, question, option)) for option in question.options]
    label = view.inline(f"question.{question.id}.label")
    name, after = escape(question.id), f"{_help(view, question)}{_problem(question.id)}"
    if len(options) <= MOST_RADIO_OPTIONS:
        return (
            f"{_open_field(view, question.id, asked, 'fieldset')}<legend>{label}</legend>"
            f"{_radios(question.id, options, question.default)}{after}</fieldset>"
        )
    choices = "".join(
        f'<option value="{escape(value)}"'
        f"{' selected' if value == question.default else ''}>{text}</option>"
        for value, text in options
    )
    return (
        f'{_open_field(view, question.id, asked)}<label for="tw-{name}">{label}</label>'
        f'<select id="tw-{name}" name="{name}">{choices}</select>{after}</div>'
    )


def answer_label(view: PolicyView, question: Question, answer: str) -> str:
    """An answer as the form shows it, as HTML."""
    if question.kind == "yes-no":
        return escape(view.words.say("yes") if answer == "yes" else view.words.say("no"))
    if question.bands:
        return _band_label(view, question, answer)
    return escape(view.plain(f"question.{question.id}.{answer}"))


def _band_label(view: PolicyView, question: Question, band: str) -> str:
    """Which numbers a band holds, as HTML."""
    begins, under = question.bounds_of(band)
    words, unit = view.words, view.unit(question.id, begins if under is None else under)
    number = escape(words.number(begins))
    if under is None:
        return words.say("{number} {unit} or more", number=number, unit=unit)
    other = escape(words.number(under))
    if not begins:
        return words.say("less than {number} {unit}", number=other, unit=unit)
    return words.say("{number} to less than {other} {unit}", number=number, other=other, unit=unit)


def _radios(name: str, options: list[tuple[str, str]], chosen: str) -> str:
    radios = "".join(
        f'<label><input type="radio" name="{escape(name)}" value="{escape(value)}"'
        f"{' checked' if value == chosen else ''}> {text}</label>"
        for value, text in options
    )
    return f'<div class="tw-options">{radios}</div>'


def _help(view: PolicyView, question: Question) -> str:
    if not view.has(f"question.{question.id}.help"):
        return ""
    return f'<p class="tw-help">{view.inline(f"question.{question.id}.help")}</p>'


def _problem(field: str) -> str:
    return f'<p class="tw-problem" data-problem id="tw-{escape(field)}-problem" hidden></p>'


def _waiting(view: PolicyView) -> str:
    """What the page says while Python loads, and when it cannot."""
    say = view.words.say
    loading = say(
        "Loading the calculator: {loaded} of {total} MB", loaded="{loaded}", total="{total}"
    )
    reasons = {
        "unsupported": say("This browser cannot run the calculator."),
        "download": say("The calculator could not be loaded."),
        "offline": say("You are offline. The calculator loads as soon as you are back."),
        "timeout": say("The calculator takes too long to load."),
        "crash": say("The calculator has stopped."),
    }
    stays = escape(say("The quote shown and the price tables still stand."))
    paragraphs = "\n".join(
        f'<p data-reason="{reason}" hidden>{escape(text)} {stays}</p>'
        for reason, text in reasons.items()
    )
    progress, starting = escape(say("Loading progress")), escape(say("Starting the calculator"))
    kept = say("The quote shown leaves out your latest entries.")
    no_script = escape(say("The calculator needs JavaScript."))
    return (
        f'<noscript><p class="tw-notice">{no_script} {stays}</p></noscript>\n'
        f'<div data-part="progress" class="tw-loading" hidden>'
        f'<progress class="tw-progress" max="1" aria-label="{progress}"></progress>\n'
        f'<span data-loading="{escape(loading)}" data-starting="{starting}"></span></div>\n'
        f'<div data-part="failure" class="tw-notice" role="alert" hidden>\n{paragraphs}\n'
        f'<button type="button" class="tw-button" data-action="retry">'
        f"{escape(say('Try again'))}</button></div>\n"
        f'<p data-part="stale" class="tw-notice" hidden>{escape(kept)}</p>'
    )


def _actions(view: PolicyView) -> str:
    say = view.words.say
    copied = escape(say("Link copied"))
    not_copied = escape(say("Copy the address of this page instead."))
    return (
        f"{_local_time_hint(view, 'due')}"
        f'<p class="tw-actions">'
        f'<button type="button" class="tw-button" data-action="copy-link" data-done="{copied}" '
        f'data-failed="{not_copied}" hidden>{escape(say("Copy link"))}</button> '
        f'<button type="button" class="tw-button" data-action="print" hidden>'
        f"{escape(say('Print'))}</button> "
        f'<button type="button" class="tw-button" data-action="download" hidden>'
        f"{escape(say('Download'))}</button></p>"
        '<p data-part="link" class="tw-print-only"></p>'
    )
