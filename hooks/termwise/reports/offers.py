"""What a provider offers, asks and charges that is new or gone, each with an example."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from termwise.reports.case_words import compared_in_words, prices_in_words
from termwise.reports.cases import ComparedCase, TermsInWords, price_differs
from termwise.reports.effects import ComparedPeriod
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.terms.policy import Policy, Question


@dataclass(frozen=True, slots=True)
class OfferChange:
    """Something that is new or gone: what it is, its name, its id, and an example.

    The example is empty where no typical case shows it.
    """

    is_new: bool
    kind: str
    name: str
    id: str
    example: str


Uses = Callable[[ComparedCase, Quote], bool]


@dataclass(frozen=True, slots=True)
class _Offer:
    kind: str
    id: str
    text_id: str
    is_used: Uses


def offer_changes(periods: Sequence[ComparedPeriod]) -> Iterator[OfferChange]:
    """What is new or gone in the last period in which there are terms on both sides."""
    both = [one for one in periods if one.old and one.new]
    if not both:
        return
    compared = both[-1]
    assert compared.old is not None
    assert compared.new is not None
    before, after = _offers(compared.old.policy), _offers(compared.new.policy)
    for key, offer in after.items():
        if key not in before:
            yield _told(compared, compared.new, offer, is_new=True)
    for key, offer in before.items():
        if key not in after:
            yield _told(compared, compared.old, offer, is_new=False)


def _told(
    compared: ComparedPeriod, terms: TermsInWords, offer: _Offer, *, is_new: bool
) -> OfferChange:
    has_text = terms.words.has_text(offer.text_id)
    name = terms.words.text(offer.text_id).text if has_text else ""
    example = _example(compared, offer, is_new=is_new)
    return OfferChange(is_new, offer.kind, name, offer.id, example)


def _example(compared: ComparedPeriod, offer: _Offer, *, is_new: bool) -> str:
    """The first case that uses an offer, one whose price changes before others."""
    for case in compared.likely_first:
        quote = case.new.quote if is_new else case.old.quote
        if quote is not None and offer.is_used(case, quote):
            return _costs(case, compared.old, compared.new)
    return ""


def _costs(case: ComparedCase, old: TermsInWords | None, new: TermsInWords | None) -> str:
    """A case and its prices, one after the other where there are two."""
    words, before, after = compared_in_words(case, old, new), case.old.quote, case.new.quote
    if old and before and new and after:
        if not price_differs(case):
            return f"{words}: {new.view(after).total()}, as before"
        return "{}: {} before, {} now".format(words, *prices_in_words(old, before, new, after))
    if new and after:
        return f"{words}: costs {new.view(after).total()}; could not be priced before"
    total = old.view(before).total() if old and before else ""
    return f"{words}: cost {total}; can no longer be priced"


# ---- What a policy offers


def _offers(policy: Policy) -> dict[tuple[str, str], _Offer]:
    """Everything that can be new or gone, by its kind and id."""
    offers = [*_services(policy), *_questions(policy), *_rules(policy), *_terms(policy)]
    return {(offer.kind, offer.id): offer for offer in offers}


def _services(policy: Policy) -> Iterator[_Offer]:
    for name in policy.services:
        yield _Offer("service", name, f"service.{name}.name", _of_service(name))


def _of_service(name: str) -> Uses:
    return lambda case, _: case.query["service"] == name


def _questions(policy: Policy) -> Iterator[_Offer]:
    for question in policy.questions.values():
        text_id = f"question.{question.id}.label"
        yield _Offer("question", question.id, text_id, _answered(question.id, question.default))
        for option in question.options if question.kind == "choice" else ():
            name = f"{question.id}={option}"
            yield _Offer(
                "answer", name, f"question.{question.id}.{option}", _given(question, option)
            )


def _answered(name: str, default: str) -> Uses:
    return lambda case, _: case.query.get(name, default) != default


def _given(question: Question, option: str) -> Uses:
    return lambda case, _: case.query.get(question.id) == option


def _rules(policy: Policy) -> Iterator[_Offer]:
    """What makes a line of a quote."""
    rules = {
        "charge": policy.charges,
        "surcharge": policy.surcharges,
        "discount": policy.discounts,
        "limit": policy.limits,
        "allowance": policy.allowances,
    }
    for kind, ids in rules.items():
        for name in ids:
            yield _Offer(kind, name, f"{kind}.{name}", _in_a_line(kind, name))


def _in_a_line(kind: str, name: str) -> Uses:
    return lambda _, quote: any((one.kind, one.rule) == (kind, name) for one in quote.lines)


def _terms(policy: Policy) -> Iterator[_Offer]:
    """What else a quote tells."""
    for name in policy.conditions:
        yield _Offer("condition", name, f"condition.{name}", _under_condition(name))
    for name in policy.responses:
        yield _Offer("response time", name, f"response.{name}", _answered_within(name))


def _under_condition(name: str) -> Uses:
    return lambda _, quote: any(one.rule == name for one in quote.conditions)


def _answered_within(name: str) -> Uses:
    return lambda _, quote: quote.response is not None and quote.response.rule == name
