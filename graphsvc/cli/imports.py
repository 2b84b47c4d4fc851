"""The command that takes in other people's formats."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from graphsvc.cli.common import DAY, Steps, main, progress, says_errors, settings
from graphsvc.imports.foreign.importers import IMPORTERS
from graphsvc.imports.foreign.settings import ImportSettings, WordMap, read_word_map
from graphsvc.intake import take_in
from graphsvc.model import Basis
from graphsvc.service import opened
from graphsvc.terminal.imports import import_lines

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@main.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice(list(IMPORTERS)))
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--publisher", default="", help="Name of whose list it is, or who answers for the register.")
@click.option("--service", default="", help='Name or id of the service whose list it is; else "<publisher> services".')
@click.option("--map", "map_file", type=FILE, help="A mapping of columns and names (docs/imports.md).")
@click.option("--dry-run", is_flag=True, help="Only say what would change; nothing is written.")
@click.option("--date", type=DAY, help="The day of the file; else the day that it gives itself.")
@click.option("--url", default="", help="Where the file was had.")
@click.option("--title", default="", help="Title of the source.")
@click.option("--basis", type=click.Choice([basis.value for basis in Basis]), help="How directly the file says it.")
@click.option(
    "--kind", type=click.Choice(["list", "record"]), default=None, help="What a table is; else by its columns."
)
@click.option("--format", "shown_as", type=click.Choice(["table", "json"]), default="table")
@says_errors
def import_command(form: str, files: tuple[Path, ...], dry_run: bool, shown_as: str, **given: Any) -> None:
    """Import files of a format, or say with --dry-run what that would change.

    A list of sub-processors needs its file and --publisher, no more. What was not understood is reported with its
    place. Importing the next edition of a list replaces the one before.
    """
    chosen = settings()
    common = _settings(given)
    with progress() as shown:
        steps = Steps(shown)
        with opened(chosen, attach=True, say=steps.say) as store:
            steps.say(f"importing {len(files)} files" if len(files) > 1 else f"importing {files[0]}")
            read = ((file.read_bytes(), replace(common, file=file.name)) for file in files)
            taken = take_in(store, form, read, chosen.max_document, dry_run, steps.count)
    if shown_as == "json":
        click.echo(json.dumps(taken.bodies(), ensure_ascii=False))
        return
    for line in import_lines(taken):
        click.echo(line)


def _settings(given: dict[str, Any]) -> ImportSettings:
    """The settings that the options give, for every file."""
    file = given.pop("map_file")
    words = read_word_map(file.read_bytes(), str(file)) if file else WordMap()
    day, basis = given.pop("date"), given.pop("basis")
    return ImportSettings(
        words=words,
        date=day.date().isoformat() if day else None,
        basis=Basis(basis) if basis else None,
        kind=given.pop("kind") or "",
        **given,
    )
