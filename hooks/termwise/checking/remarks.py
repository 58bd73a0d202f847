"""What looks like a slip and may be right: told as remarks, until the policy says it is meant.

Each remark has a name. `meant` in the policy lists the names of those that are answered; a name
there that answers nothing is a problem, so that no answer outlives its question.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from termwise.checking.time.overlaps import first_common_moment
from termwise.checking.written.references import windows_in_texts
from termwise.checking.written.unknown_names import HOLDERS, known_names
from termwise.policy_form.fields import references, written_values
from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.ranges import SurchargeRange
from termwise.policy_form.tariff.rules import SurchargeTerms
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, did_you_mean, listed, quoted

WHOLE = Decimal(100)
PARTS_OF_VALUES = ("value", "from", "to")
"""What stands in the path of a value that is dated or a range, and is no field of a rule."""
NOTES = ("gap", "reading", "outside fact")
USES = {
    "gap": "{{gap: {0}}} in place of a value",
    "reading": "“readings: [{0}]” at a rule, or “values:” that it decides",
    "outside fact": "“outside: {0}” at the tax, or “values:” that it gives",
}
"""How a rule uses what stands on the page in any case."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A question to whoever wrote a policy, by the name under which `meant` answers it."""

    name: str
    problem: Problem


def remarks(written: PolicyFile, source: Source) -> list[Problem]:
    """Every question that `meant` does not answer, in the order of the file."""
    asked = _asked(written, source)
    return sorted(one.problem for one in asked if one.name not in written.meant)


def meant_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Entries of `meant` that answer no question, or one that is answered already."""
    if not written.meant:
        return
    asked = {one.name for one in _asked(written, source)}
    for index, name in enumerate(written.meant):
        is_repeated = name in written.meant[:index]
        if name in asked and not is_repeated:
            continue
        left = sorted(asked - {*written.meant})
        near = did_you_mean(name, left)
        yield Problem(
            source.place(("meant", index)),
            "The check asks nothing of this name",
            quoted(name) + (", once more" if is_repeated else ""),
            f"one of {listed(left, name)}" if left else "only what the check asks about",
            f"{near} Or take it away" if near.endswith("?") else "take it away",
        )


def _asked(written: PolicyFile, source: Source) -> Iterator[Remark]:
    yield from _doubled_prices(source)
    yield from _together(written, source)
    yield from _unused_notes(written, source)
    yield from _windows_of_texts(written, source)
    yield from _repeated_numbers(written, source)


def _remark(name: str, problem: Problem, why: str) -> Remark:
    mend = f"{problem.mend} Or, if {why}, add “{name}” to the list “meant:”"
    return Remark(name, replace(problem, mend=mend))


def _doubled_prices(source: Source) -> Iterator[Remark]:
    """Percentages that are added, of 100 % or more: perhaps the whole price was written."""
    asked: set[str] = set()
    for value in written_values(source):
        name = _name_of(value.path)
        if not _adds(value.path) or value.kind != "percent" or name in asked:
            continue
        percent = Decimal(value.text.removesuffix("%"))
        if percent < WHOLE:
            continue
        asked.add(name)
        more = percent - WHOLE
        problem = Problem(
            source.place(value.path),
            "What is added doubles the price, or more",
            quoted(value.text),
            "only what is added, such as 25% where 125% of the price are paid; as it stands, "
            f"{_percent(WHOLE + percent)} of it are paid",
            f"did you mean {_percent(more)}?" if more else "write what is added to the price.",
        )
        yield _remark(name, problem, f"{_percent(percent)} are added")


def _repeated_numbers(written: PolicyFile, source: Source) -> Iterator[Remark]:
    """A clause with the number of an earlier one: perhaps it was copied."""
    lines: dict[str, int] = {}
    for section_at, section in enumerate(written.sections):
        for at, clause in enumerate(section.clauses):
            place = source.place(("sections", section_at, "clauses", at, "number"))
            if clause.number in lines:
                problem = Problem(
                    place,
                    "Two clauses have this number",
                    quoted(clause.number),
                    f"another number; this one is taken on line {lines[clause.number]}",
                    "write the number that the page has.",
                )
                yield _remark(f"clauses.{clause.id}.number", problem, "the page has it twice")
            elif clause.number:
                lines[clause.number] = place.line


def _adds(path: Path) -> bool:
    """Tell whether a percentage comes on top of a price."""
    *_, field = rule = _rule_of(path)
    return field == "add" or (rule[0] == "surcharges" and field == "percent")


def _name_of(path: Path) -> str:
    """The fields that lead to a value, whatever its rows and the ends of its range."""
    return ".".join(step for step in _rule_of(path) if isinstance(step, str))


def _rule_of(path: Path) -> Path:
    """The path without what stands at its end for a row, or for one end of a range."""
    while isinstance(path[-1], int) or path[-1] in PARTS_OF_VALUES:
        path = path[:-1]
    return path


def _percent(number: Decimal) -> str:
    return f"{number.normalize():f}%"


# ---- Two surcharges at one moment


def _together(written: PolicyFile, source: Source) -> Iterator[Remark]:
    """Pairs of surcharges whose windows are open together, in a service that has both.

    Those that an answer brings are not asked about: whoever answers sees both.
    """
    for one, other in combinations(written.surcharges, 2):
        windows = [written.surcharges[name].in_ for name in (one, other)]
        named = [name for name in windows if name is not None and name in written.hours]
        if len(named) < len(windows) or not _fit_one_price(written, one, other):
            continue
        moment = first_common_moment(written, named)
        come_to = moment and _come_to(written, one, other, moment.day)
        if not moment or not come_to:
            continue
        problem = Problem(
            source.key_place(("surcharges", other)),
            "Two surcharges hold at one moment",
            f"{quoted(one)} and {quoted(other)}, both on {moment.told}, which come to {come_to}",
            "one of them at each moment, unless the page has both paid",
            "change the hours of one window, or, where either is paid once, make one window and "
            "one surcharge of both.",
        )
        yield _remark(f"surcharges.{one}+{other}", problem, "both are paid")


def _fit_one_price(written: PolicyFile, one: str, other: str) -> bool:
    """Tell whether two surcharges can be on one charge of one service, with some answers."""
    first, second = written.surcharges[one], written.surcharges[other]
    shared = first.when.keys() & second.when.keys()
    if any(set(first.when[key]).isdisjoint(second.when[key]) for key in shared):
        return False
    return any(
        {one, other} <= {*service.surcharges}
        and any(_is_on(first, charge) and _is_on(second, charge) for charge in service.charges)
        for service in written.services.values()
    )


def _is_on(surcharge: SurchargeTerms, charge: str) -> bool:
    return not surcharge.charges or charge in surcharge.charges


def _come_to(written: PolicyFile, one: str, other: str, day: date) -> str | None:
    """What two surcharges come to on a day; nothing where only one counts, or one is a gap."""
    first, second = (written.surcharges[name].percent.on(day) for name in (one, other))
    if isinstance(first, GapTerms) or isinstance(second, GapTerms):
        return None
    ends = dict.fromkeys(zip(_ends(first), _ends(second), strict=True))
    ways = {
        service.surcharges_together: " to ".join(
            _percent(_both(*percents, service.surcharges_together)) for percents in ends
        )
        for service in written.services.values()
        if {one, other} <= {*service.surcharges} and service.surcharges_together != "highest"
    }
    return " or ".join(ways.values())


def _ends(percent: Decimal | SurchargeRange) -> tuple[Decimal, Decimal]:
    """Both ends of a range, or a percentage twice."""
    return (percent, percent) if isinstance(percent, Decimal) else (percent.from_, percent.to)


def _both(first: Decimal, second: Decimal, together: str | None) -> Decimal:
    """What two percentages come to in a service in which surcharges add up or multiply."""
    return first + second + (first * second / WHOLE if together == "multiply" else 0)


# ---- What stands there and is not used


def _unused_notes(written: PolicyFile, source: Source) -> Iterator[Remark]:
    """Gaps, readings and outside facts of no rule and no value: they stand on the page alone."""
    used = {(one.what, one.name) for one in references(source)}
    used |= {("reading", name) for name, one in written.readings.items() if one.values}
    used |= {("outside fact", name) for name, one in written.outside.items() if one.values}
    known = known_names(source.data)
    for what in NOTES:
        for name in known[what]:
            if (what, name) not in used:
                path: Path = (HOLDERS[what], name)
                use = USES[what].format(name)
                problem = _unused(source, path, f"No rule uses this {what}", use)
                yield _remark(
                    ".".join((HOLDERS[what], name)), problem, "it is only for readers of the page"
                )


def _windows_of_texts(written: PolicyFile, source: Source) -> Iterator[Remark]:
    """Windows that sentences show and no rule goes by."""
    used = {one.name for one in references(source) if one.what == "window"}
    for name in windows_in_texts(written):
        if name not in used:
            path: Path = ("windows", name)
            problem = _unused(source, path, "Only texts use this window", "a rule that names it")
            yield _remark(_name_of(path), problem, "no price or promise goes by these hours")


def _unused(source: Source, path: Path, what: str, use: str) -> Problem:
    mend = "name it where it applies, or take it away."
    return Problem(source.key_place(path), what, quoted(str(path[-1])), use, mend)
