"""Several articles in one file: exports of databases, forwarded messages, articles pasted one below the other."""

from helpers.articles.parts.cut import split_document
from helpers.articles.parts.live import read_live_blog
from helpers.articles.parts.pages import split_page

__all__ = ["read_live_blog", "split_document", "split_page"]
