"""The page about speed shows the kept run of the benchmark, and says where a limit is missed."""

import re
from typing import Any

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.speed.page import kept_run, speed_parts
from termwise.words.messages import message_words


def figure(
    name: str,
    value: float,
    unit: str = "s",
    limit: float | None = None,
    aim: float | None = None,
) -> dict[str, Any]:
    """A figure as the benchmark writes it, a tenth less and more at its ends."""
    ends = {"least": 0.9 * value, "most": 1.1 * value}
    return {"name": name, "unit": unit, "value": value, "limit": limit, "aim": aim, **ends}


def run(**parts: list[dict[str, Any]]) -> dict[str, Any]:
    """A run with these figures."""
    return {
        "date": "2026-11-22",
        "machine": {"system": "Linux", "processor": "P & Q", "cores": 2, "memory": 24},
        "versions": {"PyScript": "0.7.31"},
        "parts": {name: {"seconds": 1, "figures": figures} for name, figures in parts.items()},
    }


def parts_of(language: str, **parts: list[dict[str, Any]]) -> dict[str, str]:
    """What the page shows of a run."""
    return speed_parts(run(**parts), message_words(language))


def test_bars_stand_in_the_order_of_what_they_measure() -> None:
    """The longest line reaches to the edge; figures read as the language writes them."""
    peers = [
        figure("first computed answer: PyScript", 4.0),
        figure("first computed answer: Termwise", 1.25),
        figure("first answer: Termwise", 0.5),
        figure("transferred: PyScript", 5.5, "MB"),
    ]
    shown = parts_of("pl", peers=peers)["speedfirst"]
    assert re.findall(r'scope="row">([^<]+)', shown) == [
        "Termwise, wycena zawarta w\u00a0stronie",
        "Termwise, wycena obliczona",
        "PyScript 0.7.31",
    ]
    assert '<td class="tw-figure">1,25\u00a0s<span' in shown
    assert '<rect width="90.9%" height="10"/><line x1="81.8%" x2="100.0%"' in shown


def test_a_slow_device_tells_the_quote_in_the_page_from_a_computed_one() -> None:
    """Two bars of the same name would not say which of them Python has answered."""
    bars = [
        figure("processor a quarter, first computed answer: Termwise", 2.2),
        figure("processor a quarter, first answer: Termwise", 0.5),
    ]
    shown = parts_of("en", low_end=bars)["speedslow"]
    assert re.findall(r'scope="row">([^<]+)', shown) == [
        "Termwise, the quote that stands in the page",
        "Termwise, computed",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pyodide_without_a_tool_is_named_in_the_language(language: str) -> None:
    """The benchmark calls it bare, which is English."""
    ratio = figure("processor a quarter, ratio", 0.18, "of bare Pyodide")
    shown = parts_of(language, peers=[ratio])["speedrest"]
    assert "Pyodide" in shown
    assert "bare" not in shown


def test_what_was_measured_once_has_no_range() -> None:
    """Two equal ends would look as if several rounds had agreed."""
    once = figure("bytes transferred, ratio", 0.5, "of bare", limit=0.75)
    shown = parts_of("en", visits=[{**once, "least": 0.5, "most": 0.5}])["speedlimits"]
    assert '<td class="tw-figure">50%</td>' in shown


def test_a_missed_limit_says_so() -> None:
    """A ratio reads as a share in percent."""
    visits = [
        figure("cold visit, ratio", 0.33, "of bare", limit=0.2),
        figure("bytes transferred, ratio", 0.73, "of bare", limit=0.75),
    ]
    shown = parts_of("en", visits=visits)["speedlimits"]
    assert "33%" in shown
    assert shown.index("<strong>missed</strong>") < shown.index("Bytes transferred")
    assert shown.endswith("kept</span></td></tr>\n</tbody></table>")


@pytest.mark.parametrize(("value", "told"), [(0.21, True), (0.16, False)])
def test_an_aim_that_is_missed_says_so(value: float, *, told: bool) -> None:
    """Beside the limit, which is kept."""
    repeated = figure("repeat visit, ratio", value, "of bare", limit=0.25, aim=0.17)
    shown = parts_of("en", visits=[repeated])["speedlimits"]
    assert ("kept; aim of 17% missed" in shown) == told
    assert ("kept</span>" in shown) != told


def test_a_figure_without_a_name_is_shown_in_english() -> None:
    """What the benchmark measures anew is not left out until it has a name."""
    shown = parts_of("da", quotes=[figure("something <new>", 12345.6, "per s")])["speedrest"]
    assert '<span lang="en">something &lt;new&gt;</span>' in shown
    assert "12.346 i sekundet" in shown


def test_figures_of_many_providers_say_how_many() -> None:
    """Their names hold the number."""
    scaling = [
        figure("50 providers: build, for a page", 45.2, "CPU ms"),
        figure("cost per page, 200 against 50 providers", 1.07, "ratio"),
    ]
    shown = parts_of("pl", scaling=scaling)["speedrest"]
    assert "Przy 50 dostawcach: każda strona" in shown
    assert "Koszt strony przy 200 dostawcach, część kosztu przy 50" in shown
    assert "107%" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kept_run_is_drawn(language: str) -> None:
    """Date, machine and versions stand on the page, and the peers have their bars."""
    kept = kept_run()
    shown = speed_parts(kept, message_words(language))
    assert kept["versions"]["Pyodide"] in shown["speedrun"]
    assert kept["machine"]["processor"].split("(")[0] in shown["speedrun"]
    assert shown["speedfirst"].count("<svg") >= 6


def test_an_engine_that_computes_in_arrays_says_how_many_at_once() -> None:
    """Beside the same engine with one quote after another."""
    many = [
        figure("the same, openfisca-core, 10000 at once", 900_000.0, "per s"),
        figure("openfisca-core, 10000 at once, ratio", 90.0, "of ours"),
    ]
    shown = parts_of("en", quotes=many)["speedrest"]
    assert "The same with openfisca-core, 10,000 at once" in shown
    assert "Quotes per second of openfisca-core, 10,000 at once, share of ours" in shown
    assert "9,000%" in shown
