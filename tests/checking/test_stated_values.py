"""Which words of a clause state a value, and which leave a part of it out."""

import pytest

from termwise.reading.policy_text import read_policy_text
from tests.places import SOUND

POLICY = (SOUND / "tidewater" / "policy.yaml").read_text("utf-8")
HOURS = "Between {windows.day.start} and {windows.day.end} ({windows.day.days})"
PRICE = "costs {labour.price} without {tax.name}."


@pytest.mark.parametrize(
    ("old", "new", "is_stated"),
    [
        (HOURS, HOURS, True),
        (HOURS, "In these hours ({windows.day})", True),
        (HOURS, "Between {windows.day.hours} ({windows.day.days})", True),
        (HOURS, "Between {windows.day.hours}", False),
        (HOURS, "On {windows.day.days}", False),
        (HOURS, "From {windows.day.start} ({windows.day.days})", False),
        (PRICE, "costs {labour.price.gross} with {tax.name}.", True),
        (PRICE, "costs more by night, {labour.rate.night} times, with {tax.name}.", False),
    ],
)
def test_a_value_is_stated_whole(old: str, new: str, is_stated: bool) -> None:
    """A window by its days and hours, a price with tax or without."""
    assert POLICY.count(old) == 1
    glance = "    text: Each {labour.per} spent costs {labour.price}.\n"
    written = POLICY.replace(old, new).replace(glance, "    text: Each {labour.per} counts.\n")
    _, problems = read_policy_text(written)
    told = {one.expected for one in problems if one.what == "No clause states this value"}
    slot = "windows.day" if old == HOURS else "labour.price"
    assert (f"the slot {{{slot}}} in a clause" not in told) == is_stated
