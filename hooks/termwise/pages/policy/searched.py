"""What a search finds on a policy's page: each clause, question and price row for itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from termwise.pages.parts import Found
from termwise.pages.phrases.answers import said_answers
from termwise.pages.policy.tables import price_rows
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import as_text
from termwise_calculator.telling.slots import slots_in
from termwise_calculator.terms.policy import Policy, Target
from termwise_calculator.terms.resting import TAX_RATE, TIMEZONE

WINDOWS = "windows."
ABOUT_VALUES = {TIMEZONE: "time zone", TAX_RATE: "tax"}
"""What a reading or a fact from outside is about, by the values that rest on it."""


def found_on(view: PolicyView) -> list[Found]:
    """Everything on the page that answers a question; addresses are seen from the home page."""
    page = f"providers/{view.policy.provider}/"
    return [
        Found(page, "provider", view.policy.name, _summary(view)),
        *_clauses(view, page),
        *_questions(view, page),
        *_price_rows(view, page),
        *_facts_from_outside(view, page),
    ]


def _summary(view: PolicyView) -> str:
    """What one can ask the provider for, and how to reach it."""
    texts = [
        f"service.{one}.{part}" for one in view.policy.services for part in ("name", "summary")
    ]
    told = [view.plain(text) for text in texts if view.has(text)]
    return " ".join([*told, *(contact["value"] for contact in view.document["contacts"])])


def _clauses(view: PolicyView, page: str) -> Iterator[Found]:
    subjects = subjects_of_clauses(view)
    for section in view.document["sections"]:
        title = view.plain(f"section.{section['id']}")
        for clause in section["clauses"]:
            text = " ".join([view.plain(clause), *_notes_of(view, clause)])
            yield Found(
                f"{page}#clause-{clause}",
                "clause",
                title,
                text,
                view.policy.name,
                view.policy.clause_numbers[clause],
                tuple(dict.fromkeys(subjects.get(clause, ()))),
            )


def _notes_of(view: PolicyView, clause: str) -> Iterator[str]:
    """What stands beside a clause: readings, and what it leaves open."""
    policy = view.policy
    for kind, notes in (("reading", policy.readings), ("gap", policy.gaps)):
        yield from (
            view.plain(f"{kind}.{note.id}") for note in notes.values() if note.clause == clause
        )


def _questions(view: PolicyView, page: str) -> Iterator[Found]:
    for entry in view.document["faq"]:
        place, text = f"{page}#faq-{entry['id']}", f"faq.{entry['id']}"
        question, answer = view.plain(f"{text}.question"), view.plain(f"{text}.answer")
        yield Found(place, "question", question, answer, view.policy.name)


def _price_rows(view: PolicyView, page: str) -> Iterator[Found]:
    for what, when, figure, _ in price_rows(view):
        text = " ".join(part for part in (as_text(when), as_text(figure)) if part)
        yield Found(f"{page}#rates", "price", as_text(what), text, view.policy.name, "", ("price",))


def _facts_from_outside(view: PolicyView, page: str) -> Iterator[Found]:
    """Time zones, tax rates and currencies that the page does not name."""
    title = view.words.say("From outside the page")
    for fact in view.document["outside"]:
        text = f"{view.plain('outside.' + fact['id'])} {fact['origin']}"
        place, about = f"{page}#outside-{fact['id']}", _about(view.policy.outside[fact["id"]])
        yield Found(place, "clause", title, text, view.policy.name, "", about)


def _about(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(ABOUT_VALUES[value] for value in values if value in ABOUT_VALUES)


# ---- What clauses are about


def subjects_of_clauses(view: PolicyView) -> Mapping[str, Sequence[str]]:
    """What each clause is about, by the rules that cite it and the figures that it states.

    The subjects are names of `pages/phrases/search_words.py`, which has the words readers use; a
    target is also about the answers that it is for.
    """
    subjects = defaultdict(list)
    for subject, clauses in _cited(view.dearest):
        for clause in clauses:
            subjects[clause].append(subject)
    for clauses, answers in _asked_by_targets(view):
        for clause in clauses:
            subjects[clause].append(answers)
    for clause in view.policy.clause_numbers:
        if any(slot.path.startswith(WINDOWS) for slot in slots_in(view.state(clause).text)):
            subjects[clause].append("hours")
    return subjects


def _asked_by_targets(view: PolicyView) -> Iterator[tuple[Sequence[str], str]]:
    """The clauses of each published response target, and whose it is, as the form asks it."""
    for response in view.dearest.responses.values():
        for name, target in response.targets.items():
            if isinstance(target, Target):
                yield target.clauses, as_text(said_answers(view, response.whens[name], " "))


def _cited(policy: Policy) -> Iterator[tuple[str, Sequence[str]]]:
    """The clauses behind each rule, by what the rule is about.

    Of the clauses behind a discount, the first states it; the others say for whom it is.
    """
    yield from _cited_by_charges(policy)
    for subject, rules in (
        ("discount", policy.discounts),
        ("surcharge", policy.surcharges),
        ("limit", policy.limits),
        ("free time", policy.allowances),
        ("response time", policy.responses),
    ):
        yield from ((subject, rule.clauses[:1]) for rule in rules.values())
    for reading in policy.readings.values():
        yield from ((subject, (reading.clause,)) for subject in _about(reading.values))
    if policy.tax:
        yield "tax", policy.tax.clauses
        yield from (("tax", one.clauses) for one in policy.tax.customers)


def _cited_by_charges(policy: Policy) -> Iterator[tuple[str, Sequence[str]]]:
    """What costs something and what does not; services without a charge cost nothing."""
    for charge in policy.charges.values():
        yield ("free" if charge.price == 0 else "price"), charge.clauses
        yield from (("price", one.clauses) for one in (charge.rate.windows if charge.rate else ()))
    yield from (("free", one.clauses) for one in policy.discounts.values() if one.is_everything)
    yield from (("free", one.clauses) for one in policy.services.values() if not one.charges)
