"""Runs a command and prints what it took: processor seconds and the most megabytes at one time.

Memory is counted over the command and all that it has started and that still runs; what processes
share counts once (proportional set size). A process of its own, since Linux counts the memory of
whoever starts a program as the program's.
"""

import json
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

INTERVAL = 0.05


def main() -> None:
    """Run the command of the arguments; end as it ends."""
    command = subprocess.Popen(sys.argv[1:])
    most = 0
    while True:
        try:
            command.wait(INTERVAL)
            break
        except subprocess.TimeoutExpired:
            most = max(most, sum(map(_kilobytes, with_descendants(command.pid))))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    most = max(most, used.ru_maxrss)  # a peak between two looks, of one process
    print(json.dumps([used.ru_utime + used.ru_stime, most]))
    sys.exit(command.returncode)


def with_descendants(process: int) -> list[int]:
    """A process and all that it has started, and so on, as far as they still run."""
    found = [process]
    for each in found:
        # Any of its threads may have started one.
        for children in Path(f"/proc/{each}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, children.read_text(encoding="ascii").split())
    return found


def _kilobytes(process: int) -> int:
    try:
        memory = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0  # it has ended
    sizes = (line.split()[1] for line in memory.splitlines() if line.startswith("Pss:"))
    return sum(map(int, sizes))


if __name__ == "__main__":
    main()
