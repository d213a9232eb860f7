"""Cut each article into passages: what is the article, what is page furniture, what belongs to another article."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pandas as pd

from helpers import tables
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_sentences, find_words
from helpers.language.spans import Span
from helpers.language.tongues import find_other_language
from helpers.passages.envelopes import is_surely_field
from helpers.passages.foreign import find_core, find_foreign, find_outsiders, find_topic_words
from helpers.passages.furniture import find_furniture, match_furniture
from helpers.passages.lines import (
    BULLET,
    BYLINE_WHY,
    SPEAKER,
    STAMP_WHY,
    TURN_WHY,
    Block,
    cut_lines,
    find_dateline,
    find_datelines,
    find_turn_line,
    fold_line,
    is_headline,
    is_list_item,
    is_title_case,
    read_label,
)
from helpers.passages.walls import mark_wall
from helpers.store.publishers import is_agency_line

INLINE_CREDIT = re.compile(r"^\((?=[^)]*[A-Z])[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}, [A-Z][\w&'’ .]+\)\s*(?=\S)")
AUTHOR_NOTE = re.compile(
    r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3} is an? (?:[\w-]+ ){0,5}(?:writer|reporter|correspondent|editor|journalist|columnist|contributor)\b"
)
PROMISE = re.compile(
    r"\b(?:see (?:our |the )?(?:update|correction|note|below)|update (?:at the bottom|below)|"
    r"(?:this|the) (?:story|article|post) (?:will be|is being) updated|more to come|continues? below)\b",
    re.I,
)
OPEN_END = re.compile(r"(?:,|\.\.\.|…|\[…\]|[(\[“])\s*$")
NOTE = re.compile(
    r"^\W*(?:(?:updated?|correction|corrected|clarification|editor[’']?s note)(?: \d+)?"
    r"(?:(?: ?\([^)]{1,40}\)|,? (?:on |at )?[\w:., ]{1,30}?)?\s*(?::|—|–|--)|$)"
    r"|(?:this|the) (?:article|story|post|report|piece|headline) (?:was|has been) (?:amended|updated|corrected|changed|edited|revised)\b"
    r"|an earlier version of (?:this|the) (?:article|story|post|report|piece|headline)\b)",
    re.I,
)
NOTE_WHY = "correction or update note"
PROMISE_WHY = "points to text that is not there"
LINK_WHY = "link to other articles"
COMMENTS_WHY = "reader's comments"
INLINE_BYLINE = re.compile(r"^By [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*[a-z][\w.'’-]*){1,3}\s+(?=[A-Z]{3})")
TITLE_CASE_PLACE = re.compile(r"^(?P<place>[A-Z][a-z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}): (?=[A-Z“\"‘])")
ENDING_CREDIT = re.compile(
    r"[.!?][\"'”’]? \(?(?:[A-Z][\w/ ]{0,30})?(?:photo|image|picture|video|getty|afp|ap|reuters|file)\b[^.!?]{0,120}$",
    re.I,
)
CREDIT_WHY = "ends with a picture credit"
SAME_WORDS = 0.75  # share of a line's words that one paragraph has, from which it repeats that paragraph
LONGEST_CAPTION = 500
SHORTEST_LINE, FEWEST_LINES, LARGEST_SHARE = 8, 3, 0.4  # words, lines, share: of sentences without a full stop
SHORTEST_PARAGRAPH = 80
SHORTEST_LEAD = 30  # characters of a line that a dateline may open
SHORTEST_LEDE = 120  # of a first paragraph that a place in small letters may stand before
LONG_LINE = 12  # words from which a last line without a full stop is a sentence and no label
FINISHED = re.compile(r"[.!?…][\"'”’)\]»]*\s*$|[:;]\s*$")


def split_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """Cut every article into `passages`: a partition of its text, white space apart, each with a kind and a reason.

    Foreign text is found by what a new article brings with it (a second headline, stamp, dateline) together with a
    change of topic against the text before it and against the story's other articles; a whole article by what the
    other articles of its story have in common. An article that cannot be cut is set aside whole, with the reason.
    """
    read = tables.select_read(articles)
    rows = [
        _make_row(row.article_id, block) for row in _select_aside(articles).itertuples() for block in _set_aside(row)
    ]
    for _, story in read.groupby("story", sort=True):
        words = {row.article_id: set(find_topic_words(row.text)) for row in story.itertuples()}
        outsiders = find_outsiders(words)
        kept = [found for article, found in words.items() if article not in outsiders]
        counts, core = Counter(word for found in kept for word in found), find_core(kept)
        for article in story.itertuples():
            own = words[article.article_id]
            # A folder of thousands of articles has every word somewhere: only a word of this article is looked up.
            others = {word for word in own if counts[word] > (article.article_id not in outsiders)}
            outside = outsiders.get(article.article_id)
            rows += [_make_row(article.article_id, block) for block in _cut_safely(article.text, others, core, outside)]
    return tables.conform(rows, "passages")


def _select_aside(articles: pd.DataFrame) -> pd.DataFrame:
    """Select the articles that keep their text though they are not read: those in another language."""
    return articles[(articles["text"].str.strip() != "") & articles["skipped"].notna()]


def _set_aside(article) -> list[Block]:
    """Set the lines of an article aside for the reason that it was set aside for."""
    return [Block(line.start, line.end, line.text, "foreign", article.skipped) for line in cut_lines(article.text)]


def _cut_safely(text: str, others: set[str], core: frozenset[str], outside: str | None) -> list[Block]:
    """Cut a text into blocks, or set it aside whole: another story's by `outside`, or what poisons its cutting."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if outside:
        return [Block(block.start, block.end, block.text, "foreign", outside) for block in cut_lines(text)]
    try:
        return classify_blocks(text, others, core)
    except Exception as error:  # one poisoned article must not cost the others; its passage says what happened
        why = f"could not be cut into passages: {type(error).__name__}"
        return [Block(start, end, text[start:end], "boilerplate", why)]


def _make_row(article: str, block: Block) -> dict:
    return {
        "article_id": article,
        "passage_id": tables.make_id("p", article, block.start, block.end, block.text),
        "start": block.start,
        "end": block.end,
        "kind": block.kind,
        "text": block.text,
        "why": block.why,
    }


def measure_passages(passages: pd.DataFrame) -> pd.DataFrame:
    """Count how many characters of each article are of each kind: one row an article, one column a kind."""
    counts = passages.assign(n=passages["end"] - passages["start"]).pivot_table(
        index="article_id", columns="kind", values="n", aggfunc="sum", fill_value=0
    )
    order = [kind for kind in tables.PASSAGE_KINDS if kind in counts]
    return counts[order].rename_axis(columns=None).reset_index()


def classify_blocks(text: str, others: set[str] | None = None, core: frozenset[str] = frozenset()) -> list[Block]:
    """Cut one text into blocks with a kind and a reason.

    `others` holds its words that other articles of the story have too, `core` those that most of these have.
    """
    blocks = cut_lines(text)
    for position, block in enumerate(blocks):
        match_furniture(block)
        if block.kind == "body" and find_turn_line(block.text):
            block.kind, block.why = "boilerplate", TURN_WHY
        elif block.kind == "body" and is_surely_field(block.text):
            block.kind, block.why = "boilerplate", "field of an export"
        if not position and block.why == "line on a picture":
            block.kind, block.why = "body", "running text"  # "Video shows ..." above a text is its headline
    language = find_other_language(text)
    found = None if language else find_foreign(blocks, others or set(), core)
    own = blocks if found is None else blocks[: found.first] + blocks[found.end :]
    _mark_head(own)
    _mark_pictures(own)
    _mark_links(own)
    _mark_broken(own)
    mark_wall(own)
    if not language:
        _mark_translated(own)
    _mark_place(own)
    if found is not None:
        for block in blocks[found.first : found.end]:
            block.kind, block.why = "foreign", found.why
    pieces = [piece for block in blocks for piece in _split_inline(block)]
    _keep_promises(pieces)
    return pieces


def _mark_translated(blocks: list[Block]) -> None:
    """Mark the paragraphs of an English article that are in another language, as of a page in two."""
    for block in blocks:
        if block.kind in ("body", "summary", "truncated") and len(block.text) >= SHORTEST_PARAGRAPH:
            language = find_other_language(block.text)
            if language:
                block.kind, block.why = "foreign", f"in {language}, not in English"


def _keep_promises(pieces: list[Block]) -> None:
    """Take a pointer to a note below for what it is where the note stands there: nothing is missing."""
    noted = False
    for piece in reversed(pieces):
        noted = noted or (piece.why == NOTE_WHY and piece.kind == "body")
        if piece.why == PROMISE_WHY and noted:
            piece.kind, piece.why = "boilerplate", "points to a note below, which is there"


def find_own_end(blocks: list[Block]) -> int | None:
    """Give the place where the first article of a file ends and another begins; None where the file holds one."""
    found = find_foreign(blocks, set())
    return blocks[found.first].start if found else None


def _mark_head(blocks: list[Block]) -> None:
    """Mark the headline, its repetitions and the standfirst."""
    first = next((position for position, block in enumerate(blocks) if block.kind == "body"), None)
    if first is None:
        return
    title = blocks[first] if _opens_as_title(blocks, first) else None
    if title:
        title.kind, title.why = "title", "first line, set as a headline"
    folded = fold_line(title.text) if title else None
    above = True
    for block in blocks[first : first + 12]:
        if block.kind == "body" and fold_line(block.text) == folded:
            block.kind, block.why = "boilerplate", "headline repeated"
        elif block.kind == "body" and BULLET.match(block.text) and above:
            block.kind, block.why = "summary", "bullet above the text"
        elif block.kind == "body":
            above = above and not (FINISHED.search(block.text) and len(block.text) >= SHORTEST_PARAGRAPH)
    _mark_standfirst([block for block in blocks[first:] if block.kind == "body"], title)


def _opens_as_title(blocks: list[Block], first: int) -> bool:
    """Say whether the first line of the text, page furniture left out, is set as a headline above others."""
    text = blocks[first].text
    if any(block.why == TURN_WHY for block in blocks[:first]) or (SPEAKER.match(text) and FINISHED.search(text)):
        return False
    shown = is_headline(text) or (is_title_case(text) and is_headline(re.sub(r"\.(?=[\"'”’]?$)", "", text)))
    return first <= 3 and len(blocks) > first + 1 and shown and not BULLET.match(text)


def _mark_standfirst(bodies: list[Block], title: Block | None) -> None:
    """Mark the lines without a full stop between the headline, if there is one, and the first paragraph."""
    lead = []
    for block in bodies[:5]:
        if FINISHED.search(block.text) or OPEN_END.search(block.text) or len(block.text) > 220:
            break
        if len(find_sentences(block.text)) > 1:
            break
        lead.append(block)
    if len(lead) < len(bodies) and len(lead) < 5:
        for block in lead if title or len(bodies) > 2 else []:
            if len(block.text.split()) > 3:
                block.kind, block.why = "summary", "standfirst"


def _mark_pictures(blocks: list[Block]) -> None:
    """Mark lines on pictures that no credit shows: set twice, once for the picture and once below it, or a file's name."""
    for block in blocks:
        if block.kind == "body" and len(block.text) <= LONGEST_CAPTION and _ends_with_credit(block.text):
            block.kind, block.why = "caption", CREDIT_WHY
    bodies = [block for block in blocks if block.kind == "body"]
    for position, block in enumerate(bodies[:-1]):
        twins = [
            other for other in bodies[position + 1 : position + 3] if fold_line(other.text) == fold_line(block.text)
        ]
        if twins and len(block.text) <= 300 and len(block.text.split()) >= 3:
            for twin in (block, *twins):
                twin.kind, twin.why = "caption", "line set twice, as under a picture"
    for block in bodies[1:-1]:
        words = block.text.split()
        if block.kind == "body" and len(words) <= 4 and block.text[0].islower() and block.text[-1].isalnum():
            block.kind, block.why = "caption", "name of a picture"
    _mark_unstopped(blocks)


def _ends_with_credit(line: str) -> bool:
    """Say whether a line ends with a picture's credit as a sentence of its own: "... at the pier. Photo: Coast Wire"."""
    if not ENDING_CREDIT.search(line):
        return False
    last = find_sentences(line)[-1]
    row = find_furniture(line[last.start :]) if last.start else None
    return row is not None and row["kind"] == "caption"


def _mark_unstopped(blocks: list[Block]) -> None:
    """Mark sentences without a full stop between paragraphs that have one, in articles that set pictures' lines so.

    There must be several, and few beside the paragraphs; a run of them is a list, and one alone a slip of the writer.
    """
    long = [block for block in blocks if block.kind == "body" and len(block.text.split()) >= SHORTEST_LINE]
    unstopped = [block for block in long if _is_unstopped(block.text)]
    _mark_repeated(unstopped, [block for block in long if block not in unstopped])
    left = [block for block in unstopped if block.kind == "body"]
    known = sum(block.kind == "caption" and block.why != CREDIT_WHY and _is_unstopped(block.text) for block in blocks)
    if len(left) + known < FEWEST_LINES or len(unstopped) > LARGEST_SHARE * len(long):
        return
    for block in [
        block for place, block in enumerate(blocks) if block in left and not _is_in_list(blocks, place, left)
    ]:
        block.kind, block.why = "caption", "no full stop between paragraphs that have one, as under a picture"


def _mark_repeated(unstopped: list[Block], paragraphs: list[Block]) -> None:
    for block in unstopped:
        if _repeats_a_paragraph(block, paragraphs):
            block.kind, block.why = "caption", "repeats a paragraph without a full stop, as under a picture"


def _is_in_list(blocks: list[Block], place: int, lines: list[Block]) -> bool:
    """Say whether a line stands in a run of three such lines."""
    beside = blocks[max(0, place - 2) : place + 3]
    return any(all(other in lines for other in beside[i : i + 3]) for i in range(len(beside) - 2))


def _repeats_a_paragraph(line: Block, paragraphs: list[Block]) -> bool:
    words = set(fold_line(line.text).split())
    return any(len(words & set(fold_line(other.text).split())) >= SAME_WORDS * len(words) for other in paragraphs)


def _is_unstopped(line: str) -> bool:
    """Say whether a line is a whole sentence that only lacks its full stop."""
    if FINISHED.search(line) or OPEN_END.search(line) or is_list_item(line) or len(line) > LONGEST_CAPTION:
        return False
    if not re.search(r"[^\W\d_][\"'”’)]*$", line) or re.search(r"https?:|\.com\b", line):
        return False  # a figure at the end is a date or a reference, an address stands in a quoted post
    return line.split()[-1].strip("'\"”’").casefold() not in lexicon_index("function_words") and not read_label(line)


def _mark_links(blocks: list[Block]) -> None:
    """Mark what belongs to links to other articles: headlines between two of them, the teaser below one."""
    links = [position for position, block in enumerate(blocks) if block.why == LINK_WHY or block.why == COMMENTS_WHY]
    for start, end in pairwise(links):
        between = blocks[start + 1 : end]
        if len(between) <= 3 and all(block.kind != "body" or is_headline(block.text) for block in between):
            for block in between:
                if block.kind == "body":
                    block.kind, block.why = "boilerplate", "headline between links to other articles"
    for position in links:
        below = blocks[position + 1] if position + 2 < len(blocks) else None
        if below and below.kind == "body" and below.text.endswith(("…", "...")):
            below.kind, below.why = "boilerplate", "teaser of a linked article"


def _mark_place(blocks: list[Block]) -> None:
    """Note which lines a dateline may open, and a place in small letters that only its position tells from a label."""
    lines = [block for block in blocks if block.kind in ("body", "truncated")]
    places = dict(zip(map(id, lines), find_datelines([block.text for block in lines]), strict=True))
    leads = [block for block in lines if len(block.text) >= SHORTEST_LEAD][:3]
    for block in leads:
        block.place = len(places[id(block)] or "")
    lede = next((block for block in leads if len(block.text) >= SHORTEST_LEDE), None)
    found = TITLE_CASE_PLACE.match(lede.text) if lede and not lede.place else None
    common = lexicon_index("common_words")
    if found and not read_label(lede.text) and not any(w.casefold() in common for w in found["place"].split()):
        lede.place = len(found.group())


def _mark_broken(blocks: list[Block]) -> None:
    """Mark running text that breaks off at the end of the article, and the agencies that are credited there."""
    if blocks and is_agency_line(blocks[-1].text):
        blocks[-1].kind, blocks[-1].why = "byline", "agency credit"
    for block in reversed(blocks):
        if block.kind == "byline" and not FINISHED.search(block.text) and AUTHOR_NOTE.match(block.text):
            return
        if block.kind in ("body", "summary"):
            if block is blocks[-1] and not is_list_item(block.text) and _breaks_off(block.text):
                block.kind, block.why = "truncated", "breaks off at the end of the text"
            return


def _breaks_off(line: str) -> bool:
    """Say whether the last line of an article stops in the middle: no full stop, and too long or too open for a label."""
    last = find_sentences(line)[-1]
    line = line[last.start : last.end]
    words = [line[span.start : span.end].casefold() for span in find_words(line)]
    if len(words) < 4 or (line.startswith(("(", "[")) and line.endswith((")", "]"))):
        return False
    if OPEN_END.search(line):
        return True
    return not FINISHED.search(line) and (len(words) >= LONG_LINE or words[-1] in lexicon_index("function_words"))


def _split_inline(block: Block) -> list[Block]:
    """Split what shares a line: a credit or dateline before the text, a promise or a broken author note in it."""
    if block.kind not in ("body", "truncated", "byline"):
        return [block]
    pieces: list[Block] = []
    rest = block
    label = read_label(block.text) if block.kind == "body" else None
    if NOTE.match(block.text) and block.kind == "body":
        block.why = NOTE_WHY
    elif label:
        block.why = label
    elif block.kind != "byline":
        for pattern, why in ((INLINE_CREDIT, "author and publisher in brackets"), (INLINE_BYLINE, BYLINE_WHY)):
            found = pattern.match(rest.text)
            rest = _split_head(pieces, rest, found.end() if found else 0, "byline", why)
        place = block.place if rest is block else len(find_dateline(rest.text) or "")
        rest = _split_head(pieces, rest, place, "dateline", "place before the text")
    return pieces + _split_sentences(rest)


def _split_head(pieces: list[Block], rest: Block, length: int, kind: str, why: str) -> Block:
    """Move the first `length` characters of a line to the pieces, and give what is left of the line."""
    if not length:
        return rest
    head = rest.text[:length].rstrip()
    pieces.append(Block(rest.start, rest.start + len(head), head, kind, why))
    return Block(rest.start + length, rest.end, rest.text[length:], rest.kind, rest.why)


def _split_sentences(block: Block) -> list[Block]:
    """Cut a line where its sentences are of different kinds, each with its reason."""
    spans = find_sentences(block.text)
    last = (
        find_furniture(block.text[spans[-1].start : spans[-1].end]) if block.kind == "body" and len(spans) > 1 else None
    )
    if last and last["kind"] == "caption" and len(block.text) <= LONGEST_CAPTION:
        block.kind, block.why = "caption", CREDIT_WHY
        return [block]
    kinds = [_judge_sentence(block, number, spans, last) for number in range(len(spans))]
    spans, kinds = _end_at_brackets(block, list(spans), kinds)
    pieces: list[Block] = []
    for span, (kind, why) in zip(spans, kinds, strict=True):
        if pieces and pieces[-1].kind == kind:
            pieces[-1].end = block.start + span.end
        else:
            pieces.append(Block(block.start + span.start, block.start + span.end, "", kind, why))
    for piece in pieces:
        piece.text = block.text[piece.start - block.start : piece.end - block.start]
    return pieces


def _judge_sentence(
    block: Block, number: int, spans: tuple[Span, ...], furniture: dict[str, str] | None
) -> tuple[str, str]:
    """Give the kind of one sentence of a line, and why; `furniture` is what the last one is by the lexicon."""
    sentence = block.text[spans[number].start : spans[number].end]
    last = number == len(spans) - 1
    if block.kind == "byline" and last and number and not FINISHED.search(sentence):
        return "truncated", "author note that breaks off"
    if block.kind == "truncated" and not last:
        return "body", "running text"
    if furniture and last and furniture["why"] != STAMP_WHY:
        return furniture["kind"], furniture["why"]
    if block.kind == "body" and PROMISE.search(sentence):
        return "truncated", PROMISE_WHY
    return block.kind, block.why


def _end_at_brackets(block: Block, spans: list[Span], kinds: list[tuple[str, str]]) -> tuple[list[Span], list]:
    """End a promise in brackets where its bracket closes: the sentence behind it is running text."""
    ended, kept = [], []
    for span, kind in zip(spans, kinds, strict=True):
        close = block.text.find(")", span.start, span.end) if kind[0] == "truncated" else -1
        rest = block.text[close + 1 : span.end] if close > 0 else ""
        if block.text[span.start] == "(" and rest.strip():
            begin = close + 1 + len(rest) - len(rest.lstrip())
            ended += [Span(span.start, close + 1), Span(begin, span.end)]
            kept += [kind, ("body", "running text")]
        else:
            ended.append(span)
            kept.append(kind)
    return ended, kept
