"""What the page says while Python loads, and when it cannot."""

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html, joined


def waiting(view: PolicyView) -> Markup:
    """All that may have to be said; the script shows what holds."""
    say = view.words.say
    stays = say("The quote shown and the price tables still stand.")
    return html(
        '<noscript><p class="tw-notice">{no_script} {stays}</p></noscript>\n'
        '<div data-part="progress" class="tw-loading" hidden>'
        '<progress class="tw-progress" max="1" aria-label="{progress}"></progress>\n'
        '<span data-loading="{loading}" data-starting="{starting}"></span></div>\n'
        '<div data-part="failure" class="tw-notice" role="alert" hidden>\n{failures}\n'
        '<button type="button" class="tw-button" data-action="retry">{retry}</button></div>\n'
        '<p data-part="stale" class="tw-notice" hidden>{kept}</p>',
        no_script=say("The calculator needs JavaScript."),
        stays=stays,
        progress=say("Loading progress"),
        loading=say(
            "Loading the calculator: {loaded} of {total} MB", loaded="{loaded}", total="{total}"
        ),
        starting=say("Starting the calculator"),
        failures=_failures(view, stays),
        retry=say("Try again"),
        kept=say("The quote shown leaves out your latest entries."),
    )


def _failures(view: PolicyView, stays: str) -> Markup:
    say = view.words.say
    reasons = {
        "unsupported": say("This browser cannot run the calculator."),
        "download": say("The calculator could not be loaded."),
        "offline": say("You are offline. The calculator loads as soon as you are back."),
        "timeout": say("The calculator takes too long to load."),
        "crash": say("The calculator has stopped."),
    }
    return joined(
        html('<p data-reason="{}" hidden>{} {}</p>', reason, text, stays)
        for reason, text in reasons.items()
    )
