"""What machines ask a site for is there, and says what is."""

import json
import re
from pathlib import Path
from typing import Any

from termwise.languages import LANGUAGES, home_of
from tests.conftest import SITE_URL


def test_programs_that_read_are_led_to_files(built_site: Path) -> None:
    """Every address of llms.txt is one of the site."""
    listed = (built_site / "llms.txt").read_text("utf-8")
    addresses = re.findall(rf"\]\({SITE_URL}(.*?)\)", listed)
    assert len(addresses) == listed.count("](") >= 8
    assert [one for one in addresses if not (built_site / one).is_file()] == []


def test_every_policy_page_is_there_as_plain_text(built_site: Path) -> None:
    """In each language, and the page leads to it."""
    for language in LANGUAGES:
        folder = built_site / home_of(language) / "providers" / "mastiff"
        page = (folder / "index.html").read_text("utf-8")
        assert '<link rel="alternate" type="text/markdown" href="terms.md">' in page
        assert (folder / "terms.md").read_text("utf-8").startswith("# Mastiff monitory\n")


def test_the_described_files_are_as_described(built_site: Path) -> None:
    """Each path of the description stands for a file with what it requires."""
    described = json.loads((built_site / "api/openapi.json").read_bytes())
    terms = json.loads((built_site / "api/v1/mastiff/terms.json").read_bytes())["terms"]
    digest = terms[0]["digest"].removeprefix("sha256:")
    for path, told in described["paths"].items():
        place = path.format(provider="mastiff", digest=digest).lstrip("/")
        answer = told["get"]["responses"]["200"]["content"]["application/json"]
        _holds(json.loads((built_site / place).read_bytes()), answer["schema"])


def _holds(data: Any, schema: dict[str, Any]) -> None:
    """What the description requires is there, all the way down."""
    for name in schema.get("required", ()):
        assert name in data, (name, data)
        _holds(data[name], schema["properties"][name])
    for one in data if schema.get("type") == "array" else ():
        _holds(one, schema["items"])
    if "pattern" in schema:
        assert re.search(schema["pattern"], data)


def test_what_is_shared_has_a_picture(built_site: Path) -> None:
    """At an absolute address, as those who show it ask for."""
    page = (built_site / "pl/providers/mastiff/index.html").read_text("utf-8")
    told = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', page))
    assert told["url"] == f"{SITE_URL}pl/providers/mastiff/"
    assert (built_site / told["image"].removeprefix(SITE_URL)).is_file()
