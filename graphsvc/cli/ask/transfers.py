"""`graphsvc ask transfers`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.cli.ask.common import ask, question_options, show
from graphsvc.cli.common import day, register, says_errors
from graphsvc.model import Role, Status
from graphsvc.questions import TransfersQuestion, ask_transfers


@ask.command("transfers")
@question_options
@click.option("--activity", help="Id of an activity.")
@click.option("--status", multiple=True, type=click.Choice([status.value for status in Status]))
@click.option("--country", multiple=True, help="A country code, or unknown; may be given several times.")
@click.option("--role", multiple=True, type=click.Choice([role.value for role in Role]))
@click.option("--beyond", is_flag=True, help="Also behind independent controllers and authorities.")
@says_errors
def transfers_command(on: Any, controller: tuple[str, ...], form: str, **asked: Any) -> None:
    """Which flows are third-country transfers, and on which legal footing."""
    question = TransfersQuestion(
        day(on),
        controller,
        status=tuple(map(Status, asked.pop("status"))),
        countries=asked.pop("country"),
        roles=tuple(map(Role, asked.pop("role"))),
        **asked,
    )
    with register() as store:
        found = ask_transfers(store, question)
        show(found, form, lambda: terminal.transfers(found.rows(), question.on, found.networks.law))
