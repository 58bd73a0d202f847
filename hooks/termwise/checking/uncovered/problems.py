"""Coverage: gaps that the policy does not record, and rules that claim one price, are mistakes.

The shape of a policy file rules out most of them, and other checks find more where they read it:
prices of one table, windows of one rate. What is left is found in the compiled terms, as by
`coverage`.
"""

from collections.abc import Iterator, Sequence

from termwise.checking.tariff.prices import too_many_answers
from termwise.checking.uncovered.cases import command, example_of
from termwise.checking.uncovered.words import readable_case
from termwise.compiling.edition import Edition
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Place, Problem, listed, quoted
from termwise.words.messages import message_words
from termwise_calculator.coverage.answers import TooManyAnswers
from termwise_calculator.coverage.beside import never_taken
from termwise_calculator.coverage.regions import Region
from termwise_calculator.coverage.uncovered import surveys, uncovered
from termwise_calculator.terms.policy import Policy

LANGUAGE = "en"


def coverage_problems(source: Source, editions: Sequence[Edition]) -> list[Problem]:
    """Every region of the terms, now and later, that is neither priced once nor a recorded gap."""
    try:
        return _coverage_problems(source, editions)
    except TooManyAnswers as many:
        return [many_answers(source, many)]


def many_answers(source: Source, many: TooManyAnswers) -> Problem:
    """That rules meet which name too many questions together, at the last of these."""
    return too_many_answers(source, ("questions", many.questions[-1]), many.questions)


def _coverage_problems(source: Source, editions: Sequence[Edition]) -> list[Problem]:
    found: dict[tuple[Place, str, str], Problem] = {}
    for edition in editions:
        policy = edition.policy
        for region in uncovered(policy):
            if not region.is_declared:
                case = readable_case(message_words(LANGUAGE), policy, region)
                example = _example(edition, region, one_of_many=len(editions) > 1)
                problem = _problem(source, policy, region, f"{case}, as in “{example}”")
                found.setdefault((problem.place, problem.what, case), problem)
        for problem in _never_taken(source, policy):
            found.setdefault((problem.place, problem.what, ""), problem)
    return sorted(found.values())


def _never_taken(source: Source, policy: Policy) -> Iterator[Problem]:
    """Discounts and allowances of a service that change no quote of it."""
    for survey in surveys(policy):
        service = survey.service
        for rule in never_taken(survey):
            kind = "discounts" if rule.id in policy.discounts else "allowances"
            named = service.discounts if kind == "discounts" else service.allowances
            yield Problem(
                source.place(("services", service.id, kind, named.index(rule.id))),
                f"The service never takes this {kind.removesuffix('s')}",
                f"{quoted(rule.id)}, {_why(named, rule.id)}",
                "answers and hours for which it is the first that fits",
                "put it before the others, change its when, or take it away from this service",
            )


def _why(named: Sequence[str], rule: str) -> str:
    before = named[: named.index(rule)]
    return f"behind {listed(map(quoted, before))}" if before else "whose charges are not due"


def _example(edition: Edition, region: Region, *, one_of_many: bool) -> str:
    policy = edition.policy
    query = example_of(policy, region, edition.known_day)
    on = edition.known_day if one_of_many and "start" not in query else None
    return command(policy, region.service, query, on)


def _problem(source: Source, policy: Policy, region: Region, case: str) -> Problem:
    if region.rule is None:
        return _no_charge(source, region, case)
    if region.rule in policy.responses:
        return _response(source, policy, region, case)
    if region.rule in policy.limits:
        return _limits(source, policy, region, case)
    if policy.charges[region.rule].by_window:
        return _table(source, region, case)
    return _charges(source, region, case)


def _table(source: Source, region: Region, case: str) -> Problem:
    """A table whose prices hold in windows, and that has none for a case, or two."""
    prices: Path = ("charges", str(region.rule), "prices")
    if region.claimed_by:
        return Problem(
            source.key_place((*prices, region.claimed_by[1])),
            "Two prices of the table are for the same case",
            f"{_named(region)} for: {case}",
            "one price for each combination of answers at every moment",
            "change `when` or `in` of one of them",
        )
    return Problem(
        source.key_place(prices),
        "The table has no price for some case",
        f"none for: {case}",
        "one price for each combination of answers at every moment",
        "add “name: {when: {…}, in: …, price: …}”, or {gap: …} as price; a window {outside: …} "
        "is open whenever another is not",
    )


def _no_charge(source: Source, region: Region, case: str) -> Problem:
    return Problem(
        source.key_place(("services", region.service, "charges")),
        "Nothing says what the service costs",
        f"no charge for: {case}",
        "a charge for all answers at all hours",
        "add a charge for this case, with “price: free” or “price: {gap: …}” if the page says so",
    )


def _response(source: Source, policy: Policy, region: Region, case: str) -> Problem:
    if not region.claimed_by:
        return Problem(
            source.key_place(("responses", str(region.rule))),
            "Some cases of the service have no response time",
            f"none for: {case}",
            "a time or a gap for all answers",
            "ask its question in this case too, or add a target for it",
        )
    responses = policy.services[region.service].responses
    return Problem(
        source.place(("services", region.service, "responses", responses.index(str(region.rule)))),
        "Two response times are for the same case",
        f"{_named(region)} for: {case}",
        "one response time for each case",
        "take one of them away, or make them one response with several targets",
    )


def _limits(source: Source, policy: Policy, region: Region, case: str) -> Problem:
    least, most = sorted(region.claimed_by, key=lambda name: policy.limits[name].most)
    if policy.limits[least].most == policy.limits[most].most:
        kind = "maximum" if policy.limits[most].most else "minimum"
        return Problem(
            source.key_place(("limits", str(region.rule))),
            f"The same charges have a {kind} twice",
            f"{_named(region)} for: {case}",
            f"one {kind} for each case",
            "change when, or in, of one of them, so that only one holds",
        )
    return Problem(
        source.place(("limits", least, "minimum")),
        "The least that is charged is more than the most",
        f"{quoted(least)} and {quoted(most)} for: {case}",
        f"at most {policy.limits[most].amount}",
        "correct one of the amounts, or change when in one of them",
    )


def _charges(source: Source, region: Region, case: str) -> Problem:
    return Problem(
        source.key_place(("charges", str(region.rule), "when")),
        "Two charges claim the same case",
        f"{_named(region)} for: {case}",
        "one of them for each case, since each has cases of its own",
        "change when in one of them, or make them one charge with a table of prices",
    )


def _named(region: Region) -> str:
    return " and ".join(quoted(name) for name in region.claimed_by)
