"""The table of who holds what."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.model import Status
from graphsvc.terminal.common import MOST_ROWS, Row, data, footing, left, recipient


def holders(rows: Iterable[Row], on: str) -> RenderableType:
    """The table of who holds what."""
    table = Table(title=f"Who holds what on {on}", title_justify="left", header_style="bold")
    for name in ("Controller", "Holder", "Role", "Where", "Footing", "Step", "Data"):
        table.add_column(name, overflow="fold")
    total = 0
    for row in rows:
        total += 1
        if total > MOST_ROWS:
            continue
        status = Status(row["status"])
        table.add_row(
            row["controller"]["name"],
            recipient(row["service"], row["party"]),
            row["role"].replace("_", " "),
            " ".join(row["countries"]),
            footing(status),
            str(row["depth"]),
            data(row["data"]),
        )
    return Group(table, *left(total, table.row_count, "holdings"), Text(f"\n{total} holdings.\n", "bold"))
