"""The worklist of gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.terminal.common import Row, first, left

STYLES = {5: "bold red", 4: "bold magenta", 3: "yellow"}


def gaps(rows: Iterable[Row], on: str) -> RenderableType:
    """The worklist of gaps, the heaviest first, and a line that says what to look at."""
    counts: Counter[tuple[int, str]] = Counter()
    found = first(rows, lambda row: counts.update([(row["weight"], row["kind"])]))
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
    return Group(table, *left(counts.total(), len(found), "gaps"), _summary(counts))


def _summary(counts: Counter[tuple[int, str]]) -> Text:
    weights: Counter[int] = Counter()
    for (weight, _), number in counts.items():
        weights[weight] += number
    told = ", ".join(f"{weights[weight]} of weight {weight}" for weight in sorted(weights, reverse=True))
    heaviest = max(weights, default=0)
    kinds = Counter({kind: number for (weight, kind), number in counts.items() if weight == heaviest})
    look = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in kinds.most_common(3))
    said = f"{counts.total()} gaps: {told}. Look first at: {look}." if counts else "No gaps."
    return Text(f"\n{said}\n", "bold")
