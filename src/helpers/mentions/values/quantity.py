"""Numbers of things and measures: "1,200 workers", "12 metres", "more than 40", "twice"."""

from __future__ import annotations

from helpers.language.forms import is_plural, singular
from helpers.language.lexicons import lexicon_index
from helpers.mentions.values.amounts import MOST_WORDS_OF_A_NOUN, Amount, Unit, after_article
from helpers.mentions.values.numerals import HYPHENS, YEARS, Number, Tokens, load_phrases
from helpers.mentions.values.periods import Anchor
from helpers.mentions.values.registry import ValueKind


def _read_twice(tokens: Tokens, i: int, anchor: Anchor | None) -> Amount | None:
    if tokens.word(i) != "twice" or tokens.word(i - 1) in {"think", "once"}:
        return None
    return Amount(i, i + 1, i, "quantity", 2.0, "time", 2.0, 2.0)


def _read_measure(tokens: Tokens, number: Number, j: int, of: bool) -> Unit | None:
    """Read a unit of measure, and what is told by a hyphen: "its 1,200-strong staff", "10-fold"."""
    if of:
        return None
    if j > number.last and tokens.word(j) == "strong":
        return Unit("quantity", None, 1, j + 1)
    if j > number.last and tokens.word(j) == "fold":
        return Unit("quantity", "time", 1, j + 1)
    found = load_phrases("measures").find_from(tokens, j)
    if found is None or (found[1]["glued"] and not tokens.is_glued(j - 1)):
        return None
    return Unit("quantity", found[1]["unit"], 1, found[0])


def _read_noun(tokens: Tokens, number: Number, j: int) -> Unit | None:
    """Find the counted noun: the last plural of the words behind the number, up to a word that ends them."""
    is_year = number.is_plain and tokens.is_digits(number.first) and number.value in YEARS
    if number.value == 1 or (is_year and tokens.is_capital(j)):
        return None
    head = find_counted_noun(tokens, j)
    if head is not None and tokens.word(head) in lexicon_index("duration_units"):
        return None
    if head is not None:
        scope = tokens.text[tokens.starts[after_article(tokens, j)] : tokens.ends[head]]
        return Unit("quantity", singular(tokens.word(head)), 1, number.last, scope=scope)
    if not number.is_plain or _is_bounded(tokens, number) or _follows_harm(tokens, number):
        return Unit("quantity", None, 1, number.last)
    return None


def _is_bounded(tokens: Tokens, number: Number) -> bool:
    """Tell whether "more than" or "at least" stands before a bare number; "over 9" and "about 5" may be times or notes."""
    found = load_phrases("approximators", "place", "before").find_before(tokens, number.first)
    return found is not None and number.first - found[0] > 1


def _follows_harm(tokens: Tokens, number: Number) -> bool:
    """Tell whether a bare number is what a verb of harm or arrest counts: "killed 25 and wounded seven"."""
    words = tokens.words[max(0, number.first - 6) : number.first]
    if "toll" in words and words[-1] in {"to", "at", "of", "past", "reached", "is", "was", "stands"}:
        return not tokens.is_digits(number.last)
    return tokens.word(number.first - 1) in lexicon_index("verbs_of_toll") and not tokens.raw(number.last)[:1].isupper()


def find_counted_noun(tokens: Tokens, j: int) -> int | None:
    """Find the place of the plural noun that a number before token j counts."""
    stops = lexicon_index("noun_stops")
    j = after_article(tokens, j)
    j += tokens.word(j) in {"more", "additional"}
    found = None
    for k in range(j, min(j + MOST_WORDS_OF_A_NOUN, tokens.size)):
        word = tokens.word(k)
        if word in stops or tokens.opens_line(k):
            break
        if not word.isalpha():
            if (word in HYPHENS or word == ".") and tokens.is_glued(k - 1) and tokens.word(k - 1).isalpha():
                continue
            break
        is_people = word.endswith("is") and lexicon_index("places").get(tokens.raw(k), {}).get("sort") == "demonym"
        if found is not None and tokens.word(found) not in lexicon_index("attributive_plurals"):
            break
        if (is_people or is_plural(word)) and not tokens.raw(k).isupper():
            found = k
        elif found is not None:
            break
    return found


def _list_starters() -> frozenset[str]:
    return frozenset({"twice"})


KIND = ValueKind(
    name="quantity",
    turn=4,
    heading="Numbers",
    measured_heading="Numbers: {}",
    axis="number, as each source gives it",
    grouped_by="scope",
    starters=_list_starters,
    read=_read_twice,
    read_unit=_read_measure,
    read_counted=_read_noun,
)
