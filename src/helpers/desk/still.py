"""The desk as it stands where no widget works, on nbviewer or GitHub: plain tables, each row leading to its place in the text."""

from __future__ import annotations

from html import escape

import pandas as pd

from helpers.desk import lists
from helpers.language.invisible import mark_invisible
from helpers.store.publishers import name_sources

Tables = dict[str, pd.DataFrame]
LEFT = "text-align: left; vertical-align: top"


def set_still(tables: Tables) -> str:
    """Set findings, claims and reviews as plain tables, and under them the articles with the places marked."""
    findings, claims, reviews = lists.list_findings(tables), lists.list_claims(tables), lists.list_reviews(tables)
    sides = tables["disagreement_sides"].dropna(subset=["claim_id"]).drop_duplicates("disagreement_id")
    places = dict(zip(sides["disagreement_id"], sides["claim_id"], strict=True))
    return "".join(
        [
            _set_table("Findings", findings, [places.get(key) for key in findings.index]),
            _set_table("Claims", claims, list(claims.index)),
            _set_table("Reviews", reviews, [None] * len(reviews)),
            *[
                _set_article(row, tables["claims"], name_sources(tables["articles"]))
                for row in tables["articles"].itertuples()
            ],
        ]
    )


def _set_table(title: str, rows: pd.DataFrame, places: list[str | None]) -> str:
    head = "".join(f'<th style="{LEFT}">{column}</th>' for column in ["", *rows.columns])
    body = "".join(
        f'<tr><td style="{LEFT}">{_link(place)}</td>'
        + "".join(f'<td style="{LEFT}">{_safe(cell)}</td>' for cell in row)
        + "</tr>"
        for place, row in zip(places, rows.itertuples(index=False), strict=True)
    )
    return f"<h3>{title}</h3><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _link(place: str | None) -> str:
    return f'<a href="#{place}" title="its place in the text">¶</a>' if isinstance(place, str) else ""


def _set_article(row, claims: pd.DataFrame, names: dict[str, str]) -> str:
    """Set an article with the beginning of each claim as a place to lead to."""
    own = claims[claims["article_id"].eq(row.article_id)].sort_values(["start", "end"])
    pieces, at = [], 0
    for claim in own.itertuples():
        start = max(int(claim.start), at)
        pieces.append(f'{_safe(row.text[at:start])}<a id="{claim.claim_id}"></a>')
        at = start
    return f"<h4>{_safe(names[row.article_id])}</h4><p>{''.join(pieces)}{_safe(row.text[at:])}</p>"


def _safe(text: str) -> str:
    return escape(mark_invisible(text)).replace("\n", "<br>").replace("$", "&#36;")
