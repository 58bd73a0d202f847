"""Everything wrong with a policy that its form alone does not show: all of it at once."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.numbers import is_currency

from termwise.checking.calendar import calendar_problems, country_is_known
from termwise.checking.references import reference_problems
from termwise.checking.services import service_problems
from termwise.checking.stated_values import unstated_values
from termwise.checking.tariff import claim_problems, tariff_problems
from termwise.checking.texts import TextChecker, plural_problems
from termwise.compiling.editions import compile_editions
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.source import Source
from termwise.policy_form.texts import governing_texts
from termwise.problems import Problem, did_you_mean, quoted
from termwise_calculator.terms.money import NO_CURRENCY


def check_policy(
    form: PolicyFile, source: Source, folder: str | None, *, covered: bool = True
) -> list[Problem]:
    """Check a policy; `folder` is the name of the folder it lies in, if it lies in one.

    Prices that are missing or claimed twice are left to the coverage unless it must be `covered`.
    """
    problems = [
        *_about_problems(form, source, folder),
        *reference_problems(form, source),
        *service_problems(form, source),
        *tariff_problems(form, source),
        *calendar_problems(form, source),
        *unstated_values(form, source),
    ]
    if covered:
        problems += claim_problems(form, source)
    if _time_zone_known(form) and is_currency(form.currency) and country_is_known(form):
        problems += _text_problems(form, source)
    return sorted(set(problems))


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
            f"a currency's code of three letters, such as PLN, or {NO_CURRENCY} where nothing "
            "costs money",
            did_you_mean(form.currency, ["PLN", "EUR", "AUD", "USD", "GBP", "DKK", NO_CURRENCY]),
        )


def _time_zone_known(form: PolicyFile) -> bool:
    try:
        ZoneInfo(form.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _text_problems(form: PolicyFile, source: Source) -> Iterator[Problem]:
    """Slots and figures of every governing text."""
    checker = TextChecker(compile_editions(form))
    for text in governing_texts(form):
        plurals = plural_problems(text.text, form.language) if text.counted else []
        for problem in checker.check(text.text, form.language) + plurals:
            yield problem.at(source.place_within(text.path, problem.offset))
