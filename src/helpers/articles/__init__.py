"""Bytes become articles: whatever lies in a story's folder is a row, or a row that says why not."""

from helpers.articles.read import ArticleError, read_articles, read_story

__all__ = ["ArticleError", "read_articles", "read_story"]
