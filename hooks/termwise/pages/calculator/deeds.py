"""What may be done with an answer, of one provider or of all: docs/assets/…/termwise/deeds.js."""

from markupsafe import Markup

from termwise.pages.safe_text import html
from termwise_calculator.telling.words import Words


def deed_buttons(words: Words) -> Markup:
    """To copy the link, to share it and to print; scripts show them once they work."""
    return html(
        '<button type="button" class="tw-button" data-action="copy-link" data-done="{copied}" '
        'data-failed="{not_copied}" data-refused="{refused}" hidden>{copy}</button> '
        '<button type="button" class="tw-button" data-action="share" data-failed="{not_copied}" '
        'data-refused="{refused}" hidden>{share}</button> '
        '<button type="button" class="tw-button" data-action="print" hidden>{print}</button>',
        copied=words.say("Link copied"),
        not_copied=words.say("Copy the address of this page instead."),
        copy=words.say("Copy link"),
        refused=words.say("Correct the marked entries first."),
        share=words.say("Share"),
        print=words.say("Print or save as PDF"),
    )
