"""Prepaid packages: time that may be used until so many months after it was bought."""

from datetime import date, timedelta

from termwise_calculator.terms.tariff import Allowance, Answers

EXPIRED = "expired"
NOT_YET = "not yet valid"


def months_later(day: date, months: int) -> date:
    """The day of the same number some months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after_year, after_month = divmod(year * 12 + month + 1, 12)
    end_of_month = date(after_year, after_month + 1, 1) - timedelta(days=1)
    return date(year, month + 1, min(day.day, end_of_month.day))


def last_day(allowance: Allowance, bought: date) -> date:
    """The last day on which a session may begin that a package bought on a day covers."""
    return months_later(bought, allowance.valid_months)


def why_not_valid(allowance: Allowance, answers: Answers, day: date | None) -> str:
    """Why an allowance covers nothing on a day; empty where it does, or nobody says when bought."""
    bought = answers.get(allowance.bought, "")
    if not bought or day is None:
        return ""
    if day < date.fromisoformat(bought):
        return NOT_YET
    return EXPIRED if day > last_day(allowance, date.fromisoformat(bought)) else ""
