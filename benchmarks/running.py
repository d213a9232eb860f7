"""How long a run takes beside what it cannot do without, and how long «nothing has changed» takes beside Python's start.

The floor is five papermill executions of the same notebooks in fresh kernels, in one process, with kernels shut down at once; both are
whole processes, taken in turn, so that a busy machine is busy for both. The run that is measured is a forced one.

    .venv/bin/python benchmarks/running.py --rounds 3
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOOR = """
import sys, papermill
from pathlib import Path
from traitlets.config import Config
for path in sorted(Path("notebooks").glob("*.ipynb")):
    papermill.execute_notebook(
        path, Path("executed", path.name), parameters={"story": sys.argv[1]}, progress_bar=False, kernel_name="python3",
        shutdown_kernel="immediate", config=Config({"KernelManager": {"transport": "ipc"}}),
    )
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--story", default="ferry-accident")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        suite = Path(folder)
        for part in ("notebooks", "data/raw"):
            shutil.copytree(ROOT / part, suite / part, ignore=shutil.ignore_patterns(".*"))
        shutil.copy(ROOT / "requirements.lock", suite)
        (suite / "executed").mkdir()
        measure_runs(suite, options.story, options.rounds)
        measure_idle(suite, options.story)


def measure_runs(suite: Path, story: str, rounds: int) -> None:
    """Compare a forced run with the floor, in turn; the first pair warms caches up and does not count."""
    floor, whole = [], []
    for number in range(rounds + 1):
        pair = (
            time_process(suite, "-c", FLOOR, story),
            time_process(suite, "-m", "helpers.running.cli", "run", story, "--force", "--quiet"),
        )
        if number:
            floor.append(pair[0])
            whole.append(pair[1])
    for name, unit in (("elapsed", 0), ("processor", 1)):
        low, high = (statistics.median(pair[unit] for pair in pairs) for pairs in (floor, whole))
        print(f"full run, {name:9} floor {low:6.2f} s   synoptic {high:6.2f} s   ratio {high / low:.3f}")


def measure_idle(suite: Path, story: str) -> None:
    """Compare a run that has nothing to do with Python's start: the best of twenty each, in turn."""
    bare, idle = [], []
    for _ in range(20):
        bare.append(time_process(suite, "-c", "pass"))
        idle.append(time_process(suite, "-m", "helpers.running.cli", "run", story))
    for name, unit in (("elapsed", 0), ("processor", 1)):
        low, high = (min(pair[unit] for pair in pairs) for pairs in (bare, idle))
        print(f"nothing to do, {name:9} Python {low:.3f} s   synoptic {high:.3f} s   over it {high - low:.3f} s")


def time_process(suite: Path, *arguments: str) -> tuple[float, float]:
    """Run Python and give its elapsed seconds and those of the processor, its kernels included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    ended = subprocess.run([sys.executable, *arguments], cwd=suite, env=environment, capture_output=True, text=True)
    elapsed = time.perf_counter() - began
    if ended.returncode not in (0, 3):
        sys.exit(ended.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
