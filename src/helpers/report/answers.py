"""How the sources stand to a reader's own statements, as the report shows it: in columns, each sentence with its place."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.report.evidence import Evidence
from helpers.report.show import mark_invisible

ANSWER_WORDS = {
    "supports": ("supports it", "support it"),
    "disputes": ("disputes it", "dispute it"),
    "discusses": ("leaves it open", "leave it open"),
    "not sure": ("may bear on it, not sure how", "may bear on it, not sure how"),
    "silent": ("does not speak of it", "do not speak of it"),
}


def answer_questions(questions: Sequence[str], tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Put a reader's statements to every source; where there is none, nothing is parsed and no parser is loaded."""
    if not questions:
        return pd.DataFrame(columns=["question"])
    from helpers.questions import judge_all

    return judge_all(questions, tables["articles"], tables["claims"], tables["mentions"])


def list_answers(answers: pd.DataFrame, evidence: Evidence) -> list[dict]:
    """List what `helpers.questions.judge.judge_all` gives, a row a statement in the order asked.

    Each has the `question`, whether the sources `conflict`, a `summary` of how many stand how, one side for each relation
    that some source has (`head` and `evidence`), and the names of the `silent` sources.
    """
    if answers.empty:
        return []
    from helpers.questions import summarise_answers

    summary = summarise_answers(answers).set_index("question")
    rows = []
    for question, own in answers.groupby("question", sort=False):
        sides = [(name, own[own["relation"] == name]) for name in ANSWER_WORDS if name != "silent"]
        rows.append(
            {
                "question": mark_invisible(question),
                "conflict": bool(summary.at[question, "conflict"]),
                "summary": _count_relations(own["relation"]),
                "sides": [
                    {
                        "head": ANSWER_WORDS[name][len(side) > 1],
                        "evidence": [_show(row, evidence) for row in side.itertuples()],
                    }
                    for name, side in sides
                    if len(side)
                ],
                "silent": [evidence.names[article] for article in own[own["relation"] == "silent"]["article_id"]],
            }
        )
    return rows


def _count_relations(relations: pd.Series) -> str:
    """Say how many sources stand how: «2 support it, 1 disputes it»."""
    counts = relations.value_counts()
    return ", ".join(
        f"{counts[name]} {words[int(counts[name] > 1)]}" for name, words in ANSWER_WORDS.items() if counts.get(name)
    )


def _show(row, evidence: Evidence) -> dict:
    speaker = mark_invisible(row.speaker) if isinstance(row.speaker, str) else ""
    return {
        "source": evidence.names[row.article_id],
        "number": evidence.places.numbers[row.article_id],
        "pieces": [(mark_invisible(row.text), False)],
        "marks": False,
        "voice": {"speaker": "", "how": f"words of {speaker}" if speaker else "in its own voice"},
        "place": evidence.find_place(row.article_id, row.start, row.end),
    }
