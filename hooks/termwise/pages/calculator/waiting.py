"""What the page says while Python loads, and when it cannot."""

from markupsafe import Markup

from termwise.pages.safe_text import html, joined
from termwise_calculator.telling.words import Words


def waiting(words: Words, stays: str) -> Markup:
    """All that may have to be said, `stays` with what still stands; the script shows what holds."""
    say = words.say
    return html(
        '<noscript><p class="tw-notice">{no_script} {stays}</p></noscript>\n'
        '<div data-part="progress" class="tw-loading" hidden>'
        '<progress class="tw-progress" max="1" aria-label="{progress}"></progress>\n'
        '<span data-loading="{loading}" data-starting="{starting}" data-decimal="{decimal}"></span>'
        "</div>\n"
        '<div data-part="failure" class="tw-notice" role="alert" hidden>\n{failures}\n'
        '<button type="button" class="tw-button" data-action="retry">{retry}</button>'
        '<button type="button" class="tw-button" data-action="reload">{reload}</button></div>',
        no_script=say("The calculator needs JavaScript."),
        stays=stays,
        progress=say("Loading progress"),
        loading=say(
            "Loading the calculator: {loaded} of {total} MB", loaded="{loaded}", total="{total}"
        ),
        starting=say("Starting the calculator"),
        decimal=words.decimal_mark,
        failures=_failures(words, stays),
        retry=say("Try again"),
        reload=say("Reload the page"),
    )


def _failures(words: Words, stays: str) -> Markup:
    """What is told for each reason, by the names that the scripts have for reasons and buttons."""
    say = words.say
    retry = {
        "slow": say("The calculator is not answering yet."),
        "download": say("The calculator could not be loaded."),
        "damaged": say(
            "The files of the calculator were altered on their way here, so nothing was "
            "calculated with them."
        ),
        "offline": say("You are offline. The calculator loads as soon as you are back."),
        "timeout": say("The calculator takes too long to load."),
        "memory": say(
            "This device has too little free memory for the calculator. Close other tabs or "
            "programs, then try again."
        ),
        "crash": say("The calculator has stopped."),
    }
    told = [
        *(_told(reason, "retry", text, stays) for reason, text in retry.items()),
        _told("script", "reload", say("The calculator did not start."), stays),
        _told("replaced", "reload", say("This page has been updated since you opened it.")),
        _told("unsupported", "", say("This browser cannot run the calculator."), stays),
        _told("framed", "", _framed(words), stays),
    ]
    return joined(told)


def _framed(words: Words) -> Markup:
    say = words.say
    return html(
        '{} <a href="" target="_blank">{}</a>.',
        say(
            "The calculator cannot run here: the page is shown inside another one, or was opened "
            "from a file."
        ),
        say("Open the page by itself"),
    )


def _told(reason: str, helps: str, *sentences: str) -> Markup:
    text = joined(sentences, " ")
    return html('<p data-reason="{}" data-helps="{}" hidden>{}</p>', reason, helps, text)
