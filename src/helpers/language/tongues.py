"""Which language a text is in, where it is surely not English: the only one that is read."""

from __future__ import annotations

from functools import cache

from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import WORD

ENGLISH_SHARE = 0.2  # share of function words from which a text is English; half of a German text's look-alikes
UNLIKELY = 0.02  # probability of English below which a text is believed to be in another language
ENGLISH = ("en", "sco", "pcm")  # with what headlines in short words are taken for
FEWEST_BYTES = (
    20  # of a text's words that are no names, below which nothing is said; three of them are one sign of Chinese
)
GLANCE, LOOKED_AT = 400, 20_000  # characters in which English is looked for: it mostly shows at once
TELLING = 2_000  # characters by which another language is told
# Closely related languages whose short texts are told apart badly are named together.
TOGETHER = {"da": "Danish or Norwegian", "no": "Danish or Norwegian", "nb": "Danish or Norwegian", "nn": "Norwegian"}


def find_other_language(text: str) -> str | None:
    """Find the language of a text that is surely not in English, by its English name; None where it may be.

    English shows by its function words, at hardly any cost; only a text without them is put to the detector. Names
    are of no language.
    """
    if _reads_as_english(text[:GLANCE]) or _reads_as_english(text[:LOOKED_AT]):
        return None
    words = [word for word in WORD.findall(text[:LOOKED_AT]) if word[0].isalpha() and not word[0].isupper()]
    if sum(len(word.encode("utf-8", "replace")) for word in words) < FEWEST_BYTES:
        return None
    ranked = dict(_load_detector().rank(text[:TELLING]))
    return _name_language(next(iter(ranked))) if sum(ranked.get(code, 0.0) for code in ENGLISH) < UNLIKELY else None


def _reads_as_english(text: str) -> bool:
    words, common = WORD.findall(text), lexicon_index("function_words")
    return sum(word.casefold() in common for word in words) >= ENGLISH_SHARE * len(words)


@cache
def _load_detector():
    """Load the detector when the first text asks for it: in a folder of English articles none does."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _name_language(code: str) -> str:
    from babel import Locale

    return TOGETHER.get(code) or Locale("en").languages.get(code, code)
