"""`make bench`: every figure beside a peer, or beside a small store, in the same run; ratios to quote, not times."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from bench import building, cold_start, confirm, editing, lighthouse, queues, search, validation, weight


def main() -> None:
    """Build the site once, then run all benchmarks, or those named."""
    subprocess.run([sys.executable, "-m", "doorstep", "build", "--demo"], check=True)
    runs: dict[str, Callable[[], None]] = {
        "validation": validation.run,
        "cold-start": cold_start.run,
        "confirm": confirm.run,
        "queues": queues.run,
        "editing": editing.run,
        "search": search.run,
        "weight": weight.run,
        "building": building.run,
        "lighthouse": lighthouse.run,
    }
    for name in sys.argv[1:] or runs:
        runs[name]()


main()
