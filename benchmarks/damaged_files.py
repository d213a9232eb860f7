"""Print how the readers of all formats stand damage: mutated files, crashes, the slowest, the memory held at most.

Usage: python benchmarks/damaged_files.py [--each 300] [--only .docx .rtf] [--seed 7]

A whole file of every ending (tests/articles/samples.py) is cut off, overwritten, doubled, shuffled, filled with another format's
bytes or given another's name, by a seed. Each is read as a folder of one file is: whatever is wrong with it must be a row that says so. A
reader that takes more than ten seconds of the processor counts as hanging. Memory is the peak of each format in a process of its own, beyond what the imports
and one whole file take.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "articles")]
SLOWEST, LARGEST = 10, 300  # seconds a file, megabytes
Change = Callable[[bytes, random.Random, list[bytes]], bytes]


def cut_off(raw: bytes, drawn: random.Random, others: list[bytes]) -> bytes:
    return raw[: drawn.randrange(1, len(raw))]


def cut_out(raw: bytes, drawn: random.Random, others: list[bytes]) -> bytes:
    start = drawn.randrange(len(raw))
    return raw[:start] + raw[start + drawn.randrange(1, 400) :]


def overwrite(raw: bytes, drawn: random.Random, others: list[bytes]) -> bytes:
    changed = bytearray(raw)
    for _ in range(drawn.choice((1, 3, 10, 100))):
        changed[drawn.randrange(len(changed))] = drawn.randrange(256)
    return bytes(changed)


def repeat(raw: bytes, drawn: random.Random, others: list[bytes]) -> bytes:
    start = drawn.randrange(len(raw))
    piece = raw[start : start + drawn.choice((1, 2, 5, 40, 400))]
    return raw[:start] + piece * drawn.choice((2, 50, 5_000)) + raw[start:]


def put_in(raw: bytes, drawn: random.Random, others: list[bytes]) -> bytes:
    start, other = drawn.randrange(len(raw)), drawn.choice(others)
    return raw[:start] + other[: drawn.randrange(1, len(other))] + raw[start:]


def swap(raw: bytes, drawn: random.Random, others: list[bytes]) -> bytes:
    places = sorted(drawn.randrange(len(raw)) for _ in range(3))
    return raw[: places[0]] + raw[places[1] : places[2]] + raw[places[0] : places[1]] + raw[places[2] :]


def enlarge_numbers(raw: bytes, drawn: random.Random, others: list[bytes]) -> bytes:
    digits = [place for place, byte in enumerate(raw) if 48 <= byte <= 57]
    place = drawn.choice(digits or [0])
    return raw[:place] + b"9" * drawn.choice((1, 4, 12)) + raw[place + 1 :]


def rename(raw: bytes, drawn: random.Random, others: list[bytes]) -> bytes:
    return drawn.choice(others)


CHANGES: tuple[Change, ...] = (cut_off, cut_out, overwrite, overwrite, repeat, put_in, swap, enlarge_numbers, rename)


def measure_memory() -> float:
    """Give the peak of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def stop(signum: int, frame: object) -> None:
    """Stop a reader that hangs; no reader catches what is raised here."""
    raise KeyboardInterrupt


def read_damaged(ending: str, each: int, seed: int) -> dict[str, object]:
    """Read `each` mutated files of one ending and say what came of them."""
    from helpers.articles import ArticleError, read_articles
    from samples import make_samples

    warnings.simplefilter("ignore")
    samples = make_samples()
    drawn = random.Random(f"{seed}{ending}")
    result: dict[str, object] = {"read": 0, "skipped": 0, "crashes": [], "hangs": [], "slowest": 0.0}
    signal.signal(signal.SIGPROF, stop)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, f"a{ending}")
        path.write_bytes(samples[ending])
        read_articles(place)
        before = measure_memory()
        for number in range(each):
            change = CHANGES[number % len(CHANGES)]
            path.write_bytes(change(samples[ending], drawn, list(samples.values())) or b"x")
            started = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, SLOWEST)
            try:
                rows = read_articles(place)
                result["read" if rows["skipped"].isna().any() else "skipped"] += 1
            except ArticleError:  # nothing in the folder is an article, which the command says
                result["skipped"] += 1
            except KeyboardInterrupt:
                result["hangs"].append(f"{change.__name__} {number}")
            except Exception as error:
                result["crashes"].append(f"{change.__name__} {number}: {type(error).__name__}: {str(error)[:200]}")
            signal.setitimer(signal.ITIMER_PROF, 0)
            result["slowest"] = max(result["slowest"], time.process_time() - started)
        result["memory"] = measure_memory() - before
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=300)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    from samples import make_samples

    failed = 0
    for ending in [name for name in make_samples() if not given.only or name in given.only]:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found = pool.apply(read_damaged, (ending, given.each, given.seed))
        bad = [*found["crashes"], *(f"hangs: {one}" for one in found["hangs"])]
        failed += bool(bad) or found["memory"] > LARGEST
        print(
            f"{ending:12} {found['read']:4} read, {found['skipped']:4} skipped, {len(found['crashes'])} crashes,"
            f" {len(found['hangs'])} hangs, slowest {found['slowest']:.1f} s, {found['memory']:.0f} MB",
            flush=True,
        )
        for line in bad[:5]:
            print("   ", line)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
