"""What is still blank in a new policy, told in place of whatever else a blank would be."""

from collections.abc import Collection, Iterator

from termwise.policy_form.yaml_text.source import BLANK, Source, value_at
from termwise.problems import Problem, quoted


def with_blanks(problems: Collection[Problem], source: Source) -> list[Problem]:
    """Problems of a file, with those at blanks told as blanks."""
    blanks = list(_blanks(source))
    told = {one.place for one in blanks}
    return sorted({*blanks, *(one for one in problems if one.place not in told)})


def _blanks(source: Source) -> Iterator[Problem]:
    if BLANK not in source.text:
        return
    for path in source.values:
        written = value_at(source.data, path)
        if isinstance(written, str) and BLANK in written:
            yield Problem(
                source.place(path),
                f"{'.'.join(map(str, path))} is still blank",
                quoted(written),
                "what the company's page says",
                "fill it in, as the example in the comment beside it, or take it away with its "
                "rule if the company has no such thing",
            )
