"""The table of recipients, and the text for an answer to an access request."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.model import Status
from graphsvc.terminal.common import MARKS, STYLES, Row, count


def recipients(head: Row, rows: Iterable[Row]) -> RenderableType:
    """The table and the text.

    Args:
        head: The head of the answer.
        rows: The recipients as `Recipients.table` makes them.
    """
    who = f" of {head['subject']['name']}" if head["subject"] else ""
    title = f"Recipients of data{who} of {head['controller']['name']} on {head['on']}"
    table = Table(title=title, title_justify="left", header_style="bold", show_lines=True)
    for name in ("Recipient", "Role", "Data", "Places", "Purposes", "Step", "Said"):
        table.add_column(name, overflow="fold", no_wrap=name == "Step")
    for row in rows:
        table.add_row(
            "\n".join(dict.fromkeys(filter(None, [row["name"], row["legal_name"]]))),
            row["role_in_words"],
            "\n".join(filter(None, [row["data_in_words"], row["may_include"] and f"? {row['may_include']}"])),
            _places(row),
            row["purposes_in_words"] or "?",
            str(row["depth"]),
            row["basis_in_words"],
        )
    return Group(table, Text(f"\n{head['text']}\n"), _summary(head))


def _places(row: Row) -> Text:
    status = Status(row["status"])
    return Text(f"{MARKS[status].strip()} {row['places_in_words']}".strip(), style=STYLES[status])


def _summary(head: Row) -> Text:
    reason = f" {head['reason']}" if head["reason"] else ""
    named, unnamed = count(head["named"], "recipient"), head["unnamed"]
    return Text(f"{named} by name, {unnamed} that nobody named. The text above can be pasted.{reason}\n", "bold")
