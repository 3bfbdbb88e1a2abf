"""The smoke benchmark: each benchmark small, so that none rots and a figure that collapses is seen.

`python -m bench.smoke` runs them one after another on a home of its own. It fails when one cannot run or is slower
than a quarter of its bar: machines of CI are shared, bars are measured at rest (docs/performance.md).
"""

import os
import subprocess
import sys
import tempfile
import time

import orjson

#: Name → the words of the command. Each prints one JSON line last.
SMALL: dict[str, list[str]] = {
    "acts": ["-m", "bench.acts", "--seconds", "2", "--json"],
    "adopt": ["-m", "bench.adopt", "--people", "20000", "--leads", "5000", "--json"],
    "routing": ["-m", "bench.routing", "--leads", "2000", "--json"],
    "clocks": ["-m", "bench.clocks", "--clocks", "5000", "--json"],
    "letters": ["-m", "bench.letters", "--leads", "20000", "--json"],
    "intake": ["-m", "bench.intake", "--seconds", "1", "--worker", "without", "--json"],
    "arriving": ["-m", "bench.arriving", "--seconds", "5", "--rate", "50", "--json"],
}


def main() -> int:
    """Run them all; how many failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "SONGSHEET_HOME": home}
        for name, words in SMALL.items():
            began = time.monotonic()
            done = subprocess.run(
                [sys.executable, *words], env=environ, capture_output=True, text=True, check=False
            )
            took = time.monotonic() - began
            line = next((one for one in reversed(done.stdout.splitlines()) if one.startswith("{")), "{}")
            print(f"{name}: {took:.0f} s {line}", flush=True)
            if done.returncode not in (0, 1) or line == "{}":
                print(done.stderr[-2000:], file=sys.stderr)
                failed += 1
            elif _collapsed(orjson.loads(line)):
                print(f"{name} is slower than a quarter of its bar", file=sys.stderr)
                failed += 1
    print(f"{len(SMALL) - failed} passed, {failed} failed")
    return failed


def _collapsed(line: dict[str, object]) -> bool:
    results = line.get("results")
    return isinstance(results, list) and any(one["per_second"] < one["bar"] / 4 for one in results)


if __name__ == "__main__":
    sys.exit(main())
