"""`graphsvc ask paths`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.answers.paths.ways import MOST
from graphsvc.cli.ask.common import ask, format_option, on_option, show
from graphsvc.cli.common import day, register, says_errors
from graphsvc.questions import PathsQuestion, ask_paths


@ask.command("paths")
@click.option("--from", "source", required=True, help="The party that chains start from.")
@click.option("--to", "target", required=True, help="The party that chains end at.")
@click.option("--from-service", "source_service", help="Start at this service of the party.")
@click.option("--to-service", "target_service", help="End at this service of the party.")
@click.option("--most", type=click.IntRange(1, MOST), help="So many chains, longer ones too; else every shortest.")
@on_option
@format_option
@says_errors
def paths_command(on: Any, form: str, **rest: Any) -> None:
    """Through which chains data gets from one party to another, the shortest first."""
    with register() as store:
        found = ask_paths(store, PathsQuestion(day(on), **rest))
        show(found, form, lambda: terminal.paths(found.body()))
