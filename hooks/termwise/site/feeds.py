"""Feeds and calendars of what has changed: the addresses are known only where a site is staged."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from termwise.languages import HTML_LANGUAGES, LANGUAGES, home_of
from termwise.pages.history.file_names import CALENDAR, FEED
from termwise.pages.parts import SiteAsset
from termwise.words.messages import message_words

LINK = re.compile(r'(?<=href=")[^"]+')
NOWHERE = "http://localhost/"
"""Where a site stands that nobody gave an address."""

AUTHOR = "Termwise"

News = Mapping[str, Any]
"""What the history tells of one provider in one language."""


def change_files(news: Mapping[str, Mapping[str, News]], address: str) -> Iterator[SiteAsset]:
    """A feed for each provider, one of all, and a calendar of what is to come, by language.

    Where there is no provider there is nothing to tell of.
    """
    if not news:
        return
    root = urljoin(NOWHERE, address)
    for language in LANGUAGES:
        told = [by_language[language] for by_language in news.values()]
        for one in told:
            written = _feed(one["title"], one["feed"], one["page"], [one], language, root)
            yield SiteAsset(one["feed"], written)
        home = home_of(language)
        title = message_words(language).say("What has changed: all providers")
        yield SiteAsset(home + FEED, _feed(title, home + FEED, home, told, language, root))
        coming = [event for one in told for event in one["coming"]]
        yield SiteAsset(home + CALENDAR, calendar(coming, language, root))


# ---- Atom


def _feed(
    title: str, place: str, page: str, news: Sequence[News], language: str, root: str
) -> bytes:
    """A feed of Atom; `place` is its own, `page` what it is the feed of."""
    from feedgenerator import Atom1Feed  # noqa: PLC0415 (only where a site is staged)

    feed = Atom1Feed(
        title=title,
        link=root + page,
        description=None,
        language=HTML_LANGUAGES[language],
        author_name=AUTHOR,
        feed_url=root + place,
        feed_guid=root + place,
    )
    # The library would take the clock where there is no entry.
    feed.latest_post_date = lambda: _updated(news)
    for page_url, entry in _entries(news, root):
        address = f"{page_url}#{entry['anchor']}"
        moment = datetime.fromisoformat(entry["updated"])
        content = _absolute(entry["html"], page_url)
        feed.add_item(
            title=entry["title"],
            link=address,
            description=None,
            unique_id=address,
            updateddate=moment,
            content=content,
        )
    written: str = feed.writeString("utf-8")
    return written.encode()


def _entries(news: Iterable[News], root: str) -> list[tuple[str, Mapping[str, str]]]:
    """The entries of all, each with the address of its page, those last known first."""
    every = [(root + one["page"], _named(one, entry)) for one in news for entry in one["entries"]]
    return sorted(every, key=lambda found: found[1]["updated"], reverse=True)


def _named(one: News, entry: Mapping[str, str]) -> Mapping[str, str]:
    """An entry with the provider's name in its title, since feeds are read among others."""
    return {**entry, "title": f"{one['name']}: {entry['title']}"}


def _updated(news: Iterable[News]) -> datetime:
    """When the last thing of all came to be known."""
    moments = [one["since"] for one in news]
    moments += [entry["updated"] for one in news for entry in one["entries"]]
    return max(map(datetime.fromisoformat, moments))


def _absolute(html: str, page: str) -> str:
    """HTML that can be read anywhere."""
    return LINK.sub(lambda found: urljoin(page, found[0]), html)


# ---- iCalendar


def calendar(coming: Iterable[Mapping[str, str]], language: str, root: str) -> bytes:
    """A calendar of whole days on which terms change."""
    from icalendar import Calendar, Event  # noqa: PLC0415 (only where a site is staged)

    made = Calendar()
    made.add("prodid", "-//Termwise//Changes//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", message_words(language).say("Coming changes of terms"))
    made.add_component(_utc())
    for one in sorted(coming, key=lambda one: (one["day"], one["title"])):
        event = Event()
        event.add("uid", f"{one['page']}{one['anchor']}@{urlsplit(root).hostname}")
        event.add("dtstamp", datetime.fromisoformat(one["known"]))
        event.add("dtstart", date.fromisoformat(one["day"]))
        event.add("summary", one["title"], parameters={"LANGUAGE": HTML_LANGUAGES[language]})
        event.add("url", root + one["page"])
        event.add("transp", "TRANSPARENT")
        if one["text"]:
            event.add("description", one["text"])
        made.add_component(event)
    written: bytes = made.to_ical()
    return written


def _utc() -> Any:
    """The time zone of the stamps; without any event it is what a calendar must hold."""
    from icalendar import Timezone, TimezoneStandard  # noqa: PLC0415

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 (local time, as RFC 5545 asks)
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone
