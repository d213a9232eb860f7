"""A whole file of every format, made here: what tests read, and what they damage."""

from __future__ import annotations

import gzip
import io
import json
import plistlib
import zipfile

import openpyxl
import pandas as pd

from test_formats import PAGE, STORY, make_response

TITLE = "Ferry strikes pier"
SECOND = "The operator denied that the radar had failed. Two of the injured were still in hospital on Tuesday."
PARAGRAPHS = (STORY.strip(), SECOND)
TEXT = "\n\n".join(PARAGRAPHS)


def pack(members: dict[str, str | bytes], stored: str = "") -> bytes:
    """Pack members as office programs do: the one that names the kind first and as it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, kind)
    return buffer.getvalue()


def make_docx(body: str = "") -> bytes:
    """Make a Word document: a headline set as such, two paragraphs, a word that was deleted and one put in."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    written = body or (
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>'
        f"<w:p><w:r><w:t>{PARAGRAPHS[0]}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t xml:space='preserve'>The operator </w:t></w:r><w:del><w:r><w:delText>admitted</w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t>denied</w:t></w:r></w:ins><w:r><w:t>{SECOND.removeprefix('The operator denied')}</w:t></w:r></w:p>"
    )
    document = f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{written}</w:body></w:document>'
    return pack({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def make_odt() -> bytes:
    """Make an OpenDocument text with a headline, two paragraphs and a comment that is none of it."""
    inner = f"<text:h text:outline-level='1'>{TITLE}</text:h><text:p>{PARAGRAPHS[0]}<office:annotation><text:p>Check!</text:p>"
    inner += f"</office:annotation></text:p><text:p>{SECOND}</text:p>"
    spaces = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
    content = f"<?xml version='1.0'?><office:document-content {spaces}><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    return pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}, "mimetype")


def make_epub() -> bytes:
    """Make a book of two articles behind a cover."""
    container = "<container><rootfiles><rootfile full-path='in/book.opf'/></rootfiles></container>"
    items = "".join(f"<item id='c{n}' href='c{n}.xhtml' media-type='application/xhtml+xml'/>" for n in range(3))
    spine = "".join(f"<itemref idref='c{n}'/>" for n in range(3))
    book = f"<package><metadata><title>Halvik Courier</title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "in/book.opf": book}
    chapters = ["<p>Cover</p>", *(f"<h1>{TITLE} {n}</h1><p>{STORY * 3}</p><p>{SECOND}</p>" for n in (1, 2))]
    for number, chapter in enumerate(chapters):
        members[f"in/c{number}.xhtml"] = (
            f"<html><head><title>{TITLE} {number}</title></head><body>{chapter}</body></html>"
        )
    return pack(members, "mimetype")


def make_rtf() -> bytes:
    """Make a rich text file, with letters beyond ASCII as it writes them."""
    paragraphs = "\\par ".join((TITLE, PARAGRAPHS[0], "The caf\\'e9 was shut. \\u8220?Fog\\u8221?, he said."))
    return ("{\\rtf1\\ansi\\ansicpg1252 {\\fonttbl{\\f0 Times;}}" + paragraphs + "}").encode("ascii")


def make_sheet() -> bytes:
    """Make a workbook whose first sheet has a line above its header and whose second holds no articles."""
    book = openpyxl.Workbook()
    book.active.append(["Search of 10 March"])
    book.active.append(["Headline", "Newspaper", "Date", "Article"])
    book.active.append([TITLE, "Halvik Courier", pd.Timestamp("2025-03-03").to_pydatetime(), TEXT])
    book.create_sheet("Notes").append(["checked by", "Kim"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_wacz() -> bytes:
    """Make a collection of web archives: the page that somebody visited, and one that it loaded."""
    records = make_response(PAGE.encode(), "https://x.example/1") + make_response(
        PAGE.encode(), "https://ads.example/2"
    )
    pages = json.dumps({"format": "json-pages-1.0"}) + "\n" + json.dumps({"url": "https://x.example/1"})
    return pack({"archive/data.warc.gz": gzip.compress(records), "pages/pages.jsonl": pages})


def make_message(number: int = 1) -> bytes:
    """Make a message of plain text."""
    head = f"From: Halvik Courier <news@halvik-courier.example>\nSubject: {TITLE} {number}\nMIME-Version: 1.0\n"
    return (
        head + f"Date: Mon, 03 Mar 2025 09:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n"
    ).encode()


def make_pdf() -> bytes:
    """Make a PDF of one page with a text layer."""
    from matplotlib.figure import Figure

    figure, buffer = Figure(), io.BytesIO()
    figure.text(0.1, 0.5, PARAGRAPHS[0])
    figure.savefig(buffer, format="pdf", metadata={"CreationDate": None})
    return buffer.getvalue()


def make_parquet() -> bytes:
    """Make a Parquet file of two articles."""
    buffer = io.BytesIO()
    pd.DataFrame({"text": [TEXT, TEXT + " Again."], "title": [TITLE, TITLE]}).to_parquet(buffer)
    return buffer.getvalue()


def make_mhtml() -> bytes:
    """Make a page as a browser saves it in one file."""
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/1\r\nMIME-Version: 1.0\r\n"
    head += "Content-Type: multipart/related; boundary=XX\r\n\r\n--XX\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return (head + PAGE + "\r\n--XX--\r\n").encode()


def make_webarchive() -> bytes:
    """Make a page as Safari saves it."""
    main = {
        "WebResourceData": PAGE.encode(),
        "WebResourceURL": "https://x.example/1",
        "WebResourceTextEncodingName": "UTF-8",
    }
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)


def make_samples() -> dict[str, bytes]:
    """Make a whole file of every ending that stands for a format, by that ending."""
    item = f"<item><title>{TITLE}</title><link>https://x.example/1</link><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item>"
    record = json.dumps({"id": "r1", "title": TITLE, "text": TEXT, "date": "2025-03-03"})
    cues = "1\n00:00:00,000 --> 00:00:03,200\n>> FENN: The ferry struck\n\n2\n00:00:03,200 --> 00:00:05,000\nthe pier at Halvik.\n"
    warc = make_response(PAGE.encode()) * 2
    return {
        ".txt": TEXT.encode(),
        ".md": f"---\ntitle: {TITLE}\nauthor: Ida Berg\npublished: 2025-03-03\n---\n\n{STORY}\n\n**{SECOND}**\n".encode(),
        ".html": PAGE.encode(),
        ".mhtml": make_mhtml(),
        ".webarchive": make_webarchive(),
        ".eml": make_message(),
        ".mbox": b"".join(b"From MAILER-DAEMON Mon Mar  3 09:00:00 2025\n" + make_message(n) + b"\n" for n in (1, 2)),
        ".pdf": make_pdf(),
        ".docx": make_docx(),
        ".odt": make_odt(),
        ".rtf": make_rtf(),
        ".epub": make_epub(),
        ".srt": cues.encode(),
        ".vtt": ("WEBVTT\n\n" + cues.replace(",", ".").replace(">> FENN: ", "<v Dora Fenn>")).encode(),
        ".xml": f"<?xml version='1.0'?><rss version='2.0'><channel><title>Courier</title>{item * 2}</channel></rss>".encode(),
        ".json": f'{{"articles": [{record}]}}'.encode(),
        ".jsonl": f"{record}\n{record}\n".encode(),
        ".csv": f'sep=;\nHeadline;Date;Article\n{TITLE};03.03.2025;"{TEXT}"\n'.encode("cp1252"),
        ".xlsx": make_sheet(),
        ".parquet": make_parquet(),
        ".ris": f"TY  - NEWS\nTI  - {TITLE}\nAU  - Berg, Ida\nT2  - Halvik Courier\nDA  - 2025/03/03\nAB  - {SECOND}\nER  - \n".encode(),
        ".wacz": make_wacz(),
        ".warc": warc,
        ".gz": gzip.compress(TEXT.encode()),
        ".zip": pack({"a/one.txt": TEXT, "b/two.html": PAGE}),
    }
