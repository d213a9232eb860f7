"""A reader's statement put to every source."""

from helpers.questions.judge import judge, judge_all, lay_out_answers, summarise_answers

__all__ = ["judge", "judge_all", "lay_out_answers", "summarise_answers"]
