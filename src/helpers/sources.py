"""Publishers and agencies: one key for one publisher's spellings, a flag for look-alikes, the agency that is credited."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from helpers.lexicons import load_lexicon

HEAD = 600
TAIL = 400


def make_source_key(source: str) -> str:
    """Fold a publisher's name, masthead or domain to one key: "The Example Post", "example post", "www.example-post.com"."""
    folded = unicodedata.normalize("NFKC", source)
    folded = "".join(char for char in folded if unicodedata.category(char) != "Cf").casefold().strip()
    folded = re.sub(r"^(?:https?://)?(?:www\.|m\.|amp\.)?(?=[\w-]+\.)", "", folded).partition("/")[0]
    folded = re.sub(r"(?<=\w)\.(?:com|org|net|info|news|co)?(?:\.[a-z]{2})?$", "", folded)
    return re.sub(r"[\W_]+", "", re.sub(r"^the\s+|^the-", "", folded))


def find_look_alike(source: str) -> str | None:
    """Say what is odd in a publisher's name that mixes scripts or hides characters; None where nothing is."""
    scripts = {unicodedata.name(char, "?").split()[0] for char in source if char.isalpha()}
    hidden = sum(unicodedata.category(char) == "Cf" for char in source)
    if hidden:
        return f"the publisher's name holds {hidden} invisible characters"
    mixed = scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
    if len(mixed) > 1:
        return f"the publisher's name mixes alphabets ({', '.join(sorted(mixed)).lower()}): a look-alike?"
    return None


@cache
def _compile_agencies() -> tuple[tuple[str, str, tuple[re.Pattern, ...]], ...]:
    found = []
    for row in load_lexicon("agencies"):
        name = row["entry"]
        flags = re.I if len(name) > 4 else 0
        patterns = (
            rf"^[^\n]{{0,60}}\((?:the )?{re.escape(name)}\)\s*(?::|—|–|--?)",
            rf"^By [^\n]{{3,60}}(?:,| of| \|)\s*(?:the )?{re.escape(name)}$",
            rf"\b(?:the )?{re.escape(name)} contributed to this (?:report|story|article)\b",
            rf"^\W*(?:source:|—|–|with|by|\()\s*(?:the )?{re.escape(name)}\)?\W*$",
        )
        found.append((name.casefold(), row["name"], tuple(re.compile(pattern, re.M | flags) for pattern in patterns)))
    return tuple(found)


def find_agency_credit(text: str) -> str | None:
    """Find the agency that an article credits as its origin, at its head or its end; pictures' credits do not count."""
    ends = (text[:HEAD], text[-TAIL:] if len(text) > HEAD else "")
    folded = "\n".join(ends).casefold()
    for entry, name, patterns in _compile_agencies():
        # Most texts name no agency at all: a plain search spares them the patterns.
        if entry in folded and any(pattern.search(end) for end in ends for pattern in patterns):
            return name
    return None
