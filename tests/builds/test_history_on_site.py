"""A site built of a repository tells what has changed in it, and keeps what was superseded."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from termwise.compiling.editions import policy_digest
from termwise.content.terms_lists import terms_list
from termwise.languages import LANGUAGES, home_of
from termwise.pages.history.content import history_content
from tests.builds.elsewhere import ROOT, environment_here, run_in
from tests.conftest import BUILDING, SITE_URL
from tests.history.repository import PROVIDER, Repository
from tests.shared import one_at_a_time
from tests.site.site_pages import is_elsewhere, pages

BUILD = ("-c", "from termwise.commands.termwise import main; main()", "build")
DAY = "1795824000"  # 28 November 2026
SUMMER = "{from: 2026-07-01, value: 85.00, source: Price list of the summer}"
COMING = "{from: 2027-07-01, value: 90.00, source: Price list of 2027}"
HISTORY = f"providers/{PROVIDER}/history/"
EDITION_PAGE = re.compile(r"/\d{4}-\d\d-\d\d/$")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a repository with three states, after an earlier one with others."""
    folder = tmp_path_factory.mktemp("history")
    (folder / "repository").mkdir()
    repository = Repository(folder / "repository")
    earlier_site(folder / "earlier", repository)
    repository.edit("value: 84.00", "value: 86.00")
    repository.commit("2026-03-01")
    repository.edit("value: 86.00", "value: 85.00")
    repository.commit("2026-03-02")
    repository.edit(SUMMER, f"{SUMMER}\n      - {COMING}")
    repository.commit("2026-10-05")
    options = ["--site", str(folder / "site"), "--policies", str(repository.policies)]
    environment = environment_here() | {"SOURCE_DATE_EPOCH": DAY, "TERMWISE_SITE_URL": SITE_URL}
    with one_at_a_time(tmp_path_factory, BUILDING):
        run_in(ROOT, environment, [*BUILD, *options, "--carry", str(folder / "earlier")])
    return folder / "site"


def earlier_site(site: Path, repository: Repository) -> None:
    """A published site that knows a price of 85.00 as superseded; its commits are no more."""
    repository.commit("2026-02-01")
    repository.edit("value: 85.00", "value: 84.00")
    repository.commit("2026-02-02")
    repository.edit("read: 2026-11-22", "read: 2026-11-20")
    repository.commit("2026-02-03")
    made = history_content(repository.provider(), repository.today(), repository.published())
    listed = terms_list(PROVIDER, [], made.superseded, made.published)
    assert isinstance(listed.content, bytes)
    for place, content in {**made.assets, listed.uri: listed.content}.items():
        (site / place).parent.mkdir(parents=True, exist_ok=True)
        (site / place).write_bytes(content)
    repository.edit("read: 2026-11-20", "read: 2026-11-22")
    repository.git("update-ref", "-d", "HEAD")


def test_each_language_has_a_page_of_changes(site: Path) -> None:
    """The provider's page links to it, and it links back."""
    for language in LANGUAGES:
        home = home_of(language)
        page, terms = pages(site)[home + HISTORY], pages(site)[f"{home}providers/{PROVIDER}/"]
        anchors = [name for name in page.ids if name.startswith(("from-", "change-"))]
        assert [name[:17] for name in anchors] == [
            "from-2027-07-01",
            "from-2026-07-01",
            "change-2026-03-02",
        ]
        assert "<ins>" in page.text
        links = [terms.resolve(link["href"])[0] for link in terms.all("a") if "href" in link]
        assert home + HISTORY in links
        back = [page.resolve(link["href"])[0] for link in page.all("a") if "href" in link]
        assert f"{home}providers/{PROVIDER}/" in back


def test_links_of_the_page_lead_somewhere(site: Path) -> None:
    """But for those to pages of editions, which are held where these are made."""
    for language in LANGUAGES:
        page = pages(site)[home_of(language) + HISTORY]
        for address in page.addresses:
            path, anchor = page.resolve(address)
            if is_elsewhere(address) or EDITION_PAGE.search(f"/{path}"):
                continue
            if path in pages(site):
                assert not anchor or anchor in pages(site)[path].ids, address
            else:
                assert (site / path).is_file(), address


def test_feeds_and_calendars_stand_where_pages_say(site: Path) -> None:
    """A feed of the provider and one of all, in each language, and the coming change."""
    for language in LANGUAGES:
        home = home_of(language)
        for place in (f"providers/{PROVIDER}/", HISTORY):
            page = pages(site)[home + place]
            named = page.all("link", rel="alternate", type="application/atom+xml")
            places = [page.resolve(link["href"])[0] for link in named]
            assert places == [f"{home}providers/{PROVIDER}/history.atom", f"{home}history.atom"]
            for feed in places:
                written = ElementTree.parse(site / feed).getroot()
                assert len(written.findall("{http://www.w3.org/2005/Atom}entry")) == 3
        calendar = Calendar.from_ical((site / home / "changes.ics").read_bytes())
        [event] = calendar.walk("VEVENT")
        assert event["dtstart"].dt.isoformat() == "2027-07-01"


def test_all_terms_are_listed_with_their_files(site: Path) -> None:
    """Those of today, the one that git knows as superseded, and those that were carried over."""
    listed = json.loads((site / f"api/v1/{PROVIDER}/terms.json").read_bytes())["terms"]
    assert [(one["from"], one["superseded"]) for one in listed[:3]] == [
        ("2026-01-01", False),
        ("2026-07-01", False),
        ("2027-07-01", False),
    ]
    git, *carried = listed[3:]
    assert (git["superseded"], git["published"]) == (True, ["2026-03-01", "2026-03-01"])
    assert [one["published"] for one in carried] == [["2026-02-02", "2026-02-02"]]
    for one in listed:
        name = one["digest"].removeprefix("sha256:")
        compiled = json.loads((site / f"api/v1/{PROVIDER}/{name}.json").read_bytes())
        assert policy_digest(compiled["policy"]) == one["digest"]
        assert one["bundles"].keys() == set(LANGUAGES)
        assert all((site / place).is_file() for place in one["bundles"].values())


def test_the_page_of_changes_is_not_searched(site: Path) -> None:
    """Old prices would be found before those in force."""
    for language in LANGUAGES:
        assert HISTORY not in (site / f"search/{language}.json").read_text("utf-8")
