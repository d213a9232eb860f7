"""Bytes to text: each file is decoded once, here, and what could not be decoded is counted."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
REPLACEMENT = "\ufffd"
FEWEST_UNITS = 8  # two-byte units from which zeros tell UTF-16
ASCII = "".join(map(chr, range(0x20, 0x7F))) + "+AGE-"  # with what UTF-7 would read into it
DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""", re.I)
# Letters of single-byte encodings where English text has them: quotation marks, dashes and the like.
CP1252_MARKS = bytes([0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97])
MAC_MARKS = bytes([0xC9, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5])
# UTF-8 that someone read as cp1252 and saved again: noted, not repaired, since quotations are evidence.
MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf]|â€[\u0090-\u00bf˜™œ\u009d“”]")


class Decoded(NamedTuple):
    """A text, the encoding that gave it, and how many characters had to be replaced."""

    text: str
    encoding: str
    replaced: int


def decode_bytes(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode a file: byte-order mark, declared charset, UTF-8, and only where most of it is no UTF-8 a single-byte guess.

    `declared` is the charset that came with the bytes (a header), which goes before one that stands in them.
    A byte that does not fit is replaced alone (U+FFFD) and counted, as are NULs; line ends become ``\\n``; nothing
    else changes.
    """
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _finish(raw[len(mark) :].decode(encoding, "replace"), encoding)
    encoding = _find_wide_encoding(raw) or _choose_encoding(raw, declared)
    return _finish(raw.decode(encoding, "replace"), encoding)


def _find_wide_encoding(raw: bytes) -> str | None:
    """Recognise UTF-16 without a byte-order mark: in Western text every second byte is zero."""
    even, odd = raw[:400:2], raw[1:400:2]
    if len(odd) < FEWEST_UNITS:
        return None
    zeros = even.count(0) / len(even), odd.count(0) / len(odd)
    if max(zeros) < 0.4 or min(zeros) > 0.1:
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _choose_encoding(raw: bytes, outside: str | None = None) -> str:
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    bad = raw.decode("utf-8", "replace").count(REPLACEMENT)
    good = sum(1 for char in raw.decode("utf-8", "ignore") if ord(char) > 127)
    if good > bad:
        return "utf-8"
    inside = DECLARED.search(raw[:4096])
    for name in (outside, (inside.group(1) or inside.group(2)).decode("ascii") if inside else None):
        encoding = _find_encoding(name) if name else None
        if encoding and not encoding.startswith("utf"):
            return encoding
    windows = sum(raw.count(byte) for byte in CP1252_MARKS)
    mac = sum(raw.count(byte) for byte in MAC_MARKS)
    if mac > windows:
        return "mac_roman"
    # One stray byte in a plain ASCII text is a broken character, not another encoding.
    return "cp1252" if windows or bad > 1 else "utf-8"


def _find_encoding(name: str) -> str | None:
    """Give the encoding that a declared name stands for; None for one that is unknown or does not hold ASCII as such.

    As browsers do, Latin-1 and ASCII are read as the cp1252 that pages mean by them.
    """
    try:
        found = codecs.lookup(name).name
        if found.endswith("escape") or ASCII.encode("ascii").decode(found) != ASCII:
            return None
    except (LookupError, UnicodeError, ValueError):
        return None
    return "cp1252" if found in ("iso8859-1", "ascii") else found


def _finish(text: str, encoding: str) -> Decoded:
    text = clean_text(text)
    return Decoded(text, encoding, text.count(REPLACEMENT))


def clean_text(text: str) -> str:
    """Replace what no table can hold (NUL, lone surrogates) by U+FFFD and bring line ends to ``\\n``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", REPLACEMENT)
    return text if text.isascii() else re.sub("[\ud800-\udfff]", REPLACEMENT, text)


def count_mojibake(text: str) -> int:
    """Count the places where UTF-8 was once read as cp1252 and saved so."""
    if text.isascii():
        return 0
    return len(MOJIBAKE.findall(text))
