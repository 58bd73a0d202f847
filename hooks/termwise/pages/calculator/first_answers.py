"""Quotes for the scenarios that visitors try first, so that the form answers before Python does.

They are what the calculator answers, worked out at the build by the same code. Quotes of
neighbouring scenarios differ in a few lines, so each line is kept once and answers name theirs.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, urlencode

from termwise.kept.digests import integrity_of
from termwise.pages.data_files import named_asset
from termwise.pages.parts import SiteAsset
from termwise.reading.providers import Provider
from termwise.scenarios.queries import Query
from termwise_calculator.browser import OtherTerms, Session
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import calendar_of

FirstAnswer = Mapping[str, Any]
"""What the calculator answers: `json`, `html`, `problems`, `asked`, `address`."""


def answers_assets(
    provider: Provider,
    bundles: Mapping[str, SiteAsset],
    worker: str,
    name: str,
    scenarios: Iterable[Query],
) -> Iterator[tuple[str, SiteAsset]]:
    """Answers in each language to what a form of that name is likely to ask first.

    They say from which bundle and for which worker they are.
    """
    governing = _session(provider, provider.policy.language)
    quotes = list(_priced(governing, scenarios))
    answers = [governing.told(quote) for quote in quotes]
    for language in provider.words:
        bundle = bundles[language].uri
        made_from = {"bundle": PurePosixPath(bundle).name, "runtime": PurePosixPath(worker).name}
        kept = made_from | packed(_said_in(provider, language, quotes, answers))
        content = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        yield language, named_asset(f"answers/{name}.{language}", content.encode())


def _said_in(
    provider: Provider, language: str, quotes: Sequence[Quote], governing: Sequence[FirstAnswer]
) -> Sequence[FirstAnswer]:
    """Answers in a language: only their HTML is another."""
    if language == provider.policy.language:
        return governing
    session = _session(provider, language)
    pairs = zip(quotes, governing, strict=True)
    return [{**answer, "html": session.html(quote)} for quote, answer in pairs]


def integrity(asset: SiteAsset) -> str:
    """The digest of a file of answers, as browsers take it."""
    assert isinstance(asset.content, bytes)
    return integrity_of(asset.content)


def answered_values(asset: SiteAsset) -> str:
    """Every value of a field that a file of answers is for, as a query: a link may have others."""
    assert isinstance(asset.content, bytes)
    answers = json.loads(asset.content)["answers"]
    given = (pair for one in answers for pair in parse_qsl(one["address"], keep_blank_values=True))
    return urlencode([*dict.fromkeys(given)])


def _session(provider: Provider, language: str) -> Session:
    dates = calendar_of(provider.policies)
    words = provider.words[language]
    return Session(provider.policy, dates, words, provider.reference, provider.slots)


def _priced(session: Session, queries: Iterable[Query]) -> Iterator[Quote]:
    """The quotes of scenarios; what is refused, or starts under other terms, is left to Python."""
    for query in queries:
        with suppress(ScenarioProblems, OtherTerms):
            yield session.quote(query)


def packed(answers: Iterable[FirstAnswer]) -> dict[str, Any]:
    """Answers with the numbers of their lines, and the lines; the page puts them together again."""
    lines: dict[str, int] = {}

    def numbers(text: str) -> list[int]:
        return [lines.setdefault(line, len(lines)) for line in text.split("\n")]

    kept = [
        {
            "asked": answer["asked"],
            "address": answer["address"],
            "json": numbers(answer["json"]),
            "html": numbers(answer["html"]),
        }
        for answer in answers
    ]
    return {"answers": kept, "lines": list(lines)}
