"""Values that rest on a reading or an outside fact: each is one that texts can show."""

from collections.abc import Iterable, Iterator

from termwise.compiling.edition import Edition
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, did_you_mean, listed, quoted
from termwise_calculator.terms.resting import BESIDE_SLOTS


def resting_problems(
    written: PolicyFile, editions: Iterable[Edition], source: Source
) -> Iterator[Problem]:
    """Names of values that no edition has; nothing where none could be compiled."""
    slots = dict.fromkeys(slot for edition in editions for slot in edition.slots)
    known = [*slots, *BESIDE_SLOTS]
    for path, value in _values(written):
        if slots and value not in known:
            first = value.partition(".")[0]
            near = [one for one in known if one.partition(".")[0] == first]
            yield Problem(
                source.place(path),
                "This names no value of the policy",
                quoted(value),
                f"one of {listed(near or known, value)}",
                did_you_mean(value, known),
            )


def _values(written: PolicyFile) -> Iterator[tuple[Path, str]]:
    for kind, notes in (("readings", written.readings), ("outside", written.outside)):
        for name, note in notes.items():
            for at, value in enumerate(note.values):
                yield (kind, name, "values", at), value
