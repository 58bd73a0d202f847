"""What the page says where other terms than its own price a case; the script shows what holds."""

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html, joined


def other_terms(view: PolicyView) -> Markup:
    """All that may have to be said: of a start under another edition, and of a link's terms."""
    say = view.words.say
    return html(
        '<p data-part="edition" class="tw-notice tw-other" role="status" hidden>'
        "{other} <a></a></p>\n"
        '<div data-part="link-terms" class="tw-notice tw-other" role="status" hidden>\n'
        '<div data-part="comparison"></div>\n{why}\n'
        '<button type="button" class="tw-button" data-action="terms-in-force">{price}</button>'
        "</div>",
        other=say("This quote goes by different terms from those on this page:"),
        why=_why(view),
        price=say("Use the terms in force"),
    )


def _why(view: PolicyView) -> Markup:
    """Whether the quote shown is by the terms of a link; why not, by what is wrong with it."""
    say = view.words.say
    reasons = {
        "incomplete": say("This link is not complete. Copy the whole link again."),
        "unknown": say(
            "The terms that this link names are not known here. Copy the whole link again, or ask "
            "whoever sent it for the quote itself."
        ),
        "unfit": say("The terms that this link names are not yet in force when this case starts."),
    }
    not_for_it = say("The quote shown is not for this link.")
    kept_to_it = say("The quote shown keeps to the terms of the link.")
    kept = html('<p data-link="kept" hidden>{}</p>', kept_to_it)
    refused = (
        html('<p data-link="{}" hidden>{} {}</p>', reason, text, not_for_it)
        for reason, text in reasons.items()
    )
    return joined([*refused, kept])
