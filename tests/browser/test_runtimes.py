"""However the browser's Python is made, it answers the same, from the files that are meant for it.

No site is built for this: a worker needs nothing but its own files and the bundles it is asked of.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from termwise import places
from termwise.browser import build_runtime
from termwise.browser.choice import STAGES, USUAL
from termwise.content.sessions import kept_sessions
from termwise.site.service_worker import UNLISTED
from tests.browser.runtimes import Told, answers_here, answers_in
from tests.conftest import BUILDING
from tests.shared import one_at_a_time

pytestmark = pytest.mark.browser

FETCHED = {
    "library": {"interpreter", "library"},
    "memory": {"interpreter", "memory"},
    "trimmed": {"trimmed", "memory"},
}
"""The beginnings of what a visitor downloads: nothing that is called as only the way back is."""

READS_MEMORY = ("_loadSnapshot", "restoreSnapshot", "HEAP")


@pytest.fixture(scope="module")
def told() -> Told:
    """The sessions with every worked example."""
    return kept_sessions().read()


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_answers_the_same(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    told: Told,
    stage: str,
):
    """Each worked example of the tariff language, or each third, to the last letter of its HTML."""
    asked = told if stage == USUAL else told[::3]  # the others have nothing less in them
    out, pages = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("pages")
    zones = ["Europe/Warsaw", *(zone for one in told for zone in one["zones"])]
    with one_at_a_time(tmp_path_factory, BUILDING):
        built = build_runtime(out, places.CALCULATOR_PROJECT, zones, kept_sessions(), runtime=stage)
    heard = answers_in(browser, out, built["worker"], asked, pages)
    assert built["runtime"] == stage
    assert heard.answers == answers_here(asked)
    assert heard.said == []
    files = [path.removeprefix("/runtime/") for path in heard.served if "/runtime/" in path]
    assert {file.split("-")[0] for file in files} - {"worker"} == FETCHED[stage]
    kept = {path for path in built["files"] if not any(Path(path).match(one) for one in UNLISTED)}
    assert {*files} == kept


def test_a_runtime_of_the_library_alone_knows_nothing_of_memories(tmp_path: Path):
    """Its worker is without the file that knows Pyodide's insides."""
    calculator, zones = places.CALCULATOR_PROJECT, ["Europe/Warsaw"]
    built = build_runtime(tmp_path, calculator, zones, runtime="library")
    script = (tmp_path / built["worker"]).read_text(encoding="utf-8")
    assert [word for word in READS_MEMORY if word in script] == []
