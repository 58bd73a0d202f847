"""Ids: each names something that exists, stands for one thing, and is named somewhere."""

from collections.abc import Iterable, Iterator

from termwise.checking.written.meant import word_meant
from termwise.checking.written.unknown_names import known_names, unknown_names
from termwise.policy_form.fields import Reference, references
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import (
    ChoiceQuestion,
    DateQuestion,
    MinutesQuestion,
    NumberQuestion,
    Question,
    When,
    answers_of,
)
from termwise.policy_form.tariff.charges import TaxTerms
from termwise.policy_form.texts import governing_texts
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Place, Problem, did_you_mean, listed, quoted
from termwise_calculator.telling.slots import slots_in
from termwise_calculator.terms.tariff import OTHERWISE

RULE_KINDS = (
    "charges",
    "surcharges",
    "discounts",
    "limits",
    "allowances",
    "conditions",
    "responses",
)
# First steps of slots that are no rule, so no rule may be called so.
RESERVED_RULES = ("tax", "rounding", "windows")
# What slots call the rate outside all windows, so no window may be called so.
RESERVED_WINDOWS = (OTHERWISE,)
# What a link holds beside the answers, so no question may be called so.
RESERVED_QUESTIONS = ("service", "start", "minutes", "terms")
# A question's own texts: an option called so could not be told from them.
RESERVED_OPTIONS = ("label", "help", "unit")
# What would be dead weight, or a figure that the page shows and no quote uses.
MUST_BE_NAMED = (
    "window",
    "question",
    "charge",
    "surcharge",
    "discount",
    "limit",
    "allowance",
    "condition",
    "response",
)


def reference_problems(written: PolicyFile, source: Source) -> list[Problem]:
    """Unknown ids, ids given twice, things that nothing names, answers that do not exist."""
    named = references(source)
    return [
        *unknown_names(source, named),
        *_repeated(source, named),
        *_unnamed(written, source, named),
        *_given_twice(written, source),
        *_reserved(written, source),
        *_unknown_answers(written, source),
    ]


def _repeated(source: Source, named: Iterable[Reference]) -> Iterator[Problem]:
    """The same id twice in one list."""
    seen: set[tuple[Path, str]] = set()
    for one in named:
        if not isinstance(one.path[-1], int):
            continue
        if (one.path[:-1], one.name) in seen:
            yield Problem(
                source.place(one.path),
                "The list names this twice",
                quoted(one.name),
                "each name once",
                "take one of them away",
            )
        seen.add((one.path[:-1], one.name))


def windows_in_texts(written: PolicyFile) -> list[str]:
    """The windows that some text shows, in the order of the file."""
    slots = [slot.path for text in governing_texts(written) for slot in slots_in(text.text)]
    shown = {path.split(".")[1] for path in slots if path.startswith("windows.")}
    return [name for name in written.windows if name in shown]


def _unnamed(written: PolicyFile, source: Source, named: Iterable[Reference]) -> Iterator[Problem]:
    """What nothing names. Of windows that texts show, `remarks` asks whether that is all."""
    used = {(one.what, one.name) for one in named if _counts_as_use(one)}
    used |= {("window", name) for name in windows_in_texts(written)}
    known = known_names(source.data)
    for what in MUST_BE_NAMED:
        for name in known[what]:
            if (what, name) not in used:
                yield Problem(
                    source.key_place((what + "s", name)),
                    f"Nothing uses this {what}",
                    quoted(name),
                    "a rule that names it" if what == "window" else "a service that names it",
                    "name it where it applies, or take it away",
                    lacking=name,
                )


def _counts_as_use(reference: Reference) -> bool:
    """Only a service asks questions and applies rules; other rules merely mention them."""
    return reference.what == "window" or reference.path[0] == "services"


def _given_twice(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Ids in lists, and the ids of rules, which share one set of names."""
    yield from _twice_in(source, "clause", _clause_ids(written))
    for field in ("glance", "sections", "steps", "faq", "channels", "examples"):
        entries = getattr(written, field)
        yield from _twice_in(
            source, field, [((field, at, "id"), one.id) for at, one in enumerate(entries)]
        )
    for field, entries in (
        ("covered", written.coverage.covered),
        ("excluded", written.coverage.excluded),
    ):
        ids: list[tuple[Path, str]] = [
            (("coverage", field, at, "id"), one.id) for at, one in enumerate(entries)
        ]
        yield from _twice_in(source, field, ids)
    rules: list[tuple[Path, str]] = [
        ((kind, name), name) for kind in RULE_KINDS for name in getattr(written, kind)
    ]
    yield from _twice_in(source, "rule", rules)


def _clause_ids(written: PolicyFile) -> list[tuple[Path, str]]:
    return [
        (("sections", section_at, "clauses", clause_at, "id"), clause.id)
        for section_at, section in enumerate(written.sections)
        for clause_at, clause in enumerate(section.clauses)
    ]


def _twice_in(source: Source, what: str, ids: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, name in ids:
        if name in first:
            yield Problem(
                _id_place(source, path),
                f"The id stands for two things ({what})",
                quoted(name),
                f"another id; this one is taken on line {_id_place(source, first[name]).line}",
                "give one of them a new id, and name it so wherever it is meant",
            )
        first.setdefault(name, path)


def _id_place(source: Source, path: Path) -> Place:
    return source.place(path) if path[-1] == "id" else source.key_place(path)


def _reserved(written: PolicyFile, source: Source) -> Iterator[Problem]:
    paths: list[Path] = [
        (kind, name)
        for kind in RULE_KINDS
        for name in getattr(written, kind)
        if name in RESERVED_RULES
    ]
    paths += [("windows", name) for name in written.windows if name in RESERVED_WINDOWS]
    paths += [("questions", name) for name in written.questions if name in RESERVED_QUESTIONS]
    paths += [
        ("questions", name, "options", option)
        for name, question in written.questions.items()
        if isinstance(question, ChoiceQuestion)
        for option in question.options
        if option in RESERVED_OPTIONS
    ]
    for path in paths:
        yield Problem(
            source.key_place(path),
            "This id has a meaning of its own",
            quoted(str(path[-1])),
            "any other id",
            "give it another id",
        )


def _unknown_answers(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Rules that hold with an answer that nobody can give."""
    for path, when in _conditions_on_answers(written):
        for question_id, answers in when.items():
            if question_id in written.questions:
                for answer in answers:
                    yield from _unknown_answer(written, source, (*path, question_id), answer)


def _conditions_on_answers(written: PolicyFile) -> Iterator[tuple[Path, When]]:
    kinds = ("questions", *RULE_KINDS[:-1], "readings", "gaps")
    for kind in kinds:
        for name, rule in getattr(written, kind).items():
            yield (kind, name, "when"), rule.when
    yield from _conditions_on_sums(written)
    for name, response in written.responses.items():
        for target_name, target in response.targets.items():
            yield ("responses", name, "targets", target_name, "when"), target.when
    for name, charge in written.charges.items():
        if charge.stops:
            yield ("charges", name, "stops", "when"), charge.stops.when
        for entry_id, entry in charge.prices.items():
            yield ("charges", name, "prices", entry_id, "when"), entry.when


def _conditions_on_sums(written: PolicyFile) -> Iterator[tuple[Path, When]]:
    if isinstance(written.tax, TaxTerms):
        for name, customers in written.tax.customers.items():
            yield ("tax", "customers", name, "when"), customers.when
    if written.rounding and written.rounding.cash:
        yield ("rounding", "cash", "when"), written.rounding.cash.when


def _unknown_answer(
    written: PolicyFile, source: Source, path: Path, answer: str
) -> Iterator[Problem]:
    question = written.questions[str(path[-1])]
    possible = answers_of(question)
    if answer in possible:
        return
    counted = isinstance(question, MinutesQuestion | NumberQuestion | DateQuestion) and not possible
    what = {MinutesQuestion: "number of minutes", DateQuestion: "date"}.get(
        type(question), "number"
    )
    yield Problem(
        source.place(path),
        f"The question “{path[-1]}” has no such answer",
        quoted(answer),
        f"no rule by a {what}" if counted else f"one of {listed(possible, answer)}",
        _instead(question) if counted else did_you_mean(word_meant(answer, possible), possible),
    )


def _instead(question: Question) -> str:
    """What a rule can go by, where it cannot go by the number."""
    by_bands = isinstance(question, NumberQuestion)
    return "give the question bands" if by_bands else "ask with yes or no"
