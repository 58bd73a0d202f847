"""How a charge counts: its fields go together, and count what its question asks for."""

from collections.abc import Iterator

from termwise.checking.tariff.tiers import steps_and_tiers, tier_problems
from termwise.policy_form.dated import Dated
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import MinutesQuestion, NumberQuestion
from termwise.policy_form.tariff.charges import (
    ChargeTerms,
    RateTerms,
    WindowRateTerms,
)
from termwise.policy_form.tariff.counted import Per
from termwise.policy_form.yaml_text.source import Path, Source, written_at
from termwise.problems import Problem, quoted


def counting_problems(
    written: PolicyFile, source: Source, path: Path, charge: ChargeTerms
) -> Iterator[Problem]:
    """Fields of a charge that do not go together."""
    yield from _increment_fields(source, path, charge)
    yield from _step_problems(source, path, charge)
    yield from _question_problems(written, source, path, charge)
    yield from _multiplied_problems(written, source, path, charge)
    yield from tier_problems(written, source, path, charge)
    yield from _minimum_problems(source, path, charge)
    yield from _least_problems(source, path, charge)
    yield from steps_and_tiers(source, path, charge)
    if charge.then and not charge.first:
        yield Problem(
            source.key_place((*path, "then")),
            "Increments follow a first one that is not there",
            quoted("then"),
            "“first: {length: …, price: …, clause: …}” before it",
            "make the first of them `first`",
        )
    if charge.rate:
        yield from _rate_problems(source, path, charge, charge.rate)


def _increment_fields(source: Source, path: Path, charge: ChargeTerms) -> Iterator[Problem]:
    """Fields that count increments, on a charge that has none."""
    if by_time(charge.per):
        return
    fields = ["first", "then", "least", "tolerance", "stops"]
    if charge.rate and charge.rate.decided_at != "start of the session":
        fields.append("rate")
    if charge.decided_at and charge.decided_at != "start of the session":
        fields.append("decided_at")
    paths: list[Path] = [(*path, field) for field in fields if getattr(charge, field)]
    for field_path in (*paths, *_own_leasts(path, charge)):
        field = field_path[-1]
        yield Problem(
            source.key_place(field_path),
            f"“{field}” needs a price for each started increment",
            quoted(written_at(source.data, (*path, "per"))),
            "per: started … min",
            f"change per, or take {field} away",
        )


def _own_leasts(path: Path, charge: ChargeTerms) -> list[Path]:
    """Where windows, or prices of the table, have a least time of their own."""
    windows = charge.rate.windows if charge.rate else {}
    otherwise = getattr(charge.rate and charge.rate.otherwise, "least", None)
    return [
        *((*path, "prices", name, "least") for name, one in charge.prices.items() if one.least),
        *((*path, "rate", "windows", name, "least") for name, one in windows.items() if one.least),
        *([(*path, "rate", "otherwise", "least")] if otherwise else []),
    ]


def _least_problems(source: Source, path: Path, charge: ChargeTerms) -> Iterator[Problem]:
    """A least time by the answers and another by the window: which holds nobody could tell."""
    leasts = _own_leasts(path, charge)
    if len({one[2] for one in leasts}) > 1:
        yield Problem(
            source.key_place(leasts[-1]),
            "The least time depends on the answers and on the window too",
            quoted(written_at(source.data, leasts[-1])),
            "a least time in prices, or in the windows of the rate",
            "take one of them away, or make a charge for each answer",
        )


def _minimum_problems(source: Source, path: Path, charge: ChargeTerms) -> Iterator[Problem]:
    """A minimum of one, where nothing is counted or nothing says what one would be."""
    if not charge.minimum or by_time(charge.per):
        return
    flat = bool(charge.tiers) and charge.tiers[0].flat is not None
    for _, per in charge.per.rows:
        if per.units is None or not (flat or per.started or charge.increment):
            yield Problem(
                source.key_place((*path, "minimum")),
                "Nothing says how much one increment is",
                quoted(written_at(source.data, (*path, "per"))),
                "per: started … min, started … units, or a flat first tier",
                "change per, or take minimum away",
            )
            return


def by_time(per: Dated[Per]) -> bool:
    """Tell whether a price is for a length of time."""
    return all(one.unit == "increment" for _, one in per.rows)


def _step_problems(source: Source, path: Path, charge: ChargeTerms) -> Iterator[Problem]:
    """A billing increment beside a price that is exact and counted in the same unit."""
    if charge.increment is None:
        return
    steps = [step.minutes is not None for _, step in charge.increment.rows]
    for _, per in charge.per.rows:
        flat = per.minutes is None and per.units is None
        if flat or per.started or (per.minutes is not None) not in steps:
            yield Problem(
                source.place((*path, "increment")),
                "The billing increment does not fit what the price is for",
                quoted(written_at(source.data, (*path, "per"))),
                "per: 60 min with an increment in min, per: 10 units with one in units",
                "write per without “started”, both in the same unit",
            )
            return
    sizes = {(per.minutes, per.units) for _, per in charge.per.rows}
    sizes |= {(step.minutes, step.units) for _, step in charge.increment.rows}
    if len(sizes) == 1:
        written = written_at(source.data, (*path, "per"))
        yield Problem(
            source.place((*path, "increment")),
            "The billing increment is what the price is for",
            quoted(written_at(source.data, (*path, "increment"))),
            "a smaller one, or none",
            f"write “per: started {written}”, and take increment away",
        )


def _question_problems(
    written: PolicyFile, source: Source, path: Path, charge: ChargeTerms
) -> Iterator[Problem]:
    """A charge by quantity counts a number, one by time counts minutes, a flat one neither."""
    units = {one.unit for _, one in charge.per.rows}
    if charge.counts is None:
        if "quantity" in units:
            yield Problem(
                source.key_place((*path, "per")),
                "Nothing says what the units are",
                "no question that is counted",
                "“counts: {question: …}” with a question of kind number",
                "add counts, or change per",
            )
        return
    question = written.questions.get(charge.counts.question)
    expected = {"quantity": NumberQuestion, "increment": MinutesQuestion}
    if question is None or all(isinstance(question, expected.get(one, ())) for one in units):
        return
    yield Problem(
        source.place((*path, "counts", "question")),
        "The charge cannot count the answers to this question",
        f"{quoted(charge.counts.question)} of kind {question.kind}",
        "a number where per has units, minutes where it has a length",
        "change per, or the kind of the question",
    )


def _multiplied_problems(
    written: PolicyFile, source: Source, path: Path, charge: ChargeTerms
) -> Iterator[Problem]:
    """A charge that is due for each unit of what is no number, or of what it counts itself."""
    if charge.for_each is None:
        return
    question = written.questions.get(charge.for_each)
    if question is not None and not isinstance(question, NumberQuestion):
        yield Problem(
            source.place((*path, "for_each")),
            "“for_each” needs a question of another kind",
            f"{quoted(charge.for_each)} of kind {question.kind}",
            "a question of kind number",
            "name another question, or change its kind",
        )
    if charge.counts is not None and charge.counts.question == charge.for_each:
        yield Problem(
            source.place((*path, "for_each")),
            "The charge counts the same answer twice",
            quoted(charge.for_each),
            "another question than the one in counts",
            "take for_each away, or name another question",
        )
    for name, allowance in written.allowances.items():
        if path[-1] in allowance.charges:
            yield Problem(
                source.key_place((*path, "for_each")),
                "Nothing says whether free time is for each, or for all together",
                f"a charge that {quoted(name)} covers",
                "a charge that no allowance covers",
                "take it out of the allowance, or for_each away",
            )


def _rate_problems(
    source: Source, path: Path, charge: ChargeTerms, rate: RateTerms
) -> Iterator[Problem]:
    split = rate.decided_at == "edges of the windows"
    if rate.rounded and not split:
        yield _only_when_split(source, (*path, "rate", "rounded"))
    if split:
        for field in ("first", "then", "tolerance", "minimum"):
            if getattr(charge, field):
                yield Problem(
                    source.key_place((*path, field)),
                    f"“{field}” counts whole increments, and this charge splits time",
                    quoted(rate.decided_at),
                    "a rate decided at the start of each increment or of the session",
                    f"change decided_at, or take {field} away",
                )
    for window, terms in rate.windows.items():
        yield from _window_problems(source, (*path, "rate", "windows", window), terms, split)
    if isinstance(rate.otherwise, WindowRateTerms):
        yield from _window_problems(source, (*path, "rate", "otherwise"), rate.otherwise, split)


def _window_problems(
    source: Source, path: Path, terms: WindowRateTerms, split: bool
) -> Iterator[Problem]:
    said = [field for field in ("times", "add", "price") if getattr(terms, field) is not None]
    if len(said) != 1:
        yield Problem(
            source.key_place(path),
            "A window says its price once",
            " and ".join(said) or "none of times, add and price",
            "“times: 2”, “add: 50%” or “price: 150.00”",
            "leave one of them" if said else "add one of them",
        )
    if terms.increment and not split:
        yield _only_when_split(source, (*path, "increment"))


def _only_when_split(source: Source, path: Path) -> Problem:
    return Problem(
        source.key_place(path),
        f"“{path[-1]}” holds only for time that is split at the edges of the windows",
        quoted(str(path[-1])),
        "decided_at: edges of the windows",
        f"change decided_at, or take {path[-1]} away",
    )
