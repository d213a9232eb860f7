"""Several articles in one file: exports of databases, forwarded messages, articles pasted one below the other."""

from helpers.articles.parts.cut import split_document
from helpers.articles.parts.pages import split_page

__all__ = ["split_document", "split_page"]
