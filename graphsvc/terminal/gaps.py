"""The worklist of gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.terminal.common import Row

STYLES = {5: "bold red", 4: "bold magenta", 3: "yellow"}


def gaps(rows: Iterable[Row], on: str) -> RenderableType:
    """The worklist of gaps, the heaviest first, and a line that says what to look at."""
    found = list(rows)
    table = Table(title=f"Gaps on {on}", title_justify="left", header_style="bold")
    for name in ("Weight", "Controller", "What is missing", "What to do", "Article"):
        table.add_column(name, overflow="fold", no_wrap=name == "Weight")
    before = None
    for row in found:
        if before not in (None, row["weight"]):
            table.add_section()
        weight = Text(f"{row['weight']}", style=STYLES.get(row["weight"], ""))
        cells = (row["controller"]["name"], row["what"], row["to_do"], row["article"].removesuffix(" GDPR"))
        table.add_row(weight, *map(Text, cells))
        before = row["weight"]
    return Group(table, _summary(found))


def _summary(rows: list[Row]) -> Text:
    weights = Counter(row["weight"] for row in rows)
    counts = ", ".join(f"{weights[weight]} of weight {weight}" for weight in sorted(weights, reverse=True))
    kinds = Counter(row["kind"] for row in rows if row["weight"] == max(weights, default=0))
    first = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in kinds.most_common(3))
    said = f"{len(rows)} gaps: {counts}. Look first at: {first}." if rows else "No gaps."
    return Text(f"\n{said}\n", "bold")
