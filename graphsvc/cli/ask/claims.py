"""`graphsvc ask claims`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.cli.ask.common import ask, controller_option, format_option, on_option, show
from graphsvc.cli.common import day, register, says_errors
from graphsvc.model import Verdict
from graphsvc.questions import ClaimsQuestion, ask_claims


@ask.command("claims")
@on_option
@controller_option
@click.option("--verdict", multiple=True, type=click.Choice([verdict.value for verdict in Verdict]))
@format_option
@says_errors
def claims_command(on: Any, controller: tuple[str, ...], verdict: tuple[str, ...], form: str) -> None:
    """What controllers say in public, against the facts: contradictions, silences, remarks."""
    question = ClaimsQuestion(day(on), controller, tuple(map(Verdict, verdict)))
    with register() as store:
        found = ask_claims(store, question)
        show(found, form, lambda: terminal.claims(found.rows(), question.on))
