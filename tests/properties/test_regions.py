"""Regions hold what they say, no more and no less: every moment and every answer is in its own."""

from datetime import date, datetime, timedelta
from functools import cache
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from termwise.compiling.windows import compiled_window
from termwise.policy_form.hours.notation import NotWeekly
from termwise.policy_form.hours.weekly import read_weekly
from termwise_calculator.coverage.answers import Asked, combinations, in_few
from termwise_calculator.coverage.regions import Region
from termwise_calculator.coverage.uncovered import uncovered
from termwise_calculator.terms.loading import load_window
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.tariff import When
from termwise_calculator.time.windows import Window
from tests.checking.test_coverage import lies_in, policy_of

ORDINARY = ["Mo-Fr 08:00-18:00", "Mo-Su 17:00-06:00", "24/7", "Sa-Su 09:00-12:00", "Su 20:00-24:00"]
EXCEPTIONS = [
    "PH off",
    "PH 10:00-14:00",
    "Jul-Aug Mo-Fr 08:00-14:00",
    "Dec 24-Jan 02 off",
    "Feb 29 off",
]
FIRST, DAYS = date(2026, 1, 1), 3 * 365

texts = st.builds(
    lambda ordinary, exceptions: "; ".join([ordinary, *exceptions]),
    st.sampled_from(ORDINARY),
    st.lists(st.sampled_from(EXCEPTIONS), unique=True, max_size=2),
)
moments = st.builds(
    lambda day, minute: (
        datetime.combine(FIRST, datetime.min.time()) + timedelta(days=day, minutes=minute)
    ),
    st.integers(0, DAYS),
    st.sampled_from([0, 359, 360, 479, 480, 600, 719, 720, 840, 1020, 1079, 1080, 1200, 1439]),
)


@cache
def policy_with(office: str, evening: str) -> Policy | None:
    """A card with two windows, and no price outside of them; None where a text is not read."""
    policy = policy_of("Two windows that may overlap, and no price outside of them")
    days = frozenset(policy.holidays.names) if policy.holidays else frozenset()
    windows: dict[str, Window] = {}
    for name, text in (("office", office), ("evening", evening)):
        try:
            windows[name] = load_window(name, compiled_window(read_weekly(text)), days)
        except NotWeekly:
            return None
    return policy._replace(windows=windows)


@cache
def regions(office: str, evening: str) -> tuple[Region, ...]:
    """What is found in the card."""
    policy = policy_with(office, evening)
    assert policy is not None
    return tuple(uncovered(policy))


@given(office=texts, evening=texts, local=moments)
def test_each_moment_is_in_the_region_that_its_windows_make(
    office: str, evening: str, local: datetime
) -> None:
    """No window open: the gap. Both open: a conflict. One open: no region. Never two regions."""
    policy = policy_with(office, evening)
    assume(policy is not None)
    assert policy is not None
    opened = tuple(name for name, window in policy.windows.items() if window.is_open(local))
    expected = {0: [("other-hours", ())], 1: [], 2: [(None, opened)]}[len(opened)]
    found = [one for one in regions(office, evening) if lies_in(one, local)]
    assert [(one.gap, one.claimed_by) for one in found] == expected


QUESTIONS = [
    Asked("product", ("a", "b", "c"), When()),
    Asked("client", ("yes", "no"), When((("product", ("a", "b")),))),
    Asked("level", ("gold", "silver"), When((("client", ("yes",)),))),
]
EVERY = When(tuple((one.id, tuple(one.options)) for one in QUESTIONS))
WAYS = combinations(QUESTIONS, [EVERY])


@given(chosen=st.sets(st.sampled_from(range(len(WAYS)))))
def test_few_sets_hold_the_same_answers(chosen: set[int]) -> None:
    """Each way to answer is in one set if it was among those to be told, else in none."""
    sets = in_few(QUESTIONS, [WAYS[at] for at in sorted(chosen)])
    for at, way in enumerate(WAYS):
        assert sum(when.holds(way) for when in sets) == (at in chosen)


def test_a_question_is_answered_only_where_it_is_asked() -> None:
    """Every combination that can be given, each once."""
    asked = [
        {"product": one} | ({"client": client} if one != "c" else {}) | level
        for one, client in product("abc", ("yes", "no"))
        for level in (({"level": "gold"}, {"level": "silver"}) if client == "yes" else ({},))
    ]
    possible = [way for way in asked if way["product"] != "c"] + [{"product": "c"}]
    assert sorted(map(str, WAYS)) == sorted(map(str, possible))
