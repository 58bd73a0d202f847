"""Everything wrong with a policy that its form alone does not show: all of it at once."""

from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.numbers import is_currency

from termwise.checking.allowances import allowance_problems
from termwise.checking.amounts import amount_problems
from termwise.checking.bands import band_problems
from termwise.checking.calendar import calendar_problems, country_is_known
from termwise.checking.counting import counting_problems
from termwise.checking.dates import date_problems
from termwise.checking.overlaps import overlap_problems
from termwise.checking.periods import period_problems
from termwise.checking.prices import price_problems, table_problems
from termwise.checking.references import reference_problems
from termwise.checking.responses import combination_problems
from termwise.checking.rules import discount_problems, limit_problems
from termwise.checking.services import service_problems
from termwise.checking.stated_values import unstated_values
from termwise.checking.texts import TextChecker, plural_problems
from termwise.compiling.edition import Edition
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.source import Path, Source
from termwise.policy_form.texts import governing_texts
from termwise.problems import Problem, did_you_mean, quoted


def can_be_compiled(form: PolicyFile) -> bool:
    """Tell whether all is known that amounts and hours are compiled with."""
    return _time_zone_known(form) and is_currency(form.currency) and country_is_known(form)


def check_policy(
    form: PolicyFile,
    editions: Collection[Edition],
    source: Source,
    folder: str | None,
    *,
    covered: bool = True,
) -> list[Problem]:
    """Check a policy; `folder` is the name of the folder it lies in, if it lies in one.

    Without editions, since it cannot be compiled, its texts are not checked. Prices that are
    missing or claimed twice are left to the coverage unless it must be `covered`.
    """
    problems = [
        *_about_problems(form, source, folder),
        *reference_problems(form, source),
        *service_problems(form, source),
        *_tariff_problems(form, source),
        *calendar_problems(form, source),
        *unstated_values(form, source),
    ]
    if covered:
        problems += _claim_problems(form, source)
    if editions:
        problems += _text_problems(form, TextChecker(editions), source)
    return sorted(set(problems))


def _tariff_problems(form: PolicyFile, source: Source) -> list[Problem]:
    """Everything wrong with prices, increments, rates, discounts and dates."""
    problems = [*amount_problems(form, source), *date_problems(form, source)]
    for charge_id, charge in form.charges.items():
        path: Path = ("charges", charge_id)
        problems += price_problems(source, path, charge)
        problems += counting_problems(form, source, path, charge)
    problems += discount_problems(form, source)
    problems += limit_problems(form, source)
    problems += period_problems(form, source)
    problems += allowance_problems(form, source)
    problems += band_problems(form, source)
    return problems


def _claim_problems(form: PolicyFile, source: Source) -> list[Problem]:
    """What is missing or claimed twice, where the file shows it: in tables, windows, targets."""
    problems: list[Problem] = []
    for charge_id, charge in form.charges.items():
        path: Path = ("charges", charge_id)
        problems += table_problems(form, source, path, charge)
        problems += overlap_problems(form, source, path, charge)
    return problems + list(combination_problems(form, source))


def _about_problems(form: PolicyFile, source: Source, folder: str | None) -> Iterator[Problem]:
    if folder is not None and form.provider != folder:
        yield Problem(
            source.place(("provider",)),
            "The provider's id differs from the name of its folder",
            quoted(form.provider),
            quoted(folder),
            "use one name for both",
        )
    if not _time_zone_known(form):
        yield Problem(
            source.place(("timezone",)),
            "The time zone is not known",
            quoted(form.timezone),
            "a name from the IANA time zone database, such as Europe/Warsaw",
            did_you_mean(form.timezone, available_timezones()),
        )
    if not is_currency(form.currency):
        yield Problem(
            source.place(("currency",)),
            "The currency is not known",
            quoted(form.currency),
            "a currency's code of three letters, such as PLN, or XXX where nothing costs money",
            did_you_mean(form.currency, ["PLN", "EUR", "AUD", "USD", "GBP", "DKK", "XXX"]),
        )


def _time_zone_known(form: PolicyFile) -> bool:
    try:
        ZoneInfo(form.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _text_problems(form: PolicyFile, checker: TextChecker, source: Source) -> Iterator[Problem]:
    """Slots and figures of every governing text."""
    for text in governing_texts(form):
        plurals = plural_problems(text.text, form.language) if text.counted else []
        for problem in checker.check(text.text, form.language) + plurals:
            yield problem.at(source.place_within(text.path, problem.offset))
