"""The mutants that are known to survive, with the reason for each."""

from __future__ import annotations

from collections import defaultdict

import yaml

from tests.mutate.mutants import Mutant, Name
from tests.places import ROOT

KNOWN = ROOT / "tests" / "mutate" / "survivors.yaml"


class Survivors:
    """What `survivors.yaml` says."""

    def __init__(self) -> None:
        """Read it."""
        read = yaml.safe_load(KNOWN.read_text(encoding="utf-8"))
        self._equivalent, self._accepted = (
            {
                Name(entry["where"], entry["was"], entry["becomes"]): entry["why"]
                for entry in read[kind]
            }
            for kind in ("equivalent", "accepted")
        )
        self._lines: dict[str, str] = defaultdict(str)
        for name in (*self._equivalent, *self._accepted):
            self._lines[name.where] += f"{name.was}\n"

    def equivalent(self, mutant: Mutant) -> bool:
        """Whether nothing can tell it from the code."""
        return self._listed(mutant) and mutant.name in self._equivalent

    def accepted(self, mutant: Mutant) -> str | None:
        """Why it may survive."""
        return self._accepted.get(mutant.name) if self._listed(mutant) else None

    def left_over(self, mutants: list[Mutant]) -> list[Name]:
        """What the file lists and no change makes any more."""
        made = {mutant.name for mutant in mutants if self._listed(mutant)}
        return sorted({*self._equivalent, *self._accepted} - made)

    def _listed(self, mutant: Mutant) -> bool:
        """Whether a line of its statement is; comparing whole files takes its time."""
        listed = self._lines.get(mutant.where, "")
        return bool(listed) and any(one.strip() in listed for one in mutant.text if one.strip())
