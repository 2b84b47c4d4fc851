"""`graphsvc ask transfers`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.cli.ask.common import ask, question_options, show
from graphsvc.cli.common import day, register, says_errors
from graphsvc.model import Status
from graphsvc.questions import TransfersQuestion, ask_transfers


@ask.command("transfers")
@question_options
@click.option("--activity", help="Id of an activity.")
@click.option("--status", multiple=True, type=click.Choice([status.value for status in Status]))
@click.option("--country", help="A country code, or unknown.")
@click.option("--beyond", is_flag=True, help="Also behind independent controllers and authorities.")
@says_errors
def transfers_command(on: Any, controller: tuple[str, ...], form: str, status: tuple[str, ...], **rest: Any) -> None:
    """Which flows are third-country transfers, and on which legal footing."""
    question = TransfersQuestion(day(on), controller, status=tuple(map(Status, status)), **rest)
    with register() as store:
        found = ask_transfers(store, question)
        show(found, form, lambda: terminal.transfers(found.rows(), question.on, found.network.law.version))
