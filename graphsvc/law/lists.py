"""A decision that covers only who is on a list, and that list, end together, whichever row says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from graphsvc.model import Day, Evidence, Regime, Tool, evidence_for

Row = TypeVar("Row", Regime, Tool)


def ending_together(regimes: Iterable[Regime], tools: Iterable[Tool]) -> tuple[list[Regime], list[Tool]]:
    """The rows with the ends that they have together: regimes and tools are two documents, loaded one after the other.

    A list cannot be relied on after the last day of the last decision that names it, and nobody is on a list that has
    ended. The act and the evidence of an end come with it.
    """
    found, lists = [*regimes], {tool.id: tool for tool in tools}
    naming: dict[str, list[Regime]] = defaultdict(list)
    for regime in found:
        if regime.listing is not None:
            naming[regime.listing].append(regime)
    ended = {key: _ended(tool, _last(naming.get(key, []))) for key, tool in lists.items()}
    return [_ended(regime, lists.get(regime.listing or "")) for regime in found], [*ended.values()]


def _last(decisions: list[Regime]) -> Regime | None:
    """The decision that ends last; None: one is open, or there is none."""
    if any(row.valid_until is None for row in decisions):
        return None
    return max(decisions, key=lambda row: (row.valid_until or "", row.id), default=None)


def _ended(row: Row, by: Regime | Tool | None) -> Row:
    """A row that ends no later than another one."""
    if by is None or by.valid_until is None or not _later(row.valid_until, by.valid_until):
        return row
    about = frozenset({"valid_until"})
    kept: tuple[Evidence, ...] = tuple(item for item in row.evidence if item.about != about)
    moved = (replace(item, about=about) for item in evidence_for(by.evidence, "valid_until"))
    return replace(row, valid_until=by.valid_until, ended_by=by.ended_by, evidence=(*kept, *moved))


def _later(day: Day | None, other: Day) -> bool:
    return day is None or other < day
