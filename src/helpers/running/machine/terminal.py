"""What the command shows: lines that no terminal obeys, how far a run is, and one plain line where something is wrong."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from helpers.language.invisible import mark_invisible

USAGE, INTERRUPTED = 2, 130
STOPPED = "interrupted: what is published stays as it was, and the next run goes on from here"


def show_line(line: str) -> str:
    """Make a line safe for a terminal or a log: names and titles may hold anything, even what is no character."""
    return mark_invisible(line.encode("utf-8", "replace").decode("utf-8")).replace("\r", "⟨U+000D⟩")


def say(line: str, wrong: bool = False) -> None:
    """Print a line; what is wrong goes to the other stream."""
    click.echo(show_line(line), err=wrong)


def fail(message: str, code: int) -> NoReturn:
    """Say in one line what is wrong, and end."""
    say(f"synoptic: {message}", wrong=True)
    sys.exit(code)


class PlainGroup(click.Group):
    """Commands that say in one plain line what is wrong with how they were called, and that they were interrupted."""

    def main(self, *arguments, **options):
        """Run a command and end with its exit code."""
        try:
            super().main(*arguments, **{**options, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as asked:
            click.echo(asked.ctx.get_help())
            sys.exit(USAGE)
        except click.ClickException as error:
            fail(" ".join(error.format_message().split()), USAGE)
        except BrokenPipeError:  # whoever read the lines has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        sys.exit(0)

    def invoke(self, ctx: click.Context):
        """Run a command; an interruption is told in a line of its own."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            if sys.stderr.isatty():
                click.echo(err=True)
            fail(STOPPED, INTERRUPTED)


class Progress:
    """A bar on the terminal with what is at work and how long it takes; nothing where nobody looks."""

    def __init__(self, name: str, quiet: bool, unit: str = "notebook"):
        self.bar = None
        self.unit = unit
        self.name = name
        self.silent = quiet or not sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def tell(self, at_work: str, done: int, of: int) -> None:
        """Show what is at work, and how much of how much is done."""
        if self.silent:
            return
        from tqdm import tqdm

        if self.bar is None:
            self.bar = tqdm(total=of, desc=show_line(self.name), unit=self.unit, file=sys.stderr, leave=False)
        self.bar.n, self.bar.total = done, of
        self.bar.set_postfix_str(show_line(at_work))

    def make_room(self) -> None:
        """Take the bar away before a line is printed; the next step shows it again."""
        if self.bar is not None:
            self.bar.clear()

    def __exit__(self, *error) -> None:
        if self.bar is not None:
            self.bar.close()
