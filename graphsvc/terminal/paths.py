"""The table of chains between two parties."""

from __future__ import annotations

from collections import Counter

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.model import Status
from graphsvc.terminal.common import MARKS, STYLES, Row, count, data, footing, recipient


def paths(body: Row) -> RenderableType:
    """The table of an answer as `Paths.body` makes it."""
    if not body["items"]:
        return Text(f"No chain from {body['from']['name']} to {body['to']['name']} on {body['on']}. {body['reason']}\n")
    title = f"How data gets from {body['from']['name']} to {body['to']['name']} on {body['on']}, the shortest first"
    table = Table(title=title, title_justify="left", header_style="bold", show_lines=True)
    for name in ("Chain", "Data that gets there", "Footing", "Said"):
        table.add_column(name, overflow="fold")
    for item in body["items"]:
        said = item["basis"].replace("_", " ")
        table.add_row(_chain(item), _data(item), footing(Status(item["status"])), said)
    return Group(table, _summary(body))


def _chain(item: Row) -> Text:
    shown = Text(f"{item['from']['name']}: {item['start']['name']}")
    for step in item["steps"]:
        status = Status(step["status"])
        to = f"\n  -> {recipient(step['service'], step['importer'])}, {step['role'].replace('_', ' ')}"
        shown.append(f"{to}, in {' '.join(step['countries'])} ")
        shown.append(f"{MARKS[status].strip()} {status.value.replace('_', ' ')}".strip(), style=STYLES[status])
        if step["condition"]:
            shown.append(f"\n     only: {step['condition']}")
    return shown


def _data(item: Row) -> str:
    if any(entry["category"] == entry["subject"] == "unknown" for entry in item["data"]):
        return "whatever arrives" if item["activity"] is None else "not known: may be anything"
    return data(item["data"])


def _summary(body: Row) -> Text:
    lengths = Counter(item["depth"] for item in body["items"])
    parts = ", ".join(f"{number} of {count(depth, 'step')}" for depth, number in sorted(lengths.items()))
    more = "" if body["complete"] else " There are more."
    return Text(f"\n{count(body['total'], 'chain')}: {parts}.{more}\n", "bold")
