"""What every table in a terminal shares: marks and colours of footings, cells, and printing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rich.console import Console, RenderableType
from rich.text import Text

from graphsvc.model import Status

Row = dict[str, Any]
STYLES = {
    Status.UNCOVERED: "bold red",
    Status.LAPSED: "bold red",
    Status.UNKNOWN: "bold magenta",
    Status.DEROGATION: "yellow",
    Status.ADEQUATE_IF_COVERED: "yellow",
    Status.SAFEGUARDED: "green",
    Status.ADEQUATE: "green",
    Status.INSIDE: "green",
}
MARKS = {
    Status.UNCOVERED: "!!",
    Status.LAPSED: "!!",
    Status.UNKNOWN: "??",
    Status.DEROGATION: "! ",
    Status.ADEQUATE_IF_COVERED: "? ",
    Status.SAFEGUARDED: "  ",
    Status.ADEQUATE: "  ",
    Status.INSIDE: "  ",
}
"""A mark next to the word, since colour alone tells nothing in a log or to some eyes."""


MOST_ROWS = 1_000
"""Rows that a table shows at the most: a person does not read more, and a table is laid out as a whole."""


def first(rows: Iterable[Row], count: Callable[[Row], None] = lambda _: None, most: int = MOST_ROWS) -> list[Row]:
    """The first rows; every row is counted, and none but these is kept."""
    shown: list[Row] = []
    for row in rows:
        count(row)
        if len(shown) < most:
            shown.append(row)
    return shown


def left(total: int, shown: int, what: str = "rows", forms: str = "csv or json") -> Iterator[Text]:
    """That there are more than those shown, if so, and how to have all of them."""
    if total > shown:
        yield Text(f"\nThe first {shown:,} of {total:,} {what} are shown; --format {forms} has every one.")


def footing(status: Status) -> Text:
    """A footing with its mark and its colour."""
    return Text(f"{MARKS[status]} {status.value.replace('_', ' ')}", style=STYLES[status])


def recipient(service: Row, party: Row) -> str:
    """A service and whose it is, as far as that is known."""
    return service["name"] if party["name"] == "unknown" else f"{service['name']} ({party['name']})"


def data(items: list[Row], most: int = 6) -> str:
    """Data items in a few words."""
    names = [f"{item['category']} ({item['subject']})" for item in items]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def count(number: int, what: str) -> str:
    """How many there are of something: `1 step`, `2 steps`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def show(renderable: RenderableType, console: Console | None = None) -> None:
    """Print to the terminal; without one, at a width that keeps lines whole."""
    console = console or Console()
    if not console.is_terminal and "COLUMNS" not in console._environ:
        console = Console(width=160)
    console.print(renderable)
