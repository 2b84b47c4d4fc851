"""The table of changes: by day, the worst first, and a line that says what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.answers.changes.differences import GONE
from graphsvc.answers.changes.sentences import why
from graphsvc.model import Status
from graphsvc.terminal.common import Row, first, footing, left

_BY = {"flow": "the facts", "law": "the law", "both": "facts and law", "document": "the document"}
NOT_FINE = ("uncovered", "lapsed", "unknown")


def changes(rows: Iterable[Row], title: str, law: str) -> RenderableType:
    """The table of changes.

    Args:
        rows: Changes as `plain_changes.change` makes them.
        title: What they are about.
        law: Version of the law table.
    """
    counted = _Counted()
    found = first(rows, counted.add)
    table = Table(title=f"{title}  (law {law})", title_justify="left", header_style="bold")
    for name in ("Day", "Controller", "What changed", "Footing now", "Why", "Object until"):
        table.add_column(name, overflow="fold", no_wrap=name in {"Day", "Footing now"})
    before = None
    for row, activities in merged(found):
        if before not in (None, row["day"]):
            table.add_section()
        table.add_row("" if row["day"] == before else row["day"], *_cells(row, activities))
        before = row["day"]
    return Group(table, *left(counted.causes.total(), len(found), "changes"), counted.summary())


def merged(rows: Iterable[Row]) -> list[tuple[Row, int]]:
    """Changes that differ in their activity only, as one; with how many activities it stands for."""
    found: dict[tuple[str, ...], tuple[Row, set[str]]] = {}
    for row in rows:
        key = (row["day"], row["controller"]["id"], row["kind"], row["flow"], row["what"], row["cause"]["kind"])
        _, activities = found.setdefault(key, (row, set()))
        activities.update(row["activities"])
    return [(row, len(activities)) for row, activities in found.values()]


def _cells(row: Row, activities: int) -> Iterable[RenderableType]:
    window = row["objection_window"]
    yield row["controller"]["name"]
    yield f"{row['what']} ({activities} activities)" if activities > 1 else row["what"]
    yield Text("gone") if row["kind"] in GONE else footing(Status(row["status"]))
    weak = f" Rests on what is {row['basis']}." if row["basis"] in {"inferred", "assumed"} else ""
    yield why(row, "en") + weak
    yield "" if window is None else window["last_day"] or "unknown"


class _Counted:
    """How many changes there are, by what made them and by what is to be done."""

    def __init__(self) -> None:
        self.causes: Counter[str] = Counter()
        self._bad = self._windows = self._unknown = 0

    def add(self, row: Row) -> None:
        self.causes[row["cause"]["kind"]] += 1
        self._bad += row["status"] in NOT_FINE and row["kind"] not in GONE
        if window := row["objection_window"]:
            self._windows += 1
            self._unknown += window["last_day"] is None

    def summary(self) -> Text:
        if not self.causes:
            return Text("\nNothing changed.\n", "bold")
        parts = ", ".join(f"{count} by {_BY[kind]}" for kind, count in sorted(self.causes.items()))
        told = f"\n{self.causes.total()} changes: {parts}. {self._bad} of them are now uncovered, lapsed or unknown."
        if self._windows:
            told += (
                f" New sub-processors to object to: {self._windows}; last day not known for {self._unknown} of them."
            )
        return Text(told + "\n", "bold")
