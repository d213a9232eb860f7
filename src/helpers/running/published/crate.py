"""Describe a published report as an RO-Crate: what it holds, what it was made from, by which notebooks."""

from __future__ import annotations

from pathlib import PurePosixPath

from helpers import __version__
from helpers.running.jobs import Job
from helpers.running.manifest import digest_bytes, digest_file
from helpers.running.stages import STAGES
from helpers.running.workspace import Workspace
from helpers.store.files import read_json, write_json

CRATE = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "https://w3id.org/ro/crate/1.1"
KINDS = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_crate(job: Job, staging: Workspace, raw: dict[str, str], outputs: dict[str, str]) -> None:
    """Write ``ro-crate-metadata.json`` beside the staged report.

    It holds no time of the run, which would change the published bytes: `datePublished` is the newest day on which an
    article was published, and left out where no day is known. When the run took place stands in the manifest.
    """
    report = read_json(staging.report / "report.json")
    files = [_describe_file(staging, name, digest) for name, digest in sorted(outputs.items()) if _is_shown(name)]
    sources = [_describe_article(name, digest) for name, digest in sorted(raw.items()) if len(digest) == 64]
    notebooks = [_describe_notebook(job, stage.name) for stage in STAGES]
    graph = [
        {"@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": PROFILE}},
        _describe_root(job, report, files, sources),
        {
            "@id": "#run", "@type": "CreateAction", "name": "Synoptic run",
            "instrument": [{"@id": "#synoptic"}, *_refer(notebooks)], "object": _refer(sources), "result": _refer(files),
        },
        {"@id": "#synoptic", "@type": "SoftwareApplication", "name": "Synoptic", "softwareVersion": __version__},
        *notebooks, *sources, *files,
    ]  # fmt: skip
    write_json(staging.report / CRATE, {"@context": CONTEXT, "@graph": graph})


def _is_shown(name: str) -> bool:
    return name.startswith("report/") and name != f"report/{CRATE}"


def _describe_root(job: Job, report: dict, files: list[dict], sources: list[dict]) -> dict:
    days = [article["published"] for article in report.get("articles", []) if article.get("published")]
    title = (report.get("story") or {}).get("title") or job.story
    root = {
        "@id": "./", "@type": "Dataset", "name": title,
        "description": "What several news articles about one story claim, where they agree, and where they do not.",
        "hasPart": _refer(files), "isBasedOn": _refer(sources), "mentions": [{"@id": "#run"}],
    }  # fmt: skip
    return {**root, "datePublished": max(days)} if days else root


def _describe_file(staging: Workspace, name: str, digest: str) -> dict:
    place = name.removeprefix("report/")
    kind = KINDS.get(PurePosixPath(place).suffix, "application/octet-stream")
    size = str(staging.find(name).stat().st_size)
    return {"@id": place, "@type": "File", "encodingFormat": kind, "contentSize": size, "sha256": digest}


def _describe_article(name: str, digest: str) -> dict:
    shown = name.encode("utf-8", "replace").decode("utf-8")
    identifier = digest_bytes(f"{name} {digest}".encode("utf-8", "surrogateescape"))[:16]
    return {"@id": f"#article-{identifier}", "@type": "CreativeWork", "name": shown, "sha256": digest}


def _describe_notebook(job: Job, name: str) -> dict:
    return {
        "@id": f"#{name}", "@type": "SoftwareSourceCode", "name": f"{name}.ipynb", "programmingLanguage": "Python",
        "sha256": digest_file(job.root / "notebooks" / f"{name}.ipynb"),
    }  # fmt: skip


def _refer(entities: list[dict]) -> list[dict]:
    return [{"@id": identifier} for identifier in dict.fromkeys(entity["@id"] for entity in entities)]
