"""Cut each article into passages: what is the article, what is page furniture, what belongs to another article."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd

from helpers import tables
from helpers.blocks import BULLET, Block, cut_lines, find_dateline, fold_line, is_headline, is_list_item, read_label
from helpers.foreign import find_core, find_foreign, find_outsiders, find_topic_words
from helpers.lexicons import lexicon_index, load_lexicon
from helpers.sentences import Span, find_sentences, find_words

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
LONGEST_FURNITURE = 600
LONG_LINE = 12  # words from which a last line without a full stop is a sentence and no label
FINISHED = re.compile(r"[.!?…][\"'”’)\]»]*\s*$|[:;]\s*$")


def split_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """Cut every article into `passages`: a partition of its text, white space apart, each with a kind and a reason.

    Foreign text is found by what a new article brings with it (a second headline, stamp, dateline) together with a
    change of topic against the text before it and against the story's other articles; a whole article by what the
    other articles of its story have in common. An article that cannot be cut is set aside whole, with the reason.
    """
    read = articles[articles["text"].str.strip() != ""]
    rows: list[dict] = []
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
    for block in blocks:
        match_furniture(block)
    found = find_foreign(blocks, others or set(), core)
    own = blocks if found is None else blocks[: found.first] + blocks[found.end :]
    _mark_head(own)
    _mark_broken(own)
    if found is not None:
        for block in blocks[found.first : found.end]:
            block.kind, block.why = "foreign", found.why
    return [piece for block in blocks for piece in _split_inline(block)]


def find_own_end(blocks: list[Block]) -> int | None:
    """Give the place where the first article of a file ends and another begins; None where the file holds one."""
    found = find_foreign(blocks, set())
    return blocks[found.first].start if found else None


def match_furniture(block: Block) -> None:
    """Give a line its kind where the lexicon of page furniture knows it."""
    row = find_furniture(block.text)
    if row:
        block.kind, block.why = row["kind"], row["why"]


def find_furniture(line: str) -> dict[str, str] | None:
    """Find the entry of the lexicon of page furniture that a whole line fits; None for running text."""
    if len(line) > LONGEST_FURNITURE:
        return None
    return next((row for row, pattern in _furniture() if pattern.match(line)), None)


def _furniture() -> list[tuple[dict[str, str], re.Pattern]]:
    if not _COMPILED:
        _COMPILED.extend(
            (row, re.compile(row["entry"], re.I if row["kind"] != "byline" else 0))
            for row in load_lexicon("page_furniture")
        )
    return _COMPILED


_COMPILED: list[tuple[dict[str, str], re.Pattern]] = []


def _mark_head(blocks: list[Block]) -> None:
    """Mark the headline, its repetitions and the standfirst."""
    title = None
    for position, block in enumerate(blocks[:12]):
        if block.kind != "body":
            continue
        if (
            title is None
            and position == 0
            and is_headline(block.text)
            and not BULLET.match(block.text)
            and len(blocks) > 1
        ):
            block.kind, block.why, title = "title", "first line, set as a headline", fold_line(block.text)
        elif title is not None and fold_line(block.text) == title:
            block.kind, block.why = "boilerplate", "headline repeated"
        elif BULLET.match(block.text):
            block.kind, block.why = "summary", "bullet above the text"
    body = next((block for block in blocks if block.kind == "body"), None)
    if body is not None and title is None and body is blocks[0] and len(blocks) > 2:
        sentence = len(find_sentences(body.text)) == 1 and len(body.text) < 220 and not FINISHED.search(body.text)
        if sentence:
            body.kind, body.why = "summary", "standfirst"


def _mark_broken(blocks: list[Block]) -> None:
    """Mark running text that breaks off at the end of the article."""
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
    if label:
        block.why = label
    elif block.kind != "byline":
        credit = INLINE_CREDIT.match(rest.text)
        for head, kind, why in (
            (credit.group() if credit else None, "byline", "author and publisher in brackets"),
            (find_dateline(rest.text), "dateline", "place before the text"),
        ):
            if head and rest.text.startswith(head):
                bare = head.rstrip()
                pieces.append(Block(rest.start, rest.start + len(bare), bare, kind, why))
                rest = Block(rest.start + len(head), rest.end, rest.text[len(head) :], rest.kind, rest.why)
    return pieces + _split_sentences(rest)


def _split_sentences(block: Block) -> list[Block]:
    spans = find_sentences(block.text)
    kinds = []
    for number, span in enumerate(spans):
        sentence = block.text[span.start : span.end]
        last = number == len(spans) - 1
        if block.kind == "byline" and last and number and not FINISHED.search(sentence):
            kinds.append(("truncated", "author note that breaks off"))
        elif block.kind == "truncated" and not last:
            kinds.append(("body", "running text"))
        elif block.kind == "body" and last and number and find_furniture(sentence):
            row = find_furniture(sentence)
            kinds.append((row["kind"], row["why"]))
        elif block.kind == "body" and PROMISE.search(sentence):
            kinds.append(("truncated", "points to text that is not there"))
        else:
            kinds.append((block.kind, block.why))
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


def _end_at_brackets(block: Block, spans: list[Span], kinds: list[tuple[str, str]]) -> tuple[list[Span], list]:
    """End a promise in brackets where its bracket closes: the sentence behind it is running text."""
    ended, kept = [], []
    for span, kind in zip(spans, kinds, strict=True):
        close = block.text.find(")", span.start, span.end)
        rest = block.text[close + 1 : span.end]
        if kind[0] == "truncated" and block.text[span.start] == "(" and close > 0 and rest.strip():
            begin = close + 1 + len(rest) - len(rest.lstrip())
            ended += [Span(span.start, close + 1), Span(begin, span.end)]
            kept += [kind, ("body", "running text")]
        else:
            ended.append(span)
            kept.append(kind)
    return ended, kept
