"""What an edit costs while a site is served: `python -m tests.bench.serving 5 200`.

Processor seconds, of the server and of all that it has started, from the moment a price is saved
until its page shows it; beside it, a build of as many pages written by hand, which is what MkDocs
makes of an edit to one of them. The pages that speak of all providers are made afterwards,
uncounted. Both are measured in turn. The very first edit counts for nothing: it loads what all
later ones need. With 200 providers the pages are made first, which takes minutes; so only 5 belong
to `make bench`.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from urllib.request import urlopen

from tests.bench.building import ROOT, build_by_mkdocs, write_by_hand
from tests.bench.figures import Figure, of_rounds, table
from tests.bench.many_providers import PRICE, write_providers
from tests.bench.meter import with_descendants

LIMITS = {5: 0.5, 200: 0.1}
"""The most of a build of hand-written pages that an edit may cost, by the number of providers."""

LOOKED = 0.05
TICKS = os.sysconf("SC_CLK_TCK")


def measure_serving(work: Path, rounds: int, count: int = 5) -> list[Figure]:
    """Serve so many providers and save another price again and again."""
    policies = write_providers(work / "served", count, changing=True)
    by_hand = work / "by-hand"
    write_by_hand(by_hand, policies)
    ours, theirs = [], []
    with _served(policies) as (server, address):
        for number in range(rounds + 1):
            theirs.append(build_by_mkdocs(by_hand, work / f"built-{number}").seconds)
            ours.append(_saved(policies / "mastiff", address, server))
    name = f"{count} providers: from a saved price to its page, served"
    ratios = [one / other for one, other in zip(ours[1:], theirs[1:], strict=True)]
    return [
        of_rounds(name, "CPU s", ours[1:]),
        of_rounds(f"{name}, ratio", "of building hand-written", ratios, LIMITS.get(count)),
    ]


@contextmanager
def _served(policies: Path) -> Iterator[tuple[int, str]]:
    """The process that serves, and the address of the site, as soon as it stands."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    termwise = str(Path(sys.executable).with_name("termwise"))
    command = [termwise, "serve", "--address", place, "--policies", str(policies)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            while "Open http" not in process.stderr.readline():
                assert process.poll() is None, "the site is not served"
            sleep(1)  # until it watches
            yield process.pid, f"http://{place}/"
        finally:
            process.terminate()


def _saved(provider: Path, address: str, server: int) -> float:
    """Save a price that stands nowhere else, and wait for its page."""
    file = provider / "policy.yaml"
    written = file.read_text(encoding="utf-8")
    found = PRICE.search(written)
    assert found
    price = str(int(found[0]) % 900 + 7001)
    before = _used(server)
    file.write_text(PRICE.sub(price, written, count=1), encoding="utf-8")
    shown = re.compile(rf"{price[0]},?{price[1:]}\.00")
    while not shown.search(_page(f"{address}providers/{provider.name}/")):
        sleep(LOOKED)
    return _used(server) - before


def _page(address: str) -> str:
    with urlopen(address, timeout=600) as answer:
        return str(answer.read().decode())


def _used(process: int) -> float:
    """Processor seconds of a process and of all below it, those that have ended included."""
    ticks = 0
    for each in with_descendants(process):
        try:
            told = Path(f"/proc/{each}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue  # it has ended: whoever started it has its time
        ticks += sum(map(int, told.rpartition(")")[2].split()[11:15]))
    return ticks / TICKS


def main() -> None:
    """Measure for each number of providers, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[5], metavar="PROVIDERS")
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    figures = []
    for count in wanted.counts:
        with TemporaryDirectory() as work:
            figures += measure_serving(Path(work), wanted.rounds, count)
    print(table(figures))
    sys.exit(not all(figure.kept for figure in figures))


if __name__ == "__main__":
    main()
