"""What `synoptic readings` does: verify the readings that lie with a story, or ask a model for one and say what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.passages import split_passages
from helpers.readings.ask import Limits, Reader, check_address, make_first_requests
from helpers.readings.ask.groups import count_tokens
from helpers.readings.files import FOLDER, check_file, list_files
from helpers.readings.form import ReadingError
from helpers.readings.material import Material
from helpers.readings.records import Records
from helpers.readings.take import ask_model, may_leave, name_reading
from helpers.readings.taken import VERIFIED
from helpers.readings.verify import Item
from helpers.report.readers import leave_out_readers
from helpers.running.jobs import Job
from helpers.store.files import write_json
from helpers.tables import TableError, read_table

NEEDED = ("articles", "passages", "claims", "proposition_claims", "disagreements", "disagreement_sides", "readings")


def check_readings(raw: Path) -> tuple[list[str], list[str]]:
    """Verify each reading in a story's folder: a line a reading, and a line for each thing that fails."""
    paths = list_files(raw)
    if not paths:
        return [f"{raw.name}: no readings"], []
    articles = read_articles(raw)
    passages = split_passages(articles)
    material = Material(articles, passages, extract_claims(articles, passages))
    said, wrong = [], []
    for path in paths:
        items, faults = check_file(path, material)
        verified = sum(item.state == VERIFIED for item in items)
        said.append(f"{path.name}: {verified} of {len(items)} items verified")
        wrong += faults
    return said, wrong


def ask_reading(
    job: Job, url: str, model: str, limits: Limits, tell: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[str]:
    """Ask a model anew for its reading of a story and keep it beside the articles: lines for whoever waits.

    The cost is told before the first request. Raises ReadingError in one line where nothing can be asked, or no
    request got an answer; what was kept then stays, and the next ask goes on from there.
    """
    frames = read_frames(job)
    material = Material(frames["articles"], frames["passages"], frames["claims"])
    check_address(url, may_leave(job.raw))
    yield plan(material, model, limits)
    path = job.raw / FOLDER / f"{name_reading(model)}.json"
    before = check_file(path, material)[0] if path.is_file() else []
    document = ask_model(job.raw, frames, material, url, model, limits=limits, anew=True, tell=tell)
    asked = document["asked"]
    if not asked["answered"]:
        raise ReadingError("; ".join(asked["missing"]) or "there was nothing to ask")
    write_json(path, document)
    if asked["answered"] == asked["requests"]:
        Records(job.raw / FOLDER).end()
    items, faults = check_file(path, material)
    yield from _tell_changes(before, items)
    yield f"{path.name}: {len(items) - len(faults)} of {len(items)} items hold; {asked['answered']} of {asked['requests']} requests answered"
    yield from (f"without an answer: {why}" for why in asked["missing"])


def read_frames(job: Job) -> dict:
    """Read the tables that a reader is asked with, as far as they are the engine's. Raises ReadingError where there are none."""
    try:
        frames = {name: read_table(name, job.story, job.processed) for name in NEEDED}
    except TableError:
        raise ReadingError(f"story {job.story!r} has no tables yet: synoptic run {job.story}") from None
    return leave_out_readers(frames)


def plan(material: Material, model: str, limits: Limits) -> str:
    """Say what the first pass will cost. Raises ReadingError where that is more than the budget."""
    requests = make_first_requests(material, Reader(model, Records(Path(FOLDER)), limits=limits))
    tokens = sum(count_tokens(m["content"]) for request in requests for m in request.messages)
    tokens += len(requests) * limits.answer
    if tokens > limits.budget:
        raise ReadingError(
            f"{len(requests)} requests of about {tokens:,} tokens are more than the budget of {limits.budget:,}: raise it with --budget"
        )
    return (
        f"{len(requests)} requests of about {tokens:,} tokens, then pairs left out and findings to refute; "
        f"never more than {limits.budget:,} tokens"
    )


def _tell_changes(before: list[Item], after: list[Item]) -> Iterator[str]:
    """Say which findings are new against the reading before, and which are gone."""
    old, new = ({_identify(item): item for item in items if item.state == VERIFIED} for items in (before, after))
    yield from (f"new: {item.what}" for key, item in new.items() if key not in old)
    yield from (f"gone: {item.what}" for key, item in old.items() if key not in new)
    if old and old.keys() == new.keys():
        yield "the same items as before"


def _identify(item: Item) -> tuple:
    return (item.kind, *sorted((place.article.article_id, *place.spot) for place in item.places))
