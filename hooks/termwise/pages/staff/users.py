"""Who uses the fields of the reference, filled in where the pages of all policies come together."""

import re
from collections.abc import Mapping

from termwise.pages.safe_text import html, joined

MARK = re.compile(r"\{(users|example):([\w-]+)\}")
MOST_USERS = 5
"""Policies that are named of those that use a field."""


def with_users(reference: str, used: Mapping[str, Mapping[str, str]]) -> str:
    """The reference with what is known only of all policies: who uses a field, and how."""

    def named(mark: re.Match[str]) -> str:
        users = [name for name, fields in used.items() if mark[2] in fields]
        if mark[1] == "example":
            return next((one for name in users if (one := used[name][mark[2]])), "")
        links = [
            html('<a href="{{root}}providers/{}/">{}</a>', one, one) for one in users[:MOST_USERS]
        ]
        more = [f"{len(users) - len(links)} more"] if len(users) > len(links) else []
        return joined([*links, *more], ", ") or "no policy here"

    return MARK.sub(named, reference)
