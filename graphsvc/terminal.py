"""Answers as a person reads them in a terminal: tables, and a line that says what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.model import Status, severity

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

Row = dict[str, Any]


def transfers(rows: Iterable[Row], on: str, law: str, direct_only: bool = False) -> RenderableType:
    """The transfer table.

    Args:
        rows: Lines as `plain.transfer` makes them.
        on: The day.
        law: Version of the law table.
        direct_only: Show only recipients that a controller itself sends to, and count what lies behind them.
    """
    lines = list(rows)
    table = Table(title=f"Transfers on {on}  (law {law})", title_justify="left", header_style="bold")
    for name in ("Controller", "To", "Country", "Footing", "Step", "Act, or why not"):
        table.add_column(name, overflow="fold", no_wrap=name in {"Country", "Footing", "Step"})
    before = None
    for row, activities in _merged(line for line in lines if not direct_only or line["depth"] == 1):
        controller = row["controller"]["name"]
        if before not in (None, controller):
            table.add_section()
        table.add_row("" if controller == before else controller, *_cells(row, activities))
        before = controller
    parts: list[RenderableType] = [table]
    if direct_only:
        parts += [Text(line) for line in _behind(lines)]
    return Group(*parts, _summary(lines))


def _merged(lines: Iterable[Row]) -> list[tuple[Row, int]]:
    """Lines that differ in their activity only, as one; with how many activities it stands for."""
    found: dict[tuple[str, ...], tuple[Row, set[str]]] = {}
    for line in lines:
        key = (line["controller"]["id"], line["service"]["id"], line["country"], line["status"], line["reason"])
        _, activities = found.setdefault(key, (line, set()))
        activities.add(line["activity"]["id"])
    merged = [(row, len(activities)) for row, activities in found.values()]
    return sorted(merged, key=lambda pair: _rank(pair[0]))


def _rank(row: Row) -> tuple[Any, ...]:
    return (
        row["controller"]["id"],
        severity(Status(row["status"])),
        row["depth"],
        row["importer"]["name"].lower(),
        row["service"]["id"],
        row["country"],
    )


def _cells(row: Row, activities: int) -> Iterator[RenderableType]:
    status = Status(row["status"])
    importer = row["importer"]["name"]
    yield row["service"]["name"] if importer == "unknown" else f"{row['service']['name']} ({importer})"
    yield row["country"]
    yield Text(f"{MARKS[status]} {status.value.replace('_', ' ')}", style=STYLES[status])
    yield str(row["depth"])
    yield "; ".join([row["act"] or row["reason"].rstrip("."), *_notes(row, activities)])


def _notes(row: Row, activities: int) -> Iterator[str]:
    if row["transfer_impact_assessment"] is False:
        yield "no transfer impact assessment recorded"
    if row["basis"] in {"inferred", "assumed"}:
        yield f"rests on what is {row['basis']}"
    if activities > 1:
        yield f"{activities} activities"


def _behind(lines: list[Row]) -> Iterator[str]:
    """For each controller, what lies further down its chains."""
    deeper: dict[str, Counter[str]] = {}
    for row, _ in _merged(line for line in lines if line["depth"] > 1):
        deeper.setdefault(row["controller"]["name"], Counter())[row["status"]] += 1
    for name, counts in deeper.items():
        parts = ", ".join(f"{counts[s.value]} {s.value.replace('_', ' ')}" for s in Status if counts[s.value])
        yield f"{name}: further down its chains {counts.total()} more ({parts})."


def _summary(lines: list[Row]) -> Text:
    counts = Counter(row["status"] for row in lines)
    bad = [f"{counts[status.value]} {status.value}" for status in (Status.LAPSED, Status.UNCOVERED, Status.UNKNOWN)]
    return Text(f"\n{len(lines)} lines: {', '.join(bad)}. A line is one activity, one flow and one country.\n", "bold")


def holders(rows: Iterable[Row], on: str) -> RenderableType:
    """The table of who holds what."""
    table = Table(title=f"Who holds what on {on}", title_justify="left", header_style="bold")
    for name in ("Controller", "Holder", "Role", "Where", "Footing", "Step", "Data"):
        table.add_column(name, overflow="fold")
    total = 0
    for row in rows:
        total += 1
        status = Status(row["status"])
        importer = row["party"]["name"]
        table.add_row(
            row["controller"]["name"],
            row["service"]["name"] if importer == "unknown" else f"{row['service']['name']} ({importer})",
            row["role"].replace("_", " "),
            " ".join(row["countries"]),
            Text(f"{MARKS[status]} {status.value.replace('_', ' ')}", style=STYLES[status]),
            str(row["depth"]),
            _data(row["data"]),
        )
    return Group(table, Text(f"\n{total} holdings.\n", "bold"))


def _data(items: list[Row], most: int = 6) -> str:
    names = [f"{item['category']} ({item['subject']})" for item in items]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def show(renderable: RenderableType, console: Console | None = None) -> None:
    """Print to the terminal; without one, at a width that keeps lines whole."""
    console = console or Console()
    if not console.is_terminal and "COLUMNS" not in console._environ:
        console = Console(width=160)
    console.print(renderable)
