"""What feeds and calendars tell of a provider's changes, as plain data without any address."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from termwise.history.states import Published
from termwise.languages import home_of
from termwise.pages.history.file_names import FEED
from termwise.pages.history.told_changes import ToldChange
from termwise.pages.policy_view import PolicyView


def provider_place(view: PolicyView) -> str:
    """Where all of a provider stands, seen from the root of the site."""
    return f"{home_of(view.language)}providers/{view.policy.provider}/"


def feed_place(view: PolicyView) -> str:
    """Where the feed of a provider stands, seen from the root of the site."""
    return f"{provider_place(view)}{FEED}"


def feed_title(view: PolicyView) -> str:
    """What the page of changes and its feed are called."""
    return view.words.say("What has changed: {name}", name=view.policy.name)


def news(view: PolicyView, known: Published, told: Sequence[ToldChange]) -> dict[str, Any]:
    """The changes of a provider in a language, and those that are still to come.

    Places are seen from the root of the site; addresses within `html` from the `page`. Moments are
    those of commits or of the policy file, never of the clock.
    """
    place = provider_place(view)
    return {
        "name": view.policy.name,
        "title": feed_title(view),
        "feed": feed_place(view),
        "page": f"{place}history/",
        "since": _since(view, known).isoformat(),
        "entries": [_entry(one) for one in told],
        "coming": [*_coming(view, told), *_end(view)],
    }


def _entry(told: ToldChange) -> dict[str, str]:
    return {
        "anchor": told.change.anchor,
        "title": told.title,
        "updated": told.change.recorded.isoformat(),
        "html": told.html,
    }


def _coming(view: PolicyView, told: Sequence[ToldChange]) -> Iterator[dict[str, str]]:
    """Changes of a day that has not come yet."""
    for one in told:
        [*_, last] = one.change.editions
        if one.change.dated and one.change.day > view.provider.reference and last.new:
            yield {
                "anchor": one.change.anchor,
                "day": one.change.day.isoformat(),
                "title": view.words.say("{name}: terms change", name=view.policy.name),
                "text": "\n".join(one.in_short),
                "known": one.change.recorded.isoformat(),
                "page": f"{provider_place(view)}{last.new.place}/",
            }


def _end(view: PolicyView) -> Iterator[dict[str, str]]:
    """The first day without terms, where the policy states their last one."""
    until = view.provider.editions[-1].until
    if until and until > view.provider.reference:
        yield {
            "anchor": f"end-{until.isoformat()}",
            "day": until.isoformat(),
            "title": view.words.say("{name}: the terms have ended", name=view.policy.name),
            "text": "",
            "known": _read(view).isoformat(),
            "page": provider_place(view),
        }


def _since(view: PolicyView, known: Published) -> datetime:
    return datetime.combine(known.since, time(), UTC) if known.since else _read(view)


def _read(view: PolicyView) -> datetime:
    """The day on which the provider's page was read."""
    return datetime.combine(date.fromisoformat(view.document["source"]["read"]), time(), UTC)
