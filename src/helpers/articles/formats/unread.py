"""Files that no reader takes: what they are, and what their owner can do about it."""

from __future__ import annotations

from pathlib import PurePosixPath

from helpers.language.lexicons import lexicon_index

CONTAINERS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")  # of office programs, whose kinds their endings tell
FIRST = 8192  # bytes by which a kind is told
SURE = 0.3  # confidence of puremagic from which it names a kind
SHOWN = 40  # characters of a kind's name that stand in a reason


def explain_unread(raw: bytes, name: str) -> str:
    """Say in one line what a file is that is not read, by its bytes and else by its name, and what to do."""
    ending = PurePosixPath(name.lower()).suffix.lstrip(".")
    shown = _find_kinds(raw, name)
    believed = [ending, *shown] if not shown or ending in shown or raw.startswith(CONTAINERS) else [*shown]
    row = next(
        (lexicon_index("unread_files")[kind] for kind in believed if kind in lexicon_index("unread_files")), None
    )
    if row:
        return f"{row['what']}, which is not read: {row['advice']}"
    if shown or is_binary(raw):
        what = f"binary ({next(iter(shown.values()))[:SHOWN]})" if shown else "binary"
        return f"{what}, not text: save it as text, HTML, PDF or .docx from the program that made it"
    called = f"a file that ends in .{ending[:12]}" if ending else "a file without an ending"
    return f"{called} is not read as text: name it .txt if it is an article as plain text"


def _find_kinds(raw: bytes, name: str) -> dict[str, str]:
    """Find the kinds that the first bytes of a file show, surest first: their endings and their names."""
    import puremagic  # a folder in which all is read does without it

    try:
        found = puremagic.magic_string(raw[:FIRST], name)
    except (puremagic.PureError, ValueError):
        return {}
    return {match.extension.lstrip("."): match.name or match.extension for match in found if match.confidence >= SURE}


CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
FEWEST, LARGEST_SHARE, HEAD = 16, 0.01, 4000


def is_binary(raw: bytes) -> bool:
    """Say whether bytes are no text: control characters are one in a hundred of all, or one in ten at the head."""
    head = raw[:HEAD]
    in_head, in_all = (len(part) - len(part.translate(None, CONTROLS)) for part in (head, raw))
    return in_head > 0.1 * len(head) or in_all > max(FEWEST, LARGEST_SHARE * len(raw))
