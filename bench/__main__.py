"""`python -m bench`: measure everything, or only what is named, and print a table and JSON."""

import argparse
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from bench import events, live, mails, processes, starting, storage
from bench.rows import Measure, Row, as_json, table

MEASURES: dict[str, Measure] = {
    "plugins": starting.plugins,
    "starts": starting.starts,
    "first_page": starting.first_page,
    "verbs": storage.verbs,
    "processes": processes.processes,
    "events": events.round_trips,
    "live": live.pushes,
    "mails": mails.outbox,
    "sweep": storage.sweep,
}


def main() -> int:
    """Measure and print; 1 when a measurement could not be made."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *MEASURES], help="what to measure; everything when nothing is named")
    names = parser.parse_args().names or list(MEASURES)
    rows: list[Row] = []
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="casetasks-bench-") as folder:
        for name in names:
            started = time.monotonic()
            print(f"==> {name}", end="", file=sys.stderr, flush=True)
            try:
                rows += MEASURES[name](Path(folder) / name)
            except Exception as error:  # noqa: BLE001  one measurement that fails leaves the others
                failed.append(name)
                print(f" failed: {type(error).__name__}: {error}", "".join(traceback.format_tb(error.__traceback__)[-4:]), file=sys.stderr)
            print(f" ({time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)
    about = {"load": os.getloadavg(), "processors": os.cpu_count(), "failed": failed}
    print(f"\n{table(rows)}\n\nload of the machine at the end: {about['load'][0]:.1f} on {about['processors']} processors\n")
    print(as_json(rows, about))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
