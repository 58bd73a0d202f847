"""Feeds and calendars are as their formats ask, whatever there is to tell."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from icalendar import Calendar

from termwise.languages import HTML_LANGUAGES, LANGUAGES, home_of
from termwise.site.feeds import change_files

ADDRESS = "https://termwise.example/terms/"
ATOM = "{http://www.w3.org/2005/Atom}"


PROVIDERS = {"tidewater": "Tidewater", "aeroe": "Ærø & Søn"}


def news(provider: str, language: str, **more: Any) -> dict[str, Any]:
    """What the history tells of a provider that has one change behind it and one to come."""
    name, place = PROVIDERS[provider], f"{home_of(language)}providers/{provider}/"
    told = {
        "name": name,
        "title": f"What has changed: {name}",
        "feed": f"{place}history.atom",
        "page": f"{place}history/",
        "since": "2026-03-01T00:00:00+00:00",
        "entries": [
            {
                "anchor": "from-2027-07-01",
                "title": "From 1 July 2027",
                "updated": "2026-10-05T12:00:00+00:00",
                "html": '<p>A &lt;new&gt; price in <a href="../#clause-rate">§ 1</a></p>',
            }
        ],
        "coming": [
            {
                "anchor": "from-2027-07-01",
                "day": "2027-07-01",
                "title": f"{name}: terms change",
                "text": "Work: €85.00 → €90.00\n§ 1, § 2; and more",
                "known": "2026-10-05T12:00:00+00:00",
                "page": f"{place}2027-07-01/",
            }
        ],
    }
    return told | more


def files(address: str = ADDRESS, **more: Any) -> Mapping[str, bytes]:
    """The files of a site with two providers, by their places."""
    told = {
        provider: {language: news(provider, language, **more) for language in LANGUAGES}
        for provider in PROVIDERS
    }
    made = {asset.uri: asset.content for asset in change_files(told, address)}
    assert all(isinstance(content, bytes) for content in made.values())
    return made  # type: ignore[return-value]


def feeds(**more: Any) -> Iterator[tuple[str, ElementTree.Element]]:
    """Every feed by its place."""
    for place, content in files(**more).items():
        if place.endswith(".atom"):
            yield place, ElementTree.fromstring(content)


def calendars(**more: Any) -> Iterator[Calendar]:
    """The calendar of each language."""
    for place, content in files(**more).items():
        if place.endswith(".ics"):
            yield Calendar.from_ical(content)


def text(element: ElementTree.Element, name: str) -> str:
    """The text of the one child of this name."""
    [child] = element.findall(ATOM + name)
    assert child.text
    return child.text


def test_each_language_has_its_feeds_and_a_calendar() -> None:
    """One for each provider, and one of all."""
    places = files().keys()
    for language in LANGUAGES:
        home = home_of(language)
        assert {
            f"{home}history.atom",
            f"{home}changes.ics",
            f"{home}providers/tidewater/history.atom",
        } <= places
    assert len(places) == 4 * len(LANGUAGES)


@pytest.mark.parametrize("more", [{}, {"entries": []}], ids=["with entries", "without"])
def test_feeds_have_what_atom_requires(more: dict[str, Any]) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: ids, titles and moments, each once, and an author."""
    for place, feed in feeds(**more):
        assert feed.tag == f"{ATOM}feed"
        assert text(feed, "id") == ADDRESS + place
        assert text(feed, "title")
        assert text(feed.find(f"{ATOM}author") or feed, "name") == "Termwise"
        [own] = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own.get("href") == ADDRESS + place
        assert datetime.fromisoformat(text(feed, "updated")).tzinfo
        entries = feed.findall(f"{ATOM}entry")
        ids = [text(entry, "id") for entry in entries]
        assert len(ids) == len(set(ids))
        for entry in entries:
            assert text(entry, "title")
            assert datetime.fromisoformat(text(entry, "updated")).tzinfo
            [content] = entry.findall(f"{ATOM}content")
            assert content.get("type") == "html"


def test_a_feed_is_in_the_language_of_its_address() -> None:
    """As the pages are."""
    found = dict(feeds())
    for language in LANGUAGES:
        feed = found[f"{home_of(language)}history.atom"]
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == HTML_LANGUAGES[language]


def test_the_feed_of_all_tells_of_every_provider() -> None:
    """By name, since it is read apart from its page."""
    entries = dict(feeds())["pl/history.atom"].findall(f"{ATOM}entry")
    assert [text(entry, "title") for entry in entries] == [
        "Tidewater: From 1 July 2027",
        "Ærø & Søn: From 1 July 2027",
    ]


def test_links_in_entries_are_absolute() -> None:
    """A reader of feeds does not know the page that they stand on."""
    feed = dict(feeds())["pl/providers/tidewater/history.atom"]
    [entry] = feed.findall(f"{ATOM}entry")
    page = f"{ADDRESS}pl/providers/tidewater/"
    assert text(entry, "id") == f"{page}history/#from-2027-07-01"
    assert f'<p>A &lt;new&gt; price in <a href="{page}#clause-rate">' in text(entry, "content")


def test_the_clock_has_no_part_in_feeds_and_calendars() -> None:
    """A moment is that of a commit; without an entry it is since when we watch."""
    now = files(), files(entries=[], coming=[])
    with time_machine.travel(datetime(2031, 5, 5, 5, 5, tzinfo=UTC)):
        assert (files(), files(entries=[], coming=[])) == now
    for _, feed in feeds(entries=[], coming=[]):
        assert text(feed, "updated") == "2026-03-01T00:00:00+00:00"


def test_a_calendar_names_the_days_on_which_terms_change() -> None:
    """Whole days, known by ids that stay, with a way to the terms that begin."""
    for calendar in calendars():
        assert (calendar["version"], bool(calendar["prodid"])) == ("2.0", True)
        first, second = calendar.walk("VEVENT")
        assert first["dtstart"].dt == date(2027, 7, 1)
        assert first["dtstamp"].dt == datetime(2026, 10, 5, 12, tzinfo=UTC)
        assert str(first["summary"]) == "Tidewater: terms change"
        assert str(first["description"]) == "Work: €85.00 → €90.00\n§ 1, § 2; and more"
        assert str(first["url"]).endswith("providers/tidewater/2027-07-01/")
        assert first["uid"] != second["uid"]


def test_a_calendar_without_changes_is_one_all_the_same() -> None:
    """RFC 5545, 3.6: a calendar holds at least one component."""
    for calendar in calendars(coming=[]):
        assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]
        assert not calendar.errors


def test_lines_of_a_calendar_are_folded_and_end_as_the_format_asks() -> None:
    """At most 75 octets, with a carriage return."""
    for place, content in files().items():
        if place.endswith(".ics"):
            lines = content.split(b"\r\n")
            assert lines[-1] == b""
            assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_a_site_without_an_address_has_sound_feeds() -> None:
    """As one that is built to be looked at: an id of Atom is an IRI."""
    feed = ElementTree.fromstring(files("/")["history.atom"])
    assert text(feed, "id") == "http://localhost/history.atom"
