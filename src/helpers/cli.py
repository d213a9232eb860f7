"""The command `synoptic`: run stories, list them, and say in one line what is wrong."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from helpers.stages import STAGES, UsageError, check_parameters, check_story, list_stories

FAILED, USAGE, PARTIAL, LOCKED = 1, 2, 3, 4


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="synoptic")
def main() -> None:
    """Synoptic: what several articles about one story claim, where they agree, and where they do not."""


@main.command()
@click.argument("story", required=False)
@click.option("--all", "every", is_flag=True, help="Run every story under data/raw.")
@click.option("--raw", "raw_folder", metavar="DIR", help="Any folder of raw articles, in place of data/raw/STORY.")
@click.option("--processed", default="data/processed", metavar="DIR", help="Where the tables go.", show_default=True)
@click.option("--reports", default="reports", metavar="DIR", help="Where the reports go.", show_default=True)
@click.option(
    "-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a notebook's parameter."
)
@click.option("--force", is_flag=True, help="Run even if nothing has changed.")
@click.option("--explain", is_flag=True, help="Say what made the run necessary.")
@click.option("--quiet", is_flag=True, help="No progress, one line a story.")
def run(story, every, raw_folder, processed, reports, given, force, explain, quiet) -> None:
    """Run the notebooks on STORY and publish its report."""
    from helpers.places import find_root

    root = find_root()
    try:
        if bool(story) == every:
            raise UsageError("name one story, or give --all")
        if every and raw_folder:
            raise UsageError("--raw goes with one story")
        if not (root / "notebooks").is_dir():
            raise UsageError("there is no folder `notebooks` here or above: call synoptic inside the repository")
        parameters = check_parameters(dict(given), root / "notebooks")
        stories = list_stories(root / "data" / "raw")
        chosen = stories if every else [check_story(story, stories, anywhere=bool(raw_folder))]
        if not chosen:
            raise UsageError("data/raw holds no story")
        folders = {name: _raw_folder(name, raw_folder, root) for name in chosen}
    except UsageError as error:
        _fail(str(error), USAGE)
    codes = [
        _run_one(name, folders[name], processed, reports, parameters, root, force, explain, quiet) for name in chosen
    ]
    if every:
        _write_index(root, reports)
    sys.exit(next((code for code in (FAILED, LOCKED, PARTIAL) if code in codes), 0))


def _raw_folder(story: str, given: str | None, root: Path) -> str:
    if given is None:
        return f"data/raw/{story}"
    folder = Path(given)
    if not folder.is_dir():
        raise UsageError(f"--raw {given}: there is no such folder")
    return os.path.relpath(folder.resolve(), root)


def _run_one(story, raw_folder, processed, reports, parameters, root, force, explain, quiet) -> int:
    from helpers.runner import Job, LockHeldError, RunError, run_story

    job = Job(story, raw_folder, processed, reports, root, parameters)
    started = time.monotonic()
    try:
        with _show_progress(story, quiet) as tell:
            outcome = run_story(job, force, tell)
    except LockHeldError as error:
        return _say(str(error), LOCKED)
    except RunError as error:
        _say(f"{story}: {error}", FAILED)
        if error.trace:
            click.echo(error.trace, err=True)
        click.echo(f"the notebook up to there: {processed}/.failed-{story}/{error.kept}", err=True)
        return FAILED
    except OSError as error:
        return _say(f"{story}: {error.filename or ''}: {error.strerror or error}".replace(": :", ":"), FAILED)
    if explain and outcome.changed:
        click.echo(f"{story}: ran because of: {', '.join(outcome.changed)}")
    for line in outcome.skipped:
        click.echo(f"{story}: skipped {line}", err=True)
    page = f"{reports}/{story}/index.html"
    what = "unchanged" if outcome.state == "unchanged" else f"done in {time.monotonic() - started:.0f} s"
    click.echo(f"{story}: {what}, {page}")
    return PARTIAL if outcome.skipped else 0


class _show_progress:  # noqa: N801
    """A bar on the terminal with the stage and the time; nothing where nobody looks."""

    def __init__(self, story: str, quiet: bool):
        self.bar = None
        self.story = story
        self.silent = quiet or not sys.stderr.isatty()

    def __enter__(self):
        return self.tell

    def tell(self, stage: str, number: int) -> None:
        if self.silent:
            return
        from tqdm import tqdm

        if self.bar is None:
            self.bar = tqdm(total=len(STAGES), desc=self.story, unit="notebook", file=sys.stderr, leave=False)
        self.bar.n = number
        self.bar.set_postfix_str(stage)

    def __exit__(self, *error) -> None:
        if self.bar is not None:
            self.bar.close()


@main.command()
def stories() -> None:
    """List the stories under data/raw."""
    from helpers.articles import ArticleError, read_story
    from helpers.places import find_root

    root = find_root()
    for name in list_stories(root / "data" / "raw"):
        folder = root / "data" / "raw" / name
        count = sum(1 for path in folder.iterdir() if path.is_file() and path.suffix not in (".yaml", ".yml", ".json"))
        published = (root / "reports" / name / "index.html").exists()
        try:
            title = read_story(folder)["title"]
        except ArticleError as error:
            title = f"({error})"
        click.echo(f"{name}: {title} ({count} files, {'report published' if published else 'no report yet'})")


def _write_index(root: Path, reports: str) -> None:
    from helpers.export import write_index

    write_index(root / reports)


def _say(message: str, code: int) -> int:
    click.echo(f"synoptic: {message}", err=True)
    return code


def _fail(message: str, code: int) -> None:
    sys.exit(_say(message, code))


if __name__ == "__main__":
    main()
