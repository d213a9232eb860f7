"""Ask whether holes are known in the pinned packages; says so, and passes, where no registry answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120  # seconds


def main() -> int:
    """Ask, and give 1 where a hole is known that a newer version closes."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        "requirements-all.lock",
        "--disable-pip",
        "--no-deps",
    ]
    try:
        asked = subprocess.run(
            [*command, "--format", "json", "--progress-spinner", "off"],
            cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
        answer = json.loads(asked.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        print("no registry answered: whether holes are known was not checked")
        return 0
    holes = [(part, hole) for part in answer for hole in part.get("vulns", [])]
    for part, hole in holes:
        print(
            f"{part['name']} {part['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        )
    if not holes:
        print(f"no hole is known in any of {len(answer)} packages")
    return 1 if any(hole["fix_versions"] for _, hole in holes) else 0


if __name__ == "__main__":
    sys.exit(main())
