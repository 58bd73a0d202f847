"""A scenario under one policy, with all that the stages of pricing ask for again and again.

What depends on the answers alone comes from `rules`; what the start and the length of the session
decide is found here.
"""

from collections.abc import Mapping
from decimal import Decimal

from termwise_calculator.pricing.counting import Work, at_least, later, touches, worked_minutes
from termwise_calculator.pricing.rates import least_of, rate_at
from termwise_calculator.pricing.rules import rules_for
from termwise_calculator.pricing.scenario import Scenario
from termwise_calculator.terms.packages import why_not_valid
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.tariff import Allowance, Answers, Charge, Limit, TaxBasis
from termwise_calculator.terms.timetable import timetable_of
from termwise_calculator.time.clock import NOT_ASKED
from termwise_calculator.time.lengths import Minutes

NO_TOTALS: Mapping[str, Decimal] = {}


class Case:
    """What is priced: a scenario, and its answers as rules match them.

    `start` is when the session starts. Where nobody asks that, and periods run from it, they run
    from a moment that stands for any. `other_end` are the same terms with the other end of every
    range, where there are any. `totals` are what charges come to, where that decides; its band is
    among the answers.
    """

    def __init__(
        self,
        policy: Policy,
        scenario: Scenario,
        answers: Answers,
        other_end: Policy | None = None,
        totals: Mapping[str, Decimal] = NO_TOTALS,
    ) -> None:
        self.policy = policy
        self.other_end = other_end
        self.scenario = scenario
        self.answers = answers
        self.totals = totals
        self.rules = rules = rules_for(policy, scenario.service, answers)
        self.surcharges = rules.surcharges
        self.discounts = rules.discounts
        self.allowances = rules.allowances
        self.responses = rules.responses
        self.charges = rules.charges
        if rules.touched:
            self.charges = [one for one in rules.charges if self._applies(one)]
        self.limits = [one for one in rules.limits if self._limits(one)]
        self.limits_of_the_whole = [one for one in rules.limits_of_the_whole if self._limits(one)]
        self.start = scenario.start
        if self.start is None and any(one.period_minutes for one in self.limits):
            self.start = NOT_ASKED

    def __eq__(self, other: object) -> bool:
        """Two cases are the same where the same scenario is priced under the same terms."""
        if not isinstance(other, Case):
            return NotImplemented
        return (self.policy, self.scenario) == (other.policy, other.scenario)

    # Answers may be a dictionary.
    __hash__ = None  # type: ignore[assignment]

    @property
    def minutes(self) -> Minutes:
        """The length of the session; 0 where none is asked."""
        return self.scenario.minutes or 0

    def allowance_for(self, charge: Charge) -> Allowance | None:
        """The allowance that covers a charge, if the answers entitle to one."""
        for one in self.allowances:
            if charge.id in one.charges and not self.why_not_valid(one):
                return one
        return None

    def why_not_valid(self, allowance: Allowance) -> str:
        """Why an allowance covers nothing on the day of the start; empty where it does."""
        start = self.scenario.start
        day = None if start is None else start.astimezone(self.policy.zone).date()
        return why_not_valid(allowance, self.answers, day)

    def entered_for(self, charge: Charge) -> Minutes:
        """The minutes that the visitor named, of the session or of what else a charge counts."""
        return self.minutes if charge.counts is None else int(self.answers.get(charge.counts, "0"))

    def work_for(self, charge: Charge) -> Work:
        """The time that a charge counts: that of the session, or one of its own."""
        start = self.start
        worked = worked_minutes(charge, self.entered_for(charge), self.answers)
        if charge.counts is None:
            followed = bool(self.rules.after_session) and self._is_followed()
            counted = at_least(self.least_for(charge), worked)
            return Work(counted, start, followed, counted - worked)
        minutes = at_least(self.least_for(charge), worked)
        added = minutes - worked
        if charge.after_session:
            return Work(minutes, later(start, self.minutes), added=added)
        # When that time was is not asked; what goes by windows takes it for that of the session.
        allowance = self.allowance_for(charge)
        windows = not self.rules.timetable_for(charge).is_empty
        by_the_clock = windows or (allowance and allowance.burns)
        return Work(minutes, start if by_the_clock else None, added=added)

    def least_for(self, charge: Charge) -> Minutes:
        """The least time that a charge counts: where windows have their own, by its beginning."""
        if charge.id not in self.rules.with_own_leasts:
            return charge.least_minutes
        return least_of(charge, rate_at(charge.rate, self.open_at_start(charge)))

    def basis_of(self, charge_id: str) -> TaxBasis | None:
        """How the price of a charge stands to the tax; None where nothing is said of any tax."""
        return self.rules.bases[charge_id]

    def times(self, charge: Charge) -> Decimal:
        """How many times all is due that a charge costs which is `for_each` of something."""
        return Decimal(self.scenario.answers.get(charge.for_each, "0"))

    def units_for(self, charge: Charge) -> Decimal:
        """The quantity that a charge counts."""
        return Decimal(self.scenario.answers.get(charge.question, "0"))

    def open_at_start(self, charge: Charge) -> frozenset[str]:
        """The windows that matter to a charge and are open when what it counts begins."""
        start = self.scenario.start
        if charge.after_session:
            start = later(start, self.minutes)
        return self.rules.timetable_for(charge).open_at(start) if start else frozenset()

    def _applies(self, charge: Charge) -> bool:
        applies, start = charge.applies, self.scenario.start
        if applies is None or start is None:
            return applies is None
        return touches(self.rules.touched[charge.id], applies.inside, start, self.minutes)

    def _is_followed(self) -> bool:
        """Tell whether other time is charged from the end of the session on."""
        after = [one for one in self.rules.after_session if one in self.charges]
        return any(map(self.units_for, after))

    def _limits(self, limit: Limit) -> bool:
        start = self.scenario.start
        if limit.window is None or start is None:
            return limit.window is None
        return limit.window in timetable_of(self.policy, limit.window).open_at(start)
