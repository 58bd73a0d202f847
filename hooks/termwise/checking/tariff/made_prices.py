"""Prices that are made from others: which price, how much of it, and for which time."""

from collections.abc import Iterator, Mapping

from termwise.compiling.made_prices import MOST_DECIMALS, CannotBeMade, PriceMaker
from termwise.policy_form.dated import change_dates
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.priced_places import PricedPlace, priced_places
from termwise.policy_form.tariff.made_prices import MadePriceTerms
from termwise.policy_form.yaml_text.source import Path, Source, value_at, written_at
from termwise.problems import Problem, did_you_mean, listed, quoted

TOLD = {
    "circle": (
        "Prices are made from one another in a circle",
        "a price that does not come back to this one",
        "write the amount of one of them",
    ),
    "no time": (
        "The other price is not for a time",
        "the price of a charge by time",
        "take for away, or name another price",
    ),
    "endless": (
        f"The amount that comes of it has more than {MOST_DECIMALS} decimals",
        "an amount with an end",
        "write the amount as the page gives it",
    ),
}
"""What keeps a price from being made, what is expected, and how to mend it."""


def made_price_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Prices that say twice how much of another they are, or that cannot be made."""
    places = priced_places(written)
    for place in places.values():
        for path, price in _made(source, place):
            yield from _said_once(source, path, price)
            yield from _time_is_said(source, path, place, price, places)
            yield from _can_be_made(written, source, path, place, price, places)


def _made(source: Source, place: PricedPlace) -> Iterator[tuple[Path, MadePriceTerms]]:
    """Each price that stands in one place, by its rows, with the path that leads to it."""
    in_rows = isinstance(value_at(source.data, place.path), list)
    for index, (_, price) in enumerate(place.price.rows):
        if isinstance(price, MadePriceTerms):
            yield (*place.path, index, "value") if in_rows else place.path, price


def _said_once(source: Source, path: Path, price: MadePriceTerms) -> Iterator[Problem]:
    said = [name for name in ("times", "percent", "add") if getattr(price, name) is not None]
    if len(said) > 1:
        yield Problem(
            source.key_place((*path, said[1])),
            "A price says once how much of another it is",
            " and ".join(said),
            "“times: 1.25”, “percent: 50%” or “add: 25%”, or none for the same price",
            "leave one of them",
        )


def _time_is_said(
    source: Source,
    path: Path,
    place: PricedPlace,
    price: MadePriceTerms,
    places: Mapping[str, PricedPlace],
) -> Iterator[Problem]:
    """Two prices for different times, of which nothing says how they compare."""
    base = places.get(price.of)
    if price.for_ is not None or base is None or not (base.per and place.per):
        return
    lengths, others = ({per.minutes for _, per in one.per.rows} for one in (base, place) if one.per)
    if None not in lengths | others and lengths != others:
        yield Problem(
            source.place((*path, "of")),
            "The two prices are for different times",
            f"{quoted(written_at(source.data, _per_of(base)))} and "
            f"{quoted(written_at(source.data, _per_of(place)))}",
            "for which time the other price is taken",
            "add “for: 60 min”, with the time that the page names",
        )


def _per_of(place: PricedPlace) -> Path:
    return (*place.path[:2], "per")


def _can_be_made(
    written: PolicyFile,
    source: Source,
    path: Path,
    place: PricedPlace,
    price: MadePriceTerms,
    places: Mapping[str, PricedPlace],
) -> Iterator[Problem]:
    """What keeps a price from being made, on the first day on which it does."""
    first = written.begins or min(day for one in places.values() for day, _ in one.price.rows)
    for day in sorted({first, *change_dates(written)}):
        try:
            PriceMaker(day, places).made(price, (place.name,))
        except CannotBeMade as error:
            yield _problem(source, path, price, str(error), places)
            return


def _problem(
    source: Source,
    path: Path,
    price: MadePriceTerms,
    problem: str,
    places: Mapping[str, PricedPlace],
) -> Problem:
    of, length, named = source.place((*path, "of")), (*path, "for"), quoted(price.of)
    if problem == "unknown":
        known, near = listed(places, price.of), did_you_mean(price.of, places)
        return Problem(of, "No price has this name", named, f"one of {known}", near)
    if problem == "cut":
        per = quoted(written_at(source.data, _per_of(places[price.of])))
        return Problem(
            source.place(length),
            "This time is not a whole number of what the other price is for",
            quoted(written_at(source.data, length)),
            f"a multiple of {per}",
            "change for, or write the amount",
        )
    what, expected, mend = TOLD[problem]
    return Problem(
        source.place(length) if problem == "no time" else of, what, named, expected, mend
    )
