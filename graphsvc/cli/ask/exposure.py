"""`graphsvc ask exposure`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.cli.ask.common import ask, format_option, on_option, show
from graphsvc.cli.common import day, register, says_errors
from graphsvc.questions import ExposureQuestion, ask_exposure


@ask.command("exposure")
@click.option("--party", help="The party that had the breach.")
@click.option("--service", help="The service that had the breach.")
@click.option("--unnamed/--no-unnamed", default=True, show_default=True, help="Count unnamed recipients too.")
@on_option
@format_option
@says_errors
def exposure_command(on: Any, form: str, **rest: Any) -> None:
    """Whose data a breach at a party or a service exposes, and who has to tell whom by when.

    CSV is the call list: a row for each controller and call.
    """
    with register() as store:
        found = ask_exposure(store, ExposureQuestion(day(on), **rest))
        show(found, form, lambda: terminal.exposure(found.whole()))
