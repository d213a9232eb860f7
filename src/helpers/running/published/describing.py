"""The command that fills a story.yaml with what is known, and leaves open what is not."""

from __future__ import annotations

from helpers.running.jobs import Job
from helpers.store.descriptions import NAME


def describe_story(job: Job) -> tuple[str, str | None]:
    """Describe a story in a story.yaml beside its articles; gives what to say, and the text where one lies there already.

    What somebody wrote is never changed: the text then holds it with what is missing, for whoever wants to take it over.
    """
    from helpers.articles import read_articles, read_story
    from helpers.report.skeleton import write_skeleton
    from helpers.store.files import write_file

    articles = read_articles(job.raw)
    text = write_skeleton(articles, read_story(job.raw))
    lacks = word_missing(articles) or "nothing is missing"
    path = job.raw / NAME
    if path.exists():
        return f"{job.story}: there is a {NAME} already, so none is written; {lacks}", text
    write_file(path, text.encode("utf-8", "replace"))
    return f"{job.story}: {NAME} written beside the articles; {lacks}", None


def word_missing(articles) -> str:
    """Say what is not known of the articles: «3 publishers and 4 dates are not known»; nothing where all is."""
    from helpers.report.skeleton import list_missing

    lacks = [
        f"{number} {what}{'' if number == 1 else 's'}" for what, number in list_missing(articles).items() if number
    ]
    verb = "is" if len(lacks) == 1 and lacks[0].startswith("1 ") else "are"
    return f"{' and '.join(lacks)} {verb} not known" if lacks else ""
