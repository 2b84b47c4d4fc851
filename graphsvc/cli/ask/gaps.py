"""`graphsvc ask gaps`."""

from __future__ import annotations

from typing import Any

import click
from marshmallow import ValidationError

from graphsvc import terminal
from graphsvc.cli.ask.common import ask, controller_option, format_option, on_option, show
from graphsvc.cli.common import day, register, says_errors
from graphsvc.imports.fields import Period
from graphsvc.model import GAPS, Shortfall
from graphsvc.questions import GapsQuestion, ask_gaps
from graphsvc.questions.gaps import MAX_AGE
from graphsvc.translation import LANGUAGES


def _period(_: click.Context, __: click.Parameter, value: str) -> str:
    try:
        return Period().deserialize(value)
    except ValidationError as error:
        raise click.BadParameter(str(error.messages[0])) from None


@ask.command("gaps")
@on_option
@controller_option
@click.option("--kind", multiple=True, type=click.Choice([kind.value for kind in GAPS]))
@click.option("--max-age", default=MAX_AGE, callback=_period, show_default=True, help="How old a source may be.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@format_option
@says_errors
def gaps_command(on: Any, controller: tuple[str, ...], kind: tuple[str, ...], form: str, **rest: Any) -> None:
    """What the register does not know or lacks, as a worklist, the heaviest first."""
    question = GapsQuestion(day(on), controller, tuple(map(Shortfall, kind)), rest["max_age"], rest["lang"])
    with register() as store:
        found = ask_gaps(store, question)
        show(found, form, lambda: terminal.gaps(found.rows(), question.on))
