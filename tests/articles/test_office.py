"""Documents of office programs: the text that would be printed, and nothing that was deleted or noted in it."""

from __future__ import annotations

import pytest

from helpers.articles import read_articles
from helpers.articles.documents import FormatError, Limits
from helpers.articles.formats.registry import read_documents
from samples import PARAGRAPHS, SECOND, TITLE, make_docx, make_epub, make_odt, make_rtf, pack


def read_one(folder, name: str, raw: bytes):
    (folder / name).write_bytes(raw)
    articles = read_articles(folder)
    assert len(articles) == 1, articles[["article_id", "skipped"]]
    return articles.iloc[0]


@pytest.mark.parametrize(("name", "raw"), [("a.docx", make_docx()), ("a.odt", make_odt())])
def test_a_document_gives_its_paragraphs_and_its_headline(tmp_path, name, raw):
    row = read_one(tmp_path, name, raw)
    assert row["text"] == "\n\n".join((TITLE, *PARAGRAPHS))
    assert (row["title"], row["title_from"]) == (TITLE, "the document")


def test_what_was_deleted_from_a_document_is_not_read_and_what_was_put_in_is(tmp_path):
    text = read_one(tmp_path, "a.docx", make_docx())["text"]
    assert SECOND in text
    assert "admitted" not in text


def test_a_text_box_that_stands_twice_for_older_programs_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>Fog.</w:t></w:r></w:p></w:txbxContent>"
    twice = f"<mc:AlternateContent xmlns:mc='m'><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    raw = make_docx(f"<w:p><w:r>{twice}</w:r></w:p>")
    assert read_documents(raw, "a.docx", Limits())[0].text == "Fog."


def test_who_saved_a_document_is_not_its_author(tmp_path):
    raw = pack({"word/document.xml": make_docx(), "docProps/core.xml": "<creator>Kim</creator>"})
    with pytest.raises(FormatError):
        read_documents(raw, "a.docx", Limits())
    assert read_documents(make_docx(), "a.docx", Limits())[0].metadata == {"title": TITLE}


def test_rich_text_is_read_with_the_letters_that_it_writes_in_its_own_way(tmp_path):
    text = read_one(tmp_path, "a.rtf", make_rtf())["text"]
    assert "The café was shut. “Fog”, he said." in text
    assert "fonttbl" not in text


def test_rich_text_under_the_name_of_an_old_word_document_is_read(tmp_path):
    assert "The café was shut." in read_one(tmp_path, "a.doc", make_rtf())["text"]


def test_a_book_gives_one_article_a_chapter_and_leaves_its_cover_out(tmp_path):
    (tmp_path / "a.epub").write_bytes(make_epub())
    articles = read_articles(tmp_path)
    assert articles["title"].tolist() == [f"{TITLE} 1", f"{TITLE} 2"]
    assert set(articles["source"]) == {"Halvik Courier"}
    assert set(articles["source_sure"]) == {"low"}


def test_a_document_that_declares_entities_or_unpacks_without_end_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="x"><w:body/></w:document>'
    with pytest.raises(FormatError, match="refused"):
        read_documents(pack({"word/document.xml": bomb}), "a.docx", Limits())
    with pytest.raises(FormatError, match="refused"):
        read_documents(pack({"word/document.xml": b" " * 30_000_000}), "a.docx", Limits())


def test_twenty_thousand_nested_elements_are_refused():
    deep = "<w:x xmlns:w='x'>" + "<w:y>" * 20_000 + "</w:y>" * 20_000 + "</w:x>"
    with pytest.raises(FormatError, match="nested"):
        read_documents(pack({"word/document.xml": deep}), "a.docx", Limits())
