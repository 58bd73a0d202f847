"""An edition: the terms of a policy from one date to the next.

What is compiled is read by the calculator once, and its figures named once, whoever asks: checks,
pages, reports and quotes share the edition. Little is imported here, so that a quote by kept terms
waits for nothing that reads policy files.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from termwise_calculator.terms.loading import load_policy
from termwise_calculator.terms.policy import Policy

if TYPE_CHECKING:
    from termwise_calculator.telling.slots import SlotTable

Compiled = dict[str, Any]
"""Plain data, ready for canonical JSON."""


FROM_EVER = "first"
"""The name of a first edition whose beginning is not stated."""


class CompiledEdition(NamedTuple):
    """The terms from `effective` until the day before `until`, compiled, and their digest.

    Without a first day they hold from ever, without `until` for good.
    """

    effective: date | None
    until: date | None
    compiled: Compiled
    digest: str

    @property
    def place(self) -> str:
        """The name of the edition in addresses: its first day, or that it has none."""
        return self.effective.isoformat() if self.effective else FROM_EVER

    def data(self) -> dict[str, Any]:
        """The edition as plain data, for the API and for terms that are kept."""
        return {
            "effective": _written(self.effective),
            "until": _written(self.until),
            "digest": self.digest,
            "policy": self.compiled,
        }


class Edition(CompiledEdition):
    """An edition with what is made of it, once, when it is first asked for."""

    @cached_property
    def policy(self) -> Policy:
        """The terms as the calculator reads them."""
        return load_policy(self.compiled, self.digest)

    @property
    def known_day(self) -> date:
        """A day on which these terms hold, with a week to follow where they have no first day.

        Later terms may have begun before the page was read.
        """
        day = self.policy.first_known_day
        if self.effective is None and self.until is not None:
            return min(day, self.until - timedelta(days=7))
        return day

    @cached_property
    def slots(self) -> "SlotTable":
        """The figures of these terms by the names that texts give them."""
        # A quote as JSON does without any words, and without the time to import them.
        from termwise_calculator.telling.slot_table import slot_table  # noqa: PLC0415

        return slot_table(self.policy)


def edition_from(data: Mapping[str, Any]) -> Edition:
    """The edition that `CompiledEdition.data` made."""
    return Edition(_read(data["effective"]), _read(data["until"]), data["policy"], data["digest"])


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)
