"""The law tables with a decision ended, a tool withdrawn or a country adequate: for a what-if, on one day. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from graphsvc.law.tables import Law
from graphsvc.model import Act, Day, Evidence, Regime, RegimeKind, Tool, ToolKind, in_force, supposing
from graphsvc.translation import _

_NUMBER = re.compile(r"\b([0-9]{4})/([0-9]+)\b")
_DECISION = re.compile(r"3([0-9]{4})D0*([0-9]+)")
Row = TypeVar("Row", Regime, Tool)


@dataclass(frozen=True)
class Rows:
    """Rows of law that stand and fall together."""

    regimes: tuple[Regime, ...] = ()
    tools: tuple[Tool, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.regimes or self.tools)

    def on(self, day: Day) -> Rows:
        """Those that are in force on a day."""
        regimes, tools = (
            tuple(row for row in rows if in_force(day, row.valid_from, row.valid_until))
            for rows in (self.regimes, self.tools)
        )
        return Rows(regimes, tools)


def decision_rows(law: Law, key: str) -> Rows:
    """Every row that rests on a decision: adequacy regimes, the lists they name, and clauses.

    Args:
        law: The tables.
        key: Id of a regime or a tool, the beginning of such ids, a CELEX number, or a country code.

    Returns:
        The rows that are named and those whose act cites the same decision, such as one that prolonged it.
    """
    adequacy = [row for rows in law.regimes.values() for row in rows if row.kind is RegimeKind.ADEQUACY]
    regimes = [row for row in adequacy if key in (row.country, row.act.celex, row.listing) or _named(row.id, key)]
    tools = [*tools_named(law, key), *(tool for tool in law.tools.values() if key == tool.act.celex)]
    numbers = frozenset().union(*(_numbers(row.act) for row in (*regimes, *tools)))
    lists = {row.listing for row in regimes}
    return Rows(
        tuple(row for row in adequacy if row in regimes or numbers & _numbers(row.act)),
        tuple(t for t in law.tools.values() if t in tools or t.id in lists or numbers & _numbers(t.act)),
    )


def tool_rows(law: Law, key: str) -> Rows:
    """A tool or the tools whose ids begin alike; with a list goes the decision that it belongs to."""
    tools = tools_named(law, key)
    lists = [decision_rows(law, tool.id) for tool in tools if tool.kind is ToolKind.ADEQUACY_LIST]
    found = dict.fromkeys([*tools, *(tool for rows in lists for tool in rows.tools)])
    return Rows(tuple(row for rows in lists for row in rows.regimes), tuple(found))


def tools_named(law: Law, key: str) -> tuple[Tool, ...]:
    """The tool with an id; without one, the safeguards whose ids begin with it (`scc-2021`: every module)."""
    if key in law.tools:
        return (law.tools[key],)
    return tuple(t for t in law.tools.values() if t.kind is ToolKind.SAFEGUARD and _named(t.id, key))


def ended(law: Law, rows: Rows, since: Day, on: Day, supposed: Evidence) -> Law:
    """The tables with those of some rows ended that are in force on the day asked about.

    Args:
        law: The tables.
        rows: The rows that end.
        since: First day on which they are no longer there.
        on: The day asked about; on other days the tables may say too much.
        supposed: Says whose supposition this is.

    Returns:
        The same tables when none of the rows is in force that day.
    """
    gone = rows.on(on)
    if not gone:
        return law
    regimes = {
        country: tuple(_cut(row, since, supposed) if row in gone.regimes else row for row in found)
        for country, found in law.regimes.items()
    }
    tools = {key: _cut(tool, since, supposed) if tool in gone.tools else tool for key, tool in law.tools.items()}
    return replace(law, regimes=regimes, tools=tools)


def with_adequacy(law: Law, country: str, since: Day, supposed: Evidence) -> Law:
    """The tables with an adequacy decision on a country that covers every recipient there."""
    act = Act(_("A supposed adequacy decision on {country}", country=country), supposed=True)
    row = Regime(f"what-if:{country}", country, RegimeKind.ADEQUACY, act, since, evidence=(supposed,))
    rows = sorted((row, *law.regimes.get(country, ())), key=lambda row: (row.valid_from, row.id), reverse=True)
    return replace(law, regimes={**law.regimes, country: tuple(rows)})


def decision_names(law: Law) -> Iterable[str]:
    """What a decision may be named by, to suggest what somebody may have meant."""
    regimes = [row for rows in law.regimes.values() for row in rows if row.kind is RegimeKind.ADEQUACY]
    return sorted({row.id for row in regimes} | law.tools.keys() | {row.act.celex for row in regimes if row.act.celex})


def _cut(row: Row, since: Day, supposed: Evidence) -> Row:
    evidence = supposing(row.evidence, supposed, "valid_until")
    return replace(row, valid_until=_day_before(since), ended_by=None, evidence=evidence)


def _day_before(day: Day) -> Day:
    number = datetime.date.fromisoformat(day).toordinal()
    return datetime.date.fromordinal(max(1, number - 1)).isoformat()


def _named(key: str, words: str) -> bool:
    return key == words or key.startswith(f"{words}-")


def _numbers(act: Act) -> frozenset[tuple[str, str]]:
    """The numbers of the decisions that the act of a row cites; none where the act is no decision."""
    found = _DECISION.fullmatch(act.celex or "")
    return frozenset([*_NUMBER.findall(act.title), found.groups()]) if found else frozenset()
