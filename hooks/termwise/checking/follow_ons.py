"""One mistake is one problem: what comes only from a name that is written wrong is not told.

Whoever misspells the slot of a price has stated that price nowhere, and has still made one mistake.
Once the name is written as its problem proposes, the other problem is gone.
"""

import re
from collections.abc import Collection

from termwise.problems import Problem

PROPOSED = re.compile(r"(?:did you mean|write|add) “\{?(?P<name>[\w.-]+)\}?”")


def without_follow_ons(problems: Collection[Problem]) -> list[Problem]:
    """The problems but for those that another one, mended as it proposes, takes along."""
    proposed = {name for one in problems for name in PROPOSED.findall(one.mend)}
    return [one for one in problems if one.lacking not in proposed]
