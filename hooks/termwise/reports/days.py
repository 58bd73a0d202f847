"""The terms of a folder on two days, each as a folder that states nothing else."""

from dataclasses import replace
from datetime import date

from termwise.policy_form.yaml_text.source import Data
from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import ReadPolicy
from termwise.reports.periods import in_force


def terms_on_both(
    folder: PolicyFolder, first: date, last: date
) -> tuple[PolicyFolder, PolicyFolder]:
    """The terms of a day, and those of a later one, as if either were in force on the later day.

    So the same cases can be priced under both. A provider without terms on a day is left out there.
    """
    return _terms_on(folder, first, last), _terms_on(folder, last, last)


def _terms_on(folder: PolicyFolder, day: date, last: date) -> PolicyFolder:
    policies = {
        name: on_day
        for name, policy in folder.policies.items()
        if (on_day := _on(policy, day, last)) is not None
    }
    translations = {name: folder.translations[name] for name in policies}
    return PolicyFolder(policies, translations)


def _on(policy: ReadPolicy, day: date, last: date) -> ReadPolicy | None:
    """A policy whose dated values are those of a day; None where no terms are in force."""
    edition, following = in_force(policy.editions, day), in_force(policy.editions, last)
    if edition is None:
        return None
    until = following.until if following else None
    shown = edition._replace(effective=last, until=until)
    source = replace(policy.source, data=_values_on(policy.source.data, day))
    return replace(policy, source=source, editions=(shown,))


def _values_on(data: Data, day: date) -> Data:
    """The same data with the row that holds on a day in place of all rows of a value."""
    if isinstance(data, dict):
        return {name: _values_on(part, day) for name, part in data.items()}
    if isinstance(data, list):
        rows = [one for one in data if isinstance(one, dict) and {"from", "value"} <= one.keys()]
        if rows:
            started = [row for row in rows if date.fromisoformat(str(row["from"])) <= day]
            return (started or rows)[-1 if started else 0]["value"]
        return [_values_on(part, day) for part in data]
    return data
