"""Sentences outside the terms cite the clauses that state their figures, to be looked up there."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, listed, quoted
from termwise_calculator.telling.slots import slots_in

GROSS, NET = ".gross", ".net"
NAME_OF_TAX = "tax.name"


class Statement(NamedTuple):
    """A sentence, where it stands, and the clauses that it cites."""

    path: Path
    text: str
    clauses: tuple[str, ...]


def uncited_figures(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Slots of sentences that cite none of the clauses in which their value is stated."""
    stating = _stating_clauses(written)
    for statement in _statements(written):
        for slot in slots_in(statement.text):
            clauses = [one for figure in _stated_as(slot.path) for one in stating.get(figure, ())]
            if clauses and not set(clauses) & set(statement.clauses):
                yield Problem(
                    source.place_within(statement.path, slot.offset),
                    "The sentence does not cite a clause that states this figure",
                    quoted(slot.written),
                    f"one of {listed(dict.fromkeys(clauses))} under “clause”",
                    "add the clause to the list: clause: [one, another]",
                )


def _statements(written: PolicyFile) -> Iterator[Statement]:
    """Every sentence outside the terms, with the clauses that it cites, if any."""
    for at, line in enumerate(written.glance):
        yield Statement(("glance", at, "text"), line.text, line.clause)
    for at, step in enumerate(written.steps):
        yield Statement(("steps", at, "text"), step.text, step.clause or ())
    for at, entry in enumerate(written.faq):
        for part, text in (("question", entry.question), ("answer", entry.answer)):
            yield Statement(("faq", at, part), text, entry.clause or ())
    for kind in ("covered", "excluded"):
        for at, item in enumerate(getattr(written.coverage, kind)):
            yield Statement(("coverage", kind, at, "text"), item.text, item.clause)
    for at, channel in enumerate(written.channels):
        yield Statement(("channels", at, "text"), channel.text, channel.clause)
    for name, condition in written.conditions.items():
        yield Statement(("conditions", name, "text"), condition.text, condition.clause)


def _stating_clauses(written: PolicyFile) -> Mapping[str, list[str]]:
    """The clauses in which each figure stands."""
    found: dict[str, list[str]] = {}
    for section in written.sections:
        for clause in section.clauses:
            for slot in slots_in(clause.text):
                for figure in _stated_as(slot.path):
                    found.setdefault(figure, []).append(clause.id)
    return found


def _stated_as(path: str) -> tuple[str, ...]:
    """The figures of which one has to be stated for a slot to be told.

    Any part of a window stands for it, a price for itself with tax; what is due in a window is told
    by that or by its factor. The name of a tax is no figure.
    """
    if path == NAME_OF_TAX:
        return ()
    if path.startswith("windows."):
        return (".".join(path.split(".")[:2]),)
    path = path.removesuffix(GROSS).removesuffix(NET)
    charge, price, window = path.partition(".price.")
    return (path, f"{charge}.rate.{window}") if price else (path,)
