"""Mailboxes (.mbox): many messages in one file, each an article."""

from __future__ import annotations

import re

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.message import read_email
from helpers.articles.formats.registry import Format

POSTMARK = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S[^\r\n]{0,200}\d{4}[^\r\n]{0,20}\r?\n(?=[\w-]+:)")
QUOTED = re.compile(rb"^>(>*From )", re.M)


def read_mbox(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read every message of a mailbox; one that cannot be read is skipped with its reason."""
    starts = [found.start() for found in POSTMARK.finditer(raw)]
    if not starts:
        raise FormatError("a mailbox without a message")
    if len(starts) > limits.members:
        raise FormatError(f"refused: more than {limits.members:,} messages in it")
    stem = name.partition(".")[0]
    documents: list[Document] = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(raw)], strict=True), 1):
        message = QUOTED.sub(rb"\1", raw[start:end].partition(b"\n")[2])
        try:
            found = read_email(message, name, limits)
        except Exception as error:  # one bad message must not cost the others; its row says what happened
            found = [Document("", skipped=f"message {number}: {' '.join(str(error).split())[:160]}")]
        for document in found:
            document.name = document.name or f"{stem}-{number}"
        documents += found
    return documents


FORMAT = Format(
    "mailboxes", (".mbox", ".mbx"), "one article a message", read_mbox, lambda raw: bool(POSTMARK.match(raw))
)
