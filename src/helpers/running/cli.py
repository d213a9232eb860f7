"""The command `synoptic`: run stories, list them, look back, and say in one line what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from helpers.running.machine.terminal import USAGE, PlainGroup, Progress, fail, say, show_line
from helpers.running.stages import STAGES, UsageError, check_parameters, check_story, list_stories

_suite_option = click.option(
    "--suite", metavar="DIR", help="The folder with notebooks and data.  [default: here or above]"
)


def _shared(command):
    """The options by which every command finds the tables and reports of a story."""
    for option in (
        click.option("--reports", metavar="DIR", help="Where the reports go.  [default: reports]"),
        click.option("--processed", metavar="DIR", help="Where the tables go.  [default: data/processed]"),
        click.option(
            "--raw", "raw_folder", metavar="DIR", help="Any folder of raw articles, in place of data/raw/STORY."
        ),
        _suite_option,
    ):
        command = option(command)
    return command


@click.group(cls=PlainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="synoptic")
def main() -> None:
    """Synoptic: what several articles about one story claim, where they agree, and where they do not.

    Exit codes: 0 done or unchanged, 1 failed, 2 wrong usage, 3 partial (some articles were skipped, or reviews have lost
    their place), 4 another run holds the story's lock, 130 interrupted.
    """


@main.command()
@click.argument("story", required=False)
@click.option("--all", "every", is_flag=True, help="Run every story under data/raw, side by side.")
@_shared
@click.option(
    "-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a notebook's parameter."
)
@click.option("--force", is_flag=True, help="Run every stage, even if nothing has changed.")
@click.option("--accept", is_flag=True, help="Run nothing: take the published files as they are for up to date.")
@click.option("--explain", is_flag=True, help="Say which stages ran, and why.")
@click.option("--quiet", is_flag=True, help="No progress, one line a story; details go to the log.")
@click.option(
    "--log", metavar="FILE", help="Append what happened to a file.  [default with --quiet: .synoptic/run.log]"
)
@click.option("--keep", default=20, show_default=True, type=click.IntRange(2), help="How many runs the history keeps.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Stories side by side.  [default: one a core]")
@click.option("--on-change", metavar="CMD", help="A shell command that gets the changed findings as JSON.")
def run(
    story,
    every,
    raw_folder,
    processed,
    reports,
    suite,
    given,
    force,
    accept,
    explain,
    quiet,
    log,
    keep,
    jobs,
    on_change,
) -> None:
    """Run the notebooks on STORY and publish its report."""
    from helpers.running import batch

    root = _find_suite(suite)
    try:
        _refuse_contradictions(story, every, raw_folder, accept, force or given)
        parameters = check_parameters(dict(given), root / "notebooks")
        todo = [
            _make_job(name, root, raw_folder, processed, reports, parameters) for name in _choose(story, every, root)
        ]
        wishes = batch.Wishes(force, explain, quiet, keep, on_change)
        if accept:
            results = (_accept(job, wishes) for job in todo)
        else:
            results = _run(todo, wishes, jobs or batch.count_workers(), quiet)
        ended = _tell_all(results, log or (str(root / ".synoptic" / "run.log") if quiet else None))
    except UsageError as error:
        fail(str(error), USAGE)
    if every:
        _renew_index(todo[0].reports, idle=all(result.idle for result in ended))
    sys.exit(batch.choose_code([result.code for result in ended]))


def _refuse_contradictions(story, every, raw_folder, accept, changed) -> None:
    """Refuse options that do not go together; `changed` says that something is forced or a parameter given."""
    if bool(story) == every:
        raise UsageError("name one story, or give --all")
    if every and raw_folder:
        raise UsageError("--raw goes with one story")
    if accept and changed:
        raise UsageError("--accept runs nothing: it goes with neither --force nor parameters")


def _choose(story, every, root: Path) -> list[str]:
    chosen = list_stories(root / "data" / "raw") if every else [story]
    if not chosen:
        raise UsageError("data/raw holds no story")
    return chosen


def _tell_all(results, log: str | None) -> list:
    """Tell each result as soon as it is there, and give them all."""
    ended = []
    for result in results:
        _tell(result, log)
        ended.append(result)
    return ended


def _find_suite(given: str | None) -> Path:
    """Find the suite: the folder that is given, the one around here, or the checkout from which this command comes."""
    from helpers.running.manifest import HERE
    from helpers.store.places import find_root

    chosen = [Path(given)] if given else [find_root(), HERE.parents[1]]
    for root in chosen:
        if (root / "notebooks").is_dir():
            return root.resolve()
    where = (
        f"{given}: that is no suite, there is no folder `notebooks` in it"
        if given
        else "there is no suite here or above"
    )
    fail(f"{where}; name one with --suite DIR, or make one with `synoptic init DIR`", USAGE)


def _make_job(story, root, raw_folder=None, processed=None, reports=None, parameters=None):
    """Make the job for a story; folders that are given count from where the command was called."""
    from helpers.running.jobs import Job

    stories = list_stories(root / "data" / "raw")
    check_story(story, stories, anywhere=bool(raw_folder))
    if raw_folder and not Path(raw_folder).is_dir():
        raise UsageError(f"--raw {raw_folder}: there is no such folder")
    places = [Path.cwd() / given if given else root / usual for given, usual in (
        (raw_folder, f"data/raw/{story}"), (processed, "data/processed"), (reports, "reports"),
    )]  # fmt: skip
    return Job(story, *places, root, parameters)


def _run(jobs, wishes, workers, quiet):
    from helpers.running.batch import run_jobs

    with Progress(jobs[0].story if len(jobs) == 1 else f"{len(jobs)} stories", quiet) as progress:
        for result in run_jobs(jobs, wishes, workers, progress.tell):
            progress.make_room()
            yield result


def _accept(job, wishes):
    from helpers.running.batch import DONE, FAILED, LOCKED, Result, describe_outcome, tell_error
    from helpers.running.machine.locks import LockHeldError
    from helpers.running.runner import accept_outputs

    try:
        return describe_outcome(job, accept_outputs(job, wishes.keep), wishes, 0)._replace(code=DONE)
    except LockHeldError as error:
        return Result(job.story, LOCKED, [], [f"synoptic: {error}"], [])
    except OSError as error:
        return Result(job.story, FAILED, [], [f"synoptic: {job.story}: {tell_error(error)}"], [])


def _tell(result, log: str | None) -> None:
    for line in result.wrong:
        say(line, wrong=True)
    for line in result.said:
        say(line)
    if log:
        from helpers.store.files import append_lines

        append_lines(Path(log), [show_line(line) for line in (*result.said, *result.wrong, *result.details)])


@main.command()
@click.argument("folder", metavar="DIR", default=".")
def init(folder) -> None:
    """Lay out a suite in DIR, or here: the notebooks, a story to begin with and a Makefile."""
    from helpers.running.starter import lay_out_suite

    try:
        made = lay_out_suite(Path(folder))
    except UsageError as error:
        fail(str(error), USAGE)
    except OSError as error:
        fail(f"{error.filename or folder}: {error.strerror}", 1)
    say(f"laid out: {', '.join(made)}")
    say(f"next: {'' if folder == '.' else f'cd {folder} && '}synoptic run --all")


@main.command()
@_suite_option
def stories(suite) -> None:
    """List the stories under data/raw."""
    from helpers.articles import ArticleError, read_story
    from helpers.store import journal

    root = _find_suite(suite)
    for name in list_stories(root / "data" / "raw"):
        folder = root / "data" / "raw" / name
        count = sum(
            1
            for path in folder.iterdir()
            if path.is_file() and path.suffix not in (".yaml", ".yml", ".json") and path.name != journal.NAME
        )
        published = (root / "reports" / name / "index.html").exists()
        try:
            title = " ".join(read_story(folder)["title"].split())
        except (ArticleError, OSError) as error:
            title = f"({error})"
        say(f"{name}: {title} ({count} files, {'report published' if published else 'no report yet'})")


@main.command(name="describe")
@click.argument("story")
@_shared
def describe(story, raw_folder, processed, reports, suite) -> None:
    """Write a story.yaml for STORY: what pages and texts say of themselves filled in, what is missing left open."""
    from helpers.articles import ArticleError
    from helpers.running.published.describing import describe_story

    job = _make_or_fail(story, suite, raw_folder, processed, reports)
    try:
        told, text = describe_story(job)
    except (ArticleError, OSError) as error:
        fail(f"{story}: {error}", 1)
    say(told)
    for line in (text or "").splitlines():
        say(line)


@main.command(name="history")
@click.argument("story")
@_shared
def show_history(story, raw_folder, processed, reports, suite) -> None:
    """List the runs of STORY that are kept, the last one first."""
    from helpers.running.history import list_runs

    job = _make_or_fail(story, suite, raw_folder, processed, reports)
    runs = list_runs(job)
    if not runs:
        say(f"{story}: no run yet")
    for manifest in reversed(runs):
        say(_describe_manifest(manifest))


def _describe_manifest(manifest: dict) -> str:
    ran = sum(action == "ran" for action in manifest["steps"].values())
    because = manifest["because"]
    shown = ", ".join(because[:3]) + (f" and {len(because) - 3} more" if len(because) > 3 else "")
    skipped = f", {len(manifest['skipped'])} skipped" if manifest["skipped"] else ""
    return f"{manifest['run']:>4}  {manifest['ended']}  {ran} of {len(STAGES)} stages ran{skipped}  because of: {shown}"


def _make_or_fail(story, suite, raw_folder, processed, reports):
    try:
        return _make_job(story, _find_suite(suite), raw_folder, processed, reports)
    except UsageError as error:
        fail(str(error), USAGE)


@main.command()
@click.argument("story")
@click.argument("old", type=int, required=False)
@click.argument("new", type=int, required=False)
@_shared
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def diff(story, old, new, raw_folder, processed, reports, suite, as_json) -> None:
    """Say what changed in the findings of STORY between two runs: OLD and NEW, or the last two."""
    import json

    from helpers.running.announcing import compare_runs
    from helpers.running.history import choose_runs

    job = _make_or_fail(story, suite, raw_folder, processed, reports)
    try:
        difference = compare_runs(job, *choose_runs(job, old, new))
    except UsageError as error:
        fail(str(error), USAGE)
    if as_json:
        click.echo(json.dumps(difference, indent=1))
        return
    from helpers.report.between_reports import describe_changes

    before = f"run {difference['previous']}" if difference["previous"] else "nothing"
    say(f"{story}: from {before} to run {difference['run']}")
    say(describe_changes(difference["changes"]))


@main.command()
@click.argument("story")
@_shared
@click.option("--quiet", is_flag=True, help="No progress.")
def verify(story, raw_folder, processed, reports, suite, quiet) -> None:
    """Run STORY anew and prove that every published file comes out the same, byte for byte."""
    from helpers.running.batch import FAILED, LOCKED, tell_error
    from helpers.running.kernels import RunError
    from helpers.running.machine.locks import LockHeldError
    from helpers.running.runner import verify_story

    job = _make_or_fail(story, suite, raw_folder, processed, reports)
    try:
        with Progress(story, quiet) as progress:
            different, count = verify_story(job, progress.tell)
    except UsageError as error:
        fail(str(error), USAGE)
    except LockHeldError as error:
        fail(str(error), LOCKED)
    except RunError as error:
        fail(f"{story}: {error}", FAILED)
    except OSError as error:
        fail(f"{story}: {tell_error(error)}", FAILED)
    if different:
        for name in different:
            say(f"{story}: differs: {name}", wrong=True)
        fail(f"{story}: {len(different)} of {count} files do not come out as they are published", FAILED)
    say(f"{story}: all {count} published files come out the same, byte for byte")


@main.command(name="readings")
@click.argument("story")
@_shared
@click.option("--check", is_flag=True, help="Verify each reading of STORY, and say what fails, line by line.")
@click.option("--ask", is_flag=True, help="Ask a language model anew, and say what changed.")
@click.option("--url", metavar="URL", help="Its server, such as http://127.0.0.1:8080/v1.")
@click.option("--model", metavar="NAME", help="Its name there.")
@click.option("--budget", default=400_000, show_default=True, type=click.IntRange(1), help="Tokens it may cost.")
@click.option(
    "--context", default=16_000, show_default=True, type=click.IntRange(1000), help="Tokens it takes at once."
)
@click.option("--at-once", default=2, show_default=True, type=click.IntRange(1), help="Requests at once.")
@click.option("--timeout", default=300.0, show_default=True, type=click.FloatRange(1), help="Seconds for an answer.")
def show_readings(story, raw_folder, processed, reports, suite, check, ask, url, model, **limits) -> None:
    """List the readings of STORY, what people or models found beside the engine; verify them, or ask for one."""
    from helpers.articles import ArticleError

    job = _make_or_fail(story, suite, raw_folder, processed, reports)
    if ask:
        if not (url and model):
            fail("--ask needs --url and --model", USAGE)
        _ask(job, url, model, limits)
        return
    from helpers.running.reading import check_readings

    try:
        said, wrong = check_readings(job.raw)
    except ArticleError as error:
        fail(str(error), 1)
    for line in said:
        say(line)
    for line in wrong if check else ():
        say(line, wrong=True)
    sys.exit(1 if check and wrong else 0)


@main.command(name="review")
@click.argument("story")
@_shared
@click.option("--check", is_flag=True, help="Say only what has lost its place, and end with 3 where anything has.")
@click.option("--import", "marks", metavar="FILE", help="Take in marks: Web Annotations, or an export of Hypothesis.")
@click.option("--export", "page", metavar="FILE", help="Write the reviews as one page of Web Annotations.")
def show_reviews(story, suite, raw_folder, processed, reports, check, marks, page) -> None:
    """List what people reviewed in STORY, and which reviews have lost their place."""
    from helpers.articles import ArticleError, read_articles
    from helpers.reviews import ReviewError
    from helpers.reviews.listing import list_lines

    job = _make_or_fail(story, suite, raw_folder, processed, reports)
    try:
        articles = read_articles(job.raw)
        refused = _exchange(job.raw, articles, marks, page)
        said, orphans = list_lines(job.raw, articles)
    except (ArticleError, ReviewError, OSError) as error:
        fail(f"{story}: {error}", 1)
    for line in said[-1:] if check else said:
        say(line)
    for line in [*refused, *(orphans if check else ())]:
        say(f"{story}: {line}", wrong=True)
    sys.exit(3 if refused or (check and orphans) else 0)


def _exchange(folder: Path, articles, marks: str | None, page: str | None) -> list[str]:
    """Take marks in and write reviews out; give a line for each mark that was not taken in."""
    from helpers.reviews.exchange import export_reviews, import_marks
    from helpers.store.files import write_json

    refused = []
    if marks:
        taken = import_marks(folder, articles, Path(marks).read_text(encoding="utf-8"))
        say(f"{folder.name}: {taken.count} marks taken in")
        refused = taken.refused
    if page:
        write_json(Path(page), export_reviews(folder, articles))
    return refused


def _ask(job, url: str, model: str, limits: dict) -> None:
    from helpers.readings import ReadingError
    from helpers.readings.ask import Limits
    from helpers.running.reading import ask_reading

    with Progress(job.story, quiet=False, unit="request") as progress:
        try:
            for line in ask_reading(job, url, model, Limits(**limits), lambda done, of: progress.tell(model, done, of)):
                say(line)
        except ReadingError as error:
            fail(f"{job.story}: {error}", 1)


@main.command()
@click.argument("story", required=False)
@_shared
@click.option("--on-change", metavar="CMD", help="A shell command that gets the changed findings as JSON.")
def watch(story, raw_folder, processed, reports, suite, on_change) -> None:
    """Run STORY, or all stories, whenever a file in data/raw changes; ends with Ctrl-C."""
    from helpers.running.batch import Wishes
    from helpers.running.watch import watch_stories

    root = _find_suite(suite)

    def make_jobs() -> list:
        chosen = [story] if story else list_stories(root / "data" / "raw")
        return [_make_job(name, root, raw_folder, processed, reports) for name in chosen]

    try:
        if raw_folder and not story:
            raise UsageError("--raw goes with one story")
        folder = make_jobs()[0].raw if story else root / "data" / "raw"
        if not folder.is_dir():
            raise UsageError(f"{folder.name}: there is no such folder")
        for result in watch_stories(folder, make_jobs, Wishes(explain=True, on_change=on_change)):
            _tell(result, None)
    except UsageError as error:
        fail(str(error), USAGE)


def _renew_index(reports: Path, idle: bool) -> None:
    """Write the page of all stories, unless nothing happened and it is there."""
    from helpers.running.published.index import write_index

    if idle and (reports / "index.html").exists():
        return
    try:
        write_index(reports)
    except OSError as error:
        fail(f"{reports.name}/index.html: {error.strerror}", 1)


if __name__ == "__main__":
    main()
