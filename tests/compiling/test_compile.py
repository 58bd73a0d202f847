"""From policy files to editions: dated values, canonical JSON, digests, schema, values."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from termwise.compiling.editions import canonical_json, compile_editions
from termwise.policy_form.fields import model_at, written_values
from termwise.policy_form.hours.notation import NotWeekly
from termwise.policy_form.hours.weekly import read_weekly
from termwise.policy_form.policy_file import PolicyFile, json_schema
from termwise.policy_form.tariff.charges import ChargeTerms
from termwise.policy_form.values import TARIFF_KINDS
from termwise.policy_form.yaml_text.source import read_source, replace_value
from termwise.reading.policies import read_policies
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from termwise_calculator.telling.slot_table import slot_table
from termwise_calculator.terms.loading import load_policy
from termwise_calculator.time.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK
from tests.places import GENERALITY, POLICIES, SOUND

TIDEWATER = SOUND / "tidewater" / "policy.yaml"
NORTHLIGHT = GENERALITY / "northlight/policy.yaml"
POLICY_FILES = sorted(POLICIES.glob("*/policy.yaml"))


def read(text: str) -> ReadPolicy:
    """A policy that must be sound."""
    policy, problems = read_policy_text(text)
    assert policy is not None, problems
    return policy


@pytest.fixture(scope="module")
def tidewater() -> ReadPolicy:
    """The policy that has one of everything."""
    return read(TIDEWATER.read_text(encoding="utf-8"))


def test_a_dated_value_makes_an_edition_from_its_date(tidewater: ReadPolicy) -> None:
    """Terms change on the day of a row, and each edition ends where the next begins."""
    spans = [(edition.effective, edition.until) for edition in tidewater.editions]
    assert spans == [(date(2026, 1, 1), date(2026, 7, 1)), (date(2026, 7, 1), None)]
    prices = [edition.compiled["charges"]["labour"]["price"] for edition in tidewater.editions]
    assert prices == ["80.00", "85.00"]


def test_each_edition_says_from_when_it_holds(tidewater: ReadPolicy) -> None:
    """`effective` of an edition is its own first day, so that digests differ."""
    assert [one.compiled["effective"] for one in tidewater.editions] == ["2026-01-01", "2026-07-01"]
    assert len({edition.digest for edition in tidewater.editions}) == 2


def test_an_undated_edition_is_known_on_a_day_of_its_own() -> None:
    """Not on that of the reading, where later terms had begun by then."""
    text = TIDEWATER.read_text(encoding="utf-8")
    undated = read(text.replace("effective: 2026-01-01", "effective: not stated"))
    spans = [(edition.effective, edition.until) for edition in undated.editions]
    assert spans == [(None, date(2026, 7, 1)), (date(2026, 7, 1), None)]
    assert [one.known_day for one in undated.editions] == [date(2026, 6, 24), date(2026, 7, 1)]
    assert [one.compiled["effective"] for one in undated.editions] == [None, "2026-07-01"]


def test_an_end_is_compiled_only_where_it_is_written() -> None:
    """A day, or null for one that is not stated; the last edition lasts until the day after."""
    text = TIDEWATER.read_text(encoding="utf-8")
    for written, compiled, until in (
        ("ends: 2027-03-31", {"ends": "2027-03-31"}, date(2027, 4, 1)),
        ("ends: not stated", {"ends": None}, None),
        ("", {}, None),
    ):
        editions = read(text.replace("timezone:", f"{written}\ntimezone:", 1)).editions
        assert editions[-1].until == until
        for edition in editions:
            assert {key: edition.compiled[key] for key in ("ends",) if key in edition.compiled} == (
                compiled
            )


def test_a_row_from_before_the_terms_holds_from_their_beginning() -> None:
    """A price older than the terms makes no edition of its own."""
    text = TIDEWATER.read_text(encoding="utf-8")
    older = text.replace("{from: 2026-01-01, value: 80.00", "{from: 2019-01-01, value: 80.00")
    first = read(older).editions[0]
    assert (first.effective, first.compiled["charges"]["labour"]["price"]) == (
        date(2026, 1, 1),
        "80.00",
    )


def test_the_digest_is_of_the_canonical_json(tidewater: ReadPolicy) -> None:
    """Sorted keys, no spaces, letters as they are, UTF-8, SHA-256."""
    edition = tidewater.editions[0]
    written = json.dumps(
        edition.compiled, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert canonical_json(edition.compiled) == written
    assert edition.digest == "sha256:" + hashlib.sha256(written.encode()).hexdigest()


def test_compiling_is_the_same_each_time_and_through_json(tidewater: ReadPolicy) -> None:
    """The same policy gives the same bytes, and what is compiled is plain JSON data."""
    again = compile_editions(tidewater.written)
    assert [one.digest for one in again] == [one.digest for one in tidewater.editions]
    compiled = tidewater.editions[0].compiled
    assert json.loads(canonical_json(compiled)) == compiled


def test_the_calculator_reads_every_edition(tidewater: ReadPolicy) -> None:
    """`load_policy` takes compiled data as it is, after JSON too."""
    edition = tidewater.editions[0]
    policy = load_policy(json.loads(canonical_json(edition.compiled)), edition.digest)
    labour = policy.charges["labour"]
    assert (labour.increment_minutes, labour.minimum_increments) == (30, 1)
    assert labour.first is not None
    assert labour.first.minutes == 60
    assert labour.stop is not None
    assert labour.stop.after_minutes == 240
    assert policy.allowances["yearly"].minutes == 90
    assert slot_table(policy)


def test_words_compile_to_figures(tidewater: ReadPolicy) -> None:
    """`free`, `base`, gaps, and times of the week."""
    compiled = tidewater.editions[0].compiled
    assert compiled["charges"]["answer"]["price"] == "0.00"
    assert compiled["charges"]["travel"]["price"] == {"gap": "standby-fee"}
    assert [rate["factor"] for rate in compiled["charges"]["labour"]["rate"]["windows"]] == [
        "1",
        "1.5",
    ]
    assert compiled["services"]["help"]["default"] == {
        "start": 24 * 60 + 17 * 60 + 30,
        "minutes": 45,
    }
    assert compiled["document"]["free_charges"] == ["answer"]


def test_a_page_in_another_language_than_its_policy_says_so(tidewater: ReadPolicy) -> None:
    """The page that is restated may not be written in the language that governs here."""
    text = TIDEWATER.read_text(encoding="utf-8")
    in_portuguese = read(
        text.replace("  title: Remote help\n", "  title: Remote help\n  language: pt\n")
    )
    sources = [one.editions[0].compiled["document"]["source"] for one in (tidewater, in_portuguese)]
    assert [source.get("language") for source in sources] == [None, "pt"]


def test_the_order_of_the_file_is_kept(tidewater: ReadPolicy) -> None:
    """Canonical JSON sorts keys; the document remembers how the file orders its rules."""
    order = tidewater.editions[0].compiled["document"]["order"]
    assert order["services"] == ["help", "question"]
    assert order["windows"] == ["day", "night"]
    days = range(0, 5 * MINUTES_PER_DAY, MINUTES_PER_DAY)
    windows = tidewater.editions[0].compiled["windows"]
    assert windows["day"] == [[day + 8 * 60, day + 18 * 60] for day in days]


def test_clause_numbers_are_the_providers_own_or_continue_them(tidewater: ReadPolicy) -> None:
    """A clause without a number among numbered ones takes a letter."""
    numbers = tidewater.editions[0].compiled["clause_numbers"]
    assert (numbers["rate"], numbers["first-increment"], numbers["night-rate"]) == (
        "1.1",
        "1.1a",
        "1.2",
    )


def test_clauses_without_numbers_are_counted_through_the_policy() -> None:
    """Running numbers begin at 1 and do not restart in a section."""
    lines = TIDEWATER.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("        number:"))
    numbers = read(text).editions[0].compiled["clause_numbers"]
    assert list(numbers.values()) == [str(number + 1) for number in range(len(numbers))]


# ---- Windows


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Mo 10:00-18:00", [(600, 1080)]),
        ("24/7", [(0, MINUTES_PER_WEEK)]),
        ("Mo-Fr 10:00-12:00,12:00-14:00", [(d * 1440 + 600, d * 1440 + 840) for d in range(5)]),
        ("Sa-Su", [(5 * 1440, 7 * 1440)]),
        ("Su 22:00-06:00", [(6 * 1440 + 1320, 7 * 1440 + 360)]),
        ("Su 22:00-24:00; Mo 00:00-06:00", [(6 * 1440 + 1320, 7 * 1440 + 360)]),
        ("Mo-Su 22:00-06:00", [(d * 1440 + 1320, d * 1440 + 1800) for d in range(7)]),
        ("Mo-Sa 08:00-16:00; We off", [(d * 1440 + 480, d * 1440 + 960) for d in (0, 1, 3, 4, 5)]),
    ],
)
def test_windows_become_spans_of_the_week(text: str, spans: list[tuple[int, int]]) -> None:
    """Half-open, maximal, and one span where a night runs over Sunday."""
    assert read_weekly(text).spans == tuple(spans)


@pytest.mark.parametrize(
    "text",
    [
        "PH off",
        "PH Mo-Fr 10:00-12:00",
        "Mo-Fr 08:00-18:00, PH 10:00-12:00",
        "Jun PH off",
        "Feb 30 10:00-12:00",
        "PH off; Mo-Fr 08:00-18:00",
        'Mo 10:00-12:00; PH 10:00-12:00 "by appointment"',
        "Mo 10:00-12:00 || PH 10:00-12:00",
        "SH 10:00-12:00",
        "week 1-20 Mo 10:00-12:00",
        "Mo[1] 10:00-12:00",
        "2026 Mo 10:00-12:00",
        "sunrise-sunset",
        "easter off",
        "Dec 24 off",
        'Mo 10:00-12:00 "by appointment"',
        "Mo 10:00-12:00 unknown",
        "off",
        "",
        "Monday",
        "10-18h",
    ],
)
def test_windows_of_more_than_the_week_are_refused(text: str) -> None:
    """What depends on the date, or is not certain, is no window of the week."""
    with pytest.raises(NotWeekly):
        read_weekly(text)


# ---- Values, and changing them


@pytest.mark.parametrize("file", [TIDEWATER, *POLICY_FILES], ids=lambda file: file.parent.name)
def test_each_value_stands_where_its_spot_says(file: Path) -> None:
    """The spot of a value covers it, in its line and column."""
    text = file.read_text(encoding="utf-8")
    for value in written_values(read_source(text, "policy.yaml")):
        written = text[value.spot.start : value.spot.end]
        assert written.strip("'\"") == value.text
        assert text.splitlines()[value.spot.line - 1][value.spot.column - 1 :].startswith(written)


def test_one_of_every_kind_is_listed() -> None:
    """Every kind of tariff value is there; words such as free, base and session are not."""
    listed = [
        one
        for file in (TIDEWATER, NORTHLIGHT)
        for one in written_values(read_source(file.read_text(encoding="utf-8"), "policy.yaml"))
    ]
    assert {value.kind for value in listed} >= set(TARIFF_KINDS)
    assert not {"free", "base", "session", "request"} & {value.text for value in listed}


def test_a_value_can_be_replaced_and_read_again() -> None:
    """Only the one value changes, and the compiled policy with it."""
    text = TIDEWATER.read_text(encoding="utf-8")
    value = next(
        one for one in written_values(read_source(text, "policy.yaml")) if one.text == "85.00"
    )
    changed = replace_value(text, value.spot, "86.25")
    assert changed == text.replace("85.00", "86.25")
    assert read(changed).editions[1].compiled["charges"]["labour"]["price"] == "86.25"


def test_a_replaced_value_is_quoted_where_yaml_needs_it() -> None:
    """A window with a list of days survives between braces."""
    text = "windows: {day: Mo-Fr 08:00-18:00, night: Mo-Su 18:00-08:00}\n"
    spot = read_source(text, "policy.yaml").values[("windows", "day")]
    changed = replace_value(text, spot, "Mo,We 08:00-18:00")
    data = read_source(changed, "policy.yaml").data
    assert data == {"windows": {"day": "Mo,We 08:00-18:00", "night": "Mo-Su 18:00-08:00"}}


# ---- The schema


def fields(schema: Any) -> Any:
    """Every field of a JSON Schema, wherever it stands."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for part in schema.values():
            yield from fields(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from fields(part)


def test_the_schema_describes_every_field() -> None:
    """Editors show what each field means."""
    described = list(fields(json_schema()))
    assert len(described) > 100
    assert not [name for name, field in described if not field.get("description")]


def test_the_schema_is_the_same_each_time() -> None:
    """Two calls give the same bytes, and names fit to be read."""
    schema = json_schema()
    assert canonical_json(schema) == canonical_json(json_schema())
    assert not [name for name in schema["$defs"] if "__" in name]


def test_the_schema_takes_numbers_where_yaml_reads_numbers() -> None:
    """An editor reads 100.00 as a number and no as a truth value; neither is an error."""
    definitions = json_schema()["$defs"]
    price = definitions["FirstIncrementTerms"]["properties"]["price"]
    assert {"type": "number", "minimum": 0} in price["oneOf"][0]["oneOf"][-1]["anyOf"]
    default = definitions["YesNoQuestion"]["properties"]["default"]
    assert default["enum"] == ["yes", "no", True, False]
    when = definitions["ChargeTerms"]["properties"]["when"]
    assert "boolean" in json.dumps(when)


def test_the_model_at_a_path_is_known() -> None:
    """What a misspelt field should have been is looked up by its path."""
    data = read_source(TIDEWATER.read_text(encoding="utf-8"), "policy.yaml").data
    assert model_at(data, ()) is PolicyFile
    assert model_at(data, ("charges", "labour")) is ChargeTerms
    assert model_at(data, ("charges",)) is None


# ---- The folder of the repository


def test_every_policy_of_the_repository_is_sound() -> None:
    """No problem in any policy or translation that is kept here."""
    folder = read_policies(POLICIES)
    assert [str(problem) for problem in folder.problems] == []
    assert set(folder.policies) == {file.parent.name for file in POLICY_FILES}
