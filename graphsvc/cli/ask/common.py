"""What every question on the command line shares: the group, the options, the three forms."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click
from rich.console import RenderableType

from graphsvc import terminal
from graphsvc.cli.common import DAY, main
from graphsvc.cli.lazy import LazyGroup
from graphsvc.deadline import Deadline
from graphsvc.questions import Answer
from graphsvc.tabular import begun, csv_lines
from graphsvc.translation import LANGUAGES

QUESTIONS = (
    *("changes", "claims", "concentration", "dates", "exposure", "gaps", "holders", "paths", "recipients"),
    *("transfers", "what-if"),
)
"""The questions; each is a module of this package."""


@main.group(
    cls=LazyGroup,
    modules={question: f"graphsvc.cli.ask.{question.replace('-', '_')}" for question in QUESTIONS},
)
def ask() -> None:
    """Ask the register a question."""


FORMS = ("table", "json", "csv")


def on_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option that says on which day."""
    return click.option("--on", type=DAY, help="The day asked about, like 2020-07-16; today when left out.")(command)


def controller_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option that says whose data."""
    return click.option("--controller", multiple=True, help="Id of a controller; may be given several times.")(command)


def format_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option that says in which form."""
    return click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)(command)


def forms_option(*more: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option that says in which form, for a question that has more of them than FORMS."""
    return click.option("--format", "form", type=click.Choice([*FORMS, *more]), default="table", show_default=True)


def language_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option that says in which language texts are."""
    help_text = "Language of the forms for people."
    return click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help=help_text)(
        command
    )


def question_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a question about data: day, controllers, categories, form."""
    options = (
        on_option,
        controller_option,
        click.option("--category", help="Data category, narrower ones included."),
        click.option("--subject", help="Data-subject category, narrower ones included."),
        format_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


Maker = Callable[[], str | bytes | Iterator[str]]
NO_MORE: Mapping[str, Maker] = {}


def show(answer: Answer, form: str, table: Callable[[], RenderableType], more: Mapping[str, Maker] = NO_MORE) -> None:
    """Print an answer.

    Args:
        form: One of FORMS, or of `more`.
        table: Makes the table for a terminal.
        more: For each further form what makes it.
    """
    if form in more:
        made = more[form]()
        _echo(made if isinstance(made, Iterator) else iter((made,)))
    elif form == "table":
        terminal.show(table())
    elif form == "csv":
        _echo(csv_lines(answer.table(), answer.columns))
    else:
        for piece in json_pieces(answer.whole()):
            click.echo(piece, nl=False)


def _echo(pieces: Iterator[str] | Iterator[bytes]) -> None:
    deadline: Deadline = click.get_current_context().obj
    for piece in begun(pieces, deadline.lift):
        click.echo(piece, nl=False)


def json_pieces(body: Any) -> Iterator[str]:
    """A body as JSON for people, piece by piece; what an iterator in it gives is written as a list."""
    yield from _pieces(body, "\n")
    yield "\n"


def _pieces(value: Any, line: str) -> Iterator[str]:
    """A value in a body, where each line begins with `line`."""
    inner = f"{line}  "
    if isinstance(value, dict) and value:
        for place, (key, each) in enumerate(value.items()):
            yield f"{'{,'[place > 0]}{inner}{json.dumps(key, ensure_ascii=False)}: "
            yield from _pieces(each, inner)
        yield f"{line}}}"
    elif isinstance(value, Iterator):
        between = "["
        for item in value:
            yield f"{between}{inner}{_text(item, inner)}"
            between = ","
        yield "[]" if between == "[" else f"{line}]"
    else:
        yield _text(value, line)


def _text(value: Any, line: str) -> str:
    # A new line within a text is written as two letters, so every one there is begins a line of JSON.
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", line)
