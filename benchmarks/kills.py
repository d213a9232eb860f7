"""Kill runs at random moments: is the published report whole each time, and does a clean run come of it in the end?

A small copy of the suite with two invented articles is run over and over; each run is killed (SIGKILL) at a random moment,
every fourth one within the moments of publication. After each kill the published report and tables are compared, byte for
byte, with those of a clean run of the old and of the new articles: they must be wholly one or the other.

    .venv/bin/python benchmarks/kills.py --kills 200
    .venv/bin/python benchmarks/kills.py --kills 200 --light     # notebooks that take no time, in real kernels
    .venv/bin/python benchmarks/kills.py --kills 400 --steps     # those, without kernels, at any step of the file system
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

ARTICLES = {
    "one.txt": "Halvik Courier\n\nThe ferry Aurora struck the pier at 8.10 a.m. on Monday, harbour master Ida Brekke said. "
    "Eleven people were injured. “The engine stopped,” Brekke said.\n",
    "two.txt": "Coast Wire\n\nThe ferry Aurora hit the pier at Halvik shortly after 8 a.m. Fourteen people were injured, "
    "police said. The owner denied that the engine had stopped.\n",
}
VARIANTS = ("", "\nThe pier was closed for {days} days, the council said.\n")


def main() -> None:
    """Read the options, kill, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--steps", action="store_true", help="kill at random steps of the file system, without kernels")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        suite = lay_out(Path(folder) / "suite", options.light or options.steps)
        if options.steps:
            report(*kill_at_steps(suite, options.kills, random.Random(options.seed)))
            return
        report(*kill_runs(suite, options.kills, random.Random(options.seed)))


def lay_out(suite: Path, light: bool) -> Path:
    """Lay out the small suite."""
    if light:
        from suites import make_suite

        make_suite(suite)
    else:
        (suite / "data" / "raw" / "fog").mkdir(parents=True)
        shutil.copytree(ROOT / "notebooks", suite / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "requirements.lock", suite)
    return suite


def write_articles(suite: Path, variant: int) -> None:
    """Write the articles in one of their two versions."""
    for name, text in ARTICLES.items():
        (suite / "data" / "raw" / "fog" / name).write_text(text + VARIANTS[variant].format(days=3), encoding="utf-8")


def start(suite: Path) -> subprocess.Popen:
    """Start a run."""
    command = [sys.executable, "-m", "helpers.running.cli", "run", "fog"]
    return subprocess.Popen(command, cwd=suite, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finish(suite: Path) -> None:
    """Run to the end; stop the benchmark where that fails."""
    run = start(suite)
    _, wrong = run.communicate(timeout=900)
    if run.returncode:
        sys.exit(f"a run without a kill failed: {wrong}")


def digest(folder: Path) -> str:
    """Give one digest of a published folder, the manifest left out, which holds times."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "manifest.json":
            total.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()


def look(suite: Path) -> tuple[str, str]:
    """Take the digests of what readers see: the report and the tables."""
    return digest(suite / "reports" / "fog"), digest(suite / "data" / "processed" / "fog")


def find_phase(suite: Path) -> str:
    """Say what a run was at when it was killed."""
    staging = suite / "data" / "processed" / ".staging-fog"
    if (staging / "finished.json").exists():
        return "publishing"
    at_work = sorted(path.stem for path in (staging / ".executed").glob("*.ipynb"))
    return at_work[-1] if at_work else "between stages" if staging.exists() else "before or after"


def wait(run: subprocess.Popen, seconds: float, until: Path | None) -> None:
    """Wait for a while, or for a file that announces the publication and then for a moment."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and run.poll() is None:
        if until is not None and until.exists():
            return
        time.sleep(0.002)


def kill_runs(suite: Path, kills: int, chance: random.Random) -> tuple[Counter, Counter, float]:
    """Kill as many runs as are asked for, and look at what is published after each."""
    clean, variant = [], 0
    for number in (1, 0):
        write_articles(suite, number)
        began = time.monotonic()
        finish(suite)
        duration = time.monotonic() - began
        clean.insert(0, look(suite))
    phases, found, began = Counter(), Counter(), time.monotonic()
    variant = 1
    write_articles(suite, variant)
    while found["kills"] < kills:
        run = start(suite)
        if chance.random() < 0.25:
            wait(run, 10 * duration, suite / "data" / "processed" / ".staging-fog" / "data/processed/fog/manifest.json")
            time.sleep(chance.uniform(0, 0.08))
        else:
            wait(run, chance.uniform(0.05, duration), None)
        if run.poll() is None:
            kernels = psutil.Process(run.pid).children(recursive=True)
            run.send_signal(signal.SIGKILL)
            run.wait()
            found["kills"] += 1
            phases[find_phase(suite)] += 1
            _, orphans = psutil.wait_procs(kernels, timeout=2)
            found["kernels that outlived their run"] += len(orphans)
            page, tables = look(suite)
            found["report whole"] += page in {version[0] for version in clean}
            found["tables whole"] += tables in {version[1] for version in clean}
        else:
            run.communicate()
            found["runs that came to their end"] += 1
            found["of these equal to a clean run"] += run.returncode == 0 and look(suite) == clean[variant]
            variant = 1 - variant
            write_articles(suite, variant)
    finish(suite)
    found["equal to a clean run at the end"] = int(look(suite) == clean[variant])
    stray = [
        p.name for part in ("data/processed", "reports") for p in (suite / part).glob(".*") if p.name != ".history"
    ]
    found["stray files at the end"] = len(stray)
    return found, phases, time.monotonic() - began


def kill_at_steps(suite: Path, kills: int, chance: random.Random) -> tuple[Counter, Counter, float]:
    """Kill runs at random steps that they take on the file system; each next run must come to a clean run's bytes."""
    from test_killing import run_and_die

    from helpers.running.runner import run_story
    from suites import execute_here, leftovers, make_job

    clean = []
    for variant in (0, 1):
        write_articles(suite, variant)
        run_story(make_job(suite), execute=execute_here)
        clean.append(look(suite))
    write_articles(suite, 0)
    total, began = run_and_die(suite, 0), time.monotonic()
    found, phases = Counter(), Counter()
    for number in range(kills):
        variant = 1 - number % 2
        write_articles(suite, variant)
        run_and_die(suite, chance.randint(1, total))
        found["kills"] += 1
        phases[find_phase(suite)] += 1
        page, tables = look(suite)
        found["report whole"] += page in {version[0] for version in clean}
        found["tables whole"] += tables in {version[1] for version in clean}
        run_story(make_job(suite), execute=execute_here)
        found["next run equal to a clean run"] += look(suite) == clean[variant] and not leftovers(suite)
    return found, phases, time.monotonic() - began


def report(found: Counter, phases: Counter, seconds: float) -> None:
    """Print the findings."""
    for name, count in found.items():
        print(f"{name:34} {count}")
    print("killed at: " + ", ".join(f"{name} {count}" for name, count in sorted(phases.items())))
    print(f"in {seconds:.0f} s")


if __name__ == "__main__":
    main()
