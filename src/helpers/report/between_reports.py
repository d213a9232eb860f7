"""What changed between two reports of one story: articles, conflicts, agreement, values that moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

SAME_STATEMENT = 0.6  # likeness of two statements, their values aside, from which they are one in two versions
VERDICTS = {"confirmed": "Confirmed", "corrected": "Corrected", "added": "Added"}
WORDS = {"new": "New", "gone": "No longer found", "changed": "Changed"}


def compare_reports(earlier: dict, later: dict) -> dict:
    """Compare two machine-readable reports (`report.json`) of one story; both stay as they are.

    Gives lists only, empty where nothing changed: `articles` and `conflicts` as `new, gone, changed`, `values` (a
    source's amount or date that moved: `name, before, after, statement`) and `agreement` (statements that more or
    fewer independent origins share now). A conflict that merely gained or lost evidence is `changed`, not new. What people
    reviewed in between stands apart, under `reviews`: the findings that they confirmed, corrected, added or dismissed, and,
    where no article changed, what followed from their reviews.
    """
    articles = _compare_articles(earlier["articles"], later["articles"])
    changes = {
        "articles": articles,
        "conflicts": _compare_conflicts(earlier["disagreements"], later["disagreements"]),
        "values": _compare_values(earlier, later),
        "agreement": _compare_agreement(earlier["propositions"], later["propositions"]),
    }
    return _set_apart(earlier, later, changes)


def _set_apart(earlier: dict, later: dict, changes: dict) -> dict:
    """Set apart what people's reviews changed."""
    old, new = ({row["id"] for row in report.get("reviews", {}).get("lines", [])} for report in (earlier, later))
    if old == new:
        return changes | {"reviews": []}
    before = {row["id"]: row.get("review") for row in earlier["disagreements"]}
    told = [
        {**_shorten(row), "verdict": VERDICTS[row["review"]]}
        for row in later["disagreements"]
        if row.get("review") and row["review"] != before.get(row["id"])
    ]
    known = {row["id"] for row in earlier.get("reviews", {}).get("dismissed", [])}
    dismissed = [row for row in later.get("reviews", {}).get("dismissed", []) if row["id"] not in known]
    told += [{**_shorten(row), "verdict": "Dismissed"} for row in dismissed]
    spoken_of = {row["id"] for row in told}
    conflicts = {
        part: [row for row in rows if row["id"] not in spoken_of] for part, rows in changes["conflicts"].items()
    }
    if not any(changes["articles"].values()):  # then all else follows from the reviews
        told += [
            {**row, "verdict": f"{WORDS[part]} after a review"} for part, rows in conflicts.items() for row in rows
        ]
        conflicts = {part: [] for part in conflicts}
    return changes | {"conflicts": conflicts, "reviews": told}


def is_unchanged(changes: dict) -> bool:
    """Say whether a comparison found nothing."""
    return not any(list_changes(changes))


def list_changes(changes: dict) -> list[dict]:
    """List a comparison as sentences for a reader, the weightiest first: `text`, and `conflict`, the id to look at or None."""
    sentences = [
        *_tell("New article: {name}.", changes["articles"]["new"]),
        *_tell("The text of {name} has changed.", changes["articles"]["changed"]),
        *_tell("No longer among the articles: {name}.", changes["articles"]["gone"]),
        *_tell("{name} now has “{after}” where it had “{before}”: {statement}", changes["values"]),
        *_tell("New: {explanation}", changes["conflicts"]["new"]),
        *_tell("Changed: {explanation}", changes["conflicts"]["changed"]),
        *_tell("No longer found: {explanation}", changes["conflicts"]["gone"]),
        *_tell("{verdict}: {explanation}", changes.get("reviews", [])),
        *_tell("{after} independent origins, before {before}: {label}", changes["agreement"]),
    ]
    there = {finding["id"] for part in ("new", "changed") for finding in changes["conflicts"][part]}
    there |= {
        row["id"] for row in changes.get("reviews", []) if not row["verdict"].startswith(("Dismissed", WORDS["gone"]))
    }
    return [{"text": text, "conflict": row.get("id") if row.get("id") in there else None} for text, row in sentences]


def describe_changes(changes: dict) -> str:
    """Say a comparison in plain lines, for a terminal or a message."""
    return "\n".join(change["text"] for change in list_changes(changes)) or "Nothing changed."


def _tell(sentence: str, rows: Iterable[dict]) -> list[tuple[str, dict]]:
    return [(sentence.format_map(row), row) for row in rows]


def _compare_articles(before: list[dict], after: list[dict]) -> dict:
    old, new = ({row["article_id"]: row for row in rows} for rows in (before, after))
    digests = [{row["sha256"] for row in rows} for rows in (before, after)]
    return {
        # A file that was merely renamed holds the same bytes as before: neither new nor gone.
        "new": [_name(row) for key, row in new.items() if key not in old and row["sha256"] not in digests[0]],
        "gone": [_name(row) for key, row in old.items() if key not in new and row["sha256"] not in digests[1]],
        "changed": [_name(row) for key, row in new.items() if key in old and row["sha256"] != old[key]["sha256"]],
    }


def _name(row: dict) -> dict:
    return {"article_id": row["article_id"], "name": row["name"]}


def _compare_conflicts(before: list[dict], after: list[dict]) -> dict:
    old, new = ({row["id"]: row for row in rows} for rows in (before, after))
    gone = [row for key, row in old.items() if key not in new]
    fresh, changed = [], []
    for row in (row for key, row in new.items() if key not in old):
        match = next((other for other in gone if _is_same_conflict(other, row)), None)
        if match is None:
            fresh.append(_shorten(row))
        else:
            gone.remove(match)
            changed.append({**_shorten(row), "before": match["explanation"]})
    return {"new": fresh, "gone": [_shorten(row) for row in gone], "changed": changed}


def _shorten(row: dict) -> dict:
    return {key: row[key] for key in ("id", "kind", "severity", "explanation")}


def _is_same_conflict(one: dict, other: dict) -> bool:
    """Say whether two findings are one that gained or lost evidence: two or more pieces of it stand in both.

    One piece is enough where the same articles stand against each other: then one of them gives another value now.
    """
    if one["kind"] != other["kind"]:
        return False
    pieces = [{(piece["article_id"], piece["text"]) for piece in finding["evidence"]} for finding in (one, other)]
    articles = [{article for article, _ in found} for found in pieces]
    common = len(pieces[0] & pieces[1])
    return common >= 2 or (common == 1 and len(articles[0]) > 1 and articles[0] == articles[1])


def _compare_values(earlier: dict, later: dict) -> list[dict]:
    names = {row["article_id"]: row["name"] for row in later["articles"]}
    moved = []
    for table, statement, measure in (
        ("amounts", "statement", lambda row: (row["article_id"], row["kind"], row["unit"])),
        ("dates", "event", lambda row: (row["article_id"],)),
    ):
        old, new = (_collect(report[table], measure) for report in (earlier, later))
        for key in sorted((key for key in old.keys() & new.keys() if key[0] in names), key=str):
            moved += _pair_values(old[key], new[key], statement, names[key[0]])
    return moved


def _collect(rows: list[dict], measure: Callable[[dict], tuple]) -> dict[tuple, list[dict]]:
    found: dict[tuple, list[dict]] = {}
    for row in rows:
        found.setdefault(measure(row), []).append(row)
    return found


def _pair_values(before: list[dict], after: list[dict], statement: str, name: str) -> list[dict]:
    """Pair the values that one source gave before and gives no more with those that it gives now in like statements."""
    kept = {_value(row) for row in before} & {_value(row) for row in after}
    old = [row for row in before if _value(row) not in kept]
    pairs = []
    for row in (row for row in after if _value(row) not in kept):
        likeness = [(_compare_statements(other, row, statement), number) for number, other in enumerate(old)]
        best, number = max(likeness, key=lambda found: (found[0], -found[1]), default=(0.0, 0))
        if best >= SAME_STATEMENT:
            other = old.pop(number)
            pairs.append({"name": name, "before": other["text"], "after": row["text"], "statement": row[statement]})
    return pairs


def _value(row: dict) -> tuple:
    return tuple(row.get(key) for key in ("value", "low", "high", "from", "to"))


def _compare_statements(one: dict, other: dict, statement: str) -> float:
    texts = [(row[statement] or "").replace(row["text"], " ").split() for row in (one, other)]
    return SequenceMatcher(None, *texts, autojunk=False).ratio()


def _compare_agreement(before: list[dict], after: list[dict]) -> list[dict]:
    old = {row["id"]: row["n_origins"] for row in before}
    return [
        {"label": row["label"], "before": old[row["id"]], "after": row["n_origins"]}
        for row in after
        if row["id"] in old and row["n_origins"] != old[row["id"]]
    ]
