"""Articles by reference: where in which file of a corpus an article lies, so that a story needs no copy of it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from fastwarc.warc import ArchiveIterator
from pyarrow import parquet

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.read import read_documents

Item = TypeVar("Item")
LINES = (".jsonl", ".ndjson")
ARCHIVES = (".warc", ".warc.gz")
PLACES = ("start", "end", "row_group", "record")
KNOWN = ("source", "byline", "title", "published", "published_precision")  # what an entry may say of its article


@dataclass(frozen=True)
class Reference:
    """Where an article lies: the file, relative to the root, and in a file of many its bytes, row group or number."""

    file: str
    start: int | None = None
    end: int | None = None
    row_group: int | None = None
    record: int | None = None

    @classmethod
    def from_yaml(cls, given: object) -> Reference:
        """Read the place out of one entry of `references` in a story.yaml; raises FormatError where it is none."""
        if not isinstance(given, dict) or not isinstance(given.get("file"), str):
            raise FormatError(f"no reference: {str(given)[:80]!r}; `file` is missing")
        unknown = sorted(map(str, set(given) - {"file", *PLACES, *KNOWN}))
        places = {name: given[name] for name in PLACES if name in given}
        if unknown or not all(type(value) is int and value >= 0 for value in places.values()):
            raise FormatError(f"no reference: {str(given)[:80]!r}; places are whole numbers: {', '.join(PLACES)}")
        return cls(given["file"], **places)

    def to_yaml(self) -> dict[str, object]:
        """Give the entry for a story.yaml, without what is not said."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def read_bytes(reference: Reference, root: Path, size_limit: int) -> bytes:
    """Read the bytes of a reference: the file, or the stretch of it; a row group is read as a file of its own."""
    path = root / reference.file
    if reference.row_group is not None:
        buffer = io.BytesIO()
        parquet.write_table(parquet.ParquetFile(path).read_row_group(reference.row_group), buffer)
        return buffer.getvalue()
    length = path.stat().st_size if reference.end is None else reference.end - (reference.start or 0)
    if length > size_limit:
        raise FormatError(f"larger than the limit of {size_limit:,} bytes")
    with path.open("rb") as file:
        file.seek(reference.start or 0)
        return file.read(length)


def read_reference(reference: Reference, raw: bytes, limits: Limits) -> list[Document]:
    """Read the article that a reference points to, out of its bytes; raises FormatError where there is none."""
    documents = read_documents(raw, Path(reference.file).name, limits)
    if reference.record is None:
        return documents
    if reference.record >= len(documents):
        raise FormatError(f"there is no article {reference.record} in it")
    return [documents[reference.record]]


def cut_file(path: Path, root: Path, most: int) -> Iterator[Reference]:
    """Cut a file of many articles into stretches of about `most` bytes that can be read alone; others stay whole."""
    name = path.relative_to(root).as_posix()
    ending = path.name.lower()
    if ending.endswith(LINES):
        yield from (Reference(name, start, end) for start, end in _cut_lines(path, most))
    elif ending.endswith(".parquet"):
        groups = parquet.ParquetFile(path).metadata.num_row_groups
        yield from (Reference(name, row_group=number) for number in range(groups))
    elif ending.endswith(ARCHIVES):
        yield from (Reference(name, start, end) for start, end in _cut_archive(path, most))
    else:
        yield Reference(name)


def _cut_lines(path: Path, most: int) -> Iterator[tuple[int, int]]:
    size = path.stat().st_size
    with path.open("rb") as file:
        start = 0
        while start < size:
            file.seek(min(start + most, size))
            file.readline()
            yield start, file.tell()
            start = file.tell()


def _cut_archive(path: Path, most: int) -> Iterator[tuple[int, int]]:
    size = path.stat().st_size
    with path.open("rb") as file:
        start = 0
        with suppress(Exception):  # a torn end: what lies before it can be read, and the last stretch will say so
            for record in ArchiveIterator(file, parse_http=False):
                if record.stream_pos - start >= most:
                    yield start, record.stream_pos
                    start = record.stream_pos
    yield start, size


def pack_by_size(items: Iterable[tuple[Item, int]], most: int) -> list[tuple[Item, ...]]:
    """Pack things, each given with its bytes, in their order into parcels of about `most` bytes; none is ever cut."""
    parcels: list[tuple[Item, ...]] = []
    parcel: list[Item] = []
    size = 0
    for item, length in items:
        if parcel and size + length > most:
            parcels.append(tuple(parcel))
            parcel, size = [], 0
        parcel.append(item)
        size += length
    return [*parcels, tuple(parcel)] if parcel else parcels


def list_articles(stretch: Reference, raw: bytes, limits: Limits) -> Iterator[tuple[Reference, bytes, Document]]:
    """List the articles of a stretch, each with a reference that leads to it alone, and the bytes of that."""
    ending = stretch.file.lower()
    if ending.endswith(LINES) and stretch.start is not None:
        place = stretch.start
        for line in io.BytesIO(raw):
            if line.strip():
                single = Reference(stretch.file, place, place + len(line))
                yield from ((single, line, document) for document in read_reference(single, line, limits))
            place += len(line)
    elif stretch.row_group is not None:
        for number, document in enumerate(read_reference(stretch, raw, limits)):
            yield Reference(stretch.file, row_group=stretch.row_group, record=number), raw, document
    elif ending.endswith(ARCHIVES) and stretch.start is not None:
        for start, end in _list_records(raw):
            single = Reference(stretch.file, stretch.start + start, stretch.start + end)
            for document in read_reference(single, raw[start:end], limits):
                yield single, raw[start:end], document
    else:
        documents = read_reference(stretch, raw, limits)
        for number, document in enumerate(documents):
            yield Reference(stretch.file, record=number if len(documents) > 1 else None), raw, document


def _list_records(raw: bytes) -> Iterator[tuple[int, int]]:
    places: list[int] = []
    with suppress(Exception):  # a torn end belongs to the last record that began
        places.extend(record.stream_pos for record in ArchiveIterator(io.BytesIO(raw), parse_http=False))
    yield from zip(places, [*places[1:], len(raw)], strict=True)
