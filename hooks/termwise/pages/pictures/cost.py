"""Cost against minutes, for the case that the calculator of a policy page starts with."""

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, from_the_calculator, html
from termwise_calculator.pricing.cost_steps import cost_steps
from termwise_calculator.telling.cost_picture import cost_html


def cost_picture(view: PolicyView) -> Markup:
    """The steps of the first session that has a price by time; empty where there is none."""
    services = view.policy.services.values()
    service = next((one for one in services if "minutes" in one.asks), None)
    if service is None:
        return NOTHING
    session = view.provider.quote(service.id, {})
    steps = cost_steps(view.policy, session.scenario)
    if not steps:
        return NOTHING
    drawn = from_the_calculator(cost_html(steps, session, view.words, view.provider.slots))
    return html('<figure class="tw-graph tw-graph--cost">\n{}\n</figure>', drawn)
