"""Tiers of a quantity, or of the length of a session: in order, and each with one price."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from termwise.checking.tariff.bands import between_answers
from termwise.policy_form.dated import together
from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import NumberQuestion
from termwise.policy_form.tariff.charges import ChargeTerms, TierTerms
from termwise.policy_form.yaml_text.source import Path, Source, written_at
from termwise.problems import Problem, counted, quoted


def tier_problems(
    written: PolicyFile, source: Source, path: Path, charge: ChargeTerms
) -> Iterator[Problem]:
    """Tiers of units, or of time, in order, each with one price, and how they go together."""
    units = {one.unit for _, one in charge.per.rows}
    by_time = units == {"increment"}
    is_counted = by_time or units == {"quantity"}
    if bool(charge.tiers) != (charge.tiers_priced is not None) or (charge.tiers and not is_counted):
        yield Problem(
            source.key_place((*path, "tiers" if charge.tiers else "tiers_priced")),
            "Tiers need a quantity or time, and to say how they are priced",
            f"{counted(len(charge.tiers), 'tier')}, {quoted(charge.tiers_priced or 'nothing')}",
            "per in units or a length, tiers, and “tiers_priced: graduated” or “by volume”",
            "add what is missing",
        )
    question = written.questions.get(charge.counts.question) if charge.counts else None
    out_of_order = _out_of_order(charge)
    for index, tier in enumerate(charge.tiers):
        tier_path = (*path, "tiers", index)
        yield from _one_price(source, tier_path, tier)
        yield from _per_of_tier(source, tier_path, charge, tier)
        if is_counted:
            yield from _end_in_kind(source, tier_path, tier, by_time=by_time)
        if isinstance(question, NumberQuestion):
            yield from between_answers(source, (*tier_path, "up_to"), tier.up_to, question)
        if index in out_of_order:
            yield Problem(
                source.place((*tier_path, "up_to")),
                "The tiers are not in the order of their ends",
                quoted(written_at(source.data, (*tier_path, "up_to"))),
                "more than where the tier before it ends",
                "put the smallest tier first",
            )
    if charge.tiers and by_time:
        yield from _length_tiers(written, source, path, charge)


def _one_price(source: Source, path: Path, tier: TierTerms) -> Iterator[Problem]:
    if (tier.price is None) == (tier.flat is None):
        yield Problem(
            source.key_place(path),
            "A tier has either a price for each unit or a flat one",
            "both price and flat" if tier.price else "neither price nor flat",
            "“price: 1.50” or “flat: 20.00”",
            "take one of them away" if tier.price else "add one of them",
        )


def _end_in_kind(
    source: Source, path: Path, tier: TierTerms, *, by_time: bool
) -> Iterator[Problem]:
    """A tier of time that ends at a number, or one of units that ends at a length."""
    ends = [end for _, end in tier.up_to.rows if not isinstance(end, GapTerms)]
    if any(isinstance(end, Decimal) == by_time for end in ends):
        yield Problem(
            source.place((*path, "up_to")),
            "The tier does not end where the charge counts",
            quoted(written_at(source.data, (*path, "up_to"))),
            "a length such as 15 min" if by_time else "a number of units such as 50",
            "write it in what per counts",
        )


def _length_tiers(
    written: PolicyFile, source: Source, path: Path, charge: ChargeTerms
) -> Iterator[Problem]:
    """What does not go with prices by the length of a session."""
    graduated = charge.tiers_priced == "graduated"
    of_time = graduated or any(tier.price for tier in charge.tiers)
    for field in ("first", "then"):
        if getattr(charge, field) and of_time:
            yield Problem(
                source.key_place((*path, field)),
                f"“{field}” has prices of its own beside a tier that prices the same time",
                quoted(field),
                "tiers by volume with one amount, flat, or none",
                f"take {field} away, or make a tier of it",
            )
    if graduated and charge.tolerance:
        yield Problem(
            source.key_place((*path, "tolerance")),
            "Time that is not billed would lie at the end of each tier",
            "tolerance beside graduated tiers of time",
            "a tolerance, or tiers",
            "take one of them away",
        )
    for name, allowance in written.allowances.items():
        if path[-1] in allowance.charges:
            index = allowance.charges.index(str(path[-1]))
            yield Problem(
                source.place(("allowances", name, "charges", index)),
                "Free time covers a charge whose price goes by the length of the session",
                quoted(str(path[-1])),
                "a charge without tiers of time",
                "make the short session and the long one two charges, by a question",
            )


def _per_of_tier(
    source: Source, path: Path, charge: ChargeTerms, tier: TierTerms
) -> Iterator[Problem]:
    """What the price of a tier is for: units, of a price for each, in steps of the tier."""
    if tier.per is None:
        return
    in_units = all(per.unit == "quantity" for _, per in tier.per.rows)
    if not in_units or tier.flat is not None or charge.steps_counted == "before the tiers":
        yield Problem(
            source.place((*path, "per")),
            "What the price of the tier is for does not fit",
            quoted(written_at(source.data, (*path, "per"))),
            "units, beside price, of a charge that counts the steps of each tier",
            "write “unit”, “10 units” or “started 10 units”, or take per away",
        )


def _out_of_order(charge: ChargeTerms) -> set[int]:
    """Which tiers end, at some time, no later than one before them, as far as that is published."""
    found = set()
    for ends in together(*(tier.up_to for tier in charge.tiers)):
        last = Fraction(0)
        for index, end in enumerate(ends):
            if not isinstance(end, GapTerms):
                found |= {index} if Fraction(end) <= last else set()
                last = max(last, Fraction(end))
    return found


def steps_and_tiers(source: Source, path: Path, charge: ChargeTerms) -> Iterator[Problem]:
    """Where steps meet tiers, said of a charge that does not have both."""
    prices_for = [charge.per, *(tier.per for tier in charge.tiers if tier.per)]
    steps = any(per.units and per.started for one in prices_for for _, per in one.rows)
    if charge.steps_counted and not (charge.tiers and (steps or charge.increment)):
        yield Problem(
            source.key_place((*path, "steps_counted")),
            "Nothing is counted in steps and priced by tiers",
            quoted(charge.steps_counted),
            "per: started … units, or an increment in units, and tiers",
            "take steps_counted away",
        )
