"""Problems of a PO file that have one cause are told as one: a thing that is gone, a bad merge."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from termwise.policy_form.yaml_text.syntax import conflict_problems
from termwise.problems import Problem
from termwise.reading.translations import UNKNOWN_MESSAGE

NAMED = re.compile(r"msgctxt “(?P<thing>[a-z]+\.[^.”]+)\.(?P<part>[^”]+)”")
"""A message of one text of several of a thing, such as `service.help.name`."""


def told_once(problems: Iterable[Problem], text: str, file: str) -> Iterator[Problem]:
    """The problems of a file with this text; several of one cause in place of the first of them."""
    merged = list(conflict_problems(text, file))
    gone: dict[str, list[Problem]] = {}
    others = []
    for one in problems:
        named = NAMED.fullmatch(one.found)
        if one.what == UNKNOWN_MESSAGE and named:
            gone.setdefault(named["thing"], []).append(one)
        else:
            others.append(one)
    # Half a merge is no file: whatever else is told of it comes from that.
    yield from merged or others
    for thing, messages in () if merged else gone.items():
        yield messages[0] if len(messages) == 1 else _of_what_is_gone(thing, messages)


def _of_what_is_gone(thing: str, messages: list[Problem]) -> Problem:
    lines = ", ".join(str(one.place.line) for one in messages)
    return replace(
        messages[0],
        what="These messages translate what the policy no longer has",
        found=f"{len(messages)} messages of “{thing}”, on lines {lines}",
        expected="messages of texts that the policy has",
        mend="delete these messages, or let “termwise translations” set them aside",
    )
