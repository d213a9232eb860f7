"""What a reader is asked: one file a prompt and version, the part for the system above a line of `===`, the texts below."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template

FIND, PAIRS, REFUTE, REPAIR = "find-1", "pairs-1", "refute-1", "repair-1"
SEPARATOR = "\n===\n"


@cache
def _load(name: str) -> tuple[str, ...]:
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").strip()
    return tuple(text.split(SEPARATOR))


def make_messages(name: str, **texts: str) -> list[dict[str, str]]:
    """Set texts into a prompt: the messages for system and user."""
    system, user = _load(name)
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": Template(user).substitute(texts)},
    ]


def ask_again(fault: str) -> dict[str, str]:
    """Give the message that asks again for an answer that could not be used."""
    return {"role": "user", "content": Template(_load(REPAIR)[0]).substitute(fault=fault)}
