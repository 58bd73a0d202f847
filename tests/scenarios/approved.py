"""All that the calculator says of the worked examples, as text that is kept and compared.

`.venv/bin/python -m tests.scenarios.approved` writes it anew; what has changed is read in the diff.
"""

import json
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from termwise.checking.uncovered.cases import example_of
from termwise.checking.uncovered.words import readable_case
from termwise.pages.staff.examples import words_for
from termwise.policy_form.yaml_text.libyaml import TextLoader
from termwise.scenarios.worked import FOLDER, REFERENCE, WorkedExample, worked_example
from termwise_calculator.browser import Session, address
from termwise_calculator.coverage.uncovered import uncovered
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import calendar_of
from termwise_calculator.telling.marks import marks_text
from termwise_calculator.telling.render import quote_text
from termwise_calculator.telling.slots import fill
from termwise_calculator.terms.resting import notes_on
from tests.places import ROOT

APPROVED = Path(__file__).parent / "approved"
OTHERS = ("calculator/alike.yaml", "calculator/edges.yaml", "checking/coverage.yaml")
FILES = (*sorted(FOLDER.glob("*.yaml")), *(ROOT / "tests" / other for other in OTHERS))
GROUPS = {file.stem: file for file in FILES}
FORMS = ("json", "html", "svg")


def approved_of(name: str) -> str:
    """What is kept under a name: all of a file of examples, or each kind of answer in a form."""
    lines = _kinds_of(name) if name in FORMS else _all_of(name)
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"


@cache
def _examples(group: str) -> list[WorkedExample]:
    """The examples of a file, compiled and priced once; and cards that are written like them."""
    written = yaml.load(GROUPS[group].read_text("utf-8"), TextLoader)
    return [worked_example(one if "feature" in one else _as_example(one)) for one in written]


def _as_example(card: Mapping[str, Any]) -> dict[str, Any]:
    """A case of `alike.yaml`, or a card of `coverage.yaml`, which has no case."""
    name = card["case"] if "case" in card else card["card"]
    cases = [card["given"]] if "given" in card else []
    return {**card, "feature": name, "says": "", "prices": cases}


# ---- In words


def _all_of(group: str) -> Iterator[str]:
    for example in _examples(group):
        yield f"# {example.feature}"
        yield from _figures(example)
        yield from _regions(example)
        yield from _cases(example)
        yield ""


def _figures(example: WorkedExample) -> Iterator[str]:
    slots, policy = example.edition.slots, example.policy
    for slot in slots:
        figure, notes = fill(f"{{{slot}}}", slots, words_for(example, "en")), notes_on(policy, slot)
        yield f"{slot}: {figure} {marks_text(notes)}".rstrip()


def _regions(example: WorkedExample) -> Iterator[str]:
    """What it leaves open or says twice, with a case of it."""
    for region in uncovered(example.policy):
        what = region.gap or " and ".join(region.claimed_by) or "none"
        when = readable_case(words_for(example, "en"), example.policy, region)
        given = example_of(example.policy, region, REFERENCE)
        yield f"{region.rule or 'no charge'}: {what}: {when}: {given}"


def _cases(example: WorkedExample) -> Iterator[str]:
    """Each case with its lines and reasons; a reason once, by the first case that has it."""
    said = set()
    for _, quote in example.cases:
        words, slots = words_for(example, "en"), example.edition.slots
        *lines, _ = quote_text(quote, words, slots, reasons=True).splitlines()
        yield ""
        for line in filter(None, lines):
            if line not in said or not line.startswith("  "):
                yield line
            said.add(line)


# ---- As the browser is answered


def _kinds_of(form: str) -> Iterator[str]:
    """The first answer of each kind: with such fields or elements, of a picture with so many."""
    known = set()
    for group in GROUPS:
        for example in _examples(group):
            for _, quote in example.cases[: 1 if form == "svg" else None]:
                answer = _answer(example, quote, form)
                if answer and (kind := _kind(answer, form)) not in known:
                    known.add(kind)
                    yield f"# {example.feature}: {address(example.policy, quote.scenario)}"
                    yield answer.replace(example.policy.digest, "digest")


def _answer(example: WorkedExample, quote: Quote, form: str) -> str:
    # Of HTML to somebody who reads Danish: it marks what is in another language.
    policy, words = example.policy, words_for(example, "da" if form == "html" else "en")
    session = Session(policy, calendar_of([policy]), words, REFERENCE, example.edition.slots)
    fields = address(policy, quote.scenario).replace("%2B", "+").split("&")
    request = json.dumps({"query": dict(field.split("=") for field in fields)})
    told = session.steps(request) if form == "svg" else session.answer(request)
    answer: str | None = json.loads(told)["json" if form == "json" else "html"]
    return answer or ""  # a case under other terms, or without a picture


def _kind(answer: str, form: str) -> Hashable:
    if form == "json":
        return frozenset(_fields(json.loads(answer), ""))
    elements = re.findall(r'<(\w+)(?: class="([^"]*)")?', answer)
    return frozenset(Counter(elements).items() if form == "svg" else elements)


def _fields(data: Any, path: str) -> Iterator[str]:
    if isinstance(data, dict) and path != "/input/set":
        for name, value in data.items():
            yield from _fields(value, f"{path}/{name}")
    elif isinstance(data, list):
        for value in data:
            yield from _fields(value, f"{path}/-")
    else:
        yield path


def names() -> Iterable[str]:
    """What is kept."""
    return (*GROUPS, *FORMS)


def main() -> None:
    """Keep what is said now."""
    for name in names():
        (APPROVED / f"{name}.txt").write_text(approved_of(name), encoding="utf-8")


if __name__ == "__main__":
    main()
