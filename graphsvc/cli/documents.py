"""Commands that change the register: load, remove, seed; and the schema of the format."""

from __future__ import annotations

import json
from pathlib import Path

import click

from graphsvc.cli.common import Steps, main, progress, says_errors, settings
from graphsvc.imports.json_schema import json_schema
from graphsvc.register import Outcome, load, read_files, remove
from graphsvc.service import load_seed, opened
from graphsvc.terminal.identities import proposal_lines


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
    say_outcome(outcome)


@main.command("remove")
@click.argument("document")
@says_errors
def remove_command(document: str) -> None:
    """Remove a document and what only it says; its versions stay."""
    with opened(settings(), attach=True) as store:
        say_outcome(remove(store.bolt, document))


def say_outcome(outcome: Outcome) -> None:
    """Print what a load did, and what it proposes."""
    for what, counts in outcome.counts.items():
        parts = ", ".join(f"{number} {section.replace('_', ' ')}" for section, number in counts.items())
        click.echo(f"{what:8} {outcome.total(what):6}" + (f"  ({parts})" if parts else ""))
    for line in proposal_lines(outcome):
        click.echo(line)


@main.command("seed")
@says_errors
def seed_command() -> None:
    """Load seed_data/; what is loaded already stays as it is."""
    chosen = settings()
    with progress() as shown:
        steps = Steps(shown)
        with opened(chosen, attach=True, say=steps.say) as store:
            outcome = load_seed(store, chosen, steps.say, steps.count)
    say_outcome(outcome)


@main.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of the document format."""
    click.echo(json.dumps(json_schema(), indent=2))
