"""A scenario under one policy, with all that the stages of pricing ask for again and again."""

from decimal import Decimal
from functools import cached_property

from calculator.counting import Work, at_least, later, touches, windows_open, worked_minutes
from calculator.lengths import Minutes
from calculator.packages import why_not_valid
from calculator.policy import Policy, Response
from calculator.scenario import Scenario
from calculator.tariff import Allowance, Answers, Charge, Discount, Limit, Surcharge
from calculator.windows import Window


class Case:
    """What is priced: a scenario, and its answers as rules match them."""

    def __init__(self, policy: Policy, scenario: Scenario, answers: Answers) -> None:
        self.policy = policy
        self.scenario = scenario
        self.answers = answers

    @cached_property
    def charges(self) -> list[Charge]:
        """The charges of the service that the answers call for."""
        charges = (self.policy.charges[charge_id] for charge_id in self.scenario.service.charges)
        return [one for charge in charges for one in charge.priced if self._applies(one)]

    @cached_property
    def surcharges(self) -> list[Surcharge]:
        """The surcharges that these answers call for, in the order of the policy."""
        rules = (self.policy.surcharges[name] for name in self.scenario.service.surcharges)
        return [rule for rule in rules if rule.when.holds(self.answers)]

    @cached_property
    def discounts(self) -> list[Discount]:
        """The discounts the answers entitle to, in the order of the policy."""
        table = self.policy.discounts
        discounts = (table[discount_id] for discount_id in self.scenario.service.discounts)
        return [discount for discount in discounts if discount.when.holds(self.answers)]

    @cached_property
    def limits(self) -> list[Limit]:
        """The limits that hold for these answers and this start, in the order of the policy."""
        limits = (self.policy.limits[limit_id] for limit_id in self.scenario.service.limits)
        return [limit for limit in limits if self._limits(limit)]

    @cached_property
    def responses(self) -> list[Response]:
        """The response targets of the service."""
        return [self.policy.responses[rule] for rule in self.scenario.service.responses]

    @property
    def minutes(self) -> Minutes:
        """The length of the session; 0 where none is asked."""
        return self.scenario.minutes or 0

    def allowance_for(self, charge: Charge) -> Allowance | None:
        """The allowance that covers a charge, if the answers entitle to one."""
        covering = (one for one in self.allowances if charge.id in one.charges)
        return next((one for one in covering if not self.why_not_valid(one)), None)

    @property
    def allowances(self) -> list[Allowance]:
        """The allowances that the answers entitle to, valid or not, in the order of the policy."""
        table = self.policy.allowances
        allowances = (table[name] for name in self.scenario.service.allowances)
        return [one for one in allowances if one.when.holds(self.answers)]

    def why_not_valid(self, allowance: Allowance) -> str:
        """Why an allowance covers nothing on the day of the start; empty where it does."""
        start = self.scenario.start
        day = None if start is None else start.astimezone(self.policy.zone).date()
        return why_not_valid(allowance, self.answers, day)

    def windows_for(self, charge: Charge) -> list[Window]:
        """The windows at whose edges the price of a charge may change."""
        names = [rate.window for rate in charge.rate.windows] if charge.rate else []
        rules: list[Surcharge | Discount] = [*self.surcharges, *self.discounts]
        names += [rule.window for rule in rules if rule.window and charge.id in rule.charges]
        return [self.policy.windows[name] for name in dict.fromkeys(names)]

    def work_for(self, charge: Charge) -> Work:
        """The time that a charge counts: that of the session, or one of its own."""
        start = self.scenario.start
        if charge.counts is None:
            minutes = worked_minutes(charge, self.minutes, self.answers)
            return Work(at_least(charge, minutes), start, self._is_followed())
        minutes = at_least(charge, int(self.answers.get(charge.counts, "0")))
        if charge.after_session:
            return Work(minutes, later(start, self.minutes))
        # When that time was is not asked; only a rate has to take it for that of the session.
        return Work(minutes, start if charge.rate else None)

    def units_for(self, charge: Charge) -> Decimal:
        """The quantity that a charge counts."""
        return Decimal(self.scenario.answers.get(charge.counts or "", "0"))

    def open_at_start(self, charge: Charge) -> frozenset[str]:
        """The windows that matter to a charge and are open when what it counts begins."""
        start, windows = self.scenario.start, self.windows_for(charge)
        if charge.after_session:
            start = later(start, self.minutes)
        return windows_open(start, windows, self.policy.zone) if start else frozenset()

    def _applies(self, charge: Charge) -> bool:
        if not charge.when.holds(self.answers):
            return False
        applies, start = charge.applies, self.scenario.start
        if applies is None or start is None:
            return applies is None
        window = self.policy.windows[applies.window]
        return touches(window, applies.inside, start, self.minutes, self.policy.zone)

    def _is_followed(self) -> bool:
        """Tell whether other time is charged from the end of the session on."""
        after = [charge for charge in self.charges if charge.after_session]
        return any(int(self.answers.get(charge.counts or "", "0")) for charge in after)

    def _limits(self, limit: Limit) -> bool:
        if not limit.when.holds(self.answers):
            return False
        start = self.scenario.start
        if limit.window is None or start is None:
            return limit.window is None
        window = self.policy.windows[limit.window]
        return limit.window in windows_open(start, [window], self.policy.zone)
