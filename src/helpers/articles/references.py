"""Articles by reference: where in which file of a corpus an article lies, so that a story needs no copy of it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from pyarrow import parquet

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.registry import find_format, read_documents
from helpers.store.descriptions import find_referred

Item = TypeVar("Item")
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
    path = find_referred(reference.file, root)
    if reference.row_group is not None:
        buffer = io.BytesIO()
        parquet.write_table(parquet.ParquetFile(path).read_row_group(reference.row_group), buffer)
        return buffer.getvalue()
    end = path.stat().st_size if reference.end is None else reference.end
    length = max(end - (reference.start or 0), 0)
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
    known = find_format(name)
    cut = known.cut if known else None
    yield from (Reference(name, **place) for place in cut(path, most)) if cut else [Reference(name)]


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
    known = find_format(stretch.file)
    part = known.part if known else None
    if part and stretch.start is not None:
        for start, end in part(raw):
            single = Reference(stretch.file, stretch.start + start, stretch.start + end)
            for document in read_reference(single, raw[start:end], limits):
                yield single, raw[start:end], document
        return
    documents = read_reference(stretch, raw, limits)
    alone = len(documents) == 1 and stretch.row_group is None
    for number, document in enumerate(documents):
        record = None if alone else number
        yield Reference(stretch.file, row_group=stretch.row_group, record=record), raw, document
