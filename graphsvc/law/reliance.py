"""On which days a transfer tool that is named can be relied on, whatever the roles: one answer for every question."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from graphsvc.law.certified import shows
from graphsvc.law.tables import Law
from graphsvc.model import Certification, Day, Flow, Party, Reliance, Tool, ToolKind, in_force

TRANSFER_TOOLS = frozenset({ToolKind.ADEQUACY_LIST, ToolKind.SAFEGUARD, ToolKind.DEROGATION})


class OnDay(Enum):
    """Whether a tool can be relied on, on a day, by the days of the tool, of the reliance and of the contract."""

    YES = "yes"
    NO_LONGER_RELIED_ON = "no_longer_relied_on"
    ENDED = "ended"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    CONTRACT_UNDATED = "contract_undated"


def since(reliance: Reliance | Certification) -> Day | None:
    """The first day of reliance: as said, else the day of signature; nobody relies on clauses not yet signed."""
    return reliance.valid_from or reliance.concluded


def on_day(flow: Flow, reliance: Reliance | Certification, tool: Tool, on: Day, law: Law) -> OnDay:
    """Whether a flow can rely on a tool that it names on a day, whatever the role pair; and if not, why not."""
    day = law.day(on)
    if reliance.valid_until is not None and reliance.valid_until < on:
        return OnDay.NO_LONGER_RELIED_ON
    if tool.valid_until is not None and tool.valid_until < day:
        return OnDay.ENDED
    if (tool.valid_from is not None and day < tool.valid_from) or not in_force(on, reliance.valid_from, None):
        return OnDay.NOT_YET
    if tool.new_until is None or day <= tool.new_until:
        return OnDay.YES
    # Art. 4(4) of Decision (EU) 2021/914: an old set goes on for contracts from before it was closed for new ones.
    concluded = reliance.concluded or reliance.valid_from or flow.valid_from
    if concluded is None:
        return OnDay.CONTRACT_UNDATED
    return OnDay.YES if concluded <= tool.new_until else OnDay.CLOSED


def concerns(tool: Tool, country: str, law: Law) -> bool:
    """Whether a tool could ever help in a country; the list of a decision on another country never could."""
    if tool.kind is not ToolKind.ADEQUACY_LIST:
        return not tool.reaches or country in tool.reaches
    return any(regime.listing == tool.id for regime in law.regimes.get(country, ()))


def tools_in_use(flow: Flow, importer: Party, countries: Iterable[str], on: Day, law: Law) -> frozenset[str]:
    """Ids of the tools that a flow can rely on, on a day: those it names, and lists that its recipient is on.

    Old clauses whose contract has no day on record count: nothing says that they are from after their last day.

    Args:
        countries: The countries that the flow reaches.
    """
    named = [reliance for reliance in flow.tools if in_force(on, since(reliance), None)]
    shown = [entry for entry in importer.certifications if shows(entry, on)]
    reached = tuple(countries)
    return frozenset(
        tool.id
        for reliance in (*named, *shown)
        if (tool := law.tools[reliance.tool]).kind in TRANSFER_TOOLS
        and on_day(flow, reliance, tool, on, law) in {OnDay.YES, OnDay.CONTRACT_UNDATED}
        and any(concerns(tool, country, law) for country in reached)
    )
