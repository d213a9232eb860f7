"""What is not in English is told, with its language; what may be English never is."""

from __future__ import annotations

import pytest

from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.language.tongues import find_other_language
from helpers.mentions import find_mentions
from helpers.passages import split_passages
from helpers.questions import judge


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sieben Menschen sind am Dienstag ums Leben gekommen, als ein Tor des Staudamms brach.", "German"),
        ("Sept personnes sont mortes mardi lorsque la vanne du barrage a cédé, ont annoncé les pompiers.", "French"),
        ("Los daños se calculan en 40 millones de euros.", "Spanish"),
        ("Семь человек погибли во вторник, когда прорвало затвор плотины, сообщили пожарные.", "Russian"),
        ("قال رجال الإطفاء إن سبعة أشخاص لقوا حتفهم يوم الثلاثاء عندما انهارت بوابة السد.", "Arabic"),
        ("消防部门说，周二水坝闸门破裂，七人死亡。", "Chinese"),
        ("Skadene anslås til 40 millioner euro.", "Danish or Norwegian"),
    ],
)
def test_a_text_in_another_language_is_named(text, language):
    assert find_other_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Seven people were killed on Tuesday when a gate of the dam burst.",
        "Halvik 2-1 Kelmar, Fenland 3-0 Basin, Norvik 1-1 Mill Lane",
        "Two doses halve malaria in Nkolo children",
        "José María Aznar, Jean-Claude Juncker, Wolfgang Schäuble",
        "",
        "1, 2, 3, 4, 5",
    ],
)
def test_a_text_that_may_be_english_is_left_as_it_is(text):
    assert find_other_language(text) is None


def test_an_article_in_another_language_is_set_aside_and_keeps_its_row(tmp_path):
    (tmp_path / "tagesbote.txt").write_text(
        "Sieben Tote nach Dammbruch\n\nSieben Menschen sind am Dienstag ums Leben gekommen, teilte die Feuerwehr mit.",
        encoding="utf-8",
    )
    row = read_articles(tmp_path).iloc[0]
    assert row["skipped"].startswith("in German, not in English")
    assert row["text"].startswith("Sieben Tote")


def test_an_article_in_another_language_gives_no_claims_and_is_silent_on_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("Seven killed\n\nSeven people were killed on Tuesday, the fire service said.")
    (tmp_path / "b.txt").write_text(
        "Sieben Tote\n\nSieben Menschen sind am Dienstag ums Leben gekommen, teilte die Feuerwehr mit."
    )
    articles = read_articles(tmp_path)
    passages = split_passages(articles)
    assert set(passages.loc[passages["article_id"] == "b", "kind"]) == {"foreign"}
    claims = extract_claims(articles, passages)
    assert set(claims["article_id"]) == {"a"}
    assert set(judge("Seven people were killed.", articles, claims, find_mentions(claims, articles))["article_id"]) == {
        "a"
    }
