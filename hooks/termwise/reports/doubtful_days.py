"""Days that look like slips on the day of a check: terms changed in the past, pages read ahead."""

from collections.abc import Iterator
from pathlib import Path

from termwise.policy_form.yaml_text.source import value_at
from termwise.problems import Place, Problem
from termwise.reading.folders import POLICY_FILE
from termwise.reading.git import NoRevision, run_git
from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from termwise.reading.providers import words_of
from termwise.reports.dates import DateChange, date_changes
from termwise.today import today_in
from termwise_calculator.telling.words import Words

LANGUAGE = "en"
DAYS_OF_TERMS = (("from",), ("effective",), ("ends",))


def read_ahead(folder: PolicyFolder) -> Iterator[Problem]:
    """Pages that were read on a day that has not come yet: the year is wrong, or the month."""
    for policy in folder.policies.values():
        read, today = policy.written.source.read, today_in(policy.written.timezone)
        if read > today:
            yield Problem(
                policy.source.place(("source", "read")),
                "The page was read on a day that has not come",
                str(read),
                f"{today} or an earlier day",
                "write the day on which the page was read",
            )


def passed_days(policies: Path, folder: PolicyFolder) -> Iterator[Problem]:
    """Changes of terms on days that have passed, in files that differ from the last commit.

    Nothing outside a git repository, nor of a file whose committed state cannot be read.
    """
    for provider, old in _committed(policies, folder):
        new = folder.policies[provider]
        words = Words(words_of(folder, provider, LANGUAGE))
        today = today_in(new.written.timezone)
        for change in date_changes(old.editions, new.editions, words, today):
            if change.is_warning:
                yield _remark(new, change)


def _committed(policies: Path, folder: PolicyFolder) -> Iterator[tuple[str, ReadPolicy]]:
    """Each provider whose file is changed, with its policy as it stands in the last commit."""
    try:
        changed = run_git(policies, "diff", "--name-only", "--relative", "-z", "HEAD", "--", ".")
    except NoRevision:
        return
    for name in changed.decode().split("\0"):
        provider = name.removesuffix(f"/{POLICY_FILE}")
        if name == provider or provider not in folder.policies:
            continue
        try:
            text = run_git(policies, "show", f"HEAD:./{name}").decode("utf-8-sig")
        except (NoRevision, UnicodeDecodeError):
            continue  # new in this change, or nothing that could be read
        old, _ = read_policy_text(text, covered=False)
        if old is not None:
            yield provider, old


def _remark(policy: ReadPolicy, change: DateChange) -> Problem:
    return Problem(
        _place(policy, change),
        "Terms change on a day that has passed",
        change.told.rstrip("."),
        "days to come, unless the provider has published it so",
        "write the day from which customers were told; if it is this one, say why where you "
        "propose the change. It is not asked again once it is committed",
    )


def _place(policy: ReadPolicy, change: DateChange) -> Place:
    """Where the file says that day, or else where it says from when its terms hold."""
    source, day = policy.source, change.day.isoformat()
    said = (
        path
        for path in source.values
        if path[-1:] in DAYS_OF_TERMS and value_at(source.data, path) == day
    )
    return source.place(next(said, ("effective",)))
