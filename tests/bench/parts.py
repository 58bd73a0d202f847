"""The parts of the benchmark: what each measures, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.building import measure_building
from tests.bench.edits import measure_edits
from tests.bench.figures import Figure
from tests.bench.first_answers import measure_first_answers
from tests.bench.hosts import measure_hosts
from tests.bench.low_end import measure_low_end
from tests.bench.peers import measure_peers
from tests.bench.quotes import measure_quotes
from tests.bench.scaling import measure_scaling
from tests.bench.serving import measure_serving
from tests.bench.setting import Setting
from tests.bench.stages import measure_stages
from tests.bench.visits import measure_visits


@dataclass(frozen=True)
class Part:
    """One part: it hands back figures, measured in so many rounds."""

    measure: Callable[[Setting], list[Figure]]
    rounds: int
    quick_rounds: int
    """Rounds of a quick run; 0 leaves the part out."""


# In this order, since a browser that has worked for long leaves a machine warmer than it found it.
PARTS = {
    "visits": Part(measure_visits, rounds=15, quick_rounds=1),
    "hosts": Part(measure_hosts, rounds=3, quick_rounds=1),
    "stages": Part(measure_stages, rounds=3, quick_rounds=0),
    "edits": Part(measure_edits, rounds=1, quick_rounds=1),
    "first_answers": Part(measure_first_answers, rounds=5, quick_rounds=1),
    "peers": Part(measure_peers, rounds=1, quick_rounds=0),
    "low_end": Part(measure_low_end, rounds=1, quick_rounds=0),
    "quotes": Part(
        lambda setting: measure_quotes(setting.rounds, setting.quick), rounds=7, quick_rounds=2
    ),
    "building": Part(
        lambda setting: measure_building(setting.work, setting.rounds), rounds=3, quick_rounds=1
    ),
    "serving": Part(
        lambda setting: measure_serving(setting.work, setting.rounds), rounds=5, quick_rounds=2
    ),
    "scaling": Part(
        lambda setting: measure_scaling(setting.work, setting.rounds), rounds=3, quick_rounds=0
    ),
}
