"""Set the findings of a story as one HTML page that works offline, and as data that a program can read."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files

import pandas as pd
from markupsafe import Markup

from helpers import __version__, comparison, figures
from helpers.excerpts import EXCERPTS, Places, cut_excerpts
from helpers.rendering import load_templates
from helpers.show import mark_invisible
from helpers.wording import mark_words

KIND_WORDS = {
    "denial": "Denied",
    "date": "Different dates",
    "amount": "Different numbers",
    "actor": "Who did it",
    "characterisation": "Called differently",
    "wording": "Quoted differently",
    "scope": "How far it goes",
    "certainty": "How sure it is",
    "headline": "Headline and body",
    "omission": "Left out",
}
STANCE_WORDS = {
    "asserts": "says",
    "alleges": "alleges",
    "denies": "denies",
    "concedes": "concedes",
    "reports": "reports",
}
NOTICES = {
    "retelling": "The articles below are retellings in our own words of published reports: same facts, other sentences.",
    "invented": "This story and its articles are invented. Nothing in them happened.",
}


@dataclass
class Report:
    """A report: the page, its machine-readable twin, and the findings as a short table."""

    html: str
    data: dict
    findings: pd.DataFrame


def build_report(tables: dict[str, pd.DataFrame], story: dict, *, excerpts: str = "sentences") -> Report:
    """Build the report of a story from all its tables and its description (`title, about, kind`).

    `excerpts` bounds how much of the sources' text the page holds: `spans`, `sentences` or `full`.
    """
    if excerpts not in EXCERPTS:
        raise ValueError(f"excerpts must be one of {', '.join(EXCERPTS)}, not {excerpts!r}")
    page = _Page(tables, story)
    content = page.describe()
    content["articles"] = page.list_articles(excerpts)
    style, script = _read("report.css"), _read("report.js")
    html = load_templates().get_template("report.html.j2").render(
        **content, style=Markup(style), script=Markup(script), style_hash=_hash(style), script_hash=_hash(script),
        excerpts=excerpts, version=__version__,
    )  # fmt: skip
    return Report(html, page.export(), page.findings())


def _read(name: str) -> str:
    return files("helpers.templates").joinpath(name).read_text(encoding="utf-8").strip()


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _clean(value: object) -> str | None:
    return mark_invisible(str(value)) if isinstance(value, str) else None


class _Page:
    """The content of one report, section by section, in the words that a reader gets."""

    def __init__(self, tables: dict[str, pd.DataFrame], story: dict):
        self.tables = tables
        self.story = story
        self.read = tables["articles"][tables["articles"]["skipped"].isna()]
        self.names = {key: mark_invisible(name) for key, name in comparison.name_sources(tables["articles"]).items()}
        self.places = Places(list(tables["articles"]["article_id"]))
        self.claims = tables["claims"].set_index("claim_id", drop=False).rename_axis(None)

    def describe(self) -> dict:
        """Give everything that the template needs but the articles."""
        conflicts = [finding for finding in self._list_findings() if finding["kind"] != "omission"]
        return {
            "title": _clean(self.story.get("title")) or "Untitled story",
            "about": _clean(self.story.get("about")) or "",
            "notice": NOTICES.get(self.story.get("kind") or ""),
            "sources": [self.names[article] for article in self.read["article_id"]],
            "n_origins": int(
                self.tables["origins"].set_index("article_id").loc[self.read["article_id"], "origin_id"].nunique()
            ),
            "conflicts": conflicts,
            "sharpest": conflicts[:3],
            "omissions": [finding for finding in self._list_findings() if finding["kind"] == "omission"],
            "agreed": self._list_agreed(),
            "disputed": self._list_voices(),
            "figures": self._draw(),
            "shared": self._list_shared(),
            "kinds": {f["kind"]: KIND_WORDS[f["kind"]] for f in conflicts},
            "versions": sorted((row.raw_path, row.raw_sha256) for row in self.tables["articles"].itertuples()),
        }

    def _link(self, article: str, start, end) -> str | None:
        return None if pd.isna(start) else self.places.anchor(article, start, end)

    def _list_findings(self) -> list[dict]:
        order = {kind: number for number, kind in enumerate(KIND_WORDS)}
        ranked = self.tables["disagreements"].assign(
            weight=self.tables["disagreements"]["severity"].map({"major": 0, "minor": 1}),
            place=self.tables["disagreements"]["kind"].map(order),
        )
        ranked = ranked.sort_values(
            ["weight", "place", "score", "disagreement_id"], ascending=[True, True, False, True]
        )
        sides = dict(tuple(self.tables["disagreement_sides"].groupby("disagreement_id")))
        return [self._describe_finding(row, sides[row.disagreement_id]) for row in ranked.itertuples()]

    def _describe_finding(self, finding, evidence: pd.DataFrame) -> dict:
        sides = []
        for name, rows in evidence.groupby("side", sort=True):
            sides.append({"name": name, "evidence": [self._describe_evidence(row) for row in rows.itertuples()]})
        if finding.kind == "wording" and len(sides) == 2:
            marked = mark_words(sides[0]["evidence"][0]["text"], sides[1]["evidence"][0]["text"])
            for side, words in zip(sides, marked, strict=True):
                side["evidence"][0]["words"] = words
        return {
            "kind": finding.kind, "label": KIND_WORDS[finding.kind], "severity": finding.severity,
            "explanation": mark_invisible(finding.explanation), "sides": sides, "anchor": finding.disagreement_id,
            "sources": sorted({self.names[article] for article in evidence["article_id"]}),
        }  # fmt: skip

    def _describe_evidence(self, row) -> dict:
        claim = (
            self.claims.loc[row.claim_id]
            if isinstance(row.claim_id, str) and row.claim_id in self.claims.index
            else None
        )
        return {
            "source": self.names[row.article_id],
            "text": _clean(row.text),
            "words": None,
            "value": _clean(row.value),
            "voice": self._voice(claim),
            "link": self._link(row.article_id, row.start, row.end),
        }

    def _voice(self, claim) -> str:
        if claim is None:
            return ""
        if not isinstance(claim["speaker"], str):
            return {"alleged": "as alleged", "reported": "as reported"}.get(claim["modality"], "in its own voice")
        name = claim["speaker_name"] if isinstance(claim["speaker_name"], str) else claim["speaker"]
        return f"{mark_invisible(name)} {STANCE_WORDS[claim['stance']]}"

    def _list_agreed(self) -> list[dict]:
        relations = self.tables["proposition_claims"]
        disputed = set(relations[relations["relation"] == "disputes"]["proposition_id"])
        conflicted = set(self.tables["disagreements"].query("kind != 'omission'")["proposition_id"].dropna())
        shared = self.tables["propositions"].query("n_origins > 1")
        shared = shared[~shared["proposition_id"].isin(disputed | conflicted)]
        shared = shared.sort_values(["n_origins", "n_claims", "proposition_id"], ascending=[False, False, True])
        rows = []
        for proposition in shared.head(12).itertuples():
            group = relations[relations["proposition_id"] == proposition.proposition_id]
            group = group.sort_values(["score", "claim_id"], ascending=[False, True]).drop_duplicates("article_id")
            evidence = [
                self._describe_claim(self.claims.loc[claim]) for claim in group.sort_values("article_id")["claim_id"]
            ]
            rows.append(
                {
                    "label": mark_invisible(proposition.label),
                    "n_origins": int(proposition.n_origins),
                    "evidence": evidence,
                }
            )
        return rows

    def _describe_claim(self, claim) -> dict:
        return {
            "source": self.names[claim["article_id"]],
            "text": mark_invisible(claim["text"]),
            "voice": self._voice(claim),
            "link": self._link(claim["article_id"], claim["start"], claim["end"]),
        }

    def _list_voices(self) -> list[dict]:
        """List who alleges, denies or concedes, in whose words: the dispute as the sources carry it."""
        chosen = self.claims[
            self.claims["stance"].isin(["alleges", "denies", "concedes"]) & (self.claims["confidence"] >= 0.6)
        ]
        groups = []
        for stance, heading in (("alleges", "Who alleges"), ("denies", "Who denies"), ("concedes", "Who concedes")):
            rows = chosen[chosen["stance"] == stance].sort_values(["article_id", "start"])
            if len(rows):
                groups.append(
                    {"heading": heading, "claims": [self._describe_claim(row) for _, row in rows.head(14).iterrows()]}
                )
        return groups

    def _draw(self) -> dict:
        tables = self.tables
        coverage = comparison.measure_coverage(tables["propositions"], tables["proposition_claims"], self.read)
        quoted = comparison.count_quoted_speakers(tables["claims"], self.read)
        amounts = comparison.list_amounts(tables["mentions"], tables["claims"], self.read)
        timeline = tables["timeline"]
        drawn = {}
        for name, figure, alt, data in (
            ("coverage", figures.plot_coverage(coverage), figures.describe_coverage(coverage), _widen(coverage)),
            ("timeline", figures.plot_timeline(timeline, self.read), figures.describe_timeline(timeline, self.read),
             self._tabulate_timeline(timeline)),
            ("amounts", figures.plot_amounts(amounts), figures.describe_amounts(amounts), self._tabulate_amounts(amounts)),
            ("quoted", figures.plot_quoted_speakers(quoted), figures.describe_quoted_speakers(quoted), _tabulate_quoted(quoted)),
            ("shared", figures.plot_shared_text(tables["text_reuse"], self.read),
             figures.describe_shared_text(tables["text_reuse"], self.read), None),
        ):  # fmt: skip
            svg = figures.figure_svg(figure).encode("utf-8")
            drawn[name] = {
                "image": "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii"),
                "alt": alt,
                "table": data,
            }
        return drawn

    def _tabulate_timeline(self, timeline: pd.DataFrame) -> dict:
        rows = [
            [
                {
                    "text": row.date_start.strftime("%Y-%m-%d")
                    + (f" to {row.date_end:%Y-%m-%d}" if row.date_end != row.date_start else "")
                },
                {"text": self.names[row.article_id]},
                {"text": mark_invisible(row.text), "link": self._link(row.article_id, row.start, row.end)},
                {"text": mark_invisible(row.event)},
            ]
            for row in timeline.itertuples()
        ]
        return {"head": ["Date", "Source", "As written", "In this statement"], "rows": rows}

    def _tabulate_amounts(self, amounts: pd.DataFrame) -> dict:
        rows = [
            [
                {"text": mark_invisible(row.text), "link": self._link(row.article_id, row.start, row.end)},
                {"text": self.names[row.article_id]},
                {"text": mark_invisible(str(row.statement))},
            ]
            for row in amounts.itertuples()
        ]
        return {"head": ["Amount", "Source", "In this statement"], "rows": rows}

    def _list_shared(self) -> list[dict]:
        texts = self.tables["articles"].set_index("article_id")["text"]
        rows = []
        for row in (
            self.tables["text_reuse"].sort_values("n_chars", ascending=False, kind="stable").head(20).itertuples()
        ):
            rows.append(
                {
                    "a": self.names[row.article_a],
                    "b": self.names[row.article_b],
                    "link_a": self._link(row.article_a, row.start_a, row.end_a),
                    "link_b": self._link(row.article_b, row.start_b, row.end_b),
                    "text": mark_invisible(texts[row.article_a][row.start_a : row.end_a]),
                    "quoted": bool(getattr(row, "quoted", False)),
                    "same": row.similarity >= 0.999,
                }
            )
        return rows

    def list_articles(self, excerpts: str) -> list[dict]:
        """List the articles with the passages that findings rest on, what was set aside and why."""
        passages, origins = self.tables["passages"], self.tables["origins"].set_index("article_id")
        listed = []
        for row in self.tables["articles"].itertuples():
            aside = passages[
                (passages["article_id"] == row.article_id) & ~passages["kind"].isin(["title", "summary", "body"])
            ]
            copy = origins["copy_of"].get(row.article_id)
            listed.append(
                {
                    "number": self.places.numbers[row.article_id],
                    "name": self.names[row.article_id],
                    "title": _clean(row.title),
                    "byline": _clean(row.byline),
                    "file": mark_invisible(row.raw_path),
                    "published": None if pd.isna(row.published) else row.published.strftime("%Y-%m-%d"),
                    "n_words": int(row.n_words),
                    "skipped": _clean(row.skipped),
                    "copy_of": self.names.get(copy) if isinstance(copy, str) else None,
                    "aside": [
                        {"kind": p.kind, "why": p.why, "text": mark_invisible(p.text[:300])} for p in aside.itertuples()
                    ],
                    "excerpts": cut_excerpts(
                        row.text, self.places.spans[row.article_id], self.places.numbers[row.article_id], excerpts
                    ),
                }
            )
        return listed

    def findings(self) -> pd.DataFrame:
        """Give the findings as a short table: `finding, weight, explanation`."""
        rows = [
            {"finding": f["label"], "weight": f["severity"], "explanation": f["explanation"]}
            for f in self._list_findings()
        ]
        return pd.DataFrame(rows, columns=["finding", "weight", "explanation"])

    def export(self) -> dict:
        """Give the machine-readable twin: every finding with its evidence as article, start, end and text."""
        sides = dict(tuple(self.tables["disagreement_sides"].groupby("disagreement_id")))
        return {
            "story": {key: self.story.get(key) for key in ("title", "about", "kind")},
            "articles": [
                {
                    "article_id": row.article_id, "name": self.names[row.article_id], "file": row.raw_path, "sha256": row.raw_sha256,
                    "published": None if pd.isna(row.published) else row.published.strftime("%Y-%m-%d"),
                    "skipped": _clean(row.skipped),
                }
                for row in self.tables["articles"].itertuples()
            ],
            "disagreements": [
                {
                    "id": row.disagreement_id, "kind": row.kind, "severity": row.severity, "explanation": row.explanation,
                    "evidence": [
                        {
                            "side": side.side, "article_id": side.article_id,
                            "start": None if pd.isna(side.start) else int(side.start),
                            "end": None if pd.isna(side.end) else int(side.end),
                            "text": side.text if isinstance(side.text, str) else None,
                        }
                        for side in sides[row.disagreement_id].itertuples()
                    ],
                }
                for row in self.tables["disagreements"].itertuples()
            ],
            "propositions": [
                {"id": row.proposition_id, "label": row.label, "n_sources": int(row.n_sources), "n_origins": int(row.n_origins)}
                for row in self.tables["propositions"].itertuples()
                if row.n_sources > 1
            ],
            "synoptic": __version__,
        }  # fmt: skip


def _widen(coverage: pd.DataFrame) -> dict:
    sources = list(dict.fromkeys(coverage["source"]))
    rows = []
    for _, group in coverage.groupby("rank", sort=True):
        said = dict(zip(group["source"], group["relation"], strict=True))
        words = {"silent": "does not say"}
        rows.append(
            [
                {"text": mark_invisible(group["label"].iloc[0])},
                *[{"text": words.get(said[s], said[s])} for s in sources],
            ]
        )
    return {"head": ["Statement", *[mark_invisible(source) for source in sources]], "rows": rows}


def _tabulate_quoted(quoted: pd.DataFrame) -> dict:
    rows = [
        [{"text": mark_invisible(row.speaker_name)}, {"text": mark_invisible(row.source)}, {"text": str(row.n_claims)},
         {"text": str(row.n_direct)}]
        for row in quoted.itertuples()
    ]  # fmt: skip
    return {"head": ["Speaker", "Source", "Statements", "of these quoted to the letter"], "rows": rows}
