"""Every request to a reader and its answer, kept beside the story: a run with records needs no network and gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from helpers.readings.form import ReadingError
from helpers.store.files import read_json, write_json

FORMAT = 1
FOLDER = "records"  # in the folder of readings
JOURNAL = ".asking.json"  # which records an ask that is under way has made anew


@dataclass(frozen=True)
class Request:
    """What a model is asked: the version of the prompt, the parameters, and the messages with the texts."""

    model: str
    prompt: str
    messages: list[dict[str, str]]
    answer: str  # definition of the schema that the answer keeps to
    parameters: dict[str, object] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The digest of model, version of the prompt, parameters and texts, by which a record is found again."""
        return _digest(self.describe())

    def describe(self) -> dict[str, object]:
        """Give what the digest is made of."""
        return {
            "model": self.model, "prompt": self.prompt, "parameters": self.parameters, "answer": self.answer,
            "messages": self.messages,
        }  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a model said: its text, where and when, and how many tokens went in and out."""

    text: str
    where: str
    when: str
    tokens_in: int
    tokens_out: int


def _digest(described: dict) -> str:
    text = json.dumps(described, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Records:
    """The records of one story; `folder` is that of its readings."""

    def __init__(self, folder: Path):
        self.folder = folder / FOLDER

    def find(self, request: Request) -> Answer | None:
        """Find the answer to a request; None where there is none, or where the record is not what its name says."""
        kept = read_json(self._place(request))
        if kept.get("format") != FORMAT or kept.get("request") != request.describe():
            return None
        try:
            return Answer(**kept["answer"])
        except (KeyError, TypeError):
            return None

    def keep(self, request: Request, answer: Answer) -> None:
        """Keep a request with its answer, whole or not at all. Raises ReadingError where it cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_json(self._place(request), {"format": FORMAT, "request": request.describe(), "answer": vars(answer)})
        except OSError as error:
            raise ReadingError(f"the answer cannot be kept in {self.folder.name}: {error.strerror}") from None

    def _place(self, request: Request) -> Path:
        return self.folder / f"{request.digest[:32]}.json"

    def begin_anew(self) -> set[str]:
        """Begin to ask anew, or go on where a killed ask ended: the digests that it has answers to already."""
        return set(read_json(self.folder / JOURNAL).get("answered", []))

    def note(self, answered: set[str]) -> None:
        """Note what an ask under way has answers to."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_json(self.folder / JOURNAL, {"answered": sorted(answered)})

    def end(self) -> None:
        """Note that an ask is over."""
        (self.folder / JOURNAL).unlink(missing_ok=True)
