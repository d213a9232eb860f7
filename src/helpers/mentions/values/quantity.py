"""Numbers of things and measures: "1,200 workers", "12 metres", "more than 40", "twice"."""

from __future__ import annotations

from helpers.language.dictionary import find_word_class
from helpers.language.forms import is_plural, singular
from helpers.language.lexicons import lexicon_index
from helpers.mentions.values.amounts import (
    MOST_WORDS_OF_A_NOUN,
    ROUND_WHOLES,
    Amount,
    Unit,
    after_article,
    put_together,
    read_rate,
)
from helpers.mentions.values.date_grammar import read_date
from helpers.mentions.values.numerals import (
    ARTICLES,
    HYPHENS,
    YEARS,
    Number,
    Tokens,
    load_phrases,
    number_starters,
    read_number,
)
from helpers.mentions.values.periods import Anchor
from helpers.mentions.values.registry import ValueKind

OTHER_THAN_PEOPLE = frozenset({"of", "more", "hundred", "dozen", "thousand", "million", "billion"})
NOT_BEFORE_GROUP = frozenset({"au", "to", "they", "we", "can", "will", "you", "or"})
STANDING = frozenset(
    {"were", "are", "have", "had", "died", "drowned", "perished", "survived", "escaped", "remain", "remained", "who"}
)
DASHES = frozenset({"—", "–"})
LEADING_BACK = frozenset({"the", "those", "these", "all", "both", "past", "last", "next", "first"})
NO_PARTS = frozenset({"way", "time", "star", "wheel", "piece", "step", "course", "letter", "point", "quarter", "run"})
VOTING = frozenset(
    {"vote", "votes", "voted", "voting", "ruling", "ruled", "decision", "passed", "approved", "rejected"}
)
WORDS_TO_VOTE = 8
WORDS_TO_HARM = 8


def _read_own(tokens: Tokens, i: int, anchor: Anchor | None) -> Amount | None:
    return _read_twice(tokens, i) or _read_group(tokens, i) or _read_growth(tokens, i) or _read_vote(tokens, i)


def _read_twice(tokens: Tokens, i: int) -> Amount | None:
    if tokens.word(i) != "twice" or tokens.word(i - 1) in {"think", "once"}:
        return None
    return Amount(i, i + 1, i, "quantity", 2.0, "time", 2.0, 2.0)


def _read_group(tokens: Tokens, i: int) -> Amount | None:
    """Read "the couple", "a trio from Lund" as so many people; "a couple of days" is none."""
    k = i + (tokens.word(i) in ARTICLES)
    row = lexicon_index("groups_of_people").get(tokens.word(k))
    behind = tokens.word(k + 1)
    if row is None or tokens.word(k - 1) in NOT_BEFORE_GROUP or (behind in HYPHENS and tokens.is_glued(k)):
        return None
    is_count = behind in OTHER_THAN_PEOPLE or behind in number_starters() - {"a", "an"} or is_plural(behind)
    is_open = tokens.word(k - 1) in ARTICLES and behind.isalpha() and behind not in lexicon_index("noun_stops")
    if is_count or is_open:
        return None
    value = float(row["value"])
    return Amount(i, k + 1, k, "quantity", value, "person", value, value)


def _read_growth(tokens: Tokens, i: int) -> Amount | None:
    """Read "doubled" and "tripled" as so many times; what is halved is a share."""
    row = lexicon_index("words_of_growth").get(tokens.word(i))
    if row is None or row["unit"] != "time" or tokens.word(i + 1) == "down":
        return None
    value = float(row["value"])
    return put_together(tokens, i, Number(i, i + 1, value, value, value), Unit("quantity", "time", 1, i + 1))


def _read_vote(tokens: Tokens, i: int) -> Amount | None:
    """Read each side of a count of votes: "voted 52-48", "a 5-4 ruling", "passed by 232 to 195"."""
    first = i if _is_joint(tokens, i + 1) else i - 2
    last = first + 2
    if not _is_joint(tokens, first + 1) or _is_joint(tokens, last + 1) or _is_joint(tokens, first - 1):
        return None
    before = tokens.words[max(0, first - WORDS_TO_VOTE) : first]
    near = {
        *before[len(before) - before[::-1].index(".") if "." in before else 0 :],
        *tokens.words[last + 1 : last + 3],
    }
    if VOTING.isdisjoint(near) or tokens.word(last + 1) in {"%", "percent", "per"}:
        return None
    votes = float(tokens.word(i))
    return Amount(i, i + 1, i, "quantity", votes, "vote", votes, votes, "votes")


def _is_joint(tokens: Tokens, k: int) -> bool:
    """Tell whether a hyphen or "to" stands at token k between two plain figures."""
    is_joined = tokens.word(k) == "to" or (tokens.word(k) in HYPHENS and tokens.is_glued(k - 1))
    return is_joined and tokens.word(k - 1).isdigit() and tokens.word(k + 1).isdigit()


def _read_measure(tokens: Tokens, number: Number, j: int, of: bool) -> Unit | None:
    """Read a unit of measure, and what is told by a hyphen: "its 1,200-strong staff", "10-fold"."""
    if of:
        return None
    if j > number.last and tokens.word(j) == "strong":
        return Unit("quantity", None, 1, j + 1)
    if j > number.last and tokens.word(j) == "fold":
        return Unit("quantity", "time", 1, j + 1)
    if j > number.last and _is_part(tokens, number, j):
        return Unit("quantity", tokens.word(j), 1, j + 1, scope=tokens.word(j))
    found = load_phrases("measures").find_from(tokens, j)
    if found is None or (found[1]["glued"] and not tokens.is_glued(j - 1)):
        return None
    return Unit("quantity", found[1]["unit"], 1, found[0])


def _is_part(tokens: Tokens, number: Number, j: int) -> bool:
    """Tell whether a hyphen joins a number to what something has so many of: "a 12-member board", "a 300-page report"."""
    word = tokens.word(j)
    is_noun = "n" in find_word_class(word) and not word.endswith(("ed", "ing")) and tokens.raw(j).islower()
    return is_noun and (number.value or 0) >= 3 and word not in NO_PARTS and not number.is_range


def _read_noun(tokens: Tokens, number: Number, j: int) -> Unit | None:
    """Find the counted noun: the last plural of the words behind the number, up to a word that ends them."""
    is_year = number.is_plain and tokens.is_digits(number.first) and number.value in YEARS
    if is_year and tokens.is_capital(j):
        return None
    if number.value == 1:
        return _read_one(tokens, number, j)
    head = find_counted_noun(tokens, _skip_date(tokens, j))
    if head is not None and tokens.word(head) in lexicon_index("duration_units"):
        return None
    if head is not None:
        scope = tokens.text[tokens.starts[_open_phrase(tokens, j, head)] : tokens.ends[head]]
        return Unit("quantity", singular(tokens.word(head)), 1, number.last, scope, read_rate(tokens, head + 1))
    is_open = number.low != number.high and not number.is_range  # "90 or fewer"
    if not number.is_plain or is_open or _is_bounded(tokens, number) or _follows_harm(tokens, number):
        return Unit("quantity", None, 1, number.last)
    return Unit("quantity", None, 1, number.last) if not is_year and _stands_alone(tokens, number) else None


def _skip_date(tokens: Tokens, j: int) -> int:
    """Go past the day that an event is called by between a number and its noun: "the 14 Aug. 6 castaways"."""
    if tokens.word(j) not in lexicon_index("months") or not tokens.is_capital(j):
        return j
    day = read_date(tokens, j, None)
    return day.last if day is not None else j


def _open_phrase(tokens: Tokens, j: int, head: int) -> int:
    """Find where the words for a counted thing begin: behind articles, owners and the number of all of them."""
    first = skip_whole(tokens, _skip_date(tokens, j))
    owner = max(
        (k for k in range(first, head) if tokens.word(k) == "s" and tokens.word(k - 1) in {"'", "’"}), default=None
    )
    return first if owner is None else owner + 1


def _read_one(tokens: Tokens, number: Number, j: int) -> Unit | None:
    """Read one as a count where harm is told of it: "one girl was killed", "killing one man", "one died"."""
    if tokens.word(number.first - 1) in {"the", "this", "that", "no", "another", "every", "each"}:
        return None
    if _is_harm(tokens.word(j)) or (tokens.word(j) in {"was", "is", "has"} and _is_harm_near(tokens, j)):
        return Unit("quantity", None, 1, number.last)
    head = next((k for k in range(j, j + 3) if _is_single_noun(tokens, k)), None)
    if head is None or not (_is_harm(tokens.word(number.first - 1)) or _is_harm_near(tokens, head + 1)):
        return None
    return Unit("quantity", tokens.word(head), 1, number.last, tokens.text[tokens.starts[j] : tokens.ends[head]])


def _is_single_noun(tokens: Tokens, k: int) -> bool:
    """Tell whether a noun phrase ends at token k, all its words before being no stops."""
    word, behind = tokens.word(k), tokens.word(k + 1)
    is_noun = not {"n", "s"}.isdisjoint(find_word_class(word)) and word not in lexicon_index("noun_stops")
    goes_on = behind.isalpha() and behind not in lexicon_index("noun_stops") and not _is_harm(behind)
    return is_noun and not goes_on and not is_plural(word)


def _is_harm(word: str) -> bool:
    row = lexicon_index("verbs_of_toll").get(word)
    return (row is not None and row["harm"] == "yes") or word in {"died", "dies", "drowned", "perished"}


def _is_harm_near(tokens: Tokens, k: int) -> bool:
    """Tell whether a word of harm follows in the clause: "one man and one woman, were pronounced dead"."""
    for i in range(k, min(k + WORDS_TO_HARM, tokens.size)):
        word, behind = tokens.word(i), tokens.word(i + 1)
        goes_on = (word == "," and behind in {*STANDING, "was", "is"}) or (
            word == "and" and behind in number_starters()
        )
        if word in {",", ".", ";", "and", "but"} and not goes_on:
            return False
        if _is_harm(word):
            return True
    return False


def _stands_alone(tokens: Tokens, number: Number) -> bool:
    """Tell whether a number stands for what it counts: "two of those killed", "three died", "22 hurt", "200 were seen"."""
    before, behind = tokens.word(number.first - 1), tokens.word(number.last)
    if behind in DASHES and before in DASHES:  # "the most — 340 — were killed"
        return tokens.word(number.last + 1) in STANDING or _is_harm(tokens.word(number.last + 1))
    if behind == "of":
        return tokens.word(number.last + 1) in {"those", "them", "these", "whom", "which"}
    if before == "other":  # "the other four blew up the gate"
        return "d" in find_word_class(behind) and behind not in lexicon_index("noun_stops")
    is_back = before in LEADING_BACK or before in lexicon_index("articles_and_possessives")
    return not is_back and (behind in STANDING or _is_harm(behind))


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
    k = skip_whole(tokens, j)
    found, last = None, k + MOST_WORDS_OF_A_NOUN
    while k < min(last, tokens.size) and not tokens.opens_line(k):
        word = tokens.word(k)
        if word in {"'", "’"} and tokens.word(k + 1) == "s" and tokens.is_glued(k):
            found, last, k = None, last + 2, skip_whole(tokens, k + 2)
            continue
        is_joint = (word in HYPHENS or word == ".") and tokens.is_glued(k - 1) and tokens.word(k - 1).isalpha()
        if is_joint:
            k += 1
            continue
        is_full = found is not None and tokens.word(found) not in lexicon_index("attributive_plurals")
        if not word.isalpha() or is_full or _is_stop(tokens, k):
            break
        if _is_counted(tokens, k):
            found = k
        elif found is not None:
            break
        k += 1
    return found


def skip_whole(tokens: Tokens, j: int) -> int:
    """Go past an article or owner, and the number of the whole: "144 of its 578 schools", "two of the three men"."""
    j = after_article(tokens, j)
    j += tokens.word(j) in {"more", "additional"}
    if tokens.words[j : j + 2] == ["some", "of"]:  # "19 of some of the finest people"
        j = after_article(tokens, j + 1)
    whole = read_number(tokens, j) if tokens.word(j) not in ARTICLES else None
    is_share = whole is not None and tokens.word(j - 1) == "of" and whole.value in ROUND_WHOLES
    return whole.last if whole is not None and whole.value is not None and not is_share else j


def _is_stop(tokens: Tokens, k: int) -> bool:
    """Tell a word that ends a noun phrase from an abbreviation in capitals, as US."""
    if tokens.word(k) == "and" and all(_describes(tokens.word(n)) for n in (k - 1, k + 1)):
        return False  # "two blunt and resolute fighters"
    is_short_name = tokens.raw(k).isupper() and len(tokens.word(k)) > 1 and not tokens.raw(k + 1).isupper()
    return tokens.word(k) in lexicon_index("noun_stops") and not is_short_name


def _describes(word: str) -> bool:
    return "a" in find_word_class(word) or (len(word) > 4 and word.endswith(("ed", "ing")))


def _is_counted(tokens: Tokens, k: int) -> bool:
    word = tokens.word(k)
    is_people = word.endswith("is") and lexicon_index("places").get(tokens.raw(k), {}).get("sort") == "demonym"
    return (is_people or is_plural(word)) and not tokens.raw(k).isupper()


def _list_starters() -> frozenset[str]:
    return frozenset({"twice", *lexicon_index("groups_of_people"), *lexicon_index("words_of_growth")})


KIND = ValueKind(
    name="quantity",
    turn=5,
    heading="Numbers",
    measured_heading="Numbers: {}",
    axis="number, as each source gives it",
    grouped_by="scope",
    starters=_list_starters,
    read=_read_own,
    read_unit=_read_measure,
    read_counted=_read_noun,
)
