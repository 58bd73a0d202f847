"""Reading one compiled edition, plain JSON data, into the frozen types of `policy`.

What a policy does not use is left out of its compiled form, so that the language can grow without
a new digest for terms that have not changed.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from termwise_calculator.terms.policy import (
    Band,
    CashRounding,
    DefaultScenario,
    Escalation,
    Holidays,
    Policy,
    Question,
    ReadingOrGap,
    Response,
    Service,
    Target,
    Tax,
    TaxOfCustomers,
)
from termwise_calculator.terms.ranges import at_cheapest, at_dearest, has_ranges
from termwise_calculator.terms.tariff import (
    Allowance,
    Applies,
    Burn,
    Carried,
    Charge,
    Condition,
    Discount,
    Figure,
    FirstIncrement,
    LengthTier,
    Limit,
    MadeFrom,
    OwnTax,
    PerUnits,
    Rate,
    Stop,
    Surcharge,
    TablePrice,
    TaxBasis,
    Tier,
    Unpublished,
    When,
    WindowRate,
)
from termwise_calculator.time.lengths import Minutes, length_from
from termwise_calculator.time.windows import ExceptionalDays, SeasonDay, Span, Window

Data = Mapping[str, Any]
Rule = TypeVar("Rule")
Value = TypeVar("Value")


def load_policy(compiled: Data, digest: str) -> Policy:
    """Read one compiled edition (plain JSON data, already validated) into frozen types.

    Of terms with ranges this is the cheapest end, which knows the dearest.
    """
    if not has_ranges(compiled):
        return _load(compiled, digest)
    dearest = _load(at_dearest(compiled), digest)._replace(end="dearest")
    return _load(at_cheapest(compiled), digest)._replace(end="cheapest", dearest=dearest)


def _load(compiled: Data, digest: str) -> Policy:
    holidays = _holidays(compiled.get("holidays"))
    days = frozenset(holidays.names) if holidays else frozenset()
    return Policy(
        provider=compiled["provider"],
        name=compiled["name"],
        language=compiled["language"],
        effective=_day(compiled["effective"]),
        read=date.fromisoformat(compiled["document"]["source"]["read"]),
        digest=digest,
        zone=ZoneInfo(compiled["timezone"]),
        currency=compiled["currency"],
        currency_digits=compiled["currency_digits"],
        tax=_tax(compiled["tax"]),
        windows={name: load_window(name, one, days) for name, one in compiled["windows"].items()},
        questions=_each(_question, compiled["questions"]),
        totals=_each(_total, compiled.get("totals", {})),
        charges=_each(load_charge, compiled["charges"]),
        discounts=_each(_discount, compiled["discounts"]),
        surcharges=_each(_surcharge, compiled.get("surcharges", {})),
        limits=_each(_limit, compiled.get("limits", {})),
        allowances=_each(_allowance, compiled["allowances"]),
        conditions=_each(_condition, compiled["conditions"]),
        responses=_each(_response, compiled["responses"]),
        services=_each(_service, compiled["services"]),
        readings=_each(_reading_or_gap, compiled["readings"]),
        gaps=_each(_reading_or_gap, compiled["gaps"]),
        outside=_outside(compiled["document"].get("outside", ())),
        clause_numbers=compiled["clause_numbers"],
        document=compiled["document"],
        holidays=holidays,
        ends=_day(compiled.get("ends")),
        ends_some_day="ends" in compiled and compiled["ends"] is None,
        **_rounding(compiled.get("rounding", {})),
        made_prices={slot: _made(data) for slot, data in compiled.get("made_prices", {}).items()},
    )


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _each(read: Callable[[str, Data], Rule], table: Data) -> dict[str, Rule]:
    return {rule_id: read(rule_id, data) for rule_id, data in table.items()}


def _when(data: Data) -> When:
    return When(tuple((question, tuple(allowed)) for question, allowed in data.items()))


def _published(data: Any, read: Callable[[Any], Value]) -> Value | Unpublished:
    """A value, or the gap that stands in its place."""
    return Unpublished(data["gap"]) if isinstance(data, Mapping) else read(data)


def _figure(data: Any) -> Figure:
    return _published(data, Decimal)


def _tax(data: Data | None) -> Tax | None:
    if data is None:
        return None
    basis = TaxBasis(
        rate=_figure(data["rate"]),
        prices=data.get("prices") or ("included" if data["included"] else "excluded"),
        charged=data.get("charged") or ("yes" if data.get("liable", True) else "no"),
    )
    customers = [_tax_of_customers(one) for one in data.get("customers", ())]
    return Tax(data["name"], basis, tuple(data["clauses"]), tuple(customers))


def _tax_of_customers(data: Data) -> TaxOfCustomers:
    return TaxOfCustomers(
        id=data["id"],
        when=_when(data["when"]),
        own=_own_tax(data),
        clauses=tuple(data["clauses"]),
        charges=tuple(data.get("charges", ())),
    )


def _own_tax(data: Data) -> OwnTax:
    rate = _figure(data["rate"]) if "rate" in data else None
    return OwnTax(rate, data.get("prices", ""), data.get("charged", ""))


def _tax_of_charge(data: Data) -> OwnTax | None:
    """What a charge has of the tax for itself: its rate alone, or more."""
    if "tax" in data:
        return _own_tax(data["tax"])
    return OwnTax(Decimal(data["tax_rate"])) if data.get("tax_rate") else None


def _rounding(data: Data) -> dict[str, Any]:
    """How amounts are rounded; nothing where they are as usual."""
    rounding: dict[str, Any] = {}
    if amounts := data.get("amounts"):
        rounding = {"rounding": amounts["rule"], "rounding_clauses": tuple(amounts["clauses"])}
    if cash := data.get("cash"):
        step, clauses = Decimal(cash["to"]), tuple(cash["clauses"])
        rounding["cash"] = CashRounding(step, cash["rule"], _when(cash["when"]), clauses)
    return rounding


def load_window(window_id: str, data: Any, holidays: frozenset[date]) -> Window:
    """Read one compiled window: its spans, and those of its exceptional days if it has any."""
    if not isinstance(data, Mapping):
        return Window(window_id, _spans(data))
    exceptions = tuple(_exceptional(one, holidays) for one in data["exceptions"])
    return Window(window_id, _spans(data["spans"]), exceptions)


def _spans(spans: Any) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in spans)


def _exceptional(data: Data, holidays: frozenset[date]) -> ExceptionalDays:
    days = data["days"]
    seasons = tuple(_season(day) for day in days if day != "holidays")
    return ExceptionalDays(frozenset() if seasons else holidays, seasons, _spans(data["spans"]))


def _season(days: str) -> tuple[SeasonDay, SeasonDay]:
    """The first and the last day of "06-01/08-31", or of "2026-07-01/2026-08-31"."""
    first, last = (tuple(map(int, day.split("-"))) for day in days.split("/"))
    return first, last


def _holidays(data: Data | None) -> Holidays | None:
    if data is None:
        return None
    return Holidays(
        clauses=tuple(data["clauses"]),
        first=date.fromisoformat(data["from"]),
        last=date.fromisoformat(data["until"]),
        language=data["language"],
        names={date.fromisoformat(day): name for day, name in data["days"].items()},
    )


def _question(question_id: str, data: Data) -> Question:
    return Question(
        id=question_id,
        kind=data["kind"],
        default=data["default"],
        options=tuple(data["options"]),
        when=_when(data["when"]),
        newest_major=data["newest_major"],
        decimals=data.get("decimals", 0),
        bands=_bands(data),
        zones=data.get("zones", {}),
    )


def _total(total_id: str, data: Data) -> Question:
    bands = _bands(data)
    return Question(
        id=total_id,
        kind="total",
        default="0",
        options=tuple(band.id for band in bands),
        when=When(),
        newest_major=None,
        decimals=0,
        bands=bands,
        zones={},
        of=tuple(data["charges"]),
    )


def _bands(data: Data) -> tuple[Band, ...]:
    return tuple(Band(band["id"], _decimal(band["under"])) for band in data.get("bands", ()))


def _first(data: Data | None) -> FirstIncrement | None:
    return None if data is None else _block(data)


def _tier(data: Data) -> Tier:
    return Tier(
        up_to=_figure(data["up_to"]),
        price=_figure(data["price"]),
        flat=data["flat"],
        clauses=tuple(data["clauses"]),
        own_per=_per_units(data.get("per")),
    )


def _length_tier(data: Data) -> LengthTier:
    return LengthTier(
        up_to=_published(data["up_to"], length_from),
        price=_figure(data["price"]),
        flat=data["flat"],
        clauses=tuple(data["clauses"]),
    )


def _per_units(data: Data | None) -> PerUnits | None:
    return None if data is None else PerUnits(Decimal(data["units"]), _decimal(data["step"]))


def _block(data: Data) -> FirstIncrement:
    length = length_from(data["minutes"])
    return FirstIncrement(length, _figure(data["price"]), tuple(data["clauses"]))


def _stop(data: Data | None) -> Stop | None:
    if data is None:
        return None
    return Stop(data["after_minutes"], _when(data["when"]), tuple(data["clauses"]))


def _rate(data: Data | None) -> Rate | None:
    if data is None:
        return None
    return Rate(
        windows=tuple(_window_rate(rate) for rate in data["windows"]),
        otherwise=_otherwise(data["otherwise"]),
        decided_at=data.get("decided_at", "increment"),
        rounded=data.get("rounded", "window"),
    )


def _otherwise(data: Data | None) -> WindowRate | Unpublished | None:
    if data is None:
        return None
    return Unpublished(data["gap"]) if "gap" in data else _window_rate(data)


def _window_rate(data: Data) -> WindowRate:
    return WindowRate(
        window=data.get("window", ""),
        factor=_figure(data["factor"]),
        clauses=tuple(data["clauses"]),
        price=_figure(data["price"]) if "price" in data else None,
        increment_minutes=_length(data.get("increment_minutes")),
        percent=_figure(data["percent"]) if "percent" in data else None,
        least_minutes=_length(data.get("least_minutes")),
    )


def _length(data: int | str | None) -> Minutes | None:
    return None if data is None else length_from(data)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _applies(data: Data | None) -> Applies | None:
    return None if data is None else Applies(data["window"], data["inside"])


def load_charge(charge_id: str, data: Data) -> Charge:
    """Read one compiled charge."""
    return Charge(
        id=charge_id,
        clauses=tuple(data["clauses"]),
        when=_when(data["when"]),
        # A table has no price before the answers choose one: what asks for it must fail.
        price=Unpublished("") if "prices" in data else _figure(data["price"]),
        unit=data["unit"],
        increment_minutes=_length(data["increment_minutes"]),
        minimum_increments=data["minimum_increments"],
        first=_first(data["first"]),
        stop=_stop(data["stop"]),
        rate=_rate(data["rate"]),
        applies=_applies(data["applies"]),
        readings=tuple(data["readings"]),
        price_minutes=_length(data.get("price_minutes", data["increment_minutes"])),
        counts=data.get("counts"),
        for_each=data.get("for_each", ""),
        after_session=data.get("after_session", False),
        per_units=Decimal(data.get("per_units", "1")),
        step_units=_decimal(data.get("step_units")),
        tax=_tax_of_charge(data),
        following=tuple(_block(block) for block in data.get("following", ())),
        least_minutes=length_from(data.get("least_minutes", 0)),
        tolerance_minutes=length_from(data.get("tolerance", {}).get("minutes", 0)),
        tiers=tuple(_tier(tier) for tier in data.get("tiers", ())),
        by_volume=data.get("by_volume", False),
        steps_before_tiers=data.get("steps_before_tiers", False),
        length_tiers=tuple(_length_tier(tier) for tier in data.get("length_tiers", ())),
        graduated=data.get("graduated", False),
        tolerance_clauses=tuple(data.get("tolerance", {}).get("clauses", ())),
        decided_at=data.get("decided_at", "increment"),
        table=tuple(_table_price(entry) for entry in data.get("prices", ())),
    )


def _table_price(data: Data) -> TablePrice:
    return TablePrice(
        id=data["id"],
        when=_when(data["when"]),
        price=_figure(data["price"]),
        clauses=tuple(data["clauses"]),
        least_minutes=_length(data.get("least_minutes")),
        window=data.get("window"),
    )


def _made(data: Data) -> MadeFrom:
    return MadeFrom(
        of=data["of"],
        base=_figure(data["base"]),
        times=_decimal(data.get("times")),
        percent=_decimal(data.get("percent")),
        add=_decimal(data.get("add")),
        minutes=_length(data.get("minutes")),
    )


def _limit(limit_id: str, data: Data) -> Limit:
    return Limit(
        id=limit_id,
        clauses=tuple(data["clauses"]),
        when=_when(data["when"]),
        window=data["window"],
        most=data["most"],
        amount=_figure(data["amount"]),
        tax_included=_decimal(data["tax_included"]),
        charges=tuple(data["charges"]),
        readings=tuple(data["readings"]),
        period_minutes=data.get("period_minutes", 0),
        by_day=data.get("by_day", False),
        prices=data.get("prices", ""),
        surcharges=tuple(data.get("surcharges", ())),
    )


def _surcharge(surcharge_id: str, data: Data) -> Surcharge:
    return Surcharge(**_percentage(surcharge_id, data))


def _discount(discount_id: str, data: Data) -> Discount:
    most = _decimal(data.get("at_most"))
    return Discount(
        **_percentage(discount_id, data), for_each=data.get("for_each", ""), at_most=most
    )


def _percentage(rule_id: str, data: Data) -> dict[str, Any]:
    """What a surcharge and a discount have in common, which is all that they have."""
    return {
        "id": rule_id,
        "clauses": tuple(data["clauses"]),
        "when": _when(data["when"]),
        "window": data["window"],
        "percent": _figure(data["percent"]),
        "charges": tuple(data["charges"]),
        "readings": tuple(data["readings"]),
        "of_the_whole": data.get("of_the_whole", False),
    }


def _allowance(allowance_id: str, data: Data) -> Allowance:
    return Allowance(
        id=allowance_id,
        clauses=tuple(data["clauses"]),
        when=_when(data["when"]),
        minutes=_published(data["minutes"], int),
        used=data["used"],
        charges=tuple(data["charges"]),
        readings=tuple(data["readings"]),
        valid_months=data.get("valid_months", 0),
        bought=data.get("bought", ""),
        burns=tuple(_burn(one) for one in data.get("burns", ())),
        period=data.get("period") or "",
        carried=_carried(data.get("carried")),
    )


def _carried(data: Data | None) -> Carried | None:
    if data is None:
        return None
    return Carried(data["question"], data.get("most"), tuple(data["clauses"]))


def _burn(data: Data) -> Burn:
    return Burn(data["window"], Decimal(data["factor"]), tuple(data["clauses"]))


def _condition(condition_id: str, data: Data) -> Condition:
    return Condition(
        id=condition_id,
        clauses=tuple(data["clauses"]),
        when=_when(data["when"]),
        after_minutes=data["after_minutes"],
        allowances=tuple(data.get("allowances", ())),
        readings=tuple(data.get("readings", ())),
    )


def _target(data: Data, response: Data) -> Target | Unpublished:
    if "gap" in data:
        return Unpublished(data["gap"])
    return Target(
        minutes=data.get("minutes"),
        clauses=tuple(data["clauses"]),
        window=_published(data.get("window", response["window"]), str),
        working_days=data.get("working_days"),
        escalation=_escalation(data.get("escalates")),
        average=_average(data) if response.get("average") else "",
    )


def _average(data: Data) -> str:
    return "at most" if data.get("at_most") else "about"


def _escalation(data: Data | None) -> Escalation | None:
    if data is None:
        return None
    window = _published(data["window"], str)
    return Escalation(data["after_minutes"], window, tuple(data["clauses"]))


def _response(response_id: str, data: Data) -> Response:
    targets, question = data["targets"], data["question"]
    whens = {name: one.get("when", {question: [name]}) for name, one in targets.items()}
    return Response(
        id=response_id,
        clauses=tuple(data["clauses"]),
        question=question,
        targets={name: _target(target, data) for name, target in targets.items()},
        # Without a question and answers of its own a target is for everyone.
        whens={name: _when({} if None in one else one) for name, one in whens.items()},
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
        default=DefaultScenario(default["start"], _length(default["minutes"])),
        limits=tuple(data.get("limits", ())),
        surcharges=tuple(data.get("surcharges", ())),
        surcharges_together=_together(data),
        discounts_together=data.get("discounts_together", ""),
        by_second=data.get("by_second", False),
        totals=tuple(data.get("totals", ())),
    )


def _together(data: Data) -> str:
    if data.get("surcharges_highest"):
        return "highest"
    return "multiply" if data.get("surcharges_multiply") else "add"


def _reading_or_gap(rule_id: str, data: Data) -> ReadingOrGap:
    allowances = tuple(data.get("allowances", ()))
    matters, values = data.get("matters", ""), tuple(data.get("values", ()))
    return ReadingOrGap(rule_id, data["clause"], _when(data["when"]), allowances, matters, values)


def _outside(facts: Iterable[Data]) -> dict[str, tuple[str, ...]]:
    return {fact["id"]: tuple(fact.get("values", ())) for fact in facts}
