"""How large and how deep a file may be: what is larger is no policy, and is told within seconds.

`policies/README.md` states these limits too. The largest policy of this repository comes nowhere
near them, and what is within them is checked in a time that grows with the size of the file.
"""

from termwise_calculator.coverage.answers import MOST_WAYS

MOST_BYTES = 1_000_000
"""Of a policy file or a translation."""

DEEPEST_NESTING = 20
"""Levels of lists and fields in a policy file."""

MOST_VALUES = 10_000
"""Of a policy file, its keys, lists and mappings among them."""

MOST_WINDOWS = 100
"""Of a policy file: each is compared with its text on every day for which holidays are known."""

LONGEST_WINDOW = 1_000
"""Characters of the hours of a window."""

LONGEST_TEXT = 10_000
"""Characters of a text, a translation, or any other value."""

MOST_PROBLEMS = 100
"""That are told of one file."""

MOST_ANSWERS = MOST_WAYS
"""Combinations of the answers that one rule, or rules that meet, depend on."""
