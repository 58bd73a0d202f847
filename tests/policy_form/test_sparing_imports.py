"""What is imported alone out of a large library says what the whole library says."""

import subprocess
import sys

import pytest

NUMBERS = """
from num2words import num2words
for language in ("en", "pl", "da", "pt"):
    print(*(num2words(number, lang=language) for number in (*range(400), 1234, 1_000_000)))
"""
NUMBERS_ALONE = """
from termwise.checking.prose.number_words import speller
for language in ("en", "pl", "da", "pt"):
    print(*(speller(language).to_cardinal(number) for number in (*range(400), 1234, 1_000_000)))
"""
HOLIDAYS = """
import holidays
for country, parts in sorted(holidays.list_supported_countries(include_aliases=False).items()):
    print(country, *parts, *holidays.country_holidays(country, years=2026))
"""
HOLIDAYS_ALONE = f"""
from termwise.policy_form.calendar.sparing_imports import spare_imports_of
spare_imports_of("holidays.countries")
{HOLIDAYS}
"""
ONE_OF_MANY = """
import sys
from termwise.policy_form.calendar.sparing_imports import spare_imports_of
spare_imports_of("holidays.countries")
import holidays
holidays.country_holidays("PL", years=2026)
print(*(name for name in sys.modules if name.startswith("holidays.countries.")))
"""


def printed(program: str) -> str:
    """What a fresh Python prints: this one may have imported the libraries whole."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("whole", "alone"), [(NUMBERS, NUMBERS_ALONE), (HOLIDAYS, HOLIDAYS_ALONE)])
def test_alone_it_says_the_same(whole: str, alone: str) -> None:
    """Number words of each language, holidays of each country."""
    assert printed(alone) == printed(whole)


def test_other_countries_are_not_imported() -> None:
    """Else nothing was spared."""
    assert printed(ONE_OF_MANY).split() == ["holidays.countries.poland"]


def test_a_package_that_is_not_there_stays_away() -> None:
    """Whoever imports it gets the usual error."""
    sparing = "termwise.policy_form.calendar.sparing_imports"
    missing = f"from {sparing} import spare_imports_of as spare; spare('nobody')"
    tried = "try: import nobody\nexcept ModuleNotFoundError: print('not there')"
    assert printed(f"{missing}\n{tried}") == "not there\n"
