"""The command line: load, remove, ask, serve."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from graphsvc import create_app, terminal
from graphsvc.api.common import csv_lines
from graphsvc.api.questions import HOLDER_COLUMNS, TRANSFER_COLUMNS
from graphsvc.errors import GraphsvcError
from graphsvc.graph.store import Store
from graphsvc.imports.json_schema import json_schema
from graphsvc.model import Status
from graphsvc.questions import (
    Holders,
    HoldersQuestion,
    Transfers,
    TransfersQuestion,
    ask_holders,
    ask_transfers,
    today,
)
from graphsvc.register import Outcome, load, read_files, remove
from graphsvc.service import load_seed, opened
from graphsvc.settings import Settings

DAY = click.DateTime(["%Y-%m-%d"])
MOST_FAULTS = 50
errors = Console(stderr=True, highlight=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="graphsvc")
def main() -> None:
    """Who processes whose personal data, and what of it leaves the EEA: on any day, with act and source.

    Settings come from GRAPHSVC_* (docs/settings.md).
    """


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


@main.command("load")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@says_errors
def load_command(files: tuple[Path, ...]) -> None:
    """Load documents together: all of them or none. Loading again changes just what differs."""
    chosen = settings()
    with progress() as shown:
        steps = Steps(shown)
        documents = read_files(files, chosen.max_document, lambda name: steps.say(f"reading {name}"))
        with opened(chosen, attach=True, say=steps.say) as store:
            steps.say("loading")
            outcome = load(store.bolt, documents, steps.count)
    _say_outcome(outcome)


@main.command("remove")
@click.argument("document")
@says_errors
def remove_command(document: str) -> None:
    """Remove a document and what only it says; its versions stay."""
    with opened(settings(), attach=True) as store:
        _say_outcome(remove(store.bolt, document))


def _say_outcome(outcome: Outcome) -> None:
    for what, counts in outcome.counts.items():
        parts = ", ".join(f"{number} {section.replace('_', ' ')}" for section, number in counts.items())
        click.echo(f"{what:8} {outcome.total(what):6}" + (f"  ({parts})" if parts else ""))


@main.command("seed")
@says_errors
def seed_command() -> None:
    """Load seed_data/; what is loaded already stays as it is."""
    chosen = settings()
    with progress() as shown:
        steps = Steps(shown)
        with opened(chosen, attach=True, say=steps.say) as store:
            outcome = load_seed(store, chosen, steps.say, steps.count)
    _say_outcome(outcome)


@main.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of the document format."""
    click.echo(json.dumps(json_schema(), indent=2))


@main.group()
def ask() -> None:
    """Ask the register a question."""


def question_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every question has."""
    options = (
        click.option("--on", type=DAY, help="The day asked about, like 2020-07-16; today when left out."),
        click.option("--controller", multiple=True, help="Id of a controller; may be given several times."),
        click.option("--category", help="Data category, narrower ones included."),
        click.option("--subject", help="Data-subject category, narrower ones included."),
        click.option(
            "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@ask.command("transfers")
@question_options
@click.option("--activity", help="Id of an activity.")
@click.option("--status", multiple=True, type=click.Choice([status.value for status in Status]))
@click.option("--country", help="A country code, or unknown.")
@click.option("--beyond", is_flag=True, help="Also behind independent controllers and authorities.")
@says_errors
def ask_transfers_command(
    on: Any, controller: tuple[str, ...], form: str, status: tuple[str, ...], **rest: Any
) -> None:
    """Which flows are third-country transfers, and on which legal footing."""
    question = TransfersQuestion(_day(on), controller, status=tuple(map(Status, status)), **rest)
    with _asked() as store:
        _show_transfers(ask_transfers(store, question), form)


def _show_transfers(found: Transfers, form: str, direct_only: bool = False) -> None:
    law = found.network.law.version
    if form == "table":
        terminal.show(terminal.transfers(found.rows(), found.question.on, law, direct_only))
    elif form == "csv":
        _echo_csv(found, TRANSFER_COLUMNS)
    else:
        totals, _ = found.page(0, 0)
        head = {
            "on": found.question.on,
            "law": law,
            "total": totals.lines,
            "by_status": {status.value: totals.by_status[status] for status in Status},
            "by_country": dict(sorted(totals.by_country.items())),
        }
        click.echo(json.dumps(head | {"items": list(found.rows())}, indent=2, ensure_ascii=False))


@ask.command("holders")
@question_options
@click.option("--party", help="Only what this party holds.")
@says_errors
def ask_holders_command(on: Any, controller: tuple[str, ...], form: str, **rest: Any) -> None:
    """Which parties hold which data, where, in which role."""
    with _asked() as store:
        found = ask_holders(store, HoldersQuestion(_day(on), controller, **rest))
        if form == "table":
            terminal.show(terminal.holders(found.rows(), found.question.on))
        elif form == "csv":
            _echo_csv(found, HOLDER_COLUMNS)
        else:
            rows = list(found.rows())
            head = {"on": found.question.on, "law": found.network.law.version, "total": len(rows), "items": rows}
            click.echo(json.dumps(head, indent=2, ensure_ascii=False))


def _echo_csv(found: Transfers | Holders, columns: list[str]) -> None:
    for line in csv_lines(found.rows(), columns):
        click.echo(line, nl=False)


def _day(on: Any) -> str:
    return on.date().isoformat() if on else today()


@contextmanager
def _asked() -> Iterator[Store]:
    with progress() as shown:
        steps = Steps(shown)
        with opened(settings(), attach=True, say=steps.say) as store:
            shown.stop()
            yield store


@main.command("serve")
@click.option("--seed/--no-seed", default=False, help="Load seed_data/ first; what is loaded stays as it is.")
@click.option("--table/--no-table", default=False, help="Print the transfer table of all controllers first.")
@click.option("--on", type=DAY, help="The day of that table; today when left out.")
@says_errors
def serve_command(seed: bool, table: bool, on: Any) -> None:
    """Serve the API on this machine until Ctrl-C."""
    from waitress import create_server

    chosen = settings()
    _refuse_taken_port(chosen)
    signal.signal(signal.SIGTERM, _stop)
    try:
        with progress() as shown:
            steps = Steps(shown)
            with opened(chosen, say=steps.say) as store:
                if seed:
                    load_seed(store, chosen, steps.say, steps.count)
                shown.stop()
                if table:
                    _show_transfers(ask_transfers(store, TransfersQuestion(_day(on))), "table", direct_only=True)
                server = create_server(create_app(chosen, store), host=chosen.host, port=chosen.port, threads=8)
                address = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
                click.echo(f"graphsvc listens on http://{address}:{chosen.port}/ (Ctrl-C stops it)")
                server.run()
    except (KeyboardInterrupt, _Stopped):
        pass
    click.echo("stopped")


class _Stopped(SystemExit):
    """SIGTERM came; waitress ends its loop for this as it does for Ctrl-C."""


def _stop(*_: object) -> None:
    raise _Stopped


def _refuse_taken_port(chosen: Settings) -> None:
    """Say so before anything is started when the port is taken."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError as error:
            free = replace(chosen, port=chosen.port + 1 if chosen.port < 65535 else chosen.port - 1)
            raise PortTaken(
                f"port {chosen.port} on {chosen.host} cannot be used ({error.strerror}). "
                f"Stop what listens there, or choose another: GRAPHSVC_PORT={free.port}"
            ) from None


class PortTaken(GraphsvcError):
    """Another program listens on the port."""
