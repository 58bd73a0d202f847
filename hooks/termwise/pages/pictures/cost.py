"""Cost against minutes, for the case that the calculator of a policy page starts with."""

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, from_the_calculator, html
from termwise_calculator.telling.cost_picture import cost_html


def cost_picture(view: PolicyView) -> Markup:
    """The steps of the first session that has a price by time; empty where there is none."""
    first = view.provider.first_steps
    if first is None or not first[1]:
        return NOTHING
    session, steps = first
    drawn = from_the_calculator(cost_html(steps, session, view.words, view.provider.slots))
    return html('<figure class="tw-graph tw-graph--cost">\n{}\n</figure>', drawn)
