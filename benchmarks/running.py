"""What a run costs beside what it cannot do without, as ratios: each pair is measured in turn, so that a busy machine is busy for both.

The floor of a run is five notebooks that only import pandas and matplotlib, in fresh kernels in one process of papermill's. The run that is
measured is a forced one. «Nothing has changed» is set beside Python's start, shared text of one story's articles beside its own
size, the set-up beside its limit of 900 MB. Trust the processor's time: a machine at work stretches what elapses.

    .venv/bin/python benchmarks/running.py --rounds 3
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import nbformat

from generated import make_name
from helpers.passages import split_passages
from helpers.reuse import find_origins, find_shared_passages

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from stories import make_articles  # noqa: E402

FLOOR = """
import papermill
from pathlib import Path
from traitlets.config import Config
for path in sorted(Path("floor").glob("*.ipynb")):
    papermill.execute_notebook(
        path, Path("executed", path.name), progress_bar=False, kernel_name="python3",
        shutdown_kernel="immediate", config=Config({"KernelManager": {"transport": "ipc"}}),
    )
"""
IMPORTS = "import pandas\nimport matplotlib.pyplot"
SETUP_LIMIT = 900  # MB
SIZES = (44, 132)  # articles of one story whose shared text is found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--story", default="netflix-facebook-messages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        suite = Path(folder)
        for part in ("notebooks", "data/raw"):
            shutil.copytree(ROOT / part, suite / part, ignore=shutil.ignore_patterns(".*"))
        shutil.copy(ROOT / "requirements.lock", suite)
        (suite / "executed").mkdir()
        write_floor(suite / "floor")
        measure_runs(suite, options.story, options.rounds)
        measure_idle(suite, options.story)
    measure_reuse()
    measure_setup()


def write_floor(folder: Path) -> None:
    """Write the five notebooks of the floor."""
    folder.mkdir()
    for number in range(5):
        kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        cells = [nbformat.v4.new_code_cell(IMPORTS)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / f"{number}.ipynb")


def measure_runs(suite: Path, story: str, rounds: int) -> None:
    """Compare a forced run with the floor, in turn; the first pair warms caches up and does not count."""
    floor, whole = [], []
    for number in range(rounds + 1):
        pair = (
            time_process(suite, "-c", FLOOR),
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
        print(f"nothing to do, {name:9} Python {low:.3f} s   synoptic {high:.3f} s   ratio {high / low:.2f}")


def measure_reuse() -> None:
    """Find the shared text of one story in two sizes, a third of its articles one agency's text, and print how that grows."""
    spent = {}
    for size in SIZES:
        articles = make_articles(make_texts(size))
        passages = split_passages(articles)
        began = time.process_time()
        find_origins(articles, passages, find_shared_passages(articles, passages))
        spent[size] = time.process_time() - began
    small, large = SIZES
    grows = math.log(spent[large] / spent[small]) / math.log(large / small)
    print(
        f"shared text of {small} and {large} articles: {spent[small]:.2f} s, {spent[large]:.2f} s   exponent {grows:.2f}"
    )


def make_texts(count: int) -> dict[str, str]:
    """Make the texts of one story from invented words: every third one an edited copy, every third with the same quotation."""
    chance = random.Random(0)
    words = [make_name(chance).lower() for _ in range(3000)]

    def write(paragraphs: int) -> list[str]:
        return [" ".join(chance.choices(words, k=60)).capitalize() + "." for _ in range(paragraphs)]

    agency, quotation = write(8), f"“{write(1)[0]}” said the mayor."
    texts = {}
    for number in range(count):
        copy = [paragraph.replace(" ", f" {chance.choice(words)} ", 1) for paragraph in agency]
        texts[f"a{number:03d}"] = "\n\n".join((copy, [*write(6), quotation], write(7))[number % 3])
    return texts


def measure_setup() -> None:
    """Print how large the packages are that a report needs, as they are installed here."""
    names = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M)
    total = 0
    for name in set(names):
        with suppress(PackageNotFoundError):
            places = (Path(file.locate()) for file in files(name) or [])
            total += sum(place.stat().st_size for place in places if place.suffix != ".pyc" and place.is_file())
    megabytes = total / 2**20
    print(f"packages for a report: {megabytes:.0f} MB   of the limit {megabytes / SETUP_LIMIT:.2f}")


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
