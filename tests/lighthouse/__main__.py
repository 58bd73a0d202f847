"""`python -m tests.lighthouse SITE`: Lighthouse rates pages of a built site, on a phone and a desk.

A tool of its own and no test, since speed is that of the machine. Ends with 1 where a page gets
less than it should.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.site_server import SiteServer

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".venv/lighthouse/node_modules/lighthouse/cli/index.js"
NODE = ROOT / ".venv/bin/node"

WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
PAGES = (
    *("", "compare/", "providers/mastiff/", "providers/remote-utilities/", "staff-guide/"),
    *("pl/providers/satisoft/", "da/providers/duxtel/", "pt/providers/iponto/"),
)
DEVICES: Mapping[str, tuple[str, ...]] = {"phone": (), "desk": ("--preset=desktop",)}


class Rating(NamedTuple):
    """What a page got on a device, in each category, of 100; and what lost it points."""

    page: str
    device: str
    got: Mapping[str, int]
    lost: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Whether it got what every page should."""
        return all(self.got[category] >= least for category, least in WANTED.items())


def main(site: Path) -> int:
    """Rate them all; 0 where each got enough."""
    with SiteServer({"/": site}, quality=11) as server:
        ratings = list(_ratings(server.origin))
    return 0 if all(rating.is_enough for rating in ratings) else 1


def _ratings(origin: str) -> Iterator[Rating]:
    print(f"{'page':32}{'device':8}" + "".join(f"{category:>16}" for category in WANTED))
    for page in PAGES:
        for device, options in DEVICES.items():
            rating = _rated(f"{origin}/{page}", page, device, options)
            told = "".join(f"{rating.got[category]:>16}" for category in WANTED)
            print(f"{'/' + page:32}{device:8}{told}", flush=True)
            if not rating.is_enough:
                print(*(f"    {one}" for one in rating.lost), sep="\n", flush=True)
            yield rating


def _rated(address: str, page: str, device: str, options: tuple[str, ...]) -> Rating:
    """A page that is opened for the first time, by a browser of its own."""
    command = [
        *(NODE, PROGRAM, address, "--quiet", "--output=json", "--output-path=stdout"),
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        f"--only-categories={','.join(WANTED)}",
        *options,
    ]
    environment = {**os.environ, "CHROME_PATH": chromium_path()}
    run = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    report = json.loads(run.stdout)
    got = {name: round(100 * report["categories"][name]["score"]) for name in WANTED}
    return Rating(page, device, got, tuple(_lost(report)))


def _lost(report: Mapping[str, Any]) -> Iterator[str]:
    """What lost points, with the place of each."""
    for name in WANTED:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                places = [
                    item["node"]["snippet"]
                    for item in audit.get("details", {}).get("items", ())
                    if "node" in item
                ]
                value = audit.get("displayValue", "")
                yield " ".join((f"{name}: {audit['title']}", value, *places[:3])).strip()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
