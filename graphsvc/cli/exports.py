"""The command that writes what can be handed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from graphsvc.cli.common import DAY, day, main, register, says_errors
from graphsvc.exports.kinds import OURS, Export
from graphsvc.exports.registry import EXPORTS
from graphsvc.questions.handover import HandoverQuestion
from graphsvc.tabular import begun
from graphsvc.translation import LANGUAGES

STDOUT = Path("-")


@main.command("export")
@click.argument("kind", type=click.Choice(list(EXPORTS)))
@click.option("--controller", help="Id of the controller that it is about; art30-2: of the processor.")
@click.option("--activity", help="Id of the one activity that it is about.")
@click.option("--on", type=DAY, help="The day, like 2020-07-16; today when left out.")
@click.option("--format", "form", type=click.Choice(list(OURS)), help="In which form; else by the end of the file.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of its words.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), default=STDOUT, help="A file; - is stdout.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@says_errors
def export_command(
    kind: str, controller: str | None, activity: str | None, on: Any, form: str | None, lang: str, **rest: Any
) -> None:
    """Write an export of a controller or an activity on a day to a file or to stdout.

    Each says which day, law table version and register revision it was made from.
    """
    export, output = EXPORTS[kind], rest["output"]
    word = form or _by_name(export, output)
    export.check(word, bool(controller or activity))
    if output != STDOUT and output.exists() and not rest["force"]:
        raise click.UsageError(f"{output} exists; --force writes over it")
    with register() as store:
        written = export.written(store, HandoverQuestion(day(on), controller, activity), word, lang)
        parts = begun(written.parts, store.deadline.lift)
        if output == STDOUT:
            _write(parts, click.get_binary_stream("stdout"))
            return
        part = output.with_name(f"{output.name}.part")
        with part.open("wb") as file:
            size = _write(parts, file)
        part.replace(output)
    click.echo(f"{output}: {kind} as {word}, {size} bytes", err=True)


def _write(parts: Iterator[bytes], file: BinaryIO) -> int:
    """Write an export part by part; says how many bytes it has."""
    return sum(file.write(part) for part in parts)


def _by_name(export: Export, output: Path) -> str:
    """The format that the name of the file asks for; else the first one."""
    word = {"txt": "text"}.get(output.suffix[1:].lower(), output.suffix[1:].lower())
    return word if word in export.formats else next(iter(export.formats))
