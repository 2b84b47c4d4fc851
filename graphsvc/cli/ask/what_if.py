"""`graphsvc ask what-if`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import yaml

from graphsvc import terminal
from graphsvc.cli.ask.common import ask, controller_option, format_option, on_option, show
from graphsvc.cli.common import DAY, errors, register, says_errors, settings
from graphsvc.imports.what_if import ROOT, Origin, Written, read_what_if, written
from graphsvc.questions import WhatIfQuestion, ask_what_if

ONE = (
    ("end_decision", "decision", "A decision ends: by regime, tool, CELEX number or country."),
    ("new_decision", "country", "A country becomes adequate."),
    ("withdraw_tool", "tool", "A transfer tool can no longer be relied on."),
    ("drop_party", "party", "A party is dropped, with all of its services."),
    ("drop_service", "service", "A service is dropped."),
)
"""Changes that are said in one word: kind, key of the word, help."""
TWO = (
    ("replace_party", "party", "by", "A service takes the place of all services of a party."),
    ("replace_service", "service", "by", "A service takes the place of another."),
    ("move_party", "party", "to", "The data of a party is kept in a country."),
    ("move_service", "service", "to", "The data of a service is kept in a country."),
    ("certify_party", "party", "tool", "A party is on the list of a decision."),
    ("buy_party", "party", "by", "A party becomes part of a group."),
)
"""Changes that are said in two words: kind, keys of the words, help."""


def _shortcuts(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each change that is said in one word or two."""
    for kind, first, second, about in reversed(TWO):
        option = f"--{kind.replace('_', '-')}"
        command = click.option(option, kind, multiple=True, nargs=2, metavar=f"{first} {second}".upper(), help=about)(
            command
        )
    for kind, key, about in reversed(ONE):
        command = click.option(f"--{kind.replace('_', '-')}", kind, multiple=True, metavar=key.upper(), help=about)(
            command
        )
    return command


@ask.command("what-if")
@click.option("--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Changes written in a file.")
@_shortcuts
@click.option("--from", "since", type=DAY, help="First day of the changes given as options; the day asked about.")
@click.option("--name", help="What to call it.")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a file, to run it again.")
@on_option
@controller_option
@format_option
@says_errors
def what_if_command(
    file: Path | None, save: Path | None, on: Any, since: Any, controller: tuple[str, ...], form: str, **rest: Any
) -> None:
    """What would change if a decision ended, a party were dropped, data were moved ...

    Changes in a file come first, then those given as options in the order in which --help lists them. docs/what-if.md
    explains every kind.
    """
    read = read_what_if(file.read_bytes(), settings().max_document, str(file)) if file else written({}, Origin())
    found = _with_options(read, list(_given(since, rest)), on, controller, rest["name"])
    if not file and not found.body.get("changes"):
        raise click.UsageError("say what to change: --file, or options such as --end-decision eu-us-dpf")
    with register() as store:
        answer = ask_what_if(store, WhatIfQuestion.of(found))
        show(answer, form, lambda: terminal.what_if(answer.difference()))
    if save:
        _write(save, found.body)
        errors.print(f"written to {save}", markup=False, soft_wrap=True)


def _given(since: Any, options: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The changes that are given as options."""
    begins = {"from": since.date().isoformat()} if since else {}
    for kind, key, _ in ONE:
        yield from ({"kind": kind, key: word, **begins} for word in options[kind])
    for kind, first, second, _ in TWO:
        yield from ({"kind": kind, first: one, second: other, **begins} for one, other in options[kind])


def _with_options(
    read: Written, more: list[dict[str, str]], on: Any, controllers: tuple[str, ...], name: str | None
) -> Written:
    """What a file says, with what the options say besides or instead."""
    instead: dict[str, Any] = {"name": name, "on": on and on.date().isoformat(), "controller": list(controllers)}
    instead = {key: value for key, value in instead.items() if value}
    if not more and not instead:
        return read
    changes = read.body.get("changes", [])
    body = read.body | instead | {"changes": [*changes, *more] if isinstance(changes, list) else changes}
    return written(dict(sorted(body.items(), key=lambda pair: pair[0] == "changes")), read.origin)


def _write(path: Path, body: dict[str, Any]) -> None:
    whole = {ROOT: body}
    if path.suffix == ".json":
        text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    else:
        text = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=100)
    path.write_text(text, encoding="utf-8")
