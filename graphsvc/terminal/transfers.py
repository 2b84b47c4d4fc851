"""The transfer table, and a line that says what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.model import Status, severity
from graphsvc.terminal.common import MOST_ROWS, Row, footing, left, recipient


def transfers(rows: Iterable[Row], on: str, law: str, direct_only: bool = False) -> RenderableType:
    """The transfer table.

    Args:
        rows: Lines as `plain.transfer` makes them, controller by controller.
        on: The day.
        law: Version of the law table.
        direct_only: Show only recipients that a controller itself sends to, and count what lies behind them.
    """
    counts: Counter[str] = Counter()
    behind: list[Text] = []
    total = 0
    table = Table(title=f"Transfers on {on}  (law {law})", title_justify="left", header_style="bold")
    for name in ("Controller", "To", "Country", "Footing", "Step", "Act, or why not"):
        table.add_column(name, overflow="fold", no_wrap=name in {"Country", "Footing", "Step"})
    for _, found in groupby(rows, key=lambda row: row["controller"]["id"]):
        lines = list(found)
        counts.update(row["status"] for row in lines)
        merged = _merged(line for line in lines if not direct_only or line["depth"] == 1)
        total += len(merged)
        _add(table, merged[: MOST_ROWS - table.row_count])
        behind += map(Text, _behind(lines)) if direct_only else ()
    return Group(table, *left(total, table.row_count), *behind, _summary(counts))


def _add(table: Table, merged: list[tuple[Row, int]]) -> None:
    """Add the rows of one controller."""
    if merged and table.row_count:
        table.add_section()
    for place, (row, activities) in enumerate(merged):
        table.add_row("" if place else row["controller"]["name"], *_cells(row, activities))


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
    yield recipient(row["service"], row["importer"])
    yield row["country"]
    yield footing(status)
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


def _summary(counts: Counter[str]) -> Text:
    bad = [f"{counts[status.value]} {status.value}" for status in (Status.LAPSED, Status.UNCOVERED, Status.UNKNOWN)]
    return Text(
        f"\n{counts.total()} lines: {', '.join(bad)}. A line is one activity, one flow and one country.\n", "bold"
    )
