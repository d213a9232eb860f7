"""Exports as Parquet files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.records.columns import ROWS, count_broken, read_records, refuse_columns
from helpers.articles.formats.registry import Format, begin_with


def read_parquet(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a Parquet file of articles; what its whole groups of rows hold is kept and the rest counted.

    A file that was cut off has lost its table of contents, which stands at the end, and is refused whole.
    """
    try:
        file = parquet.ParquetFile(io.BytesIO(raw))
        groups = range(file.metadata.num_row_groups)
        unpacked = sum(file.metadata.row_group(number).total_byte_size for number in groups)
        if unpacked > limits.size * 10:
            raise FormatError(f"refused: unpacks to {unpacked:,} bytes")
    except (pa.ArrowException, OSError) as error:
        raise FormatError(f"not a whole Parquet file: {str(error).splitlines()[0][:120]}") from None
    records, lost = [], 0
    for number in groups:
        try:
            records += file.read_row_group(number).to_pylist()
        except (pa.ArrowException, OSError, ValueError):
            lost += file.metadata.row_group(number).num_rows
    if not records and not lost:
        return refuse_columns(file.schema_arrow.names, limits)
    return read_records(records, limits) + count_broken(lost, "rows", "a group of rows is damaged", name)


def cut_groups(path: Path, most: int) -> Iterator[dict[str, int]]:
    """Cut a file between its groups of rows, however large they are."""
    yield from ({"row_group": number} for number in range(parquet.ParquetFile(path).metadata.num_row_groups))


FORMAT = Format("exports", (".parquet",), ROWS, read_parquet, begin_with(b"PAR1"), cut_groups)
