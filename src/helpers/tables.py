"""The tables between the notebooks: what each holds, how it is checked, read and written.

Every table is one Parquet file under ``<processed_dir>/<story>/`` with a CSV twin for a spreadsheet.
The schemas are checked at every write and every read; they are also the codebook (`describe_tables`).
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

from helpers.store.files import write_file
from helpers.store.places import locate

PASSAGE_KINDS = ("title", "byline", "dateline", "summary", "body", "caption", "boilerplate", "truncated", "foreign")
CLAIM_BEARING = ("title", "summary", "body", "truncated")
QUOTE_KINDS = ("direct", "indirect", "mixed", "none")
STANCES = ("asserts", "alleges", "denies", "concedes", "reports")
MODALITIES = ("fact", "alleged", "denied", "reported", "hypothetical")
VALUE_KINDS = ("money", "quantity", "percent", "duration", "age", "date")
ENTITY_KINDS = ("person", "organisation", "product", "place")
RELATIONS = ("supports", "disputes", "mentions")
CLAIM_VOICES = ("own", "attributed", "denial carried")
STATUSES = ("undisputed", "disputed", "differing")
PAIR_RELATIONS = ("same", "differs", "related", "unrelated")
PAIR_DIFFERENCES = ("amount", "date", "denial", "certainty", "name", "words")
DISAGREEMENT_KINDS = (
    "denial", "date", "amount", "actor", "characterisation", "wording", "scope", "certainty", "headline", "omission",
)  # fmt: skip
READING_KINDS = (*DISAGREEMENT_KINDS, "agreement", "look-alike")
SEVERITIES = ("major", "minor")
BETWEEN = ("articles", "sources")
PRECISIONS = ("day", "month", "year")
CHANGES = ("added", "removed", "reworded")
SURENESS = ("high", "medium", "low")
CLAIM_REVIEWS = ("corrected", "added")
FINDING_REVIEWS = ("confirmed", "corrected", "dismissed", "added")
REVIEW_STATES = ("applied", "overruled", "orphan")


class TableError(Exception):
    """A table is missing, cannot be read, or does not keep to its schema; the message is one line."""


@dataclass(frozen=True)
class Column:
    """One column of a table: its type, what it means, and whether it may be empty."""

    dtype: str
    meaning: str
    nullable: bool = False
    choices: tuple[str, ...] = ()
    unique: bool = False


@dataclass(frozen=True)
class Table:
    """One table: the notebook that writes it, what a row is, its columns, and the order of its rows."""

    notebook: str
    row: str
    columns: dict[str, Column]
    order: tuple[str, ...]


def _text(meaning, nullable=False, choices=(), unique=False):
    return Column("str", meaning, nullable, choices, unique)


def _offset(meaning, nullable=False):
    return Column("Int64" if nullable else "int64", meaning, nullable)


def _number(meaning, nullable=True):
    return Column("float64", meaning, nullable)


def _flag(meaning):
    return Column("bool", meaning)


def _day(meaning):
    return Column("datetime64[s]", meaning, True)


def _span(what, nullable=False):
    return {
        "start": _offset(f"where {what} begins in the article's text, in code points", nullable),
        "end": _offset(f"where {what} ends (not included)", nullable),
    }


TABLES: dict[str, Table] = {
    "articles": Table(
        "01-read-articles",
        "an article",
        {
            "article_id": _text("stable id: the file's stem, made safe", unique=True),
            "story": _text("the folder's name"),
            "source": _text("publisher", True),
            "title": _text("title as found", True),
            "byline": _text("author line as found", True),
            "published": _day("date of publication; the first day of what is known"),
            "published_precision": _text("how exact `published` is", True, PRECISIONS),
            "raw_path": _text("the raw file, relative to the repository"),
            "raw_sha256": _text("digest of the raw file's bytes"),
            "text": _text("the decoded text, line ends as \\n, wrapped lines joined; all offsets refer to it"),
            "n_chars": _offset("code points in `text`"),
            "n_words": _offset("words in `text`"),
            "skipped": _text("why the article was set aside; empty where it was read", True),
            "url": _text("address, as the file or the page gives it", True),
            "notes": _text("what a reader should know of the file, separated by |", True),
            "source_key": _text("publisher's name folded, the same for its spellings and its domain", True),
            "origin_credit": _text("agency that the text is credited to", True),
            "source_from": _text("where the publisher comes from: story.yaml, the page, the export, the text", True),
            "published_from": _text("where the date comes from", True),
            "byline_from": _text("where the author comes from", True),
            "title_from": _text("where the title comes from", True),
            "source_sure": _text("how sure the publisher is", True, SURENESS),
            "published_sure": _text("how sure the date is", True, SURENESS),
            "byline_sure": _text("how sure the author is", True, SURENESS),
            "title_sure": _text("how sure the title is", True, SURENESS),
            "dateline": _text("place, day and agency before the text, as written", True),
            "raw_place": _text("where the article stands in a raw file that holds several", True),
        },
        ("article_id",),
    ),
    "passages": Table(
        "01-read-articles",
        "a stretch of an article's text; together they cover it",
        {
            "article_id": _text("the article"),
            "passage_id": _text("stable id", unique=True),
            **_span("the passage"),
            "kind": _text("what the passage is", choices=PASSAGE_KINDS),
            "text": _text("the passage itself"),
            "why": _text("what gave it away"),
        },
        ("article_id", "start"),
    ),
    "claims": Table(
        "02-extract-claims",
        "a checkable statement as it stands in an article",
        {
            "claim_id": _text("stable id", unique=True),
            "article_id": _text("the article"),
            "passage_id": _text("the passage"),
            **_span("the statement"),
            "text": _text("the statement: what is claimed, without «X said that»"),
            "text_resolved": _text("the statement with its subject and pronouns put in where they are told", True),
            "sentence_start": _offset("where its sentence begins"),
            "sentence_end": _offset("where its sentence ends"),
            "speaker": _text("who says it, as written; empty where the article says it in its own voice", True),
            "speaker_id": _text("the resolved speaker", True),
            "speaker_name": _text("the resolved speaker's fullest name", True),
            "speaker_for_id": _text("the organisation that the speaker speaks for", True),
            "speaker_for": _text("its name", True),
            "source_start": _offset("where the speaker's words begin", True),
            "source_end": _offset("where they end", True),
            "cue": _text("the reporting words", True),
            "cue_start": _offset("where the cue begins", True),
            "cue_end": _offset("where the cue ends", True),
            "quote_kind": _text("how the words are given", choices=QUOTE_KINDS),
            "stance": _text("the speaker's stance to the content", choices=STANCES),
            "modality": _text("how the article presents it", choices=MODALITIES),
            "negated": _flag("whether the statement itself is negated"),
            "parent_id": _text("the claim that this one is nested in", True),
            "confidence": _number("how sure the extraction is, 0 to 1", False),
            "opinion": _flag("whether it is an evaluation rather than a checkable statement"),
            "subject": _text("slot: who or what", True),
            "subject_start": _offset("where the subject begins", True),
            "subject_end": _offset("where it ends", True),
            "predicate": _text("slot: lemma of the main verb", True),
            "predicate_start": _offset("where the verb begins", True),
            "predicate_end": _offset("where it ends", True),
            "object": _text("slot: what the verb takes", True),
            "object_start": _offset("where the object begins", True),
            "object_end": _offset("where it ends", True),
            "voice": _text("slot: whether the verb is active or passive", True, ("active", "passive")),
            "agent": _text("slot: who did what a passive verb says", True),
            "agent_start": _offset("where the agent begins", True),
            "agent_end": _offset("where it ends", True),
            "modifiers": _text("slot: hedges, modals and time or place phrases, separated by |", True),
            "review": _text("what a person's review did to it", True, CLAIM_REVIEWS),
        },
        ("article_id", "start", "end", "claim_id"),
    ),
    "mentions": Table(
        "02-extract-claims",
        "a value or a name inside a claim",
        {
            "claim_id": _text("the claim"),
            "article_id": _text("the article"),
            **_span("the mention"),
            "text": _text("as written"),
            "kind": _text("what it is", choices=VALUE_KINDS + ENTITY_KINDS),
            "value": _number("the value in `unit`; empty where only bounds are known"),
            "unit": _text(
                "ISO 4217 code, percent, the unit of time or measure that is written, or the thing counted", True
            ),
            "low": _number("lowest value that the words allow"),
            "high": _number("highest value that the words allow"),
            "date_start": _day("first day that the words allow"),
            "date_end": _day("last day that the words allow"),
            "entity_id": _text("the resolved entity", True),
            "entity_name": _text("its fullest name in the story", True),
            "scope": _text("the noun that the value measures", True),
            "measures": _text(
                "what the value measures, in the article's words: the noun counted, described or spent on, also where it is left out; "
                "else verb and subject",
                True,
            ),
            "measures_subject": _text("subject of the verb that the value belongs to, as written", True),
            "event": _text("lemma of the verb that the value belongs to", True),
            "beside": Column(
                "boolean",
                "whether a value stands outside the statement, in other words of its sentence; empty for names",
                True,
            ),
            "partial": _text("what is known of a date that could not be resolved: XXXX-08-09, XXXX-WXX-2", True),
            "why": _text("how it was resolved, or why it could not be", True),
        },
        ("article_id", "start", "end", "kind", "claim_id"),
    ),
    "text_reuse": Table(
        "03-align-claims",
        "a passage that two articles share",
        {
            "article_a": _text("one article"),
            "start_a": _offset("where it begins there"),
            "end_a": _offset("where it ends there"),
            "article_b": _text("the other article"),
            "start_b": _offset("where it begins there"),
            "end_b": _offset("where it ends there"),
            "n_chars": _offset("length of the shorter side"),
            "similarity": _number("likeness of the two sides, 0 to 1", False),
            "quoted": Column("boolean", "whether both articles have it in quotation marks", True),
        },
        ("article_a", "article_b", "start_a", "start_b"),
    ),
    "origins": Table(
        "03-align-claims",
        "an article and the origin that it is counted with",
        {
            "article_id": _text("the article", unique=True),
            "origin_id": _text("the same for copies, versions and reprints of one text"),
            "copy_of": _text("the article that it copies or updates", True),
            "similarity": _number("share of its words that the original has too, 0 to 1"),
            "why": _text("what shows it"),
            "version": _offset("place among the versions of one text, the earliest first", True),
        },
        ("article_id",),
    ),
    "changes": Table(
        "03-align-claims",
        "a sentence that one version of a text has otherwise than another",
        {
            "origin_id": _text("the origin that both count with"),
            "article_a": _text("the earlier version"),
            "article_b": _text("the later version"),
            "change": _text("what happened to the sentence", choices=CHANGES),
            "start_a": _offset("where it begins in the earlier version", True),
            "end_a": _offset("where it ends there", True),
            "text_a": _text("the sentence there", True),
            "start_b": _offset("where it begins in the later version", True),
            "end_b": _offset("where it ends there", True),
            "text_b": _text("the sentence there", True),
            "detail": _text("the words that differ", True),
        },
        ("article_a", "article_b", "start_a", "start_b"),
    ),
    "claim_pairs": Table(
        "03-align-claims",
        "two claims of different articles that were set side by side",
        {
            "pair_id": _text("stable id", unique=True),
            "claim_a": _text("one claim"),
            "claim_b": _text("the other"),
            "article_a": _text("the article of the one"),
            "article_b": _text("the article of the other"),
            "rank": _offset("how near: place of the one among the partners of the other, the better of both ways"),
            "relation": _text("how the two stand to each other, as far as can be told", choices=PAIR_RELATIONS),
            "score": _number("probability of that relation, 0 to 1", False),
            "same": _number("probability that both tell the same", False),
            "differs": _number("probability that they speak of one thing and differ", False),
            "difference": _text("where two claims that speak of one thing part", True, PAIR_DIFFERENCES),
            "start_a": _offset("where the words that differ begin in the one's article", True),
            "end_a": _offset("where they end there", True),
            "start_b": _offset("where they begin in the other's article", True),
            "end_b": _offset("where they end there", True),
        },
        ("article_a", "article_b", "claim_a", "claim_b"),
    ),
    "propositions": Table(
        "03-align-claims",
        "something that at least one claim speaks to",
        {
            "proposition_id": _text("stable id", unique=True),
            "label": _text("the claim that says it best"),
            "n_claims": _offset("claims that speak to it"),
            "n_sources": _offset("articles that speak to it"),
            "n_origins": _offset("independent origins among them"),
            "first_published": _day("earliest date of publication among them"),
            "n_voices": _offset("different speakers among them; an article's own voice counts once an origin", True),
            "status": _text("whether a denial or a value parts its claims", True, STATUSES),
        },
        ("proposition_id",),
    ),
    "proposition_claims": Table(
        "03-align-claims",
        "a claim and a proposition that it speaks to",
        {
            "proposition_id": _text("the proposition"),
            "claim_id": _text("the claim"),
            "article_id": _text("its article"),
            "relation": _text("how the claim stands to it", choices=RELATIONS),
            "score": _number("how alike they are, 0 to 1", False),
            "voice": _text("in whose voice the article has it", True, CLAIM_VOICES),
        },
        ("proposition_id", "article_id", "claim_id"),
    ),
    "disagreements": Table(
        "04-compare-sources",
        "a finding: where sources differ",
        {
            "disagreement_id": _text("stable id", unique=True),
            "proposition_id": _text("what it is about", True),
            "kind": _text("how they differ", choices=DISAGREEMENT_KINDS),
            "severity": _text("how much it matters", choices=SEVERITIES),
            "explanation": _text("one sentence for a reader"),
            "score": _number("how sure the finding is, 0 to 1", False),
            "between": _text("articles, or sources that the same articles quote", True, BETWEEN),
            "found_by": _text("who found it: engine, the name of a reading, or several, separated by a comma", True),
            "review": _text(
                "what a person's review says of it; one that is dismissed does not stand", True, FINDING_REVIEWS
            ),
        },
        ("disagreement_id",),
    ),
    "disagreement_sides": Table(
        "04-compare-sources",
        "a piece of evidence on one side of a finding",
        {
            "disagreement_id": _text("the finding"),
            "side": _text("a, b, ..."),
            "article_id": _text("the article"),
            "claim_id": _text("the claim", True),
            **_span("the evidence", True),
            "text": _text("the evidence", True),
            "value": _text("what this side says, in short", True),
        },
        ("disagreement_id", "side", "article_id", "start"),
    ),
    "readings": Table(
        "04-compare-sources",
        "a place that an item of a reader rests on; the item `reading` stands for a reading as a whole",
        {
            "reading": _text("the reading's name"),
            "item": _text("the part of the reading and the number of the item in it"),
            "kind": _text("how sides differ, or that a fact is told alike", True, READING_KINDS),
            "severity": _text("how much it matters", True, SEVERITIES),
            "confidence": _number("how sure the reader is, 0 to 1"),
            "what": _text("the reader's sentence; of a reading as a whole who read, and how", True),
            "side": _text("a, b, ...", True),
            "article_id": _text("the article; without a place where it is silent", True),
            **_span("the quotation", True),
            "quote": _text("the quotation as it stands in the article", True),
            "state": _text("verified, or why it was dropped"),
        },
        ("reading", "item", "side", "article_id", "start"),
    ),
    "reviews": Table(
        "04-compare-sources",
        "a line of review.jsonl, in which a person reviewed what the engine made",
        {
            "review_id": _text("the annotation's id", unique=True),
            "line": _offset("its line"),
            "created": _text("when, in UTC", True),
            "creator": _text("who"),
            "about": _text("what it is about: article, claim, name, pair, finding or note"),
            "action": _text("what it does"),
            "article_id": _text("the article of its first place", True),
            **_span("the first place", True),
            "exact": _text("the first place as it stands in the article now", True),
            "value": _text("the value that it sets", True),
            "was": _text("the value that the person saw", True),
            "why": _text("the person's reason", True),
            "state": _text("whether it holds", choices=REVIEW_STATES),
            "reason": _text("why it does not hold", True),
            "disagreement_id": _text("the finding that it speaks of", True),
            "places": _text("all its places, as a JSON list of side, article, start and end"),
            "body": _text("what the annotation says, as JSON"),
        },
        ("created", "line"),
    ),
    "timeline": Table(
        "04-compare-sources",
        "a dated event as one article tells it",
        {
            "article_id": _text("the article"),
            "claim_id": _text("the claim"),
            **_span("the date"),
            "text": _text("the date as written"),
            "date_start": _day("first day that the words allow"),
            "date_end": _day("last day that the words allow"),
            "event": _text("what happened"),
        },
        ("date_start", "date_end", "article_id", "start"),
    ),
    "source_pairs": Table(
        "04-compare-sources",
        "two articles side by side",
        {
            "article_a": _text("one article"),
            "article_b": _text("the other"),
            "shared_propositions": _offset("propositions that both speak to"),
            "agreements": _offset("of these, those that both support"),
            "disagreements": _offset("findings with the two on different sides"),
            "reused_chars": _offset("code points of text that they share"),
        },
        ("article_a", "article_b"),
    ),
}

# Every column that holds an article's text at an offset: (table, text, article, start, end).
SPANS = (
    ("passages", "text", "article_id", "start", "end"),
    ("claims", "text", "article_id", "start", "end"),
    ("claims", "speaker", "article_id", "source_start", "source_end"),
    ("claims", "cue", "article_id", "cue_start", "cue_end"),
    ("claims", "subject", "article_id", "subject_start", "subject_end"),
    ("claims", "object", "article_id", "object_start", "object_end"),
    ("claims", "agent", "article_id", "agent_start", "agent_end"),
    ("mentions", "text", "article_id", "start", "end"),
    ("disagreement_sides", "text", "article_id", "start", "end"),
    ("readings", "quote", "article_id", "start", "end"),
    ("reviews", "exact", "article_id", "start", "end"),
    ("timeline", "text", "article_id", "start", "end"),
    ("changes", "text_a", "article_a", "start_a", "end_a"),
    ("changes", "text_b", "article_b", "start_b", "end_b"),
)


def make_id(prefix: str, *parts: object) -> str:
    """Make a stable id from what a row says: `prefix` and twelve hexadecimal digits of a SHA-256."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:12]}"


def name_side(number: int) -> str:
    """Name a side of a finding by its place, as columns are named: a, b, ... z, aa, ab, ..."""
    name = ""
    while number >= 0:
        number, letter = divmod(number, 26)
        name = chr(ord("a") + letter) + name
        number -= 1
    return name


def select_read(articles: pd.DataFrame) -> pd.DataFrame:
    """Select the articles that were read: those with a text that was not set aside."""
    return articles[(articles["text"].str.strip() != "") & articles["skipped"].isna()]


def conform(rows: pd.DataFrame | list[dict], name: str) -> pd.DataFrame:
    """Bring rows into the shape of table `name`: its columns first, its types, its order of rows.

    Columns of the table that the rows lack are added empty where they may be; further columns are kept behind.
    Raises TableError where a value is of the wrong type; what `check` looks at is left to writing and reading.
    """
    table = TABLES[name]
    frame = pd.DataFrame(rows).copy() if len(rows) else pd.DataFrame(rows, columns=getattr(rows, "columns", None))
    for column, spec in table.columns.items():
        if column not in frame:
            if len(frame) and not spec.nullable:
                raise TableError(f"{name}: the column {column!r} is missing")
            frame[column] = pd.Series([None] * len(frame), index=frame.index, dtype=object)
        if str(frame[column].dtype) == spec.dtype:
            continue
        try:
            frame[column] = frame[column].astype(spec.dtype)
        except (TypeError, ValueError) as error:
            raise TableError(f"{name}: the column {column!r} is not {spec.dtype}: {error}") from None
    extra = [column for column in frame if column not in table.columns]
    frame = frame[[*table.columns, *extra]]
    return frame.sort_values(list(table.order), kind="stable", na_position="last", ignore_index=True)


def check(frame: pd.DataFrame, name: str, many_stories: bool = False) -> pd.DataFrame:
    """Return `frame` if it keeps to the schema of table `name`; raise TableError, naming the fault, if not.

    With `many_stories` what is unique must be so in each story, told by a column `story`.
    """
    for column, spec in TABLES[name].columns.items():
        fault = (
            f"the column {column!r} is missing"
            if column not in frame
            else _find_fault(frame, column, spec, many_stories)
        )
        if fault:
            raise TableError(f"{name}: {fault}")
    return frame


def _find_fault(frame: pd.DataFrame, column: str, spec: Column, many_stories: bool) -> str | None:
    """Say what is wrong with a column: its type, an empty cell, a value that is none of its choices or stands twice."""
    values = frame[column]
    if str(values.dtype) != spec.dtype:
        return f"the column {column!r} is {values.dtype} and not {spec.dtype}"
    if not spec.nullable and values.isna().any():
        return f"the column {column!r} has empty cells"
    strange = values[~values.isin(spec.choices) & values.notna()] if spec.choices else values[:0]
    if len(strange):
        return f"{str(strange.iloc[0])[:40]!r} in the column {column!r} is none of {', '.join(spec.choices)}"
    if spec.unique and frame.duplicated(["story", column] if many_stories else [column]).any():
        return f"a value of the column {column!r} stands twice"
    return None


def find_misplaced(frames: dict[str, pd.DataFrame]) -> list[str]:
    """List every span whose stored text is not what its article holds there; empty when all is well."""
    texts = frames["articles"].set_index("article_id")["text"]
    faults = []
    for name, text, article, start, end in SPANS:
        if name not in frames or not len(frames[name]):
            continue
        placed = frames[name].dropna(subset=[text, start, end])
        for row in placed[[article, start, end, text]].itertuples(index=False):
            if texts[row[0]][int(row[1]) : int(row[2])] != row[3]:
                faults.append(f"{name}.{text}: {row[0]}[{row[1]}:{row[2]}] is not {row[3]!r}")
    return faults


def locate_story(story: str, raw_dir: str | Path, raw_folder: str | Path = "") -> Path:
    """Say where the raw articles of `story` lie: in `raw_folder` where one is given, else in ``<raw_dir>/<story>``."""
    return locate(raw_folder) if raw_folder else locate(raw_dir, story)


def table_path(name: str, story: str, processed_dir: str | Path) -> Path:
    """Say where table `name` of `story` is kept."""
    return locate(processed_dir, story, f"{name}.parquet")


def write_table(frame: pd.DataFrame, name: str, story: str, processed_dir: str | Path) -> pd.DataFrame:
    """Check `frame` and write it as Parquet with a CSV twin; each file appears whole or not at all."""
    frame = check(conform(frame, name), name)
    path = table_path(name, story, processed_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    parquet.write_table(to_arrow(frame, name), buffer, compression="zstd")
    write_file(path, buffer.getvalue())
    write_file(path.with_suffix(".csv"), to_csv(frame).encode("utf-8", "replace"))
    return frame


def write_figure_data(frame: pd.DataFrame, name: str, story: str, processed_dir: str | Path) -> None:
    """Write the numbers behind a figure as ``figures/<name>.csv`` beside the tables."""
    path = locate(processed_dir, story, "figures", f"{name}.csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, to_csv(frame).encode("utf-8", "replace"))


def read_tables(story: str, processed_dir: str | Path) -> dict[str, pd.DataFrame]:
    """Read every table of `story`, by name; raise TableError where one is missing or broken."""
    return {name: read_table(name, story, processed_dir) for name in TABLES}


def read_table(name: str, story: str, processed_dir: str | Path) -> pd.DataFrame:
    """Read table `name` of `story` and check it; raise TableError where it is missing or broken."""
    path = table_path(name, story, processed_dir)
    if not path.exists():
        raise TableError(
            f"{processed_dir}/{story}/{name}.parquet is not there yet: run notebooks/{TABLES[name].notebook}.ipynb first"
        )
    try:
        frame = parquet.read_table(path).to_pandas(date_as_object=False, types_mapper=None)
    except (pa.ArrowInvalid, OSError) as error:
        raise TableError(
            f"{processed_dir}/{story}/{name}.parquet cannot be read: {str(error).splitlines()[0]}"
        ) from None
    return check(conform(frame, name), name)


def to_arrow(frame: pd.DataFrame, name: str) -> pa.Table:
    """Turn a frame into Arrow as it is kept in Parquet: days as dates, texts as strings, nothing of pandas' own."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    for position, column in enumerate(table.column_names):
        spec = TABLES[name].columns.get(column) if name in TABLES else None
        if spec and spec.dtype.startswith("datetime64"):
            table = table.set_column(position, column, table.column(column).cast(pa.date32()))
        elif pa.types.is_large_string(table.column(column).type):
            table = table.set_column(position, column, table.column(column).cast(pa.string()))
    return table.replace_schema_metadata(None)


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")


def to_csv(frame: pd.DataFrame) -> str:
    """Write a frame as CSV that a spreadsheet opens safely.

    A text cell that a spreadsheet would take for a formula gets one leading apostrophe, as does one that begins
    with an apostrophe already, so that taking one away again gives the text back. Numbers stay as they are.
    """
    safe = frame.copy()
    for column in safe:
        if pd.api.types.is_datetime64_any_dtype(safe[column]):
            safe[column] = safe[column].dt.strftime("%Y-%m-%d")
        elif not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = safe[column].map(neutralise, na_action="ignore")
    return safe.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)


def neutralise(cell: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; see `to_csv`."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def describe_tables() -> pd.DataFrame:
    """Give the codebook: one row a column, with `table, column, type, may_be_empty, meaning`."""
    return pd.DataFrame(
        [
            {
                "table": name,
                "column": column,
                "type": {"str": "text", "datetime64[s]": "date"}.get(spec.dtype, spec.dtype.lower()),
                "may_be_empty": spec.nullable,
                "meaning": spec.meaning + (f" ({', '.join(spec.choices)})" if spec.choices else ""),
            }
            for name, table in TABLES.items()
            for column, spec in table.columns.items()
        ]
    )
