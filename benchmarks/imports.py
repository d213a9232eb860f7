"""Measure what the first cell of each notebook costs: the seconds of processor time that its imports take, and which heavy packages come in.

    imports.py [--repeat N] [--most SECONDS]

Each cell runs in a process of its own, as in a kernel; the least of N repetitions is shown. A stage should need no more than 2.5 seconds, except where
it parses; `--most` names those that need more than so many, and exits with 1.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAVY = (
    "pandas",
    "spacy",
    "scipy",
    "sklearn",
    "trafilatura",
    "pypdf",
    "matplotlib",
    "jsonschema",
    "openpyxl",
    "papermill",
)
TIMED = """
import sys, time
began = time.process_time()
exec(sys.argv[1])
print(time.process_time() - began, *(name for name in sys.argv[2:] if name in sys.modules))
"""


def read_first_cell(notebook: Path) -> str:
    """Read the first code cell of a notebook: its imports."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "".join(next(cell["source"] for cell in cells if cell["cell_type"] == "code"))


def time_imports(code: str) -> tuple[float, list[str]]:
    """Run code in a new process: the seconds of processor time that it took, and the heavy packages that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", TIMED, code, *HEAVY], capture_output=True, text=True, check=True, cwd=ROOT
    )
    seconds, *loaded = done.stdout.split()
    return float(seconds), loaded


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--most", type=float, default=float("inf"))
    given = parser.parse_args()
    cells = {path.stem: read_first_cell(path) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
    dear = []
    for name, code in {"pandas alone": "import pandas", **cells}.items():
        seconds, loaded = min(time_imports(code) for _ in range(given.repeat))
        print(f"{name:20} {seconds:5.2f} s  {' '.join(loaded)}")
        dear += [name] if seconds > given.most else []
    if dear:
        print(f"more than {given.most} s: {', '.join(dear)}")
    return 1 if dear else 0


if __name__ == "__main__":
    sys.exit(main())
