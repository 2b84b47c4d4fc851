"""What every command shares: the group, settings, errors as lines, progress, days."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from graphsvc import __version__
from graphsvc.cli.lazy import LazyGroup
from graphsvc.clock import today
from graphsvc.deadline import Deadline
from graphsvc.errors import GraphsvcError
from graphsvc.graph.store import Store
from graphsvc.service import collect_seldom, opened
from graphsvc.settings import Settings

DAY = click.DateTime(["%Y-%m-%d"])
MOST_FAULTS = 50
errors = Console(stderr=True, highlight=False)


COMMANDS = {
    "ask": "ask",
    "export": "exports",
    "identities": "identities",
    "import": "imports",
    "load": "documents",
    "merge": "identities",
    "openapi": "openapi",
    "remove": "documents",
    "schema": "documents",
    "seed": "documents",
    "serve": "serve",
    "unmerge": "identities",
    "watch": "watch",
}
"""For each command its module in this package."""


@click.group(
    cls=LazyGroup,
    modules={command: f"graphsvc.cli.{module}" for command, module in COMMANDS.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__)
def main() -> None:
    """Who processes whose personal data, and what of it leaves the EEA: on any day, with act and source.

    Settings come from GRAPHSVC_* (docs/settings.md).
    """
    collect_seldom()


def says_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what graphsvc says no to into lines on stderr and exit code 1."""

    @wraps(command)
    def guarded(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except GraphsvcError as error:
            errors.print(f"error: {error}", style="bold red", markup=False, soft_wrap=True)
            for fault in error.faults[:MOST_FAULTS]:
                errors.print(f"  {fault}", markup=False, soft_wrap=True)
            if len(error.faults) > MOST_FAULTS:
                errors.print(f"  and {len(error.faults) - MOST_FAULTS} more", markup=False)
            sys.exit(1)

    return guarded


def settings() -> Settings:
    """The settings of this run."""
    return Settings.from_environment(os.environ)


@contextmanager
def progress() -> Iterator[Progress]:
    """Shows what takes time, on stderr."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as shown:
        yield shown


class Steps:
    """One line of progress that changes as the work goes on; each step is also printed where there is no terminal."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._task = shown.add_task("starting", total=None)

    def say(self, what: str) -> None:
        """A new step has begun."""
        self._shown.update(self._task, description=what, total=None, completed=0)
        if not errors.is_terminal:
            errors.print(what, markup=False)

    def count(self, done: int, total: int) -> None:
        """So much of the step is done."""
        self._shown.update(self._task, completed=done, total=total)


def day(on: Any) -> str:
    """The day that an option gives; today without one."""
    return on.date().isoformat() if on else today()


@contextmanager
def register() -> Iterator[Store]:
    """The register, by the engine of the running service when there is one, for one question; its time begins."""
    with progress() as shown:
        steps = Steps(shown)
        chosen = settings()
        with opened(chosen, attach=True, say=steps.say) as store:
            shown.stop()
            deadline = Deadline(chosen.answer_seconds)
            click.get_current_context().obj = deadline
            yield store.within(deadline)
