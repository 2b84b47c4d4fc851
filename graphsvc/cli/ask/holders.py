"""`graphsvc ask holders`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.cli.ask.common import ask, question_options, show
from graphsvc.cli.common import day, register, says_errors
from graphsvc.questions import HoldersQuestion, ask_holders


@ask.command("holders")
@question_options
@click.option("--party", help="Only what this party holds.")
@says_errors
def holders_command(on: Any, controller: tuple[str, ...], form: str, **rest: Any) -> None:
    """Which parties hold which data, where, in which role."""
    with register() as store:
        found = ask_holders(store, HoldersQuestion(day(on), controller, **rest))
        show(found, form, lambda: terminal.holders(found.rows(), found.question.on))
