"""Zipped folders: each member is read by its own format."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from helpers.articles.decoding import clean_text
from helpers.articles.documents import Document, FormatError, Limits, NoArticlesError
from helpers.articles.formats.registry import NOT_ARTICLES, Format, read_documents


def read_zip(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read every member of a zipped folder; one that leads out, is a bomb or cannot be read is skipped with a reason."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile as error:
        raise FormatError(f"not a whole zip file: {error}") from None
    members = sorted((m for m in archive.infolist() if not _is_furniture(m)), key=lambda member: member.filename)
    if len(members) > limits.members:
        raise FormatError(f"refused: more than {limits.members:,} files in it")
    documents: list[Document] = []
    left = limits.size * 5
    for member in members:
        found = _read_member(archive, member, limits, left)
        left -= max(member.file_size, sum(len(document.text) for document in found))
        stem = PurePosixPath(member.filename).stem or "member"
        for document in found:
            document.name = document.name or stem
            document.notes.append(f"from {clean_text(member.filename)!r} in {name!r}")
        documents.extend(found)
    return documents


def _is_furniture(member: zipfile.ZipInfo) -> bool:
    """Say whether a member is what archivers and file managers add: folders, resource forks, settings."""
    path = PurePosixPath(member.filename)
    return member.is_dir() or "__MACOSX" in path.parts or bool(NOT_ARTICLES.match(path.name))


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits, left: int) -> list[Document]:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    try:
        if ".." in path.parts or path.is_absolute() or re.match(r"[A-Za-z]:", member.filename):
            raise FormatError("refused: its name leads out of the archive")
        inner = path.suffixes[-2:] if path.suffix.lower() == ".gz" else path.suffixes[-1:]
        if ".zip" in map(str.lower, inner) or member.flag_bits & 1:
            raise FormatError("refused: an archive in an archive" if not member.flag_bits & 1 else "encrypted")
        limits.check(member.file_size, member.compress_size)
        if member.file_size > left:
            raise FormatError("refused: the archive holds more than the limit")
        with archive.open(member) as file:
            content = file.read(limits.size + 1)
        limits.check(len(content), member.compress_size)
        if not content.strip():
            return [Document("", skipped="empty")]
        return read_documents(content, path.name, limits) or [Document("", skipped="no text found")]
    except NoArticlesError:
        return []
    except Exception as error:  # one bad member must not cost the others; its row says what happened
        return [Document("", skipped=f"{clean_text(member.filename)!r}: {' '.join(str(error).split())[:160]}")]


FORMAT = Format("zipped folders", (".zip",), "what each file in it gives", read_zip)
