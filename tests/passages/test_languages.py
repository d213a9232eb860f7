"""What is in another language gives no claims, and is not taken for another article."""

from __future__ import annotations

from helpers.passages import split_passages
from stories import make_articles

ENGLISH = "Seven people were killed on Tuesday when a gate of the dam burst, the fire service said."
GERMAN = (
    "Sieben Menschen sind am Dienstag ums Leben gekommen, als ein Tor des Staudamms brach, teilte die Feuerwehr mit."
)
RUSSIAN = [
    "Семь человек погибли при прорыве плотины",
    "Семь человек погибли во вторник, когда прорвало затвор плотины, сообщили пожарные",
    "КЕЛЬМАР — Ущерб оценивается в 40 миллионов евро",
    "«Ни одно предупреждение не дошло до совета», — сказала представитель компании",
    "Около 1200 жителей были эвакуированы в две школы ночью",
]


def cut(text: str):
    return split_passages(make_articles({"a": text}))


def test_a_paragraph_in_another_language_is_set_aside_with_its_name():
    passages = cut(f"Seven killed as gate bursts\n\n{ENGLISH}\n\n{GERMAN}\n\n{ENGLISH} Nobody else was hurt.")
    row = passages[passages["text"] == GERMAN].iloc[0]
    assert (row["kind"], row["why"]) == ("foreign", "in German, not in English")


def test_no_second_article_is_looked_for_in_a_text_whose_words_are_not_known():
    assert "foreign" not in set(cut("\n\n".join(RUSSIAN))["kind"])


def test_the_items_of_a_numbered_list_are_no_other_articles():
    towns = ("Kelmar", "Halvik", "Basin", "Lunn", "Fenland")
    told = (
        "The town was flooded in 1962 and rebuilt on the hill above the river within four years.",
        "It lost its harbour in a storm in 1953. The new one is twice as large, and ships of all nations call there.",
        "The lake was drained in 1871; farmers still find boats in their fields, and the museum shows the best of them.",
        "Only the mill was left of the village, and today it is a museum of clocks from all over the country.",
        "Sheep graze where the market was, and a stone bears the names of the families that moved to the coast.",
    )
    items = [f"{n}. {town}\n{text}" for n, (town, text) in enumerate(zip(towns, told, strict=True), 1)]
    assert "foreign" not in set(cut("Towns that were rebuilt after floods\n\n" + "\n\n".join(items))["kind"])
