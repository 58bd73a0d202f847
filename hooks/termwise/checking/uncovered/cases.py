"""A concrete scenario of each region that `termwise coverage` and `termwise check` report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import takewhile
from math import ceil

from termwise_calculator.coverage.answers import asked_by, combinations
from termwise_calculator.coverage.day_kinds import DAYS_UNTIL_ALL_RETURNS
from termwise_calculator.coverage.reaching import fields_of, sizes_reaching
from termwise_calculator.coverage.regions import Region
from termwise_calculator.pricing.counting import touches
from termwise_calculator.terms.money import plain
from termwise_calculator.terms.packages import months_later
from termwise_calculator.terms.policy import Policy, Question, Service
from termwise_calculator.terms.tariff import Answers, Charge, When
from termwise_calculator.terms.timetable import timetable_of
from termwise_calculator.time.clock import MINUTE, NoSuchLocalTime, to_instant
from termwise_calculator.time.windows import MINUTES_PER_DAY

DAY = timedelta(days=1)
DAYS_LOOKED_AT = DAYS_UNTIL_ALL_RETURNS
"""Days without exception are found at once, but for seasons that leave none for years."""

LONGER = 15
"""By how many minutes a session is made longer until it touches some time."""


def example_of(policy: Policy, region: Region, reference: date) -> dict[str, str]:
    """A scenario in a region, as the fields of a form: on or next after the reference date.

    What is left out has the answer of the likeliest case.
    """
    return dict(_Example(policy, policy.services[region.service], region).query(reference))


def command(policy: Policy, service: str, query: Mapping[str, str], on: date | None = None) -> str:
    """The command that prices a scenario, by the terms `on` a date if there is one."""
    parts = [f"termwise quote {policy.provider}/{service}"]
    for name, value in query.items():
        if name in ("start", "minutes"):
            parts.append(f"--{name} {value}")
        else:
            kind = "quantity" if policy.questions[name].kind == "number" else "set"
            parts.append(f"--{kind} {name}={value}")
    return " ".join(parts) + (f" --on {on}" if on else "")


@dataclass(frozen=True, slots=True)
class _Example:
    policy: Policy
    service: Service
    region: Region

    def query(self, reference: date) -> Iterator[tuple[str, str]]:
        start = self._start(max(reference, self.policy.effective or reference))
        query = {} if start is None else {"start": f"{start:%Y-%m-%dT%H:%M}"}
        if "minutes" in self.service.asks:
            query["minutes"] = str(self._minutes(start))
        answers = dict(self._answers())
        day = (start or datetime.combine(reference, datetime.min.time())).date()
        answers |= self._spent(answers, day) | self._repeated() | self._counted()
        query |= {name: answers[name] for name in self.service.questions if name in answers}
        yield from self._come_to(query, day).items()

    # ---- Answers

    def _answers(self) -> Iterator[tuple[str, str]]:
        """The answers that lead into the region; those of the likeliest case need no telling."""
        way = self._likeliest()
        named = {name for name, _ in self.region.answers.answers}
        for name, answer in way.items():
            question = self.policy.deciding(name)
            if name in named or answer != likeliest(question):
                yield name, given(question, answer)

    def _likeliest(self) -> Answers:
        """Of all ways into the region that with the fewest unlikely answers."""
        whens = [self.region.answers, self.region.unless or When()]
        ways = combinations(asked_by(self.policy, self.service), whens)
        into = [way for way in ways if self.region.holds_for(way)]
        return min(into, key=self._unlikely)

    def _unlikely(self, way: Answers) -> int:
        deciding = self.policy.deciding
        return sum(answer != likeliest(deciding(name)) for name, answer in way.items())

    def _spent(self, answers: Answers, day: date) -> dict[str, str]:
        """All free time as used up, or expired, where it could cover what the region is about."""
        table = (self.policy.allowances[name] for name in self.service.allowances)
        charge = self.region.charge or self.region.rule
        covering = [one for one in table if charge in one.charges]
        about_free_time = self.region.rule in self.policy.allowances
        spent: dict[str, str] = {}
        for one in takewhile(lambda each: each.id != self.region.rule, covering):
            is_known = isinstance(one.minutes, int) and not about_free_time
            if is_known and self._is_asked(one.used, answers):
                spent[one.used] = str(one.minutes)
                if one.carried and self._is_asked(one.carried.question, answers):
                    spent[one.carried.question] = "0"
            elif not is_known and self._is_asked(one.bought, answers):
                spent[one.bought] = str(months_later(day, -one.valid_months - 1))
        return spent

    def _come_to(self, query: dict[str, str], day: date) -> dict[str, str]:
        """A query with so much of what a total adds up that it comes to an amount of the region."""
        for name, bands in self.region.answers.answers:
            total = self.policy.totals.get(name)
            amount = total.bounds_of(bands[0])[0] if total else Decimal(0)
            if total and amount:
                sizes = sizes_reaching(self.policy, self.service, query, total, amount, day)
                query |= {field: str(size) for field, size in list(sizes.items())[:1]}
            elif total:
                query |= dict.fromkeys(fields_of(self.policy, self.service, total), "0")
        return query

    def _repeated(self) -> dict[str, str]:
        """One unit at least of what the discount or the charge is for that the region is about."""
        rules = self.policy.discounts.get(self.region.rule or ""), self._charge
        return {rule.for_each: "1" for rule in rules if rule and rule.for_each}

    def _is_asked(self, name: str, answers: Answers) -> bool:
        defaults = {one: likeliest(self.policy.questions[one]) for one in self.service.questions}
        asked = self.policy.questions.get(name)
        return asked is not None and asked.when.holds({**defaults, **answers})

    # ---- Amounts

    @property
    def _charge(self) -> Charge | None:
        """The charge that the region is about, if it is about one."""
        return self.policy.charges.get(self.region.charge or self.region.rule or "")

    def _counted(self) -> dict[str, str]:
        """The answer to the question that the charge counts: the first amount in the region."""
        charge = self._charge
        if charge is None or charge.counts is None:
            return {}
        if charge.unit == "increment":
            return {charge.counts: str(self._least_minutes(charge))}
        decimals = self.policy.questions[charge.counts].decimals
        beyond = self.region.beyond
        begin = beyond if isinstance(beyond, Decimal) else Decimal(0)
        number = begin + Decimal(1).scaleb(-decimals)
        for name, bands in self.region.answers.answers:
            if name == charge.counts:  # it decides, too
                number = max(number, Decimal(given(self.policy.questions[name], bands[0])))
        return {charge.counts: plain(number)}

    def _least_minutes(self, charge: Charge) -> int:
        """The least time that is counted in the region, beyond what is not billed."""
        tolerated = ceil(charge.tolerance_minutes) if self.region.beyond else 0
        return int(self.region.beyond) + tolerated + self._always_free(charge) + 1

    def _always_free(self, charge: Charge) -> int:
        """Free minutes of a period whose time is asked as a whole: they cannot be used up."""
        table = (self.policy.allowances[name] for name in self.service.allowances)
        whole = (one for one in table if charge.id in one.charges and not one.used)
        return max((one.minutes for one in whole if isinstance(one.minutes, int)), default=0)

    def _minutes(self, start: datetime | None) -> int:
        charge, touching = self._charge, self.region.touching
        if charge is None:
            return 1
        least = 0 if charge.after_session else 1
        if charge.counts is None and charge.unit == "increment":
            least = self._least_minutes(charge)
        if touching is None or start is None:
            return least
        timetable = timetable_of(self.policy, touching.window)
        instant = start.replace(tzinfo=self.policy.zone).astimezone(UTC)
        minutes = least
        while not touches(timetable, touching.inside, instant, minutes):
            minutes += LONGER
        return minutes

    # ---- Time

    def _start(self, reference: date) -> datetime | None:
        """The first moment in the region from a date on, local; None where any will do."""
        if self.region.window is None:
            return None
        for day in self._days(reference):
            for minute in self._minutes_in_region(day):
                moment = datetime.combine(day, datetime.min.time()) + minute * MINUTE
                if self._exists(moment):
                    return moment
        raise AssertionError("each kind of days has a day on which its hours are")

    def _days(self, reference: date) -> Iterator[date]:
        """Days of the region: from the reference date on, then those before it."""
        if self.region.on is not None:
            days = self.region.on.days
            yield from sorted(days, key=lambda day: (day < reference, abs(day - reference)))
            return
        besides = {day for kind in self.region.besides for day in kind.days}
        days_on = (reference + number * DAY for number in range(DAYS_LOOKED_AT))
        yield from (day for day in days_on if day not in besides)

    def _minutes_in_region(self, day: date) -> list[int]:
        """When the region begins on a day; at midnight only where it does not go on from before."""
        window = self.region.window
        spans = window.spans if window else ()
        starts = [divmod(span.start, MINUTES_PER_DAY) for span in spans]
        return [minute for weekday, minute in starts if weekday == day.weekday()]

    def _exists(self, moment: datetime) -> bool:
        try:
            to_instant(moment, self.policy.zone)
        except NoSuchLocalTime:
            return False
        return True


def likeliest(question: Question) -> str:
    """The answer of the likeliest case, as rules match it."""
    if question.kind == "version":
        return "not given"
    return question.band_of(Decimal(question.default)) if question.bands else question.default


def given(question: Question, answer: str) -> str:
    """What is answered so that rules match this: a number of the band, a version of the kind."""
    if question.kind == "version":
        newest = question.newest_major or 0
        majors = {"supported": newest, "older": newest - 1, "newer": newest + 1}
        return f"{majors[answer]}.0.0.0" if answer in majors else ""
    if not question.bands:
        return answer
    least = question.bounds_of(answer)[0]
    step = Decimal(1).scaleb(-question.decimals)
    return plain((least / step).to_integral_value(ROUND_CEILING) * step)
