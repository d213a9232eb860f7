"""How well dates and amounts are found and resolved, against values decided by hand before any output was seen.

Run `python benchmarks/values.py`. The gold (`gold/values_*.jsonl`) holds offsets and values only; the texts lie in
../shared, but for sentences invented to be hard (`values_invented`), which hold their text and are tuned on. A prediction is right in its place when it overlaps a gold value of its kind; its value is right when unit,
value and bounds, or both days, are those of the gold (a bound named in `loose` must only lie on the proper side).
`invented` counts predictions where the gold has nothing, and dates or figures where the gold says unknown.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.language.sentences import find_words
from helpers.mentions.values.find import Value, find_values

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "benchmarks" / "gold"
FOLDERS = {"originals": SHARED / "articles", "stories_dev": SHARED / "stories", "stories_test": SHARED / "stories"}


def read_gold(name: str) -> dict[tuple[str, str, str | None], list[dict]]:
    """Read a gold file by (story, article, published)."""
    items = defaultdict(list)
    for line in (GOLD / f"values_{name}.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        items[item["story"], item["article"], item.get("published")].append(item)
    return items


def agrees(value: Value, item: dict) -> bool:
    """Tell whether a value found is the one that a careful reader gives."""
    if item["kind"] == "date":
        days = [None if day is None else str(day) for day in (value.date_start, value.date_end)]
        return days == [item["date_start"], item["date_end"]]
    if value.unit != item["unit"]:
        return False
    return all(
        _is_near(getattr(value, name), item[name], name in item.get("loose", ())) for name in ("value", "low", "high")
    )


def _is_near(found: float | None, wanted: float | None, is_loose: bool) -> bool:
    if is_loose:
        return wanted is None or found is None or 0.5 * wanted <= found <= 2 * wanted
    if found is None or wanted is None:
        return found is wanted
    return abs(found - wanted) <= 0.01 * abs(wanted)


def score(name: str, show: bool = False) -> dict[str, float]:
    """Compare what is found in the articles of a gold file with the gold."""
    counts = dict.fromkeys(("gold", "found", "placed", "right", "invented"), 0)
    if name == "invented":
        for row in map(json.loads, (GOLD / "values_invented.jsonl").read_text(encoding="utf-8").splitlines()):
            anchor = date.fromisoformat(row["published"]) if row["published"] else None
            _count(
                counts, row["text"], find_values(row["text"], anchor, "day" if anchor else None), row["values"], show
            )
        return counts
    for (story, article, published), items in read_gold(name).items():
        text = (FOLDERS[name] / story / f"{article}.txt").read_text(encoding="utf-8")
        anchor = date.fromisoformat(published) if published else None
        start, end = items[0].get("region", (0, len(text)))
        values = [v for v in find_values(text, anchor, "day" if anchor else None) if start <= v.start < end]
        _count(counts, text, values, items, show)
    return counts


def _count(counts: dict[str, int], text: str, values: list[Value], items: list[dict], show: bool) -> None:
    left = list(values)
    for item in items:
        required = not item.get("optional")
        counts["gold"] += required
        match = next(
            (v for v in left if v.start < item["end"] and item["start"] < v.end and v.kind == item["kind"]), None
        )
        if match is None:
            if required and show:
                print("  missed  ", text[item["start"] : item["end"]].__repr__(), item)
            continue
        left.remove(match)
        is_right = agrees(match, item)
        if required:
            counts["found"] += 1
            counts["placed"] += 1
            counts["right"] += is_right
        if not is_right and not (match.date_start is match.date_end is match.value is match.low is match.high is None):
            counts["invented"] += required and item["kind"] == "date" and not _contains(match, item)
        if not is_right and show:
            print("  otherwise", text[match.start : match.end].__repr__(), match[2:9], match.why, "| gold", item)
    counts["found"] += len(left)
    counts["invented"] += len(left)
    for value in left if show else ():
        print("  invented", text[max(0, value.start - 30) : value.end + 30].__repr__(), value[2:9], value.why)


def _contains(value: Value, item: dict) -> bool:
    """Tell whether the days found only leave more open than the gold does, and so claim nothing that is not there."""
    if item["date_start"] is None and item["date_end"] is None:
        return False
    starts = value.date_start is None or (
        item["date_start"] is not None and str(value.date_start) <= item["date_start"]
    )
    ends = value.date_end is None or (item["date_end"] is not None and str(value.date_end) >= item["date_end"])
    return starts and ends


def measure_speed() -> float:
    """Give the words a second over all stories, on one core."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "stories").glob("*/*.txt"))]
    n_words = sum(len(find_words(text)) for text in texts)
    find_values(texts[0])
    start = time.perf_counter()
    for text in texts:
        find_values(text, date(2014, 12, 2), "day")
    return n_words / (time.perf_counter() - start)


def main() -> None:
    """Print precision and recall of places, accuracy of values, what was invented, and the speed."""
    if not SHARED.is_dir():
        print("../shared is absent: only the invented sentences are measured", file=sys.stderr)
    rows = []
    for name in ("invented", *(FOLDERS if SHARED.is_dir() else ())):
        if not (GOLD / f"values_{name}.jsonl").exists():
            continue
        counts = score(name, show="--show" in sys.argv)
        rows.append(
            {
                "set": name,
                "values": counts["gold"],
                "precision": counts["placed"] / counts["found"],
                "recall": counts["placed"] / counts["gold"],
                "resolved": counts["right"] / counts["gold"],
                "invented": counts["invented"],
            }
        )
    print(pd.DataFrame(rows).to_string(index=False, float_format="{:.3f}".format))
    if SHARED.is_dir():
        print(f"{measure_speed():,.0f} words a second")


if __name__ == "__main__":
    main()
