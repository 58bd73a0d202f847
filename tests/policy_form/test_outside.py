"""The hours outside a window: every minute of the week that is not in it, and no other."""

from hypothesis import given
from hypothesis import strategies as st

from termwise.policy_form.hours.weekly import Weekly, outside
from termwise_calculator.time.windows import MINUTES_PER_WEEK, Span, Window

edges = st.lists(st.integers(0, MINUTES_PER_WEEK - 1), min_size=2, max_size=8, unique=True).map(
    sorted
)


@given(edges=edges, over_sunday=st.booleans())
def test_each_minute_is_inside_or_outside(edges: list[int], over_sunday: bool) -> None:
    """Of windows that do and do not run over Sunday night; the outside of the outside is they."""
    edges = edges[: len(edges) // 2 * 2]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    if over_sunday:
        inner = edges[1:-1]
        night = (edges[-1], edges[0] + MINUTES_PER_WEEK)
        spans = [*zip(inner[::2], inner[1::2], strict=True), night]
    weekly = Weekly("", tuple(spans))
    inside, other = (
        Window("", tuple(Span(*span) for span in one.spans)) for one in (weekly, outside(weekly))
    )
    around = {(edge + by) % MINUTES_PER_WEEK for edge in (0, *edges) for by in (-1, 0, 1)}
    assert all(inside.contains(minute) != other.contains(minute) for minute in around)
    assert outside(outside(weekly)).spans == weekly.spans
