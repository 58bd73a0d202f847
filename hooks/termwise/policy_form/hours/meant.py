"""Opening hours as people write them, put into the notation of policies."""

import re

from termwise.policy_form.hours.notation import WEEKDAYS

NAMES = """
monday tuesday wednesday thursday friday saturday sunday
mon tue wed thu fri sat sun
mo di mi do fr sa so
pn wt śr czw pt sob nd
man tir ons tor fre lør søn
seg ter qua qui sex sáb dom
"""
"""The days from Monday on, in full and as languages shorten them."""

DAYS = {
    **{
        name: day
        for names in NAMES.split("\n")[1:-1]
        for name, day in zip(names.split(), WEEKDAYS, strict=True)
    },
    **{day.casefold(): day for day in WEEKDAYS},
    "tues": "Tu",
    "thur": "Th",
    "thurs": "Th",
    "weekdays": "Mo-Fr",
    "workdays": "Mo-Fr",
    "weekend": "Sa-Su",
    "weekends": "Sa-Su",
    "daily": "Mo-Su",
}
TIME = re.compile(r"\b(\d{1,2})(?:[:.h](\d\d))? ?(am|pm)?\b", re.IGNORECASE)
BETWEEN = re.compile(r"\s*[-–—]\s*|\s+(?:to|till|until)\s+")


def in_notation(text: str) -> str:
    """The same days and times, as far as they are known: Mo-Fr 08:00-18:00."""
    joined = BETWEEN.sub("-", text.strip())
    named = re.sub(r"[^\W\d_]+", lambda word: DAYS.get(word[0].casefold(), word[0]), joined)
    return TIME.sub(_time, named)


def _time(found: re.Match[str]) -> str:
    hours, half = int(found[1]), (found[3] or "").casefold()
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    return f"{hours:02}:{found[2] or '00'}"
