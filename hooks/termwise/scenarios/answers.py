"""Sets of answers around which a price or a rule changes."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import combinations, product
from math import ceil, prod

from termwise.scenarios.queries import Query, unique
from termwise.scenarios.starts import standard_monday
from termwise_calculator.pricing.scenario import matched_answer
from termwise_calculator.terms.money import plain
from termwise_calculator.terms.packages import months_later
from termwise_calculator.terms.policy import Policy, Question, Service
from termwise_calculator.terms.tariff import Charge, Discount, Unpublished

MOST_ANSWER_SETS = 256


def answer_sets(policy: Policy, service: Service) -> list[Query]:
    """Every set of answers, or every pair of questions where there would be too many sets."""
    questions = [policy.questions[question_id] for question_id in service.questions]
    choices = {question.id: _choices(policy, question) for question in questions}
    few = prod(map(len, choices.values())) <= MOST_ANSWER_SETS
    varied = [tuple(choices)] if few else list(combinations(choices, 2))
    sets = []
    for names in varied:
        pools = [choices[one.id] if one.id in names else [one.default] for one in questions]
        sets += [_asked(questions, answers) for answers in product(*pools)]
    return unique(sets)


def single_answers(policy: Policy, service: Service) -> Iterator[Query]:
    """Each answer given alone: what else it makes the policy ask keeps its default."""
    for question_id in service.questions:
        question = policy.questions[question_id]
        if not question.when.answers:
            for answer in filter(None, _choices(policy, question)):
                yield {"service": service.id, question.id: answer}


def _asked(questions: Iterable[Question], answers: Iterable[str]) -> Query:
    """The answers to the questions that are asked, given the answers before them."""
    given: Query = {}
    matched: Query = {}
    for question, answer in zip(questions, answers, strict=True):
        asked = question.when.holds(matched)
        matched[question.id] = matched_answer(question, answer if asked else "")
        if asked and answer:
            given[question.id] = answer
    return given


def _choices(policy: Policy, question: Question) -> list[str]:
    if question.kind == "version":
        newest = question.newest_major or 0
        majors = range(max(newest - 1, 0), newest + 2)
        return ["", *(f"{major}.0.0.0" for major in majors)]
    if question.kind == "date":
        return ["", *_days_bought(policy, question)]
    if question.kind == "minutes":
        used = {0, *_used_minutes(policy, question), *map(int, _counted(policy, question))}
        return [str(minutes) for minutes in sorted(used)]
    if question.kind == "number":
        units = {Decimal(0), Decimal(1), Decimal(question.default), *_counted(policy, question)}
        units |= {*_most_repeated(policy, question)}
        for under in (band.under for band in question.bands if band.under):
            units |= {max(under - 1, Decimal(0)), under, under + 1}
        return [plain(number) for number in sorted(units)]
    return list(question.options)


def _days_bought(policy: Policy, question: Question) -> Iterator[str]:
    """Such that a package is in its last days on the first ones of the standard week, or over."""
    monday = standard_monday(policy).date()
    for allowance in policy.allowances.values():
        if allowance.bought == question.id:
            first = months_later(monday, -allowance.valid_months)
            yield from (str(first + timedelta(days=days)) for days in (-1, 0, 1, 2))


def _counted(policy: Policy, question: Question) -> Iterator[Decimal]:
    """Around the first two steps, and the ends of tiers, of each charge that counts the answer."""
    least = Decimal(1).scaleb(-question.decimals)
    for charge in policy.charges.values():
        if charge.counts == question.id:
            step = Decimal(ceil(charge.increment_minutes or charge.step_units or charge.per_units))
            yield from (step - 1, step, step + least, 2 * step)
            for tier in charge.tiers:
                if tier.own_per is not None:
                    yield from (tier.own_per.units, tier.own_per.units + least)
            ends = [one.up_to for one in charge.tiers if isinstance(one.up_to, Decimal)]
            lengths = (one.up_to for one in charge.length_tiers)
            ends += [Decimal(ceil(one)) for one in lengths if not isinstance(one, Unpublished)]
            for end in ends:
                yield from (end, end + least)
            for covered in _covered(policy, charge):
                yield from (Decimal(covered), Decimal(covered + 1))


def _most_repeated(policy: Policy, question: Question) -> Iterator[Decimal]:
    """Around the number from which on a discount for each unit takes off no more."""
    for discount in _discounts(policy):
        if discount.for_each == question.id and isinstance(discount.percent, Decimal):
            most, percent = discount.most_off, discount.percent
            number = Decimal(ceil(most / percent)) if percent else Decimal(0)
            yield from (max(number - 1, Decimal(0)), number, number + 1)


def _discounts(policy: Policy) -> Iterator[Discount]:
    """The discounts, at both ends where there are ranges."""
    for terms in (policy, policy.dearest):
        yield from terms.discounts.values() if terms else ()


def _covered(policy: Policy, charge: Charge) -> Iterator[int]:
    """What each allowance covers of a charge, and with the most that is carried over."""
    for one in policy.allowances.values():
        if charge.id in one.charges and isinstance(one.minutes, int):
            yield from (one.minutes, one.minutes + one.most_carried)


def _used_minutes(policy: Policy, question: Question) -> Iterator[int]:
    """Partly, all but a minute, all: of each allowance that the question asks about.

    Around the most that may be carried over from the period before.
    """
    for allowance in policy.allowances.values():
        if allowance.used == question.id and isinstance(allowance.minutes, int):
            yield from (allowance.minutes // 2, allowance.minutes - 1, allowance.minutes)
        carried = allowance.carried
        if carried and carried.question == question.id and isinstance(allowance.minutes, int):
            yield from (allowance.most_carried - 1, allowance.most_carried)
            yield allowance.most_carried + 1
