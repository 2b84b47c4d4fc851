"""`graphsvc ask recipients`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.cli.ask.common import ask, format_option, on_option, show
from graphsvc.cli.common import day, register, says_errors
from graphsvc.questions import RecipientsQuestion, ask_recipients
from graphsvc.translation import LANGUAGES


@ask.command("recipients")
@click.option("--controller", required=True, help="Id of the controller.")
@click.option("--subject", help="Data-subject category; what may include such a person is shown too.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the words.")
@on_option
@format_option
@says_errors
def recipients_command(on: Any, form: str, **rest: Any) -> None:
    """Who receives a person's data, by name, for an answer to an access request (Art. 15(1)(c))."""
    with register() as store:
        found = ask_recipients(store, RecipientsQuestion(day(on), **rest))
        show(found, form, lambda: terminal.recipients(found.head(), found.table()))
