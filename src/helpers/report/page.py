"""Set the findings of a story as one HTML page that works offline, and as data that a program can read."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import pandas as pd
from markupsafe import Markup

from helpers import __version__
from helpers.report import between_reports, sections
from helpers.report.answers import answer_questions, list_answers
from helpers.report.evidence import Evidence
from helpers.report.excerpts import EXCERPTS, cut_excerpts
from helpers.report.first_screen import describe_first_screen
from helpers.report.ranking import KIND_ORDER, rank_findings
from helpers.report.readers import describe_readers
from helpers.report.show import mark_invisible
from helpers.report.skeleton import list_missing, write_skeleton
from helpers.report.statements import list_compared, measure_coverage
from helpers.report.templates import digest_part, load_templates, read_part
from helpers.report.twin import build_twin
from helpers.report.wording import KIND_WORDS, capitalise, count
from helpers.reviews.telling import describe_reviews, leave_standing, list_counts, list_twin, word_verdicts

NOTICES = {
    "retelling": "The articles below are retellings in our own words of published reports: same facts, other sentences.",
    "invented": "This story and its articles are invented. Nothing in them happened.",
}
PROGRAMS = ("pandas", "pyarrow", "rapidfuzz", "scikit-learn", "sentencex", "spacy", "text2num", "trafilatura")
ASIDE_WORDS = {
    "title": "headline", "byline": "author line", "dateline": "dateline", "summary": "standfirst", "caption": "caption",
    "boilerplate": "page furniture", "truncated": "breaks off", "foreign": "another article",
}  # fmt: skip
ASIDE_SHOWN = 160  # code points of a passage set aside that are shown


@dataclass
class Report:
    """A report: the page, its machine-readable twin, the findings as a short table, and a story.yaml where one would help."""

    html: str
    data: dict
    findings: pd.DataFrame
    description: str | None = None


def build_report(
    tables: dict[str, pd.DataFrame],
    story: dict,
    *,
    excerpts: str = "sentences",
    settings: dict[str, dict] | None = None,
    earlier: dict | None = None,
    questions: Sequence[str] = (),
    reviewed_only: bool = False,
) -> Report:
    """Build the report of a story from all its tables and its description (`title, about, kind`).

    `excerpts` bounds how much of the sources' text the page holds: `spans`, `sentences` or `full`. `settings` are the
    parameters of the notebooks, by notebook, for whoever makes it again; `earlier` is the machine-readable twin of an
    earlier report, of which the page then says what has changed since; `questions` are a reader's own statements, to
    which the page then says how each source stands. What a person dismissed is folded; with `reviewed_only` no finding is told
    that no person holds. Raises ValueError for any other `excerpts`.
    """
    if excerpts not in EXCERPTS:
        raise ValueError(f"excerpts must be one of {', '.join(EXCERPTS)}, not {excerpts!r}")
    method = {
        "excerpts": excerpts,
        "parameters": settings or {},
        "versions": list_programs(),
        "synoptic": __version__,
    }
    answers = answer_questions(questions, tables)
    standing = leave_standing(tables, reviewed_only)
    data = build_twin(standing, story, method, answers) | list_twin(tables)
    page = _Page(standing, story, excerpts, answers, tables)
    style, script = read_part("report.css"), read_part("report.js")
    html = load_templates().get_template("report.html.j2").render(
        **page.describe(), **method, reviewed_only=reviewed_only, changed=_list_changes(earlier, data), style=Markup(style), script=Markup(script),
        style_hash=digest_part(style), script_hash=digest_part(script), command=_word_command(tables, settings or {}, excerpts, reviewed_only),
    )  # fmt: skip
    missing = any(list_missing(tables["articles"]).values())
    return Report(html, data, page.tabulate_findings(), write_skeleton(tables["articles"], story) if missing else None)


def list_programs() -> dict[str, str]:
    """List the versions of Python and of the packages that findings depend on."""
    found = {"Python": ".".join(platform.python_version_tuple()[:2])}
    for package in PROGRAMS:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _clean(value: object) -> str | None:
    return mark_invisible(str(value)) if isinstance(value, str) else None


def _list_changes(earlier: dict | None, data: dict) -> list[dict] | None:
    """List what changed since an earlier report, for a reader; None where there is none to compare with."""
    if earlier is None:
        return None
    found = between_reports.list_changes(between_reports.compare_reports(earlier, data))
    return [{**change, "text": mark_invisible(change["text"])} for change in found]


def _word_command(
    tables: dict[str, pd.DataFrame], settings: dict[str, dict], excerpts: str, reviewed_only: bool
) -> str:
    """Give the command that makes the report again, with the parameters that are no defaults."""
    paths = tables["articles"]["raw_path"]
    story = str(tables["articles"]["story"].iloc[0]) if len(paths) else "STORY"
    away = len(paths) and not all(path.startswith(f"data/raw/{story}/") for path in paths)
    given = settings.get("changed", {}) if settings else {}
    given = {**given, **({"excerpts": excerpts} if excerpts != "sentences" else {})}
    given |= {"reviewed_only": True} if reviewed_only else {}
    return " ".join(
        [
            "synoptic run",
            mark_invisible(story),
            *(["--raw DIR"] if away else []),
            *[f"-p {name} {shlex.quote(str(value))}" for name, value in sorted(given.items())],
        ]
    )


class _Page:
    """The content of one report, section by section, in the words that a reader gets."""

    def __init__(
        self,
        tables: dict[str, pd.DataFrame],
        story: dict,
        excerpts: str,
        answers: pd.DataFrame,
        whole: dict[str, pd.DataFrame],
    ):
        self.tables = tables
        self.whole = whole  # with what does not stand
        self.story = story
        self.excerpts = excerpts
        self.answers = answers
        self.read = tables["articles"][tables["articles"]["skipped"].isna()]
        self.evidence = Evidence(tables)
        found, sides = tables["disagreements"], tables["disagreement_sides"]
        own = dict(tuple(sides.groupby("disagreement_id")))
        self.findings = [
            self.evidence.describe_finding(row, own[row.disagreement_id])
            for row in rank_findings(found, sides, tables["articles"]).itertuples()
        ]
        self.coverage = measure_coverage(
            tables["propositions"], tables["proposition_claims"], self.read, tables["mentions"], found, sides
        )

    def describe(self) -> dict:
        """Give everything that the template needs about the story; the articles come last, when every place is known."""
        tables, evidence, read = self.tables, self.evidence, self.read
        conflicts = [finding for finding in self.findings if finding["kind"] != "omission"]
        kinds = sorted({finding["kind"] for finding in self.findings}, key=KIND_ORDER.get)
        content = {
            "title": _clean(self.story.get("title")) or "Untitled story",
            "kicker": f"{capitalise(count(len(read), 'article', 'articles'))}, side by side",
            "about": _clean(self.story.get("about")) or "",
            "notice": NOTICES.get(self.story.get("kind") or ""),
            "n_origins": self._count_origins(),
            "first": describe_first_screen(tables, read, self.findings, self.coverage, evidence),
            "answers": list_answers(self.answers, evidence),
            "readers": describe_readers(tables, evidence),
            "reviews": describe_reviews(self.whole, evidence),
            "verdicts": word_verdicts(tables),
            "kind_words": KIND_WORDS,
            "reviewed": list_counts(self.whole),
            "conflicts": conflicts,
            "kinds": [(kind, KIND_WORDS[kind]) for kind in kinds],
            "coverage": sections.tabulate_coverage(self.coverage, evidence),
            "timeline": sections.draw_timeline(tables, read, evidence),
            "amounts": sections.tabulate_amounts(tables, read, evidence),
            "speakers": sections.tabulate_speakers(tables, read, evidence),
            "shared": sections.draw_shared_text(tables, read, evidence, self.excerpts),
            "versions_of_text": sections.list_versions(tables, evidence),
            "own": sections.list_own(tables, read, self.coverage, self.findings, evidence),
            "compared": (len(list_compared(tables)), len(tables["claims"])),
            "counts": {name: len(tables[name]) for name in ("passages", "claims", "mentions", "propositions")},
        }
        articles = self.list_articles()
        return {**content, "articles": articles, "sources": [a for a in articles if a["skipped"] is None]}

    def _count_origins(self) -> int:
        origins = self.tables["origins"].set_index("article_id")["origin_id"]
        return int(origins.reindex(self.read["article_id"]).nunique())

    def list_articles(self) -> list[dict]:
        """List the articles with the passages that findings rest on, what was set aside and why."""
        origins = self.tables["origins"].set_index("article_id")
        return [self._describe_article(row, origins) for row in self.tables["articles"].itertuples()]

    def _describe_article(self, row, origins: pd.DataFrame) -> dict:
        copy = origins["copy_of"].get(row.article_id)
        excerpts = cut_excerpts(row.text, self.evidence.places.spans[row.article_id], self.excerpts)
        shown = sum(excerpt.end - excerpt.start for excerpt in excerpts)
        known = [_clean(getattr(row, name, None)) for name in ("url", "origin_credit", "notes")]
        return {
            "number": self.evidence.places.numbers[row.article_id],
            "name": self.evidence.names[row.article_id],
            "named": isinstance(row.source, str),
            "title": _clean(row.title),
            "byline": _clean(row.byline),
            "file": mark_invisible(row.raw_path),
            "digest": row.raw_sha256,
            "published": self.evidence.days[row.article_id],
            "n_words": int(row.n_words),
            "skipped": _clean(row.skipped),
            "copy_of": self.evidence.names.get(copy) if isinstance(copy, str) else None,
            "url": known[0],
            "credit": known[1],
            "notes": [note for note in (known[2] or "").split("|") if note.strip()],
            "aside": self._list_aside(row.article_id),
            "excerpts": excerpts,
            "share": round(100 * shown / row.n_chars) if row.n_chars else 0,
        }

    def _list_aside(self, article: str) -> list[dict]:
        """List what was set aside, one row for passages in a row that were set aside for one reason."""
        passages = self.tables["passages"]
        aside = passages[(passages["article_id"] == article) & ~passages["kind"].isin(["title", "summary", "body"])]
        rows: list[dict] = []
        for passage in aside.itertuples():
            if rows and (rows[-1]["kind"], rows[-1]["why"]) == (ASIDE_WORDS[passage.kind], mark_invisible(passage.why)):
                rows[-1]["count"] += 1
                continue
            rows.append(
                {
                    "kind": ASIDE_WORDS[passage.kind],
                    "why": mark_invisible(passage.why),
                    "text": mark_invisible(_cut(passage.text)),
                    "count": 1,
                }
            )
        return rows

    def tabulate_findings(self) -> pd.DataFrame:
        """Give the findings as a short table: `finding, weight, explanation`."""
        rows = [
            {"finding": f["label"], "weight": f["severity"], "explanation": f["explanation"]} for f in self.findings
        ]
        return pd.DataFrame(rows, columns=["finding", "weight", "explanation"])


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= ASIDE_SHOWN else text[:ASIDE_SHOWN].rsplit(" ", 1)[0] + " …"
