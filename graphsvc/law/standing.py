"""Whether a flow can rely on a tool that it names, and why not."""

from __future__ import annotations

from enum import Enum

from graphsvc.law.case import Case, Grounds
from graphsvc.law.reliance import TRANSFER_TOOLS
from graphsvc.model import Reliance, Tool
from graphsvc.translation import _, joined


class Standing(Enum):
    """Whether a flow can rely on a tool that it names."""

    USABLE = "usable"
    UNCLEAR = "unclear"
    MISFIT = "misfit"
    LAPSED = "lapsed"


def standing(case: Case, tool: str) -> tuple[Standing, str, Grounds] | None:
    """Whether a case can rely on a tool, whatever else it relies on; None: the flow does not name the tool.

    Args:
        case: The flow, in front of the tables.
        tool: Id of the tool.

    Returns:
        The best that its reliances on the tool come to, why, and where that is said.
    """
    named = [pair for pair in case.relied_on(*TRANSFER_TOOLS) if pair[1].id == tool]
    found = [(*_standing(case, *pair), case.said_of(*pair)) for pair in named]
    return min(found, key=lambda each: _BEST_FIRST.index(each[0]), default=None)


def _standing(case: Case, reliance: Reliance, tool: Tool) -> tuple[Standing, str]:
    if not case.usable(reliance, tool):
        return Standing.LAPSED, why_lapsed(case, reliance, tool)
    if not case.concerns(tool):
        return Standing.MISFIT, _(
            "{tool} says nothing of recipients in {country}.", tool=tool.name, country=case.country
        )
    if case.fits(tool):
        return Standing.USABLE, _("{tool} could be relied on that day.", tool=tool.name)
    if case.may_fit(tool):
        return Standing.UNCLEAR, _(
            "Whether {tool} fits cannot be told: the role of one side is not known.", tool=tool.name
        )
    return Standing.MISFIT, _("{tool} does not fit {pair}.", tool=tool.name, pair=case.pair)


_BEST_FIRST = tuple(Standing)


def ended_by(tool: Tool) -> str:
    """The act that decides when a tool has ended: the one that ended it, with the one it ended."""
    return _("{by}, ending {act}", by=str(tool.ended_by), act=str(tool.act)) if tool.ended_by else str(tool.act)


def why_lapsed(case: Case, reliance: Reliance, tool: Tool) -> str:
    if reliance.valid_until is not None and reliance.valid_until < case.on:
        return _("{tool} was relied on until {day}; nothing is named since.", tool=tool.name, day=reliance.valid_until)
    if case.has_ended(tool):
        by = joined("", (" (", tool.ended_by.title, ")")) if tool.ended_by else ""
        return _(
            "{tool} is named, but could be relied on until {day} only{by}.", tool=tool.name, day=tool.valid_until, by=by
        )
    if tool.valid_from is not None and case.law_day < tool.valid_from:
        return _("{tool} is named, but cannot be relied on before {day}.", tool=tool.name, day=tool.valid_from)
    return _(
        "{tool} is named, but only contracts concluded until {day} may still rest on it.",
        tool=tool.name,
        day=tool.new_until,
    )
