"""`graphsvc ask concentration`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.answers.concentration.replacement import TRANSFER
from graphsvc.cli.ask.common import ask, controller_option, format_option, on_option, show
from graphsvc.cli.common import day, register, says_errors
from graphsvc.model import Status
from graphsvc.questions import ConcentrationQuestion, ask_concentration

ACCEPTABLE = click.Choice([status.value for status in Status if status in TRANSFER])


@ask.command("concentration")
@on_option
@controller_option
@click.option("--accept", multiple=True, type=ACCEPTABLE, help="A footing on which a transfer may stay.")
@format_option
@says_errors
def concentration_command(on: Any, controller: tuple[str, ...], accept: tuple[str, ...], form: str) -> None:
    """Which parties and countries most hangs on, and whom to replace so that no transfer is left."""
    question = ConcentrationQuestion(day(on), controller, tuple(map(Status, accept)))
    with register() as store:
        found = ask_concentration(store, question)
        show(found, form, lambda: terminal.concentration(found.body()))
