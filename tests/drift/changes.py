"""Other values for each figure and window of a policy file, as somebody might write them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from termwise.policy_form.fields import WrittenValue, written_values
from termwise.policy_form.hours.notation import MONTHS, WEEKDAYS
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.texts import governing_texts
from termwise.policy_form.values import TARIFF_KINDS, YEAR_MONTH_DAY
from termwise.policy_form.yaml_text.source import (
    Data,
    Path,
    Source,
    read_source,
    replace_value,
    value_at,
)

EXAMPLE_ANSWER = "answer"
"""The kind given here to a figure among the answers of a worked example."""

MAY_BE_GAPS = ("money", "percent", "factor", "number", "units")

MONTH = "|".join(MONTHS)
DAY_OR_TIME = re.compile(rf"\b(?:Mo|Tu|We|Th|Fr|Sa|Su|{MONTH}|\d\d:\d\d)\b|(?<=[a-z] )\d\d?\b(?!:)")
NO_FIGURES: tuple[tuple[str, str], ...] = (
    (r"source/(read|title|site)", "where and when the provider's page was read"),
    (r"sections/\d+/clauses/\d+/number", "the provider's own number of a clause"),
    (r"contacts/\d+/value", "a telephone number or an address"),
    (r"(provider|name|timezone|currency|language)", "a name"),
    (r"outside/[^/]+/origin", "a citation"),
)
"""Values with digits in them that neither a price nor a promise depends on, and what they are."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value written otherwise."""

    value: WrittenValue
    new: str

    @property
    def of_tariff(self) -> bool:
        """Tell values of the tariff from those of defaults, examples and dates."""
        return self.value.kind in TARIFF_KINDS

    def apply(self, text: str) -> str:
        """The text of the policy file with this change."""
        if self.new.startswith("{"):
            return text[: self.value.spot.start] + self.new + text[self.value.spot.end :]
        return replace_value(text, self.value.spot, self.new)

    def __str__(self) -> str:
        path = "/".join(map(str, self.value.path))
        return f"{self.value.spot.line}:{path}: {self.value.text} → {self.new}"


def figures(text: str) -> list[WrittenValue]:
    """Every number, time and window among the values of a policy file, in its order."""
    source = read_source(text, "policy.yaml")
    found = [
        value
        for value in written_values(read_source(text, "policy.yaml"))
        if (_has_digit(value.text) or value.kind == "window") and not no_figure(value.path)
    ]
    return sorted([*found, *_example_answers(source)], key=lambda one: one.spot.start)


def changes_of(value: WrittenValue) -> list[Change]:
    """The other values that a value is changed to, one after the other."""
    total = value.kind == "money" and value.path[0] == "questions"
    others = dict.fromkeys((_bounds if total else OTHERS[value.kind])(value.text))
    return [Change(value, other) for other in others if other != value.text]


def gaps_for(text: str, value: WrittenValue) -> Iterator[Change]:
    """A gap of the policy in place of a value that may be one; the check refuses it elsewhere."""
    gaps = PolicyFile.model_validate(read_source(text, "policy.yaml").data).gaps
    if gaps and value.kind in MAY_BE_GAPS:
        yield Change(value, f"{{gap: {next(iter(gaps))}}}")


def unaccounted(text: str) -> list[str]:
    """Where digits stand in a policy file that are neither a figure, nor prose, nor known."""
    source = read_source(text, "policy.yaml")
    written = PolicyFile.model_validate(source.data)
    known = {value.path for value in figures(text)} | {one.path for one in governing_texts(written)}
    digits = [path for path in source.values if _has_digit(value_at(source.data, path))]
    others = [path for path in digits if path not in known and not no_figure(path)]
    return ["/".join(map(str, path)) for path in others]


def no_figure(path: Path) -> bool:
    """Tell whether a value at a path is known to be no figure."""
    written = "/".join(map(str, path))
    return any(re.fullmatch(pattern, written) for pattern, _ in NO_FIGURES)


def _example_answers(source: Source) -> Iterator[WrittenValue]:
    for path, spot in source.values.items():
        text = value_at(source.data, path)
        in_answers = len(path) == 4 and path[0] == "examples" and path[2] == "set"
        if in_answers and _has_digit(text):
            yield WrittenValue(path, spot, str(text), EXAMPLE_ANSWER)


def _has_digit(data: Data | None) -> bool:
    return isinstance(data, str) and re.search(r"\d", data) is not None


# ---- Other values, by kind


def _amounts(text: str) -> Iterator[str]:
    yield str(Decimal(text) + Decimal("1.25"))
    yield str(Decimal(text) * 2)


def _bounds(text: str) -> Iterator[str]:
    """From which amount on a total decides otherwise: far away, as there are steps between."""
    yield str(Decimal(text) * 2)
    yield str(Decimal(text) / 2)


def _percentages(text: str) -> Iterator[str]:
    percent = Decimal(text.rstrip("% "))
    yield f"{percent + 1 if percent < 100 else percent - 1}%"
    yield f"{percent / 2}%"


def _lengths(text: str) -> Iterator[str]:
    """Shorter and longer, in the unit that was written: “60 min”, “2 h”, “started 30 min”."""
    *before, number, unit = text.split()
    step = Decimal(15 if unit == "min" else 1)
    for length in (Decimal(number) + step, Decimal(number) - step):
        if length > 0:
            yield " ".join([*before, str(length), unit])


def _response_times(text: str) -> Iterator[str]:
    """Lengths as such; a number of working days one more and one less."""
    number, _, days = text.partition(" working ")
    if not days:
        yield from _lengths(text)
        return
    yield f"{int(number) + 1} working days"
    yield f"{int(number) - 1 if int(number) > 1 else 3} working days"


def _holidays(text: str) -> Iterator[str]:
    """The day before, for days that are written with their year or without."""
    *before, day = re.split(r"(?<=[ -])", text)
    yield "".join([*before, f"{int(day) - 1:02}"])


def _factors(text: str) -> Iterator[str]:
    yield str(Decimal(text) + 1)
    yield str(Decimal(text) + Decimal("0.5"))


def _numbers(text: str) -> Iterator[str]:
    yield str(int(text) + 1)
    yield str(int(text) - 1 if int(text) > 1 else 2)


def _minutes(text: str) -> Iterator[str]:
    minutes, colon, seconds = text.partition(":")
    yield f"{int(minutes) + 1}{colon}{seconds}"
    yield f"{int(minutes) + 30}{colon}{seconds}"


def _windows(text: str) -> Iterator[str]:
    """Each day, month and time of a window by itself, one way and the other."""
    if not any(day in text for day in WEEKDAYS):
        yield "Mo-Fr 09:00-17:00"
    for part in DAY_OR_TIME.finditer(text):
        for other in _neighbours(part[0]):
            yield text[: part.start()] + other + text[part.end() :]


def _neighbours(part: str) -> Iterator[str]:
    if part in WEEKDAYS:
        day = WEEKDAYS.index(part)
        yield from (WEEKDAYS[(day + 1) % 7], WEEKDAYS[(day - 1) % 7])
        return
    if part in MONTHS:
        month = MONTHS.index(part)
        yield from (MONTHS[(month + 1) % 12], MONTHS[(month - 1) % 12])
        return
    if part.isdecimal():
        yield from (str(int(part) + 1), str(int(part) - 1))
        return
    minutes = int(part[:2]) * 60 + int(part[3:])
    for other in (minutes + 30, minutes - 30):
        if 0 <= other <= 24 * 60:
            yield f"{other // 60:02}:{other % 60:02}"


def _week_times(text: str) -> Iterator[str]:
    """Another day, another time: “Tu 17:30”."""
    day, time = text.split()
    yield f"{next(_neighbours(day))} {time}"
    yield f"{day} {next(_neighbours(time))}"


def _days(text: str) -> Iterator[str]:
    yield (date.fromisoformat(text) + timedelta(days=1)).isoformat()


def _answers(text: str) -> Iterator[str]:
    """A number of minutes, a date, or the first and the last part of a version."""
    if YEAR_MONTH_DAY.fullmatch(text):
        yield from _days(text)
        return
    *before, last = text.split(".")
    yield ".".join([*before, str(int(last) + 1)])
    if before:
        yield ".".join([str(int(before[0]) + 1), *before[1:], last])


OTHERS: dict[str, Callable[[str], Iterator[str]]] = {
    "money": _amounts,
    "percent": _percentages,
    "length": _lengths,
    "duration": _lengths,
    "response-time": _response_times,
    "holiday": _holidays,
    "per": _lengths,
    "step": _lengths,
    "factor": _factors,
    "number": _numbers,
    "minutes": _minutes,
    "scenario-minutes": _minutes,
    "scenario-number": _minutes,
    "units": _factors,
    "months": _lengths,
    "window": _windows,
    "week-time": _week_times,
    "date": _days,
    EXAMPLE_ANSWER: _answers,
}
