"""A compiled policy as frozen types: what every other room of the calculator reads.

A policy here is one *edition*: the terms of one provider as in force from `effective` until the
next edition. The compiler (hooks) writes it as plain JSON data; `load_policy` reads that data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from calculator.windows import Span, Window

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class When:
    """Answers that must be given for a rule to hold: every question, any of its listed answers."""

    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def holds(self, given: Answers) -> bool:
        """Tell whether the given answers satisfy the rule; no requirement always holds."""
        return all(given.get(question) in allowed for question, allowed in self.answers)


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A figure the provider does not publish; `gap` names the recorded gap."""

    gap: str


Price = Decimal | Unpublished


@dataclass(frozen=True, slots=True)
class FirstIncrement:
    """A first increment with its own length (minutes) and price, always counted whole."""

    minutes: int
    price: Decimal
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """Work stops after these minutes when the answers hold (approval was not given, say)."""

    after_minutes: int
    when: When
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowRate:
    """The factor on the price while a window is open."""

    window: str
    factor: Decimal
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Factors by window, decided at the start of each increment; a gap outside all of them."""

    windows: tuple[WindowRate, ...]
    otherwise: Unpublished


@dataclass(frozen=True, slots=True)
class Applies:
    """A charge that is due only when the session touches time inside or outside a window."""

    window: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Charge:
    """A price and what it is counted by: an increment in minutes, or a whole session or request."""

    id: str
    clauses: tuple[str, ...]
    when: When
    price: Price
    unit: str  # "increment", "session" or "request"
    increment_minutes: int | None
    minimum_increments: int
    first: FirstIncrement | None
    stop: Stop | None
    rate: Rate | None
    applies: Applies | None
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discount:
    """A percentage off each priced line that fits; the first fitting discount is taken."""

    id: str
    clauses: tuple[str, ...]
    when: When
    window: str | None
    percent: Decimal
    charges: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allowance:
    """Free counted minutes per period; `used` is the question that tells how many are spent."""

    id: str
    clauses: tuple[str, ...]
    when: When
    minutes: int
    used: str
    charges: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Something the customer must know before buying, shown when it holds."""

    id: str
    clauses: tuple[str, ...]
    when: When
    after_minutes: int | None


@dataclass(frozen=True, slots=True)
class Target:
    """A response target in minutes of the support calendar."""

    minutes: int
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """Response targets by the answer to one question, counted while `window` is open."""

    id: str
    clauses: tuple[str, ...]
    question: str
    window: str
    targets: Mapping[str, Target | Unpublished]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What the calculator asks: `yes-no`, `choice`, `minutes` or `version`."""

    id: str
    kind: str
    default: str
    options: tuple[str, ...]
    when: When
    newest_major: int | None


@dataclass(frozen=True, slots=True)
class DefaultScenario:
    """The likeliest case: start as minute of the week (local), length in minutes."""

    start: int | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Service:
    """Something a customer can ask for: what is asked of them and which rules price it."""

    id: str
    clauses: tuple[str, ...]
    kind: str  # "session" or "request"
    asks: tuple[str, ...]  # "start", "minutes"
    questions: tuple[str, ...]
    charges: tuple[str, ...]
    discounts: tuple[str, ...]
    allowances: tuple[str, ...]
    conditions: tuple[str, ...]
    responses: tuple[str, ...]
    default: DefaultScenario


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax by name and rate (percent), and whether the prices include it."""

    name: str
    rate: Decimal
    included: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A recorded reading or gap: the clause it belongs to and the answers it depends on."""

    id: str
    clause: str
    when: When


@dataclass(frozen=True, slots=True)
class Policy:
    """One edition of one provider's terms."""

    provider: str
    name: str
    language: str
    effective: date
    digest: str
    zone: ZoneInfo
    currency: str
    currency_digits: int
    tax: Tax | None
    windows: Mapping[str, Window]
    questions: Mapping[str, Question]
    charges: Mapping[str, Charge]
    discounts: Mapping[str, Discount]
    allowances: Mapping[str, Allowance]
    conditions: Mapping[str, Condition]
    responses: Mapping[str, Response]
    services: Mapping[str, Service]
    readings: Mapping[str, Note]
    gaps: Mapping[str, Note]
    clause_numbers: Mapping[str, str]
    document: Mapping[str, Any]


Data = Mapping[str, Any]
Rule = TypeVar("Rule")


def load_policy(compiled: Data, digest: str) -> Policy:
    """Read one compiled edition (plain JSON data, already validated) into frozen types."""
    return Policy(
        provider=compiled["provider"],
        name=compiled["name"],
        language=compiled["language"],
        effective=date.fromisoformat(compiled["effective"]),
        digest=digest,
        zone=ZoneInfo(compiled["timezone"]),
        currency=compiled["currency"],
        currency_digits=compiled["currency_digits"],
        tax=_tax(compiled["tax"]),
        windows=_each(_window, compiled["windows"]),
        questions=_each(_question, compiled["questions"]),
        charges=_each(_charge, compiled["charges"]),
        discounts=_each(_discount, compiled["discounts"]),
        allowances=_each(_allowance, compiled["allowances"]),
        conditions=_each(_condition, compiled["conditions"]),
        responses=_each(_response, compiled["responses"]),
        services=_each(_service, compiled["services"]),
        readings=_each(_note, compiled["readings"]),
        gaps=_each(_note, compiled["gaps"]),
        clause_numbers=compiled["clause_numbers"],
        document=compiled["document"],
    )


def _each(read: Callable[[str, Data], Rule], table: Data) -> dict[str, Rule]:
    return {rule_id: read(rule_id, data) for rule_id, data in table.items()}


def _when(data: Data) -> When:
    return When(tuple((question, tuple(allowed)) for question, allowed in data.items()))


def _price(data: Any) -> Price:
    return Unpublished(data["gap"]) if isinstance(data, Mapping) else Decimal(data)


def _tax(data: Data | None) -> Tax | None:
    if data is None:
        return None
    return Tax(data["name"], Decimal(data["rate"]), data["included"], tuple(data["clauses"]))


def _window(window_id: str, spans: Any) -> Window:
    return Window(window_id, tuple(Span(start, end) for start, end in spans))


def _question(question_id: str, data: Data) -> Question:
    return Question(
        id=question_id,
        kind=data["kind"],
        default=data["default"],
        options=tuple(data["options"]),
        when=_when(data["when"]),
        newest_major=data["newest_major"],
    )


def _first(data: Data | None) -> FirstIncrement | None:
    if data is None:
        return None
    return FirstIncrement(data["minutes"], Decimal(data["price"]), tuple(data["clauses"]))


def _stop(data: Data | None) -> Stop | None:
    if data is None:
        return None
    return Stop(data["after_minutes"], _when(data["when"]), tuple(data["clauses"]))


def _rate(data: Data | None) -> Rate | None:
    if data is None:
        return None
    windows = tuple(
        WindowRate(rate["window"], Decimal(rate["factor"]), tuple(rate["clauses"]))
        for rate in data["windows"]
    )
    return Rate(windows, Unpublished(data["otherwise"]["gap"]))


def _applies(data: Data | None) -> Applies | None:
    return None if data is None else Applies(data["window"], data["inside"])


def _charge(charge_id: str, data: Data) -> Charge:
    return Charge(
        id=charge_id,
        clauses=tuple(data["clauses"]),
        when=_when(data["when"]),
        price=_price(data["price"]),
        unit=data["unit"],
        increment_minutes=data["increment_minutes"],
        minimum_increments=data["minimum_increments"],
        first=_first(data["first"]),
        stop=_stop(data["stop"]),
        rate=_rate(data["rate"]),
        applies=_applies(data["applies"]),
        readings=tuple(data["readings"]),
    )


def _discount(discount_id: str, data: Data) -> Discount:
    return Discount(
        id=discount_id,
        clauses=tuple(data["clauses"]),
        when=_when(data["when"]),
        window=data["window"],
        percent=Decimal(data["percent"]),
        charges=tuple(data["charges"]),
        readings=tuple(data["readings"]),
    )


def _allowance(allowance_id: str, data: Data) -> Allowance:
    return Allowance(
        id=allowance_id,
        clauses=tuple(data["clauses"]),
        when=_when(data["when"]),
        minutes=data["minutes"],
        used=data["used"],
        charges=tuple(data["charges"]),
        readings=tuple(data["readings"]),
    )


def _condition(condition_id: str, data: Data) -> Condition:
    return Condition(
        id=condition_id,
        clauses=tuple(data["clauses"]),
        when=_when(data["when"]),
        after_minutes=data["after_minutes"],
    )


def _target(data: Data) -> Target | Unpublished:
    if "gap" in data:
        return Unpublished(data["gap"])
    return Target(data["minutes"], tuple(data["clauses"]))


def _response(response_id: str, data: Data) -> Response:
    return Response(
        id=response_id,
        clauses=tuple(data["clauses"]),
        question=data["question"],
        window=data["window"],
        targets={answer: _target(target) for answer, target in data["targets"].items()},
        readings=tuple(data["readings"]),
    )


def _service(service_id: str, data: Data) -> Service:
    default = data["default"]
    return Service(
        id=service_id,
        clauses=tuple(data["clauses"]),
        kind=data["kind"],
        asks=tuple(data["asks"]),
        questions=tuple(data["questions"]),
        charges=tuple(data["charges"]),
        discounts=tuple(data["discounts"]),
        allowances=tuple(data["allowances"]),
        conditions=tuple(data["conditions"]),
        responses=tuple(data["responses"]),
        default=DefaultScenario(default["start"], default["minutes"]),
    )


def _note(note_id: str, data: Data) -> Note:
    return Note(note_id, data["clause"], _when(data["when"]))
