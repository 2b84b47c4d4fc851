"""Whether a transfer tool that is named can be relied on, on a day: one answer for every question."""

from __future__ import annotations

from collections.abc import Iterable

from graphsvc.law.tables import Law
from graphsvc.model import Day, Flow, Party, Reliance, Tool, ToolKind, in_force

TRANSFER_TOOLS = frozenset({ToolKind.ADEQUACY_LIST, ToolKind.SAFEGUARD, ToolKind.DEROGATION})


def since(reliance: Reliance) -> Day | None:
    """The first day of reliance: as said, else the day of signature; nobody relies on clauses not yet signed."""
    return reliance.valid_from or reliance.concluded


def usable(flow: Flow, reliance: Reliance, tool: Tool, on: Day, law: Law) -> bool:
    """Whether a flow can rely on a tool that it names on a day, whatever the role pair."""
    day = law.day(on)
    if not in_force(on, reliance.valid_from, reliance.valid_until):
        return False
    if not in_force(day, tool.valid_from, tool.valid_until):
        return False
    return tool.new_until is None or day <= tool.new_until or _from_before(flow, reliance, tool.new_until)


def _from_before(flow: Flow, reliance: Reliance, last: Day) -> bool:
    """Whether a contract stems from before an old set closed for new ones (Art. 4(4) of Decision (EU) 2021/914).

    Without a day of conclusion, the day from which the flow relied on it counts; a flow on record without
    a first day relied on it before.
    """
    concluded = reliance.concluded or reliance.valid_from or flow.valid_from
    return concluded is None or concluded <= last


def concerns(tool: Tool, country: str, law: Law) -> bool:
    """Whether a tool could ever help in a country; the list of a decision on another country never could."""
    if tool.kind is not ToolKind.ADEQUACY_LIST:
        return True
    return any(regime.listing == tool.id for regime in law.regimes.get(country, ()))


def tools_in_use(flow: Flow, importer: Party, countries: Iterable[str], on: Day, law: Law) -> frozenset[str]:
    """Ids of the tools that a flow can rely on, on a day: those it names, and lists that its recipient is on.

    Args:
        countries: The countries that the flow reaches.
    """
    named = [reliance for reliance in flow.tools if in_force(on, since(reliance), None)]
    reached = tuple(countries)
    return frozenset(
        tool.id
        for reliance in (*named, *importer.certifications)
        if (tool := law.tools[reliance.tool]).kind in TRANSFER_TOOLS
        and usable(flow, reliance, tool, on, law)
        and any(concerns(tool, country, law) for country in reached)
    )
