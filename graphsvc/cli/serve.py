"""The command that serves."""

from __future__ import annotations

import signal
import socket
from dataclasses import replace
from typing import Any

import click

from graphsvc import create_app, terminal
from graphsvc.cli.common import DAY, Steps, day, main, progress, says_errors, settings
from graphsvc.errors import GraphsvcError
from graphsvc.questions import TransfersQuestion, ask_transfers
from graphsvc.service import load_seed, opened
from graphsvc.settings import Settings


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
                    found = ask_transfers(store, TransfersQuestion(day(on)))
                    law = found.networks.law
                    terminal.show(terminal.transfers(found.rows(), found.question.on, law, direct_only=True))
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
