"""Whose clock decides: each time zone is a region, and each place that can be chosen has one."""

from collections.abc import Iterator

from termwise.policy_form.calendar.time_zones import region_to_write, regions
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import ChoiceQuestion
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, did_you_mean, listed, quoted


def zones_are_known(written: PolicyFile) -> bool:
    """Tell whether every time zone of a policy is a region."""
    return regions().issuperset(written.zones)


def clock_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Everything wrong with time zones."""
    yield from _unknown_zone(source, ("timezone",), written.timezone)
    for name, question in written.questions.items():
        if isinstance(question, ChoiceQuestion) and question.zones:
            path: Path = ("questions", name, "zones")
            yield from _place_problems(source, path, question)
    for service_id, service in written.services.items():
        asked = [name for name in service.questions if _zones_of(written, name)]
        path = ("services", service_id)
        if len(asked) > 1:
            yield Problem(
                source.place((*path, "questions", service.questions.index(asked[1]))),
                "The service asks for two places, and only one clock can decide",
                listed(map(quoted, asked)),
                "one question with zones",
                "take the zones out of one of them, or do not ask it here",
            )
        if asked and "start" not in service.asks:
            yield Problem(
                source.place((*path, "asks")),
                "The service does not ask “start”, which its rules need",
                f"nothing that asks “start”, on which “{asked[0]}” depends",
                "“start” in asks",
                "add start to asks, or take the question away from this service",
            )


def _zones_of(written: PolicyFile, name: str) -> dict[str, str]:
    question = written.questions.get(name)
    return question.zones if isinstance(question, ChoiceQuestion) else {}


def _place_problems(source: Source, path: Path, question: ChoiceQuestion) -> Iterator[Problem]:
    """Places without a time zone, time zones of no place, and names that are no region's."""
    for option in question.options:
        if option not in question.zones:
            yield Problem(
                source.key_place(path),
                "A place has no time zone",
                f"nothing for {quoted(option)}",
                "a time zone for every option",
                f"add “{option}: …”, such as Europe/Warsaw",
            )
    for option, zone in question.zones.items():
        if option not in question.options:
            yield Problem(
                source.key_place((*path, option)),
                "The question has no such answer",
                quoted(option),
                f"one of {listed(question.options)}",
                did_you_mean(option, question.options),
            )
        yield from _unknown_zone(source, (*path, option), zone)


def _unknown_zone(source: Source, path: Path, zone: str) -> Iterator[Problem]:
    if zone not in regions():
        yield Problem(
            source.place(path),
            "The time zone names no region",
            quoted(zone),
            "a region of the IANA time zone database, such as Europe/Warsaw, or UTC",
            region_to_write(zone),
        )
