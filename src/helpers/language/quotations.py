"""Find what stands in quotation marks: paired, nested, unclosed, or running over several paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.language.marks import read_doubled_marks
from helpers.language.sentences import find_words, speech_forms
from helpers.language.spans import Quotation

TITLING = ("titled", "entitled", "headlined", "named", "dubbed", "known", "nicknamed", "termed")
LEADING_TO_NAMES = ("of", "at", "in", "on", "by", "from", "for")
# Who says it, at the end of a paragraph whose quotation lacks its closing mark: «"We warned them, said Moor.»
TOLD_BEHIND = re.compile(
    r", (?:(?P<verb>[a-z]+) (?:[A-Z]|the )[^,.;:!?\"“”]{1,60}|(?:[A-Z]|the )[^,.;:!?\"“”]{1,60}? (?P<cue>\w+))\.?\s*$"
)
LONGEST_BREAK = 90  # characters between two parts of one speech: a name, a verb, a time


def find_quotations(text: str) -> list[Quotation]:
    """Find the outermost quotations of a text, in order.

    Typographic marks pair by their direction, straight ones by their surroundings. A mark left open ends with its
    paragraph; when the next paragraph opens with a mark again, the speaker simply goes on. Single marks count
    where no double ones enclose them and they are no apostrophes.
    """
    found: list[Quotation] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        found.extend(_find_in_paragraph(read_doubled_marks(paragraph.group()), paragraph.start()))
    return found


def _find_in_paragraph(text: str, offset: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    single = False
    for position in range(len(text)):
        if opened is None:
            single = _opens_single(text, position)
            opened = position if single or _opens_double(text, position) else None
        elif (_closes_single if single else _closes_double)(text, position, opened):
            found.append(_make(text, opened, position + 1, offset, True))
            opened = None
    if opened is not None and not single:
        told = TOLD_BEHIND.search(text, opened)
        named = told and (told["verb"] or told["cue"]) in speech_forms()
        found.append(_make(text, opened, told.start() + 1 if named else len(text.rstrip()), offset, False))
    return found


def _opens_double(text: str, position: int) -> bool:
    behind = text[position + 1 : position + 2]
    return text[position] in "“„«" or (text[position] == '"' and behind != "" and not behind.isspace())


def _opens_single(text: str, position: int) -> bool:
    if text[position] not in "‘'" or text[position - 1 : position].isalnum():
        return False
    return text[position + 1 : position + 2].isalnum() and _closes_later(text, position)


def _closes_double(text: str, position: int, opened: int) -> bool:
    return text[position] in "”»" or (text[position] == '"' and text[opened] == '"')


def _closes_single(text: str, position: int, opened: int) -> bool:
    is_mark = text[position] in "’'" and text[position - 1] not in " \t"
    return is_mark and not text[position + 1 : position + 2].isalnum()


def _closes_later(text: str, position: int) -> bool:
    mark = "’" if text[position] == "‘" else "'"
    rest = text[position + 1 : position + 300]
    return any(
        not (rest[i + 1] if i + 1 < len(rest) else " ").isalnum() and rest[i - 1] not in " s"
        for i in range(1, len(rest))
        if rest[i] == mark
    )


def _make(text: str, start: int, end: int, offset: int, closed: bool) -> Quotation:
    inner_start, inner_end = start + 1, end - 1 if closed else end
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quotation(offset + start, offset + end, offset + inner_start, offset + inner_end, closed)


def is_speech(text: str, quotation: Quotation) -> bool:
    """Say whether a quotation gives someone's speech rather than a name, a title or a borrowed word."""
    inner = text[quotation.inner_start : quotation.inner_end]
    before = text[max(0, quotation.start - 14) : quotation.start].rstrip(" ,:").rpartition(" ")[2].casefold()
    if before in TITLING or _is_title(inner) or _is_named_work(text, quotation, before):
        return False
    words = len(find_words(inner))
    if words <= 4 and before in LEADING_TO_NAMES and quotation.closed and inner[-1:] not in ".,!?":
        return False  # «the owner of “Hand made”, a company»
    if words >= 2 and _is_led_to(text, quotation):
        return True
    opens = text[: quotation.start].rstrip(" ")[-1:] in ("", "\n", ".", "!", "?", "”", '"')
    if opens and words and inner[:1].isupper() and inner[-1:] in (",", "!", "?"):
        return True  # «“No,” she said.»
    ends = inner[-1:] in ".,!?…—" or text[quotation.end : quotation.end + 1] in ",."
    return words >= 6 or (words >= 2 and ends and inner[:1].isupper())


def find_speech(text: str, quotations: Sequence[Quotation]) -> list[Quotation]:
    """List the quotations that give speech; one that a speech goes on in after «, she said,» is speech, however short."""
    speech: list[Quotation] = []
    for quotation in quotations:
        between = text[speech[-1].end : quotation.start].rstrip() if speech else ""
        goes_on = text[speech[-1].inner_end - 1] in ",?!—" if speech else False
        if is_speech(text, quotation) or (goes_on and between.endswith((",", ".")) and len(between) < LONGEST_BREAK):
            speech.append(quotation)
    return speech


def _is_title(inner: str) -> bool:
    """Say whether words are set as the title of a work: every longer word of several begins with a capital."""
    longer = [inner[start:end] for start, end in find_words(inner) if end - start > 3]
    return len(longer) >= 3 and all(word[0].isupper() for word in longer) and not inner.isupper()


def _is_led_to(text: str, quotation: Quotation) -> bool:
    """Say whether a verb of speech and a mark stand right before a quotation: «As Voss once said, “terror is theatre”»."""
    lead = text[max(0, quotation.start - 30) : quotation.start].rstrip(" ")
    return lead[-1:] in (",", ":") and lead[:-1].rpartition(" ")[2].casefold() in speech_forms()


def _is_named_work(text: str, quotation: Quotation, before: str) -> bool:
    """Say whether a few capitalised words in the middle of a phrase are a title: «won a prize for “The Fishers,” which»."""
    lead = text[: quotation.start].rstrip(" ")[-1:]
    inner = text[quotation.inner_start : quotation.inner_end]
    words = [inner[start:end] for start, end in find_words(inner)]
    longer = [word for word in words if len(word) > 3]
    in_phrase = lead.isalnum() and before not in speech_forms() and quotation.closed
    capitals = bool(longer) and all(word[0].isupper() for word in [words[0], *longer])
    return in_phrase and capitals and len(words) <= 6 and inner[-1:] not in "!?" and not inner.isupper()
