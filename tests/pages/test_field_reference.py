"""The reference of fields has each field once, with its unit and an example, and is linked."""

import re

import pytest

from termwise import places
from termwise.pages.parts import ProviderContent
from termwise.pages.staff.fields import field_reference, with_fields_used
from termwise.pages.staff.users import with_users
from termwise.policy_form.reference import FieldEntry, anchor_at, reference
from termwise.policy_form.skeleton import shown_in
from termwise.policy_form.yaml_text.source import read_source
from termwise.problems import Place
from termwise.reading.policies import read_provider
from termwise.reports.field_links import field_link
from termwise.scenarios.worked import worked_examples
from tests.checking.test_unknown_names import SHAPES, put
from tests.places import POLICIES, SOUND

NOTHING = ProviderContent("", {}, {}, (), {}, [], {}, {}, 0)
POLICY = SOUND / "tidewater" / "policy.yaml"


@pytest.fixture(scope="module")
def page() -> str:
    """The reference as the staff guide shows it."""
    shown = shown_in(places.RECIPE.read_text("utf-8"))
    written = (one.written for listed in worked_examples().values() for one in listed)
    return str(field_reference([*shown, *written]))


def fields() -> dict[str, FieldEntry]:
    """Every field by its anchor."""
    return {one.anchor: one for form in reference() for one in form.fields}


def test_each_field_has_one_place_and_says_how_it_is_written(page: str) -> None:
    """Dated rows, gaps and made prices are told once, however many fields may hold them."""
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == len(fields()) + len(reference())
    assert set(fields()) <= set(ids)
    for guide in places.DOCS.glob("staff-guide*.md"):
        assert set(re.findall(r"{#([\w-]+)}", guide.read_text("utf-8"))).isdisjoint(ids), guide
    assert [one.anchor for one in fields().values() if not one.written or not one.meaning] == []
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert page.count("Written: a percentage, as 25%") > 2
    percent = page.partition('id="field-surcharges-percent"')[2].partition("</tr>")[0]
    assert "a gap in place of a value; or a range of percentages that are added; or" in percent
    assert "from a day on" in percent
    assert re.search(r"Example: <code>percent: \d+%</code>", percent)


def test_most_fields_have_an_example(page: str) -> None:
    """From the recipe or a worked example, which the tests run, or else from a policy."""
    names = sorted(one.name for one in POLICIES.iterdir() if one.is_dir())
    used = {one: with_fields_used(NOTHING, read_provider(POLICIES / one)).used for one in names}
    whole = with_users(page, used)
    assert "{users:" not in whole
    assert "{example:" not in whole
    rows = re.findall(r'<tr id="([^"]+)">(.*?)</tr>', whole, re.DOTALL)
    simple = {anchor: row for anchor, row in rows if "fields of its own" not in row}
    without = [anchor for anchor, row in simple.items() if "Example: " not in row]
    assert len(without) < len(simple) / 10
    used_by = {
        anchor: re.findall(r'<a href="{root}providers/([\w-]+)/">', row) for anchor, row in rows
    }
    assert used_by["field-allowances-minutes"] == ["iponto"]
    assert used_by["field-charges-price"] == names
    assert used_by["field-surcharges-percent"] == []


@pytest.mark.parametrize("provider", ["mastiff", "remote-utilities"])
def test_the_fields_that_a_policy_has_are_known(provider: str) -> None:
    """By the anchors of the reference; a policy without surcharges has no field of theirs."""
    used = with_fields_used(NOTHING, read_provider(POLICIES / provider)).used
    assert {"field-provider", "field-sections-clauses-text", "field-charges-price"} <= set(used)
    assert set(used) <= set(fields())
    assert not [one for one in used if one.startswith("field-surcharges-")]


@pytest.mark.parametrize(
    ("line", "anchor"),
    [
        ("    percent: 20%", "field-discounts-percent"),
        ("        night: {times: 1.5", "field-charges-rate-windows"),
        ("      - {from: 2026-07-01", "field-from-from"),
        ("  night: Mo-Su", "field-windows"),
        ("gaps:", "field-gaps"),
    ],
)
def test_a_place_leads_to_its_field(line: str, anchor: str) -> None:
    """From a value, from the key of an entry, from within a row; to a site if it is known."""
    lines = POLICY.read_text("utf-8").splitlines()
    number = next(at for at, one in enumerate(lines, 1) if one.startswith(line))
    column = lines[number - 1].index(":") + 3 if line.strip() != "gaps:" else 1
    found = field_link(Place(str(POLICY), number, column), "https://terms.example")
    assert found is not None
    if anchor == "field-charges-rate-windows":
        assert found.address.startswith(f"https://terms.example/staff-guide/#{anchor}")
    else:
        assert found.address == f"https://terms.example/staff-guide/#{anchor}"
    assert found.address.split("#")[1] in fields()


def test_what_is_no_policy_has_no_field() -> None:
    """A translation, a folder, and a file that is not YAML."""
    for file in ("pl.po", "", "none.yaml"):
        assert field_link(Place(str(SOUND / "tidewater" / file), 1, 1)) is None


def test_a_field_is_looked_up_whatever_stands_anywhere() -> None:
    """Nothing raises when a value, list or mapping stands where another shape belongs."""
    source = read_source(POLICY.read_text("utf-8"), "policy.yaml")
    for path in list(source.values)[1:]:
        for shape in SHAPES:
            changed = put(source.data, path, shape)
            for place in (path, (*path, "id"), (*path, 0)):
                assert anchor_at(changed, place) in {*fields(), None}
