"""What the benchmark relies on: its slow link is slow, its lock file says what wheels hold."""

import json
from pathlib import Path
from time import monotonic
from urllib.request import urlopen

import pytest

from termwise.reading.policies import read_policies
from tests.bench.figures import of_rounds, table
from tests.bench.many_providers import write_providers
from tests.bench.peer_lock import pack_pyyaml, write_lock
from tests.bench.record import kept_with
from tests.bench.slow_device import SlowLink
from tests.browser.site_server import SiteServer


def test_a_slow_link_takes_its_time(tmp_path: Path) -> None:
    """So many bytes a second, and a wait for the connection and for the request."""
    body = bytes(20_000)
    (tmp_path / "file.bin").write_bytes(body)
    with (
        SiteServer({"/": tmp_path}) as server,
        SlowLink(server.server_port, bytes_per_second=100_000, delay=0.1) as link,
    ):
        began = monotonic()
        with urlopen(f"{link.origin}/file.bin", timeout=20) as answer:
            assert answer.read() == body
    assert monotonic() - began >= 0.1 + 0.1 + 0.2


def test_a_lock_names_the_wheels_in_a_folder(tmp_path: Path) -> None:
    """With what Pyodide needs to find and check them; the rest is the stock lock's."""
    (tmp_path / "pyodide-lock.json").write_text('{"info": {"arch": "wasm32"}}', encoding="utf-8")
    pack_pyyaml(tmp_path)
    write_lock(tmp_path / "lock.json", tmp_path, tmp_path, "/wheels/")
    lock = json.loads((tmp_path / "lock.json").read_text(encoding="utf-8"))
    assert lock["info"] == {"arch": "wasm32"}
    entry = lock["packages"]["pyyaml"]
    assert entry["file_name"] == f"/wheels/pyyaml-{entry['version']}-py3-none-any.whl"
    assert (entry["imports"], entry["depends"]) == (["yaml"], [])


@pytest.mark.parametrize(("value", "missed"), [(1.0, False), (3.0, True)])
def test_the_table_says_what_is_missed(value: float, *, missed: bool) -> None:
    """The limit is kept by the median, whatever a single round took."""
    row = table([of_rounds("something", "s", [0.5, value, 9.0], limit=2)]).splitlines()[1]
    assert ("MISSED" in row) == missed


def test_an_aim_is_told_and_fails_nothing() -> None:
    """Beside a limit that is kept."""
    figure = of_rounds("something", "s", [1.5], limit=2, aim=1)
    assert table([figure]).splitlines()[1].endswith("s  (aim 1)")
    assert figure.kept


def test_parts_that_were_not_run_are_kept() -> None:
    """A run of one part takes the place of that part, and the run's date and versions hold."""
    kept = {"date": "2026-01-01", "parts": {"visits": {"seconds": 1}, "edits": {"seconds": 2}}}
    run = {"date": "2026-01-02", "parts": {"edits": {"seconds": 3}}}
    parts = {"visits": {"seconds": 1}, "edits": {"seconds": 3}}
    assert kept_with(run, kept) == {"date": "2026-01-02", "parts": parts}


def test_some_of_many_providers_have_a_coming_edition(tmp_path: Path) -> None:
    """One in four, each of the real ones with prices in its turn."""
    read = read_policies(write_providers(tmp_path / "policies", 20, changing=True))
    assert read.problems == []
    changing = {name for name, policy in read.policies.items() if len(policy.editions) == 2}
    assert changing == {"duxtel", "satisoft", "mastiff-2", "iponto-3"}
