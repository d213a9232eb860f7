"""The one order of the stages: each step finds what it reads, and all together make the tables of the contract."""

from __future__ import annotations

from helpers import tables
from helpers.corpus.pipeline import STEPS, analyse
from helpers.running.stages import STAGES
from stories import make_articles

TEXTS = {
    "wire": "Harbour closed.\n\nThe mayor said that the harbour was closed on Monday.\n\nTwelve people were hurt.",
    "courier": "Port shut.\n\nThe mayor denied that the harbour was closed on Monday.\n\nFourteen people were hurt.",
}


def test_the_steps_make_every_table_of_the_contract_and_nothing_else():
    assert set(analyse(make_articles(TEXTS))) == set(tables.TABLES)


def test_the_steps_stand_in_the_order_of_the_notebooks():
    written = [name for stage in STAGES for name in stage.writes]
    assert list(analyse(make_articles(TEXTS))) == written


def test_every_notebook_reads_only_what_an_earlier_one_has_written():
    there: set[str] = set()
    for stage in STAGES:
        assert set(stage.reads) <= there
        there |= set(stage.writes)


def test_the_steps_can_end_before_the_sources_are_compared():
    assert set(analyse(make_articles(TEXTS), until="claims")) == {"articles", "passages", "claims", "mentions"}
    assert "disagreements" not in analyse(make_articles(TEXTS), until=list(STEPS)[-2])
