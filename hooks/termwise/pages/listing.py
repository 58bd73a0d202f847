"""What the hand-written pages take from the policies: the list of providers."""

from markupsafe import Markup

from termwise.pages.markers import ROOT, ROWS, unlike_markers
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html, joined


def policy_url(view: PolicyView) -> str:
    """The address of a policy page from the home of its language."""
    return f"providers/{view.policy.provider}/"


def provider_list() -> Markup:
    """The list of providers around its entries."""
    return html('<ul class="tw-providers">\n{}\n</ul>', ROWS)


def listed_provider(view: PolicyView) -> Markup:
    """A link to a provider with what its services are."""
    return html(
        '<li><a href="{}{}">{}</a><p>{}</p></li>',
        ROOT,
        policy_url(view),
        unlike_markers(view.policy.name),
        unlike_markers(_services(view)),
    )


def _services(view: PolicyView) -> Markup:
    services = (
        html("{}: {}", view.inline(f"service.{one}.name"), view.inline(f"service.{one}.summary"))
        for one in view.policy.services
    )
    return joined(services, "<br>")
