"""Messages: the part that holds the article, who sent it, what it hands on, and many of them in one mailbox."""

from __future__ import annotations

import contextlib
import html
import time

import pandas as pd
import pytest

from helpers.articles import read_articles
from helpers.articles.documents import FormatError, Limits
from helpers.articles.formats.registry import read_documents
from samples import PARAGRAPHS, SECOND, TEXT, TITLE, make_message, make_samples
from test_formats import PAGE


def make_parts(plain: str, page: str) -> bytes:
    head = "From: Halvik Courier <news@halvik-courier.example>\nSubject: Fwd: Ferry\nMIME-Version: 1.0\n"
    head += "Content-Type: multipart/alternative; boundary=XX\n\n"
    parts = f"--XX\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--XX\nContent-Type: text/html; charset=utf-8\n\n{page}\n--XX--\n"
    return (head + parts).encode()


def test_the_part_with_markup_is_read_where_the_plain_part_is_a_stub():
    document = read_documents(make_parts("Read this in your browser: https://x.example/1", PAGE), "a.eml", Limits())[0]
    assert "The operator called the “fog”" in document.text
    assert any("stub" in note for note in document.notes)


def test_the_plain_part_is_read_where_it_holds_the_article():
    document = read_documents(make_parts(f"{TEXT}\n\n{TEXT}\n\n{TEXT}", PAGE), "a.eml", Limits())[0]
    assert document.text.startswith(TEXT)


@pytest.mark.parametrize(
    ("sender", "field", "value"),
    [
        ("Halvik Courier <news@mailer.example>", "source", "Halvik Courier"),
        ("Halvik Courier <x7@halvik-courier.example>", "source", "Halvik Courier"),
        ("Ida Berg <ida.berg@halvik-courier.example>", "byline", "Ida Berg"),
        ("Ida Berg <ib@mail.example>", "byline", "Ida Berg"),
    ],
)
def test_the_sender_is_the_publisher_where_the_address_is_its_house_or_desk_and_else_a_person(sender, field, value):
    raw = make_message().replace(b"Halvik Courier <news@halvik-courier.example>", sender.encode())
    assert read_documents(raw, "a.eml", Limits())[0].metadata[field] == value


def test_a_message_that_hands_another_on_gives_that_one():
    outer = b"From: Kim <kim@desk.example>\nSubject: Fwd: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=XX\n\n"
    outer += b"--XX\nContent-Type: text/plain\n\nFor the ferry story.\n--XX\nContent-Type: message/rfc822\n\n"
    document = read_documents(outer + make_message() + b"\n--XX--\n", "a.eml", Limits())[0]
    assert document.text.startswith(TEXT)
    assert document.metadata["source"] == "Halvik Courier"
    assert document.metadata["title"] == f"{TITLE} 1"


def test_a_mailbox_gives_one_article_a_message_decoded_as_it_says():
    raw = make_samples()[".mbox"].replace(
        b"charset=utf-8\n\n",
        b"charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E2=80=9CFog=E2=80=9D, he said. ",
    )
    documents = read_documents(raw, "box.mbox", Limits())
    assert [document.metadata["title"] for document in documents] == [f"{TITLE} 1", f"{TITLE} 2"]
    assert all(document.text.startswith("“Fog”, he said.") for document in documents)


def test_a_line_of_a_message_that_begins_with_from_begins_no_message():
    raw = make_samples()[".mbox"].replace(
        TEXT.encode(), b"It rained.\n\n>From Halvik the ferry sailed.\n\n" + TEXT.encode()
    )
    documents = read_documents(raw, "box.mbox", Limits())
    assert len(documents) == 2
    assert "\nFrom Halvik the ferry sailed." in documents[0].text


def test_the_tables_in_which_mail_is_laid_out_are_no_tables():
    cells = "".join(f"<tr><td>{cell}</td></tr>" for cell in (f"<h1>{TITLE}</h1>", *(f"<p>{p}</p>" for p in PARAGRAPHS)))
    text = read_documents(make_parts("", f"<html><body><table>{cells}</table></body></html>"), "a.eml", Limits())[
        0
    ].text
    assert "|" not in text
    assert PARAGRAPHS[1] in text.split("\n")


def test_who_hands_a_message_on_is_not_its_author(tmp_path):
    head = "From: Kim Desk <kim@desk.example>\nSubject: Fwd: Ferry\nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
    inner = f"---------- Forwarded message ---------\nFrom: Halvik Courier <news@courier.example>\nDate: Mon, 3 Mar 2025 at 9:00 AM\nSubject: {TITLE}\nTo: <kim@desk.example>\n\n{TEXT}\n"
    (tmp_path / "a.eml").write_text(f"{head}For the ferry story.\n\n{inner}", encoding="utf-8")
    row = read_articles(tmp_path).iloc[0]
    assert (row["source"], row["published"]) == ("Halvik Courier", pd.Timestamp("2025-03-03"))
    assert pd.isna(row["byline"])
    assert SECOND in row["text"]


@pytest.mark.parametrize("name", ["a.mhtml", "a.eml", "a.txt"])
def test_headers_without_end_are_looked_through_in_bounded_time(name):
    raw = b"From: <Saved by Blink>\r\n" + b" \r\r\n" * 50_000 + b"MIME-Version: 1.0\r\r\n" * 50_000
    started = time.process_time()
    with contextlib.suppress(FormatError):
        read_documents(raw, name, Limits())
    assert time.process_time() - started < 5


HEADS = {
    "gmail": "---------- Forwarded message ---------\nFrom: {sender}\nDate: Mon, 3 Mar 2025 at 9:00 AM\nSubject: {title}\nTo: <kim@desk.example>\n\n",
    "outlook": "From: {sender}\nSent: Monday, March 3, 2025 9:00 AM\nTo: Kim Desk\nSubject: {title}\n\n",
    "apple": "Begin forwarded message:\n\nFrom: {sender}\nSubject: {title}\nDate: 3 March 2025 at 09:00:00 CET\nTo: kim@desk.example\n\n",
}


@pytest.mark.parametrize("program", HEADS)
@pytest.mark.parametrize("with_markup", [False, True])
def test_the_heads_of_all_programs_are_known_with_and_without_markup(program, with_markup):
    head = HEADS[program].format(sender="Halvik Courier <news@courier.example>", title=TITLE)
    text = f"For the file.\n\n{head}{TEXT}"
    inner = "".join(f"<div>{html.escape(line)}</div>" for line in text.split("\n") if line)
    raw = make_parts("", f"<html><body>{inner}</body></html>") if with_markup else make_parts(text, "")
    document = read_documents(raw.replace(b"Halvik Courier <news@halvik", b"Kim Desk <kim@halvik"), "a.eml", Limits())[
        0
    ]
    assert document.metadata == {"title": TITLE, "source": "Halvik Courier", "published": "2025-03-03"}
    assert document.text.startswith(PARAGRAPHS[0])
