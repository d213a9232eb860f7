"""Dates in running text as intervals of days: absolute, bounded ("by 2015"), and relative to the day of publication."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from helpers.language.dictionary import find_word_class
from helpers.language.forms import is_plural
from helpers.language.lexicons import lexicon_index
from helpers.language.polarity import is_negation
from helpers.mentions.values.numerals import HYPHENS, Tokens, load_phrases
from helpers.mentions.values.periods import (
    Anchor,
    month_days,
    part_of,
    season_days,
    shift_period,
    year_days,
    years_days,
)

FIRST_YEAR, LAST_YEAR = 1500, 2150
NEAR_DAYS = 300  # a day named without its year lies this near to publication, or it stays unknown
QUARTER_DAYS = 92  # a month that ended less than this ago is hardly called last year's or this year's without doubt
SOON_DAYS = 60  # without a word on the future, one that lies ahead is this near, and the last one long ago
LONG_DAYS = 180  # one that has been is doubtful when it is longer ago than this and the next is much nearer
WORDS_OF_A_CUE = 6
WORDS_BEHIND = 4
WORDS_TO_A_VERB = 12
WORDS_TO_NEGATION = 14
YEAR_INFERRED = "year from the publication date"
Interval = tuple[date | None, date | None]


@dataclass(frozen=True)
class Dated:
    """A date at the tokens [first, last): the days it allows, both included, None where open or unknown.

    `partial` says what is known of an unresolved one ("XXXX-08-09", "XXXX-WXX-2"); `shift` asks for a date told before.
    """

    first: int
    last: int
    start: date | None = None
    end: date | None = None
    partial: str | None = None
    why: str | None = None
    core: int | None = None
    shift: tuple[str, int] | None = None

    @property
    def is_resolved(self) -> bool:
        return self.start is not None or self.end is not None


def make_anchor(published: object, precision: str | None) -> Anchor | None:
    """Give the days that `published` allows under its precision (day, month or year); None where it is unknown."""
    if published is None or published != published:
        return None
    day = date(published.year, published.month, published.day)
    if precision == "year":
        return Anchor(date(day.year, 1, 1), date(day.year, 12, 31))
    if precision == "month":
        return Anchor(*month_days(day.year, day.month))
    return Anchor(day, day)


def read_date(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read the date that begins at token i, with the words that bound it; None where there is none."""
    found = _read_one(tokens, i, anchor)
    if found is None:
        return None
    found = _read_range(tokens, found, anchor)
    return _bound(tokens, _read_week(tokens, found))


def _read_week(tokens: Tokens, found: Dated) -> Dated:
    """Read "the week of March 4" and "the week ending March 10" as the seven days meant."""
    before = tokens.words[max(0, found.first - 2) : found.first]
    if len(before) < 2 or before[0] != "week" or found.start is None or found.start != found.end:
        return found
    day, first = found.start, found.first - 2 - (tokens.word(found.first - 3) == "the")
    core = found.core if found.core is not None else found.first
    if before[1] == "of":
        start = day - timedelta(days=day.weekday())
    elif before[1] in {"beginning", "starting", "from", "commencing"}:
        start = day
    elif before[1] in {"ending", "ended", "to"}:
        start = day - timedelta(days=6)
    else:
        return found
    return replace(found, first=first, core=core, start=start, end=start + timedelta(days=6))


@cache
def date_starters() -> frozenset[str]:
    """Give the words with which a date that does not begin in figures can begin."""
    parts = {"early", "mid", "late", "beginning", "end", "middle", "start", "first", "second", "third", "fourth", "q"}
    return frozenset(
        {
            *lexicon_index("months"),
            *lexicon_index("weekdays"),
            *lexicon_index("seasons"),
            *load_phrases("relative_dates").first,
            *load_phrases("anaphoric_dates").first,
            *parts,
            *load_phrases("holidays").first,
            "last",
            "fifth",
            "fy",
            "fiscal",
            "financial",
        }
    )


def _read_one(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    for reader in (
        _read_nth,
        _read_day_of_month,
        _read_numeric,
        _read_calendar,
        _read_weekday,
        _read_relative,
        _read_season,
        _read_part,
        _read_holiday,
        _read_fiscal_year,
        _read_century,
        _read_decade,
        _read_split_year,
        _read_year,
    ):
        found = reader(tokens, i, anchor)
        if found is not None:
            return found
    return None


UP_TO = ("to", "until", "till", "through")  # words between the two ends of a range

# Absolute dates


def _read_numeric(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read 2014-08-04, 4.8.2014 and 04/08/2014; the last stays unknown where day and month can be exchanged."""
    sign = tokens.word(i + 1)
    if not tokens.is_digits(i) or (sign not in {"-", "/", "."} and "." not in tokens.word(i)):
        return None
    parts, last = _split_figures(tokens, i)
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    if len(parts[0]) == 4:
        return _day(i, last, int(parts[0]), int(parts[1]), int(parts[2]))
    if len(parts[2]) not in {2, 4} or (len(parts[2]) == 2 and sign != "/"):
        return None
    one, two, year = map(int, parts)
    year += 2000 if len(parts[2]) == 2 else 0
    readings = {(one, two)} if sign not in {"/", "-"} else {(one, two), (two, one)}
    days = [found for day, month in sorted(readings) if (found := _day(i, last, year, month, day))]
    if len(days) == 2:
        return Dated(i, last, why="day and month cannot be told apart")
    return days[0] if days else None


def _split_figures(tokens: Tokens, i: int) -> tuple[list[str], int]:
    """Split the figures that points, strokes or hyphens join from token i on, and give the place behind them."""
    end = i
    while tokens.is_glued(end) and (tokens.is_digits(end + 1) or tokens.word(end + 1) in {"-", "/", "."}):
        end += 1
    written = tokens.text[tokens.starts[i] : tokens.ends[end]].rstrip(".")
    return written.replace("/", "-").replace(".", "-").split("-"), end if tokens.word(end) == "." else end + 1


def _day(first: int, last: int, year: int, month: int, day: int, core: int | None = None) -> Dated | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return Dated(first, last, date(year, month, day), date(year, month, day), core=core)


def _read_calendar(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read a day, a month or both by the month's name, before or after the day, with or without the year."""
    if tokens.is_digits(i):
        days = _read_days(tokens, i)
        if days is not None and _is_month(tokens, days[1], dated=True):
            return _spread(_read_calendar(tokens, days[1] - 1, anchor), i, _read_day(tokens, i))
        day, k = _read_day(tokens, i), _skip_ordinal(tokens, i + 1)
        k += tokens.word(k) == "of"
        if day is None or not _is_month(tokens, k, dated=True) or _counts_of_a_day(tokens, i, k):
            return None
        return _complete(
            tokens, i, _skip_point(tokens, k), int(lexicon_index("months")[tokens.word(k)]["month"]), day, anchor
        )
    if not _is_month(tokens, i):
        return None
    month = int(lexicon_index("months")[tokens.word(i)]["month"])
    k = _skip_point(tokens, i)
    day = _read_day(tokens, k) if tokens.is_digits(k) else None
    days = _read_days(tokens, k) if day is not None else None
    if days is not None:
        whole = _complete(tokens, i, days[1], month, _read_day(tokens, days[1] - 1), anchor)
        return _spread(whole, i, day)
    if day is not None:
        return _complete(tokens, i, _skip_ordinal(tokens, k + 1), month, day, anchor)
    return _complete(tokens, i, k, month, None, anchor)


def _counts_of_a_day(tokens: Tokens, i: int, month: int) -> bool:
    """Tell "the 19 Sept. 11 hijackers" from "on 19 Sept. 11 people": which of two figures around a month is its day."""
    k = _skip_point(tokens, month)
    is_day = tokens.is_digits(k) and _read_day(tokens, k) is not None
    is_dated = tokens.word(i - 1) in {"on", "since", "until", "by", "from", "before", "after", "dated"}
    return is_day and not is_dated and tokens.raw(k + 1).islower() and tokens.word(k + 1).isalpha()


def _read_days(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read the two days of "5-7 June": their first place and the place behind them."""
    is_joined = tokens.word(i + 1) in HYPHENS and tokens.is_glued(i) and tokens.is_glued(i + 1)
    if not is_joined or tokens.word(i + 3) in HYPHENS:
        return None
    first, last = _read_day(tokens, i), _read_day(tokens, i + 2)
    return (i, i + 3) if first is not None and last is not None and first < last else None


def _spread(whole: Dated | None, first: int, day: int) -> Dated | None:
    """Let a date begin on an earlier day of its month."""
    if whole is None or whole.start is None:
        return whole and replace(whole, first=first, partial=None)
    return replace(whole, first=first, start=whole.start.replace(day=day))


def _skip_point(tokens: Tokens, i: int) -> int:
    """Go past a month's name, with the full stop of its abbreviation."""
    abbreviated = len(tokens.word(i)) <= 4 and tokens.word(i) not in {"may", "june", "july"}
    return i + 2 if abbreviated and tokens.word(i + 1) == "." and tokens.is_glued(i) else i + 1


def _read_day(tokens: Tokens, i: int) -> int | None:
    word = tokens.word(i)
    if not word.isdigit() or len(word) > 2 or not 1 <= int(word) <= 31:
        return None
    behind = tokens.word(i + 1)
    is_clock = behind == ":" and tokens.is_glued(i + 1) and tokens.is_digits(i + 2)
    is_other = (behind.isalpha() and behind not in {"st", "nd", "rd", "th"}) or behind in {"%", "/"}
    if tokens.is_glued(i) and (is_clock or is_other):
        return None
    return int(word)


def _skip_ordinal(tokens: Tokens, i: int) -> int:
    return i + 1 if tokens.word(i) in {"st", "nd", "rd", "th"} and tokens.is_glued(i - 1) else i


def _is_month(tokens: Tokens, i: int, dated: bool = False) -> bool:
    """Tell the month from the verb, the protest and the person: "in May", "May 2014", not "may sell" or "Nora May"."""
    row = lexicon_index("months").get(tokens.word(i))
    if row is None or not tokens.raw(i)[:1].isupper():
        return False
    k = _skip_point(tokens, i)
    if dated or _has_day_or_year(tokens, k):
        return True
    before = tokens.word(i - 1)
    is_full = len(tokens.word(i)) > 4 or tokens.word(i) in {"may", "june", "july"}
    if before in lexicon_index("date_prepositions") or before in HYPHENS:
        return (is_full or tokens.word(i + 1) == ".") and not _is_named(tokens, k)
    if not is_full or row["ambiguous"]:
        return _is_attribute_or_of_year(tokens, i, k, is_full)
    return not _is_named(tokens, k) and not (tokens.is_capital(i - 1) and not tokens.opens_sentence(i - 1))


def _has_day_or_year(tokens: Tokens, k: int) -> bool:
    if tokens.is_digits(k):
        return _read_day(tokens, k) is not None or _year_at(tokens, k) is not None
    return tokens.word(k) == "," and _year_at(tokens, k + 1) is not None


def _is_attribute_or_of_year(tokens: Tokens, i: int, k: int, is_full: bool) -> bool:
    """Tell whether a word that may be no month describes a noun, "the May vote", or a year is named: "May last year"."""
    is_led = tokens.word(i - 1) in {"the", "a", "an", "its", "his", "her", "their", "s"}
    if is_full and is_led and tokens.word(k).isalpha() and tokens.word(k) not in lexicon_index("noun_stops"):
        return not _is_named(tokens, k)
    return tokens.word(k) in {"last", "this", "next"} and tokens.word(k + 1) == "year"


def _is_named(tokens: Tokens, k: int) -> bool:
    """Tell whether a capital follows directly, as in "April Roe" or "March Madness"."""
    return tokens.raw(k)[:1].isupper() and tokens.word(k) not in lexicon_index("months") and not tokens.opens_line(k)


def _year_at(tokens: Tokens, i: int) -> int | None:
    word = tokens.word(i)
    if len(word) == 4 and word.isdigit() and FIRST_YEAR <= int(word) <= LAST_YEAR:
        behind = tokens.word(i + 1)
        if not (tokens.is_glued(i) and (behind.isalpha() or behind in {"%", "/", ":"})):
            return int(word)
    return None


def _complete(tokens: Tokens, first: int, k: int, month: int, day: int | None, anchor: Anchor | None) -> Dated | None:
    """Find the year of a day or a month: behind it, from "last year", or from the day of publication."""
    place = k + 1 if tokens.word(k) == "," else k
    place += tokens.word(place) in {"of", "in"}
    year = _year_at(tokens, place)
    if year is not None:
        return _of_year(first, place + 1, year, month, day)
    shift = {"last": -1, "this": 0, "next": 1}.get(tokens.word(place))
    if shift is not None and tokens.word(place + 1) == "year":
        if anchor is None or anchor.first.year != anchor.last.year:
            return Dated(first, place + 2, partial=_partial(month, day), why="publication date unknown")
        return _of_year(first, place + 2, anchor.first.year + shift, month, day)
    year = _find_shared_year(tokens, k)
    if year is not None:
        return _of_year(first, k, year, month, day)
    return _without_year(tokens, first, k, month, day, anchor)


def _find_shared_year(tokens: Tokens, k: int) -> int | None:
    """Find the year that a month shares with the next one: "in May and June 2012"."""
    if tokens.word(k) not in {"and", "or"} or not _is_month(tokens, k + 1, dated=True):
        return None
    behind = _skip_point(tokens, k + 1)
    behind += tokens.is_digits(behind) and _read_day(tokens, behind) is not None
    return _year_at(tokens, behind + (tokens.word(behind) == ","))


def _partial(month: int, day: int | None) -> str:
    return f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")


def _of_year(first: int, last: int, year: int, month: int, day: int | None) -> Dated | None:
    if day is not None:
        return _day(first, last, year, month, day)
    return Dated(first, last, *month_days(year, month))


def _without_year(tokens: Tokens, first: int, last: int, month: int, day: int | None, anchor: Anchor | None) -> Dated:
    unknown = Dated(first, last, partial=_partial(month, day))
    named = lexicon_index("named_days").get(f"{month}-{day}")
    if named is not None:
        return replace(unknown, why=f"no year given; may name an event: {named['event']}")
    if anchor is None:
        return replace(unknown, why="no year given and publication date unknown")
    toward = {"last": -1, "this": 0, "next": 1}.get(tokens.word(first - 1))
    if toward is not None:
        unknown = replace(unknown, first=first - 1, core=first)
    candidates = {_nearest(tokens, first, last, month, day, edge, toward) for edge in anchor}
    if len(candidates) > 1 or None in candidates:
        return replace(unknown, why="no year given; more than one would fit the publication date")
    start, end = candidates.pop()
    why = YEAR_INFERRED if toward is None else "from the publication date"
    return replace(unknown, start=start, end=end, partial=None, why=why)


def _nearest(
    tokens: Tokens, first: int, last: int, month: int, day: int | None, edge: date, toward: int | None
) -> Interval | None:
    """Choose the year of a day or month: the latest before publication, or the next where the words look ahead."""
    spans = list(filter(None, (_span(year, month, day) for year in range(edge.year - 1, edge.year + 2))))
    past = [span for span in spans if span[0] <= edge]
    ahead = [span for span in spans if span[1] >= edge]
    if toward == -1:
        return _last_such(past, edge, day)
    if toward == 1:
        return next((span for span in ahead if span[0] > edge), None)
    past = [span for span in past if (edge - span[1]).days <= NEAR_DAYS and (day or toward == 0 or span[1] < edge)]
    ahead = [span for span in ahead if (span[0] - edge).days <= NEAR_DAYS]
    return _choose(past[-1] if past else None, ahead[0] if ahead else None, edge, tokens, first, last)


def _choose(
    past: Interval | None, ahead: Interval | None, edge: date, tokens: Tokens, first: int, last: int
) -> Interval | None:
    """Choose between the last day or month that was and the next that comes, by how the words look and which is nearer."""
    direction = looks_ahead(tokens, first, last)
    if direction == "ahead":
        return ahead
    if direction == "unclear" and past and ahead and past != ahead:
        return None
    until = (ahead[0] - edge).days if ahead else None
    if past is None:
        return ahead if until is not None and (direction or 0 < until <= SOON_DAYS) else None
    gone = (edge - past[1]).days
    is_nearer = until is not None and gone > LONG_DAYS and 2 * until < gone
    return None if is_nearer and not _has_past_verb(tokens, first, last) else past


def _last_such(past: list[Interval], edge: date, day: int | None) -> Interval | None:
    """Give what "last April" means: the latest one that is over, unless that is so near that the year before may be meant."""
    over = [span for span in past if span[1] < edge]
    return over[-1] if over and (day or (edge - over[-1][1]).days > QUARTER_DAYS) else None


def _span(year: int, month: int, day: int | None) -> tuple[date, date] | None:
    if day is None:
        return month_days(year, month)
    return (date(year, month, day),) * 2 if day <= monthrange(year, month)[1] else None


def looks_ahead(tokens: Tokens, first: int, last: int) -> str | None:
    """Tell whether the words beside a date, in its clause, look "ahead", or may do so ("unclear"); None if they don't."""
    cues = lexicon_index("future_cues")
    if any(word in {"deadline", "will"} for word in tokens.words[last : last + WORDS_BEHIND]):
        return "ahead"
    if tokens.word(first - 1) == "through" and tokens.word(first) in lexicon_index("weekdays"):
        return "ahead"
    opens = tokens.opens_sentence(first) or tokens.opens_sentence(first - 1)
    if opens and tokens.word(last) == "," and (behind := _looks_behind(tokens, last + 1)):
        return behind
    opened = tokens.word(first - 1) in {"by", "until", "till"}
    opened = opened or (tokens.word(first - 1) == "for" and tokens.word(first) in lexicon_index("weekdays"))
    found = "unclear" if opened and not _opens_past_clause(tokens, first - 1, last) else None
    for k in range(first - 1, max(-1, first - 1 - WORDS_OF_A_CUE), -1):
        is_dash = tokens.word(k) in HYPHENS and tokens.word(k - 1) in HYPHENS
        if is_dash or tokens.word(k) in {",", ";", ".", "said", "told", "—", "–"} or tokens.opens_line(k + 1):
            break
        cue = tokens.word(k) if tokens.word(k) in cues else f"{tokens.word(k - 1)} {tokens.word(k)}"
        found = cues[cue]["direction"] if cue in cues else found
        if found == "ahead":
            break
    return found


def _looks_behind(tokens: Tokens, k: int) -> str | None:
    """Tell how the clause looks that a date opens: "On Saturday, the farmers plan to march"."""
    cues, verbs = lexicon_index("future_cues"), lexicon_index("past_verbs")
    for i in range(k, min(k + WORDS_TO_A_VERB, tokens.size)):
        word = tokens.word(i)
        cue = word if word in cues else f"{tokens.word(i - 1)} {word}"
        if word in {",", ".", ";"} or word in verbs or (len(word) > 4 and word.endswith("ed")):
            return None
        if cue in cues:
            return cues[cue]["direction"]
    return None


def _opens_past_clause(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether a date at the head of a sentence leads to a clause in the past: "By June, most of them had left"."""
    words = tokens.words[last : last + WORDS_TO_A_VERB]
    words = words[: words.index(".")] if "." in words else words
    is_told = any(word in lexicon_index("past_verbs") or (len(word) > 4 and word.endswith("ed")) for word in words)
    cues = {word for word, row in lexicon_index("future_cues").items() if row["direction"] == "ahead"}
    return tokens.opens_sentence(first) and is_told and cues.isdisjoint(words)


def _is_past(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether a weekday is one that has been: after "on" or a verb in the past, not in "Monday's debate"."""
    before = tokens.word(first - 1)
    if _is_attribute(tokens, last):
        return before in {"after", "following", "since"} or _has_past_verb(tokens, first, last)
    return before in {"on", "than"} or tokens.opens_sentence(first) or _has_past_verb(tokens, first, last)


def _has_past_verb(tokens: Tokens, first: int, last: int) -> bool:
    verbs = lexicon_index("past_verbs")
    reach = WORDS_TO_A_VERB if tokens.word(last) == "," else WORDS_BEHIND
    near = tokens.words[max(0, first - WORDS_TO_A_VERB) : first] + tokens.words[last : last + reach]
    return any(word in verbs or (len(word) > 4 and word.endswith("ed")) for word in near)


def _read_year(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read a year that stands alone, where the words around it say that it is one and no count or name."""
    year = _year_at(tokens, i) or _early_year_at(tokens, i)
    if year is None or (tokens.is_glued(i - 1) and tokens.word(i - 1) in {".", "#", "/", "$", "£", "€", ":", "@", "_"}):
        return None
    if tokens.word(i + 1) in {"'", "’"} and tokens.is_glued(i) and tokens.word(i + 2) != "s":
        return None
    behind = tokens.raw(i + 1)
    if (
        2 <= len(behind) <= 4
        and behind.isalpha()
        and behind.isupper()
        and tokens.word(i - 1) not in lexicon_index("date_prepositions")
    ):
        return None
    if not _is_year_context(tokens, i):
        return None
    return Dated(i, i + 1, *year_days(year))


def _early_year_at(tokens: Tokens, i: int) -> int | None:
    """Read a year of the later Middle Ages, which only "in" tells from a count."""
    word, behind = tokens.word(i), tokens.word(i + 1)
    is_year = word.isdigit() and len(word) == 4 and word >= "1000" and int(word) < FIRST_YEAR
    is_alone = behind in lexicon_index("noun_stops") or not (behind.isalnum() or tokens.is_glued(i))
    return int(word) if is_year and tokens.word(i - 1) == "in" and is_alone else None


def _is_year_context(tokens: Tokens, i: int) -> bool:
    before, behind = tokens.word(i - 1), tokens.word(i + 1)
    if behind in UP_TO and _year_at(tokens, i + 2) is not None:
        return True
    counted = is_plural(behind) and behind not in lexicon_index("noun_stops")
    if _is_year_of_a_noun(tokens, i) or _owns(tokens, i) or _is_among_years(tokens, i):
        return True
    if before in lexicon_index("date_prepositions"):
        return not (counted and before in {"by", "of", "from", "for", "with", "about", "to", "and", "than", "over"})
    if before in {"the", "a", "an"} and behind in HYPHENS:
        return tokens.is_digits(i + 2)
    if before in {"the", "a", "an"}:
        return tokens.raw(i - 1).islower() and behind.isalpha() and behind not in lexicon_index("noun_stops")
    if before in {"s", "his", "her", "its", "their", "our", "your", "my"}:
        return behind.isalpha() and behind not in lexicon_index("noun_stops")
    return before in {"(", "early", "late", "mid"} or (
        before in HYPHENS and tokens.word(i - 2) in {"mid", "pre", "post"}
    )


def _is_among_years(tokens: Tokens, i: int) -> bool:
    """Tell whether another year stands beside a year: "2003-2007", "in 2013, 2014 and 2015"."""
    before, behind = _year_at(tokens, i - 2), _year_at(tokens, i + 2)
    is_span = (
        tokens.word(i + 1) in HYPHENS and tokens.is_glued(i) and behind is not None and behind > int(tokens.word(i))
    )
    return is_span or (before is not None and tokens.word(i - 1) in {",", "and", "or"})


def _read_split_year(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read "2012/13" as both years."""
    word, short = tokens.word(i), tokens.word(i + 2)
    is_joined = tokens.word(i + 1) == "/" and tokens.is_glued(i) and tokens.is_glued(i + 1)
    if not is_joined or not (len(word) == 4 and word.isdigit() and len(short) == 2 and short.isdigit()):
        return None
    year = int(word)
    is_next = FIRST_YEAR <= year <= LAST_YEAR and (year + 1) % 100 == int(short)
    return Dated(i, i + 3, *years_days(year, 2)) if is_next and tokens.word(i + 3) != "/" else None


def _owns(tokens: Tokens, i: int) -> bool:
    """Tell whether a year of our time owns what follows: "2013's siege"."""
    is_owner = tokens.word(i + 1) in {"'", "’"} and tokens.is_glued(i) and tokens.word(i + 2) == "s"
    return is_owner and 1900 <= int(tokens.word(i)) < 2100


def _is_year_of_a_noun(tokens: Tokens, i: int) -> bool:
    """Tell whether a year of our time stands before the noun that it is of: "the former 2008 nominee"."""
    behind = tokens.word(i + 1)
    is_noun = "n" in find_word_class(behind) and not is_plural(behind) and tokens.raw(i + 1).islower()
    is_amount = tokens.is_glued(i) or behind in lexicon_index("duration_units")
    is_amount = is_amount or load_phrases("measures").find_from(tokens, i + 1) is not None
    is_led = tokens.word(i - 1).isalpha() or tokens.opens_sentence(i)
    is_ours = 1900 <= int(tokens.word(i)) < 2100
    if behind in {"a", "an", "the"}:  # "making 2014 a year of change"
        return is_ours and not tokens.is_glued(i)
    return is_ours and is_noun and is_led and not is_amount


def _read_holiday(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read a feast of a fixed day, "Christmas Day", "New Year's Eve 2019", as that day of its year."""
    found = load_phrases("holidays").find_from(tokens, i)
    if found is None or not tokens.raw(i)[:1].isupper():
        return None
    last, row = found
    return _complete(tokens, i, last, int(row["month"]), int(row["day"]), anchor)


def _read_fiscal_year(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read "FY2023" and "fiscal year 2023": it may begin in the year before, so both years bound it."""
    word, k = tokens.word(i), i + 1
    if word == "fy" and tokens.raw(i) == "FY":
        k = tokens.skip_hyphen(k)
    elif word in {"fiscal", "financial"}:
        k += tokens.word(k) == "year"
        if word == "financial" and k == i + 1:
            return None
    else:
        return None
    year = _year_at(tokens, k)
    if year is None:
        return None
    days = (date(year - 1, 1, 1), date(year, 12, 31))
    return Dated(i, k + 1, *days, core=k, why="a fiscal year may begin in the year before")


def _read_century(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read "the 19th century" as the years 1801 to 1900."""
    word = tokens.word(i)
    k = _skip_ordinal(tokens, i + 1)
    if not word.isdigit() or k == i + 1 or tokens.word(tokens.skip_hyphen(k)) != "century" or not 16 <= int(word) <= 21:
        return None
    return Dated(i, tokens.skip_hyphen(k) + 1, *years_days(100 * (int(word) - 1) + 1, 100))


def _read_decade(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    word = tokens.word(i)
    if not (word.isdigit() and tokens.is_glued(i) and tokens.word(i + 1) == "s"):
        return None
    if len(word) == 4 and FIRST_YEAR <= int(word) <= LAST_YEAR and word.endswith("0"):
        year = int(word)
    elif len(word) == 2 and word.endswith("0") and int(word) >= 20 and tokens.word(i - 1) in {"'", "’", "‘"}:
        return Dated(i - 1, i + 2, *years_days(1900 + int(word), 10), core=i)
    else:
        return None
    return Dated(i, i + 2, *years_days(year, 100 if year % 100 == 0 and year < 2000 else 10))


# Relative dates


def _read_weekday(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read a weekday, by itself resolved against the day of publication, or as a part of the date behind it."""
    row = lexicon_index("weekdays").get(tokens.word(i))
    if row is None or not tokens.raw(i)[:1].isupper():
        return None
    k = i + 1 + (tokens.word(i + 1) in {",", "the"})
    if k < tokens.size and not tokens.opens_line(k):
        calendar = _read_calendar(tokens, k, anchor)
        if calendar is not None:
            return replace(calendar, first=i, core=calendar.first)
    if _is_weekday_name(tokens, i):
        return None
    last = i + 2 if tokens.word(i + 1) in {"night", "morning", "afternoon", "evening"} else i + 1
    toward = {"last": -1, "past": -1, "next": 1, "this": 0}.get(tokens.word(i - 1))
    first = i if toward is None else i - 1
    weekday = int(row["weekday"])
    unknown = Dated(first, last, partial=f"XXXX-WXX-{weekday}", core=i)
    if tokens.words[last : last + 2] == ["before", "last"] and anchor is not None and anchor.first == anchor.last:
        day = anchor.first - timedelta(days=((anchor.first.isoweekday() - weekday) % 7 or 7) + 7)
        return replace(unknown, last=last + 2, start=day, end=day, partial=None, why="from the publication date")
    of = tokens.word(last) == "of"
    last += of
    week = {"last": -1, "this": 0, "next": 1}.get(tokens.word(last)) if tokens.word(last + 1) == "week" else None
    last -= of and week is None
    if week is not None and anchor is not None and anchor.first == anchor.last:
        day = shift_period(anchor.first, "week", week)[0] + timedelta(days=weekday - 1)
        return replace(unknown, last=last + 2, start=day, end=day, partial=None, why="from the publication date")
    if anchor is None:
        return replace(unknown, why="publication date unknown")
    if anchor.first != anchor.last:
        return replace(unknown, why="day of publication unknown")
    return _nearest_weekday(tokens, unknown, weekday, anchor.first, toward)


def _is_weekday_name(tokens: Tokens, i: int) -> bool:
    """Tell whether a weekday is part of a name: "Black Friday", "The Sunday Times", "Saturday Night Live"."""
    if load_phrases("named_weekdays").find_before(tokens, i + 1):
        return True
    head = load_phrases("entity_cues", "place", "head").find_before(tokens, i)
    if head and head[1]["kind"] == "organisation" and tokens.is_capital(i - 1):
        return True
    behind = tokens.raw(i + 1)
    if not behind[:1].isupper() or tokens.opens_line(i + 1):
        return False
    return tokens.word(i - 1) not in lexicon_index("date_prepositions") or tokens.word(i + 1) in {"night", "morning"}


def _nearest_weekday(tokens: Tokens, unknown: Dated, weekday: int, day: date, toward: int | None) -> Dated:
    back = (day.isoweekday() - weekday) % 7
    past, ahead = day - timedelta(days=back), day + timedelta(days=(weekday - day.isoweekday()) % 7)
    if toward == -1:
        latest = day - timedelta(days=back or 7)
        return replace(unknown, start=latest, end=latest, partial=None, why="from the publication date")
    if toward == 1:
        start = day + timedelta(days=(weekday - day.isoweekday()) % 7 or 7)
        return replace(
            unknown, start=start, end=start + timedelta(days=7), partial=None, why="this week's or next week's"
        )
    if toward == 0 and not _has_past_verb(tokens, unknown.first, unknown.last):
        return replace(unknown, start=ahead, end=ahead, partial=None, why="from the publication date")
    direction = looks_ahead(tokens, unknown.first, unknown.last)
    if direction is None and not _is_past(tokens, unknown.first, unknown.last):
        direction = "unclear"
    if direction == "unclear" and past != ahead:
        return replace(unknown, start=past, end=ahead, partial=None, why="the one before or after publication")
    chosen = ahead if direction else past
    return replace(unknown, start=chosen, end=chosen, partial=None, why="from the publication date")


def _read_relative(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    found = load_phrases("relative_dates").find_from(tokens, i)
    if found is not None:
        last, row = found
        return _shifted(tokens, i, last, row, anchor)
    found = load_phrases("anaphoric_dates").find_from(tokens, i)
    if found is not None:
        last, row = found
        return Dated(i, last, why="refers to a date told before", shift=(row["unit"], int(row["shift"])))
    return None


def _shifted(tokens: Tokens, first: int, last: int, row: dict[str, str], anchor: Anchor | None) -> Dated | None:
    if (tokens.raw(first).isupper() and len(tokens.raw(first)) > 1) or _is_name_of_paper(tokens, first, last):
        return None
    if tokens.word(first - 1) == "the":
        return None
    behind = tokens.word(last)
    if row["entry"] == "overnight" and behind.isalpha() and behind not in lexicon_index("function_words"):
        return None  # an overnight stay
    if anchor is None:
        return Dated(first, last, why="publication date unknown")
    edges = [shift_period(edge, row["unit"], int(row["shift"]), row["entry"].split()[-1]) for edge in anchor]
    start, end = edges[0][0], edges[1][1]
    if anchor.first != anchor.last and row["unit"] in {"day", "week", "weekend", "quarter", "season"}:
        return Dated(first, last, start, end, why="as exact as the publication date is known")
    if row["part"] == "until now" or row["part"] == "so far":
        end = anchor.last
    elif row["part"] == "to come":
        start = anchor.first
    elif row["part"]:
        start, end = part_of(start, end, row["part"])
    return Dated(first, last, start, end, why="from the publication date")


def _is_name_of_paper(tokens: Tokens, first: int, last: int) -> bool:
    """Tell "Today" the programme and "Tonight Show" from the day."""
    if not tokens.is_capital(first):
        return False
    if last - first > 1:
        return tokens.is_capital(last - 1) and not tokens.opens_sentence(first) and tokens.is_capital(first - 1)
    may_be_title = (
        tokens.word(first) in {"today", "tonight"} and tokens.is_capital(last) and not tokens.opens_line(last)
    )
    return may_be_title or not tokens.opens_sentence(first)


# Parts of a period


PARTS = {
    "early": "early",
    "mid": "mid",
    "late": "late",
    "beginning": "early",
    "start": "early",
    "middle": "mid",
    "end": "late",
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _read_part(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read "early 2017", "mid-May", "the end of 2015", "the third quarter of 2018", "Q3 2018"."""
    word = tokens.word(i)
    if word in PARTS:
        k = tokens.skip_hyphen(i + 1)
        if tokens.word(k) in {"of", "in"}:
            k += 1
        elif word in {"beginning", "start", "middle", "end"}:
            return None
        k += tokens.word(k) == "the"
        whole = next(
            (d for read in (_read_calendar, _read_decade, _read_relative) if (d := read(tokens, k, anchor))), None
        )
        if whole is None and word == "end":
            whole = _read_running_period(tokens, i, k, anchor)
        if whole is None and (year := _year_at(tokens, k)):
            whole = Dated(k, k + 1, *year_days(year))
        return _part(whole, i, PARTS[word]) if whole and whole.shift is None else None
    return _read_quarter(tokens, i)


def _read_running_period(tokens: Tokens, i: int, k: int, anchor: Anchor | None) -> Dated | None:
    """Read the period of publication in "by the end of the year"."""
    bound = tokens.word(i - 1 - (tokens.word(i - 1) == "the"))
    if tokens.word(k) not in {"year", "month", "week"} or bound not in {"by", "before", "until", "till"}:
        return None
    if anchor is None:
        return Dated(k, k + 1, why="publication date unknown")
    days = shift_period(anchor.first, tokens.word(k), 0)
    return Dated(k, k + 1, *days, why="from the publication date")


def _part(whole: Dated, first: int, part: str) -> Dated | None:
    if whole.start is None or whole.end is None:
        return replace(whole, first=first, core=whole.first)
    if (whole.end - whole.start).days < 6:
        return None
    start, end = part_of(whole.start, whole.end, part)
    return replace(whole, first=first, core=whole.first, start=start, end=end)


NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


def _read_nth(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read "the last Friday of this month", "the second Tuesday in May", "the first week of March 2016"."""
    nth, unit = NTH.get(tokens.word(i)), tokens.word(i + 1)
    weekday = lexicon_index("weekdays").get(unit)
    if nth is None or tokens.word(i + 2) not in {"of", "in"} or not (weekday or unit in {"week", "day"}):
        return None
    k = i + 3 + (tokens.word(i + 3) == "the")
    whole = _read_calendar(tokens, k, anchor) or _read_relative(tokens, k, anchor) or _read_year(tokens, k, anchor)
    if whole is None or whole.shift is not None:
        return None
    if whole.start is None or whole.end is None:
        return replace(whole, first=i, core=whole.first)
    if weekday is not None:
        days = _nth_weekday(whole.start, whole.end, int(weekday["weekday"]), nth)
    else:
        days = _nth_days(whole.start, whole.end, 7 if unit == "week" else 1, nth)
    return replace(whole, first=i, core=whole.first, start=days[0], end=days[1]) if days else None


def _read_day_of_month(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    """Read "the 1st of last month"."""
    k = _skip_ordinal(tokens, i + 1)
    if not tokens.is_digits(i) or k == i + 1 or tokens.word(k) != "of" or tokens.word(k + 2) != "month":
        return None
    day, whole = _read_day(tokens, i), _read_relative(tokens, k + 1, anchor)
    if day is None or whole is None or whole.start is None or whole.end is None or day > whole.end.day:
        return None
    on = whole.start.replace(day=day)
    return replace(whole, first=i, core=i, start=on, end=on)


def _nth_weekday(start: date, end: date, weekday: int, nth: int) -> tuple[date, date] | None:
    if nth < 0:
        day = end - timedelta(days=(end.isoweekday() - weekday) % 7)
    else:
        day = start + timedelta(days=(weekday - start.isoweekday()) % 7 + 7 * nth)
    return (day, day) if start <= day <= end else None


def _nth_days(start: date, end: date, size: int, nth: int) -> tuple[date, date] | None:
    if nth < 0:
        return end - timedelta(days=size - 1), end
    first = start + timedelta(days=size * nth)
    return (first, min(end, first + timedelta(days=size - 1))) if first <= end else None


def _read_quarter(tokens: Tokens, i: int) -> Dated | None:
    word = tokens.word(i)
    if word == "q" and tokens.word(i + 1) in {"1", "2", "3", "4"} and tokens.is_glued(i):
        number, size, k = int(tokens.word(i + 1)), 3, i + 2
    elif word in ORDINALS and tokens.word(i + 1) in {"quarter", "half"}:
        number, size, k = ORDINALS[word], 3 if tokens.word(i + 1) == "quarter" else 6, i + 2
    else:
        return None
    k += tokens.word(k) == "of"
    year = _year_at(tokens, k)
    if year is None or number * size > 12:
        return None
    last = number * size
    return Dated(i, k + 1, month_days(year, last - size + 1)[0], month_days(year, last)[1], core=k)


def _read_season(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | None:
    if tokens.word(i) not in lexicon_index("seasons"):
        return None
    k = i + 1 + (tokens.word(i + 1) == "of")
    year = _year_at(tokens, k)
    if year is None:
        return None
    return Dated(i, k + 1, *season_days(year, tokens.word(i)), why="season of the northern half of the earth")


# Ranges and bounds


def _read_range(tokens: Tokens, found: Dated, anchor: Anchor | None) -> Dated:
    """Read "from 2011 to 2013", "between May and August 2017", "2011-13", "July 3-5"; else the date as it stands."""
    joint, before = found.last, tokens.word(found.first - 1)
    word = tokens.word(joint)
    is_spoken = word in UP_TO or (word == "and" and before == "between")
    if found.shift is not None or not (is_spoken or word in HYPHENS):
        return found
    other = _read_one(tokens, joint + 1, anchor) or _read_short_year(tokens, found, joint, word)
    if other is None or other.shift is not None:
        return found
    other = _follow_weekday(tokens, found, other)
    opened = found.first - 1 if before in {"from", "between"} else found.first
    if not found.is_resolved or (found.why and other.end and not other.why):
        found = _take_year(tokens, found, other)
    joined = Dated(opened, other.last, found.start, other.end, core=found.core or found.first)
    if found.start is None or other.end is None:
        return replace(joined, start=None, end=None, why=found.why or other.why)
    return replace(joined, why=other.why) if found.start <= other.end else replace(found, last=found.last)


def _follow_weekday(tokens: Tokens, found: Dated, other: Dated) -> Dated:
    """Let the weekday that ends a range be the first one behind its beginning: "from Thursday through Sunday"."""
    row = lexicon_index("weekdays").get(tokens.word(other.core if other.core is not None else other.first))
    if row is None or found.start is None or other.last - other.first > 2:
        return other
    day = found.start + timedelta(days=(int(row["weekday"]) - found.start.isoweekday()) % 7)
    return replace(other, start=day, end=day, partial=None)


def _read_short_year(tokens: Tokens, found: Dated, joint: int, word: str) -> Dated | None:
    """Read the second half of "2016-17"."""
    short = tokens.word(joint + 1)
    if word in HYPHENS and len(short) == 2 and short.isdigit() and found.last - found.first == 1 and found.start:
        year = found.start.year - found.start.year % 100 + int(short)
        return Dated(joint + 1, joint + 2, *year_days(year)) if year > found.start.year else None
    year = _year_at(tokens, joint + 1)
    return Dated(joint + 1, joint + 2, *year_days(year)) if year else None


def _take_year(tokens: Tokens, found: Dated, other: Dated) -> Dated:
    """Give a month or day without a year the year of the date that ends its range."""
    k = found.core if found.core is not None else found.first
    row = lexicon_index("months").get(tokens.word(k)) or lexicon_index("months").get(tokens.word(k + 1))
    if row is None or other.end is None:
        return found
    digits = [int(word) for word in tokens.words[k : found.last] if word.isdigit()]
    span = _span(other.end.year, int(row["month"]), digits[0] if digits else None)
    return replace(found, start=span[0], end=span[1], partial=None, why=None) if span else found


def _bound(tokens: Tokens, found: Dated) -> Dated:
    """Open a side of a date as the word before it says: by, until, since, before, after."""
    bound = load_phrases("date_bounds").find_before(tokens, found.first)
    if bound is None and tokens.word(found.first - 1) == "the" and tokens.word(found.first) in PARTS:
        bound = load_phrases("date_bounds").find_before(tokens, found.first - 1)
    if bound is None or found.shift is not None or _is_attribute(tokens, found.last):
        return found
    first, row = bound
    core = found.core if found.core is not None else found.first
    kind, start, end = row["bound"], found.start, found.end
    if (row["entry"] in {"from", "through", "following", "up to"} and kind == "start") or kind == "on":
        return found
    if row["entry"] in {"until", "till"} and _is_negated(tokens, first):
        return replace(
            found, first=first, core=core, why="; ".join(filter(None, ["“not until”: then, and not before", found.why]))
        )
    if kind == "end":
        start = None
    elif kind == "start":
        end = None
    elif kind == "before" and tokens.word(found.first) == "end":
        start = None
    elif kind == "before":
        start, end = None, start and start - timedelta(days=1)
    else:
        start, end = end and end + timedelta(days=1), None
    why = "; ".join(filter(None, [f"bounded by “{row['entry']}”", found.why]))
    return replace(found, first=first, start=start, end=end, core=core, why=why)


def _is_attribute(tokens: Tokens, last: int) -> bool:
    """Tell whether a date only describes a noun: "after Tuesday's attack"."""
    return tokens.word(last) in {"'", "’"} and tokens.word(last + 1) == "s" and tokens.is_glued(last - 1)


def _is_negated(tokens: Tokens, i: int) -> bool:
    """Tell whether a negation stands before token i in its sentence: "did not begin until May"."""
    for k in range(i - 1, max(-1, i - 1 - WORDS_TO_NEGATION), -1):
        word = tokens.word(k)
        if word in {".", ";", ":"} or tokens.opens_line(k + 1):
            return False
        if is_negation(word) or (word == "t" and tokens.word(k - 1) in {"'", "’"}):
            return True
    return False


# Dates counted from another


def count_back(anchor: Anchor, unit: str, low: float | None, high: float | None) -> Interval | None:
    """Give the days that lie `low` to `high` units of time before publication: "two years ago" is all of that year.

    None where that lies before the first year that dates are read for.
    """
    most = max(low or 0.0, high or 0.0) * float(lexicon_index("duration_units")[unit]["days"])
    if anchor.first.year - most / 365 < FIRST_YEAR:
        return None
    start = _count(anchor.first, unit, high, -1)[0] if high is not None else None
    end = _count(anchor.last, unit, low, -1)[1] if low is not None else anchor.last
    return start, min(end, anchor.last)


def _count(day: date, unit: str, count: float, direction: int) -> tuple[date, date]:
    if unit in {"second", "minute", "hour"}:
        return day + timedelta(days=direction), day
    if unit == "fortnight":
        unit, count = "week", 2 * count
    if unit == "night":
        unit = "day"
    if unit == "year" and count % 1:
        unit, count = "month", 12 * count
    return shift_period(day, unit, direction * round(count))


def shift_from(told: Dated, unit: str, shift: int) -> Interval | None:
    """Give the period that lies `shift` units after a date told before; None where that is not exact enough to say."""
    if told.start is None or told.end is None:
        return None
    if unit == "same":
        return told.start, told.end
    reach = abs(shift) * float(lexicon_index("duration_units")[unit]["days"]) / 365
    if not FIRST_YEAR < told.start.year - reach <= told.end.year + reach < LAST_YEAR:
        return None
    first, last = (shift_period(day, unit, shift) for day in (told.start, told.end))
    return first if first == last else None
