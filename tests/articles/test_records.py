"""Files of many records: tables at whatever sign they are cut, sheets, references of libraries, notes with a head."""

from __future__ import annotations

import pytest

from helpers.articles.documents import FormatError, Limits
from helpers.articles.formats.registry import read_documents
from samples import PARAGRAPHS, SECOND, TEXT, TITLE, make_samples, make_sheet

LONG = " ".join([TEXT] * 3)


def read(raw: bytes, name: str):
    return read_documents(raw, name, Limits())


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "^"])
def test_a_table_is_cut_at_the_sign_that_fits_its_rows(sign):
    row = sign.join((TITLE, "Halvik Courier, the paper; of Halvik".replace(sign, " "), f'"{TEXT}"'))
    documents = read(f"Title{sign}Publication Title{sign}Full text\n{row}\n{row}\n".encode(), "a.csv")
    assert [document.text for document in documents] == [TEXT, TEXT]


def test_the_line_that_excel_sets_before_a_table_names_its_sign():
    raw = f'sep=#\nHeadline#Date#Article\n{TITLE}#05.03.2025#"{TEXT} – “so”"\n'.encode("cp1252")
    document = read(raw, "a.csv")[0]
    assert document.text == f"{TEXT} – “so”"
    assert document.metadata["published"] == "2025-03-05"


def test_dates_of_a_column_are_read_in_the_order_that_one_of_them_shows():
    rows = "".join(f'{date},"{TEXT}"\n' for date in ("04/03/2025", "25/03/2025"))
    assert [d.metadata["published"] for d in read(f"date,text\n{rows}".encode(), "a.csv")] == [
        "2025-03-04",
        "2025-03-25",
    ]
    alone = read(f'date,text\n04/03/2025,"{TEXT}"\n'.encode(), "a.csv")[0]
    assert "published" not in alone.metadata


def test_a_column_of_unknown_name_is_the_text_where_it_is_as_long_as_articles_are():
    document = read(f'Überschrift,Inhalt\n{TITLE},"{LONG}"\n'.encode(), "a.csv")[0]
    assert document.text == LONG
    assert any("'Inhalt' was taken for the text" in note for note in document.notes)


def test_an_abstract_is_never_taken_for_the_text():
    documents = read(f'Title,Abstract Note\n{TITLE},"{LONG}"\n'.encode(), "a.csv")
    assert "no column of text" in documents[0].skipped


def test_the_name_of_a_paper_stands_before_the_host_of_its_address():
    raw = f'"Title","Publication Title","Url","Date"\n"{TITLE}","Halvik Courier","https://www.courier.example/1","2025-03-03"\n'
    assert read(raw.encode(), "zotero.csv")[0].metadata["source"] == "Halvik Courier"


def test_a_sheet_is_read_as_a_table_and_one_without_articles_is_left_out():
    documents = read(make_sheet(), "a.xlsx")
    assert len(documents) == 1
    assert documents[0].text == TEXT
    assert documents[0].metadata == {"title": TITLE, "source": "Halvik Courier", "published": "2025-03-03"}


def test_a_sheet_that_holds_no_articles_says_what_it_lacks():
    import io

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["checked", "by"])
    book.active.append(["yes", "Kim"])
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(FormatError, match="no column of text"):
        read(buffer.getvalue(), "a.xlsx")


def test_a_reference_of_a_library_is_a_row_without_text():
    document = read(make_samples()[".ris"], "a.ris")[0]
    assert document.text == ""
    assert "an abstract is none" in document.skipped
    assert document.metadata == {
        "title": TITLE, "source": "Halvik Courier", "byline": "Ida Berg", "published": "2025-03-03",
    }  # fmt: skip


def test_a_reference_that_holds_the_whole_text_is_an_article():
    raw = make_samples()[".ris"].replace(b"ER  -", f"FT  - {TEXT}\nER  -".encode())
    assert read(raw, "a.ris")[0].text == TEXT.replace("\n\n", "\n")


NOTE = """---
title: "Ferry strikes pier"
source: "https://www.courier.example/ferry"
author:
  - "[[Ida Berg]]"
published: 2025-03-03
created: 2025-03-10
tags: [clippings]
---
![A picture](https://www.courier.example/p.jpg)

# Ferry strikes pier

The [operator](https://operator.example) **denied** it, see [[Halvik|the town]].

> “Fog,” he said.
"""


def test_the_head_of_a_note_is_metadata_and_the_signs_of_markdown_are_no_text():
    document = read(NOTE.encode(), "a.md")[0]
    assert document.metadata == {"title": TITLE, "byline": "Ida Berg", "published": "2025-03-03"}
    assert document.url == "https://www.courier.example/ferry"
    assert document.text == "Ferry strikes pier\n\nThe operator denied it, see the town.\n\n“Fog,” he said."


def test_a_head_that_is_no_mapping_is_read_line_by_line():
    raw = NOTE.replace('"Ferry strikes pier"', "Ferry: a pier struck").encode()
    document = read(raw, "a.md")[0]
    assert document.metadata["title"] == "Ferry: a pier struck"
    assert "created" not in document.text


def test_a_text_between_two_rules_is_no_head():
    assert SECOND in read(f"---\n{SECOND}\n---\n\n{TEXT}\n".encode(), "a.md")[0].text


def test_subtitles_are_turns_of_speech_without_their_times():
    document = read(make_samples()[".srt"], "a.srt")[0]
    assert document.text == "FENN: The ferry struck the pier at Halvik."
    assert read(make_samples()[".vtt"], "a.vtt")[0].text == "Dora Fenn: The ferry struck the pier at Halvik."


def test_a_subtitle_that_rolls_on_is_read_once_and_silence_begins_a_paragraph():
    cues = "WEBVTT\n\n00:00.000 --> 00:02.000\nThe ferry\n\n00:02.000 --> 00:04.000\nThe ferry\nstruck the pier.\n\n00:09.000 --> 00:11.000\nIt rained.\n"
    assert read(cues.encode(), "a.vtt")[0].text == "The ferry struck the pier.\n\nIt rained."


def test_a_table_under_the_name_of_a_text_is_read_as_a_table():
    row = f'{TITLE}\tHalvik Courier\t"{TEXT}"\n'
    documents = read(f"Title\tSource\tText\n{row}{row}".encode("utf-16"), "articles.txt")
    assert [document.text for document in documents] == [TEXT, TEXT]


def test_a_page_that_is_a_table_of_articles_is_read_as_one():
    rows = f"<tr><td>{TITLE}</td><td>Halvik Courier</td><td>{TEXT.replace(chr(10) * 2, '<br><br>')}</td></tr>" * 2
    page = f"<html><body><table><tr><th>Headline</th><th>Publication</th><th>Full Text</th></tr>{rows}</table></body></html>"
    documents = read(page.encode(), "export.xls")
    assert [document.text for document in documents] == [TEXT, TEXT]
    assert documents[0].metadata["source"] == "Halvik Courier"


def test_what_stands_where_an_abstract_does_is_the_text_if_it_is_as_long_as_one():
    raw = make_samples()[".ris"].replace(SECOND.encode(), LONG.replace("\n", " ").encode())
    assert read(raw, "a.ris")[0].text == LONG.replace("\n", " ")


def test_an_xml_file_that_is_no_feed_says_so():
    with pytest.raises(FormatError, match="no feed"):
        read(b"<?xml version='1.0'?><nitf><body><p>It rained.</p></body></nitf>", "a.xml")


def test_a_text_under_the_name_of_a_page_is_read_as_the_text_that_it_is():
    assert read(TEXT.encode(), "a.html")[0].text == TEXT


def test_a_table_that_names_no_columns_says_so():
    with pytest.raises(FormatError, match="names its columns"):
        read(f'"{TITLE}","Halvik Courier","{TEXT}"\n"{TITLE}","Halvik Courier","{TEXT}"\n'.encode(), "a.csv")


def test_a_text_with_its_markup_in_a_group_of_its_own_is_read_as_the_text():
    import json

    record = {"title": {"rendered": TITLE}, "content": {"rendered": f"<p>{PARAGRAPHS[0]}</p>\n<p>{SECOND}</p>"}}
    document = read(json.dumps([record]).encode(), "posts.json")[0]
    assert (document.metadata["title"], document.text) == (TITLE, TEXT)


def test_what_is_heard_and_not_said_is_no_subtitle():
    cues = "WEBVTT\n\n00:00.000 --> 00:02.000\n[Music]\n\n00:02.000 --> 00:04.000\nIt rained.\n(applause)\n"
    assert read(cues.encode(), "a.vtt")[0].text == "It rained."
