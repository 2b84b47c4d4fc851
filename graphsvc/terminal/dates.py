"""The table of days ahead, and a line that says what to look at."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.answers.dates.sentences import touches
from graphsvc.model import Status, severity
from graphsvc.terminal.common import Row, footing


def dates(rows: Iterable[Row], head: Row) -> RenderableType:
    """The table of days ahead.

    Args:
        rows: Days as `plain_dates.date` makes them.
        head: The head of the answer.
    """
    found = list(rows)
    title = f"Dates ahead from {head['from']} to {head['to']}  (law {head['law']})"
    table = Table(title=title, title_justify="left", header_style="bold")
    for name in ("Day", "Controller", "What", "Footing after", "Touches", "By"):
        table.add_column(name, overflow="fold", no_wrap=name in {"Day", "Footing after"})
    for row in found:
        after = footing(Status(row["after"])) if row["after"] else Text("")
        weak = f"; rests on what is {row['basis']}" if row["basis"] in {"inferred", "assumed"} else ""
        by = (row["act"] or "") + weak
        table.add_row(row["day"], row["controller"]["name"], row["what"], after, touches(row, "en"), by.lstrip("; "))
    return Group(table, _summary(found, head))


def _summary(rows: list[Row], head: Row) -> Text:
    worse = [row for row in rows if row["before"] and row["after"] and _is_worse(row)]
    told = f"\n{len(rows)} dates, {len(worse)} of them make a footing worse."
    if worse:
        told += f" The first: {worse[0]['day']}, {worse[0]['what']}."
    if head["reviews_overdue"]:
        told += f" Reviews due before {head['from']}: {head['reviews_overdue']} (every {head['review_days']} days)."
    if head["sources_without_day"]:
        told += f" Sources without any day, so that no review can be due: {len(head['sources_without_day'])}."
    return Text(told + "\n", "bold")


def _is_worse(row: Row) -> bool:
    return severity(Status(row["after"])) < severity(Status(row["before"]))
