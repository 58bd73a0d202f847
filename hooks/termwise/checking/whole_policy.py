"""Everything wrong with a policy that its shape alone does not show: all of it at once."""

import re
from collections.abc import Iterable, Iterator

from babel.numbers import is_currency

from termwise.checking.prose.cited_clauses import uncited_figures
from termwise.checking.prose.stated_values import unstated_values
from termwise.checking.prose.texts import TextChecker, plural_problems
from termwise.checking.remarks import meant_problems
from termwise.checking.tariff.allowances import allowance_problems
from termwise.checking.tariff.amounts import amount_problems, rounding_problems
from termwise.checking.tariff.bands import band_problems
from termwise.checking.tariff.counting import counting_problems
from termwise.checking.tariff.discounts import together_problems
from termwise.checking.tariff.made_prices import made_price_problems
from termwise.checking.tariff.periods import period_problems
from termwise.checking.tariff.prices import price_problems, table_problems
from termwise.checking.tariff.ranges import range_problems
from termwise.checking.tariff.responses import combination_problems
from termwise.checking.tariff.rules import discount_problems, limit_problems, whole_problems
from termwise.checking.tariff.services import service_problems
from termwise.checking.tariff.taxes import tax_problems
from termwise.checking.tariff.totals import total_problems
from termwise.checking.time.calendar import calendar_problems, country_is_known, windows_open
from termwise.checking.time.clocks import clock_problems, zones_are_known
from termwise.checking.time.dates import date_problems
from termwise.checking.time.overlaps import otherwise_problems, overlap_problems
from termwise.checking.written.addresses import address_problems
from termwise.checking.written.meant import currency_meant
from termwise.checking.written.references import reference_problems
from termwise.compiling.edition import Edition
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.texts import governing_texts
from termwise.policy_form.yaml_text.characters import deceiving
from termwise.policy_form.yaml_text.source import Path, Source, texts_of
from termwise.problems import Problem, first_of, quoted
from termwise_calculator.terms.money import NO_CURRENCY

QUOTED = re.compile(r"[“”„«»‘‚][^“”„«»‘’‚]*[“”«»’‘]")
"""A value between the quotes of a word processor."""


def can_be_compiled(written: PolicyFile) -> bool:
    """Tell whether all is known that amounts and hours are compiled with."""
    return (
        zones_are_known(written)
        and is_currency(written.currency)
        and country_is_known(written)
        and windows_open(written)
    )


def check_policy(
    written: PolicyFile, source: Source, folder: str | None, *, covered: bool = True
) -> list[Problem]:
    """Check a policy but for its texts; `folder` is the name of the folder it lies in, if any.

    Prices that are missing or claimed twice are left to the coverage unless it must be `covered`.
    """
    problems = [
        *first_of(deceiving_values(source)),
        *typographic_quotes(source),
        *_about_problems(written, source, folder),
        *address_problems(written, source),
        *reference_problems(written, source),
        *service_problems(written, source),
        *_tariff_problems(written, source),
        *calendar_problems(written, source),
        *unstated_values(written, source),
        *uncited_figures(written, source),
        *meant_problems(written, source),
    ]
    if covered:
        problems += _claim_problems(written, source)
    return first_of(sorted(set(problems)))


def _tariff_problems(written: PolicyFile, source: Source) -> list[Problem]:
    """Everything wrong with prices, increments, rates, discounts and dates."""
    problems = [*amount_problems(written, source), *date_problems(written, source)]
    for charge_id, charge in written.charges.items():
        path: Path = ("charges", charge_id)
        problems += price_problems(source, path, charge)
        problems += counting_problems(written, source, path, charge)
    problems += discount_problems(written, source)
    problems += whole_problems(written, source)
    problems += together_problems(written, source)
    problems += limit_problems(written, source)
    problems += rounding_problems(written, source)
    problems += tax_problems(written, source)
    problems += period_problems(written, source)
    problems += allowance_problems(written, source)
    problems += band_problems(written, source)
    problems += total_problems(written, source)
    problems += made_price_problems(written, source)
    problems += range_problems(written, source)
    return problems


def _claim_problems(written: PolicyFile, source: Source) -> list[Problem]:
    """What is missing or claimed twice, where the file shows it: in tables, windows, targets."""
    problems: list[Problem] = []
    for charge_id, charge in written.charges.items():
        path: Path = ("charges", charge_id)
        problems += table_problems(written, source, path, charge)
        overlaps = list(overlap_problems(written, source, path, charge))
        problems += overlaps
        problems += otherwise_problems(written, source, path, charge, overlap=bool(overlaps))
    return problems + list(combination_problems(written, source))


def _about_problems(written: PolicyFile, source: Source, folder: str | None) -> Iterator[Problem]:
    if folder is not None and written.provider != folder:
        yield Problem(
            source.place(("provider",)),
            "The provider's id differs from the name of its folder",
            quoted(written.provider),
            quoted(folder),
            "use one name for both",
        )
    if written.provider in written.formerly:
        yield Problem(
            source.place(("formerly", written.formerly.index(written.provider))),
            "The id that the provider has now is among those it had before",
            quoted(written.provider),
            "ids under which it was kept earlier",
            "take it out of formerly",
        )
    yield from clock_problems(written, source)
    if not is_currency(written.currency):
        yield Problem(
            source.place(("currency",)),
            "The currency is not known",
            quoted(written.currency),
            f"a currency's code of three letters, such as PLN, or {NO_CURRENCY} where nothing "
            "costs money",
            currency_meant(written.currency),
        )


def deceiving_values(source: Source) -> Iterator[Problem]:
    """Characters that deceive, in any value of a file, whatever it is for."""
    for path, text in texts_of(source):
        for problem in deceiving(text):
            yield problem.at(source.place_within(path, problem.offset))


def typographic_quotes(source: Source) -> Iterator[Problem]:
    """Values between quotes that YAML does not know, so that they are part of the value."""
    for path, text in texts_of(source):
        spot = source.values[path]
        if QUOTED.fullmatch(source.text[spot.start : spot.end]):
            yield Problem(
                source.place(path),
                "These quotes are part of the value",
                quoted(text),
                "straight quotes around a value, or none",
                "take them away; where the text itself is in quotes, put straight ones around it",
            )


def text_problems(
    written: PolicyFile, editions: Iterable[Edition], source: Source
) -> Iterator[Problem]:
    """Slots and figures of every governing text, by the values of the editions."""
    checker = TextChecker(editions)
    for text in governing_texts(written):
        plurals = plural_problems(text.text, written.language) if text.counted else []
        for problem in checker.check(text.text, written.language) + plurals:
            yield problem.at(source.place_within(text.path, problem.offset))
