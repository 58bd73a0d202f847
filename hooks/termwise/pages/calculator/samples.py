"""Sessions of the calculator with all that the tariff language can say, for whoever watches them.

They are the worked examples, not the policies: what is made of them stays when a policy is edited.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from itertools import chain, cycle
from typing import Any

from termwise.languages import LANGUAGES
from termwise.pages.data_files import calendar
from termwise.pages.staff.examples import words_data_for
from termwise.policy_form.calendar.time_zones import zone_file
from termwise.scenarios.worked import REFERENCE, TIMEZONE, WorkedExample

MISTAKEN: tuple[dict[str, str], ...] = (
    {},
    {"minutes": "-1"},
    {"minutes": "an hour"},
    {"start": "2026-02-30T10:00"},
    {"start": "2031-06-02T10:00"},
)


OTHER_TERMS = {"effective": "2031-01-01", "until": None, "digest": "sha256:other"}
"""An edition that a session only knows of, so that it also answers that it is elsewhere."""


def calculator_samples(groups: Mapping[str, Iterable[WorkedExample]]) -> list[dict[str, Any]]:
    """A bundle for each example, the languages in turn, and what visitors ask, mistakes in turn.

    `then` are other terms with which it is compared: those of the example before. `zones` are the
    time zones that it needs besides that of all examples.
    """
    examples = list(chain.from_iterable(groups.values()))
    return [
        {
            "bundle": _bundle(example, language),
            "then": _bundle(before, language),
            "queries": _queries(example, mistake),
            "zones": {zone: _zone(zone) for zone in example.policy.zones if zone != TIMEZONE},
        }
        for before, example, language, mistake in zip(
            [examples[-1], *examples], examples, cycle(LANGUAGES), cycle(MISTAKEN), strict=False
        )
    ]


def _zone(name: str) -> str:
    return b64encode(zone_file(name)).decode()


def _bundle(example: WorkedExample, language: str) -> str:
    return json.dumps(
        {
            "reference": REFERENCE.isoformat(),
            "digest": example.edition.digest,
            "policy": example.edition.compiled,
            "calendar": [*calendar([example.edition]), OTHER_TERMS],
            "words": words_data_for(example, language),
        },
        ensure_ascii=False,
    )


def _queries(example: WorkedExample, mistake: dict[str, str]) -> list[dict[str, str]]:
    asked = [*(given for given, _ in example.cases), mistake]
    return [{"service": "help", **given} for given in asked]
