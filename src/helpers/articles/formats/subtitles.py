"""Subtitles (.srt, .vtt): what was said, as turns of speech; the times say where a new one begins."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.registry import Format
from helpers.articles.formats.texts import read_text

TIMES = re.compile(
    r"^\s*(?P<start>(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3})\s*-->\s*(?P<end>(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3})(?:\s.*)?$"
)
VOICE = re.compile(r"^<v(?:\.[^\s>]*)?\s+(?P<name>[^>]{1,80})>")
SIGN = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,80}\}")
CHANGE = re.compile(r"^(?:>>+|[-–—])\s*(?=\S)")  # a change of the speaker, as subtitlers mark it
NAMED = re.compile(r"^[A-Z][\w.'’ -]{1,40}: ")
NOISE = re.compile(r"[\[(♪♫*][^\])♪♫*]*[\])♪♫*]$")  # what is heard and not said: music, applause
SILENCE = 2.0  # seconds without a subtitle behind which a new paragraph begins


class Cue(NamedTuple):
    """A subtitle: when it is shown, in seconds, and its lines."""

    start: float
    end: float
    lines: list[str]


def read_subtitles(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read subtitles as one text: a paragraph a turn, with the speaker before it where the subtitles name one."""
    cues = list_cues(read_text(raw, name))
    if not cues:
        raise FormatError("subtitles without a single time: save it as .txt if it is an article")
    return [Document("\n\n".join(join_turns(cues)), origin="the subtitles")]


def list_cues(text: str) -> list[Cue]:
    """List the subtitles of a file; a line that only counts them, settings, notes and styles are none."""
    cues: list[Cue] = []
    open_cue = False
    for line in text.split("\n"):
        times = TIMES.match(line)
        if times:
            cues.append(Cue(_read_time(times["start"]), _read_time(times["end"]), []))
            open_cue = True
        elif not line.strip():
            open_cue = False
        elif open_cue:
            cues[-1].lines.append(line.strip())
    return cues


def _read_time(written: str) -> float:
    seconds = 0.0
    for part in written.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def join_turns(cues: list[Cue]) -> list[str]:
    """Join subtitles to turns: a new one where the speaker changes or nobody spoke; a line that rolls on stands once."""
    turns: list[str] = []
    ended, voice, last = 0.0, "", ""
    for cue in cues:
        for line in cue.lines:
            shown = VOICE.match(line)
            speaker = unescape(shown["name"]).strip() if shown else ""
            words = unescape(SIGN.sub("", line)).strip()
            if not words or words == last or NOISE.match(words):
                continue
            last = words
            changed = (speaker and speaker != voice) or CHANGE.match(words) or NAMED.match(words)
            words = CHANGE.sub("", words)
            if speaker and speaker != voice:
                words = f"{speaker}: {words}"
            voice = speaker or ("" if changed else voice)
            if not turns or changed or cue.start - ended > SILENCE:
                turns.append(words)
            else:
                turns[-1] += f" {words}"
        ended = cue.end
    return turns


def is_subtitles(raw: bytes) -> bool:
    """Say whether a file begins as subtitles do: with their name, or a number and times."""
    head = raw[:300].decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    lines = head.splitlines()[:2]
    return head.startswith("WEBVTT") or (len(lines) == 2 and lines[0].strip().isdigit() and bool(TIMES.match(lines[1])))


FORMAT = Format("subtitles", (".srt", ".vtt"), "one article of turns of speech", read_subtitles, is_subtitles)
