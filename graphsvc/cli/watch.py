"""The command that watches lists of sub-processors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from graphsvc.cli.common import DAY, Steps, day, main, progress, says_errors, settings
from graphsvc.errors import FetchRefused, GraphsvcError, NotFound
from graphsvc.fetching import Fetcher
from graphsvc.imports.foreign.watch_list import Page, read_watch_list
from graphsvc.service import opened
from graphsvc.terminal.watch import watch_lines
from graphsvc.watching import watch

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@main.command("watch")
@click.argument("file", type=FILE)
@click.option("--fetch", is_flag=True, help="Fetch pages that have an address first, and keep them in their files.")
@click.option("--on", type=DAY, help="The day; today when left out.")
@click.option("--format", "shown_as", type=click.Choice(["table", "json"]), default="table")
@says_errors
def watch_command(file: Path, fetch: bool, on: Any, shown_as: str) -> None:
    """Hold lists of sub-processors against the register: who is new, gone or elsewhere, and until when to object.

    FILE is a YAML list of pages, kept as files beside it (docs/imports.md). Nothing is fetched without --fetch, and
    nothing is written to the register.
    """
    chosen = settings()
    pages = read_watch_list(file.read_bytes(), str(file))
    with progress() as shown:
        steps = Steps(shown)
        fetcher = Fetcher(limit=chosen.max_document) if fetch else None
        had = list(contents(pages, file.parent, fetcher, steps.say))
        with opened(chosen, attach=True, say=steps.say) as store:
            steps.say("comparing")
            found = list(watch(store, had, day(on), chosen.max_document))
    if shown_as == "json":
        click.echo(json.dumps([one.body() for one in found], ensure_ascii=False))
        return
    for line in watch_lines(found):
        click.echo(line)


def contents(
    pages: list[Page], folder: Path, fetcher: Fetcher | None, say: Callable[[str], None]
) -> Iterator[tuple[Page, bytes | GraphsvcError]]:
    """Each page with its bytes, or why it cannot be had.

    Args:
        pages: The pages.
        folder: Where they are kept.
        fetcher: Fetches those that have an address; None: nothing is fetched.
        say: Told what is fetched.
    """
    for page in pages:
        try:
            path = folder / page.path
            if fetcher is not None and page.address:
                say(f"fetching {page.address}")
                fetched = fetcher.fetch(page.address)
                page = replace(page, media_type=fetched.media_type, encoding=fetched.encoding)
                # What no importer reads, such as a PDF, does not take the place of the page that is kept.
                page.kind(fetched.content)
                _keep(path, folder, fetched.content)
            yield page, path.read_bytes()
        except OSError as error:
            yield page, NotFound(f"{page.path}: {error.strerror}")
        except GraphsvcError as error:
            yield page, error


def _keep(path: Path, folder: Path, content: bytes) -> None:
    """Keep a fetched page; what a list names may not lead out of its folder when something is written."""
    if folder.resolve() not in path.resolve().parents:
        raise FetchRefused(f"{path} is outside the folder of the list; a fetched page is not written there")
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    new.replace(path)
