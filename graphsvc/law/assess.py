"""`assess`: on which footing a flow reaches one country on one day (GDPR chapter V), by the tables.

The gates stand in the order in which Art. 44 to 49 are read: no third country, an adequacy decision
that covers the recipient (Art. 45), a safeguard (Art. 46), a decision that covers only some recipients
while nobody has shown that this one is covered, a derogation (Art. 49), a tool that is named and not
in force, nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from graphsvc.law.reliance import concerns, since, usable
from graphsvc.law.tables import Law
from graphsvc.model import (
    CAPACITY_OF,
    INSIDE,
    UNKNOWN,
    Capacity,
    Day,
    Evidence,
    Flow,
    Party,
    Reach,
    Regime,
    Reliance,
    Status,
    Tool,
    ToolKind,
    evidence_for,
    in_force,
)
from graphsvc.told import Joined, Title, tell

Grounds = tuple[tuple[Evidence, ...], ...]
"""For each fact that something rests on, the evidence for it."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The status of a flow towards one country on one day, and what decided it.

    Attributes:
        status: The footing.
        reason: One or two sentences for a reader.
        act: The act or judgment that decided; None: there is none.
        transfer_impact_assessment: True recorded, False missing; None: this footing needs none.
        grounds: For each fact that decided, where it is said (rows of law, certifications, tools relied on).
        by_roles: Whether the pair of roles decided.
    """

    status: Status
    reason: str
    act: str | None = None
    transfer_impact_assessment: bool | None = None
    grounds: Grounds = ()
    by_roles: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One flow to one country on one day, in front of the tables.

    Attributes:
        flow: The flow.
        exporter: In which capacity the sender sends.
        importer: The party that receives.
        country: Code of the place this is about, or `unknown`.
        on: The day.
        law: The tables.
    """

    flow: Flow
    exporter: Capacity
    importer: Party
    country: str
    on: Day
    law: Law

    @property
    def law_day(self) -> Day:
        """The day whose law is applied: the day itself, unless the tables stand still."""
        return self.law.day(self.on)

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """The regimes of the country on the day."""
        return self.law.regimes_of(self.country, self.on)

    @property
    def pair(self) -> str:
        """The roles of exporter and importer, such as C2P; with a `?` when one is not known."""
        return f"{self.exporter}2{CAPACITY_OF[self.flow.role]}"

    def relied_on(self, *kinds: ToolKind) -> Iterable[tuple[Reliance, Tool]]:
        """The tools of some kinds that the flow names, whether or not they are in force on the day."""
        named = ((reliance, self.law.tools[reliance.tool]) for reliance in self.flow.tools)
        return [
            (reliance, tool)
            for reliance, tool in named
            if tool.kind in kinds and in_force(self.on, since(reliance), None)
        ]

    def said_of(self, reliance: Reliance, tool: Tool) -> Grounds:
        """Where it is said that the flow relies on a tool, and what holds of the tool."""
        return (reliance.evidence or evidence_for(self.flow.evidence, "tools"), *_said_of_row(tool))


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
    named = [pair for pair in case.relied_on(*_TRANSFER_TOOLS) if pair[1].id == tool]
    found = [(*_standing(case, *pair), case.said_of(*pair)) for pair in named]
    return min(found, key=lambda each: _BEST_FIRST.index(each[0]), default=None)


def _standing(case: Case, reliance: Reliance, tool: Tool) -> tuple[Standing, str]:
    if not _usable(case, reliance, tool):
        return Standing.LAPSED, _why_lapsed(case, reliance, tool)
    if not _concerns(tool, case):
        return Standing.MISFIT, tell(
            "{tool} says nothing of recipients in {country}.", tool=tool.name, country=case.country
        )
    if _fits(case, tool):
        return Standing.USABLE, tell("{tool} could be relied on that day.", tool=tool.name)
    if _may_fit(case, tool):
        return Standing.UNCLEAR, tell(
            "Whether {tool} fits cannot be told: the role of one side is not known.", tool=tool.name
        )
    return Standing.MISFIT, tell("{tool} does not fit {pair}.", tool=tool.name, pair=case.pair)


_BEST_FIRST = tuple(Standing)


def assess(flow: Flow, exporter: Capacity, importer: Party, country: str, on: Day, law: Law) -> Assessment:
    """Decide on which footing a flow reaches a country on a day.

    Args:
        flow: The flow, valid on the day.
        exporter: The capacity in which its sender sends (controller or processor).
        importer: The party that provides the receiving service.
        country: Where the recipient is, keeps or reads the data: a country code, or `unknown`.
        on: The day.
        law: The tables.

    Returns:
        The assessment by the first gate that decides.
    """
    case = Case(flow, exporter, importer, country, on, law)
    return next(found for gate in _GATES if (found := gate(case)))


def _unknown_place(case: Case) -> Assessment | None:
    if case.country != UNKNOWN:
        return None
    if case.importer.id == UNKNOWN:
        return Assessment(Status.UNKNOWN, tell("No source names the recipient."))
    name = case.importer.name
    if case.importer.established_in:
        return Assessment(Status.UNKNOWN, tell("No source says where {name} keeps or reads the data.", name=name))
    return Assessment(Status.UNKNOWN, tell("No source says where {name} is established.", name=name))


def _before_the_tables(case: Case) -> Assessment | None:
    """The GDPR applies from a day on; before the first day of the tables nothing can be read off them."""
    begins = case.law.begins
    if begins is not None and begins <= case.law_day:
        return None
    if begins is None:
        return Assessment(Status.UNKNOWN, tell("The law tables are empty, so they say nothing of this day."))
    reason = tell("The law tables begin on {day}, so they say nothing of this day.", day=begins)
    return Assessment(Status.UNKNOWN, reason)


def _no_third_country(case: Case) -> Assessment | None:
    for regime in case.regimes:
        if regime.kind in INSIDE:
            reason = tell(
                "{country} is no third country on this day ({kind}).", country=case.country, kind=_KIND[regime.kind]
            )
            return _by(regime, Status.INSIDE, reason)
    return None


def _adequate(case: Case) -> Assessment | None:
    for regime in case.regimes:
        covered, grounds = _coverage(case, regime)
        if covered is Covered.YES:
            reason = tell("{act} covers this recipient{scope}.", act=_the(regime), scope=_scope(regime))
            return _by(regime, Status.ADEQUATE, reason, grounds)
    return None


def _safeguarded(case: Case) -> Assessment | None:
    usable = [pair for pair in case.relied_on(ToolKind.SAFEGUARD) if _usable(case, *pair)]
    fitting = [pair for pair in usable if _fits(case, pair[1])]
    if not fitting:
        return _perhaps_safeguarded(case, [tool for _, tool in usable if _may_fit(case, tool)])
    reliance, tool = min(fitting, key=lambda pair: (_assessed(case, *pair) is False, pair[1].id))
    assessed = _assessed(case, reliance, tool)
    reason = tell(
        "{tool} ({article}) can be relied on for {pair}{legacy}.",
        tool=tool.name,
        article=tool.article,
        pair=case.pair,
        legacy=_legacy(case, tool),
    )
    if assessed is False:
        reason = Joined(" ", (reason, tell("No transfer impact assessment is recorded.")))
    grounds = case.said_of(reliance, tool)
    return Assessment(Status.SAFEGUARDED, reason, str(tool.act), assessed, grounds, bool(tool.role_pairs))


def _perhaps_safeguarded(case: Case, tools: list[Tool]) -> Assessment | None:
    if not tools:
        return None
    name = tools[0].name
    if case.pair.endswith(Capacity.UNKNOWN):
        reason = tell(
            "{tool} is named, but whether it fits cannot be told: the role of the recipient is not known.", tool=name
        )
    else:
        reason = tell(
            "{tool} is named, but whether it fits cannot be told: the role of the sender is not known.", tool=name
        )
    return Assessment(Status.UNKNOWN, reason, by_roles=True)


def _adequate_if_covered(case: Case) -> Assessment | None:
    for regime in case.regimes:
        covered, _ = _coverage(case, regime)
        if covered is Covered.MAYBE:
            reason = tell(
                "{act} covers only some recipients{scope}; {missing}{void}.",
                act=_the(regime),
                scope=_scope(regime),
                missing=_missing(regime),
                void=_void(case),
            )
            return _by(regime, Status.ADEQUATE_IF_COVERED, reason)
    return None


def _derogation(case: Case) -> Assessment | None:
    for reliance, tool in case.relied_on(ToolKind.DEROGATION):
        if _usable(case, reliance, tool):
            reason = tell(
                "{tool} ({article}): an exception for single cases, to be read narrowly.",
                tool=tool.name,
                article=tool.article,
            )
            return Assessment(Status.DEROGATION, reason, str(tool.act), None, case.said_of(reliance, tool))
    return None


def _lapsed(case: Case) -> Assessment | None:
    named = case.relied_on(*_TRANSFER_TOOLS)
    gone = [pair for pair in named if not _usable(case, *pair) and _concerns(pair[1], case)]
    if not gone:
        return None
    reliance, tool = min(gone, key=lambda pair: pair[1].id)
    act = ended_by(tool) if _ended(case, tool) else str(tool.act)
    return Assessment(Status.LAPSED, _why_lapsed(case, reliance, tool), act, None, case.said_of(reliance, tool))


def _uncovered(case: Case) -> Assessment:
    named = [*case.relied_on(*_TRANSFER_TOOLS), *case.relied_on(ToolKind.NO_TRANSFER_TOOL)]
    if not named:
        reason = tell(
            "{country} has no adequacy decision that covers this recipient, and no transfer tool is named.",
            country=case.country,
        )
        return Assessment(Status.UNCOVERED, reason)
    reliance, tool = named[0]
    misfit = {
        ToolKind.SAFEGUARD: tell("does not fit {pair}", pair=case.pair),
        ToolKind.NO_TRANSFER_TOOL: tell("is no tool for transfers under the GDPR"),
    }.get(tool.kind, tell("says nothing of recipients in {country}", country=case.country))
    reason = tell(
        "{country} has no adequacy decision that covers this recipient, and {tool} is named, but {misfit}.",
        country=case.country,
        tool=tool.name,
        misfit=misfit,
    )
    by_roles = tool.kind is ToolKind.SAFEGUARD
    grounds = case.said_of(reliance, tool)
    return Assessment(Status.UNCOVERED, reason, None, None, grounds, by_roles)


_GATES: tuple[Callable[[Case], Assessment | None], ...] = (
    _unknown_place,
    _before_the_tables,
    _no_third_country,
    _adequate,
    _safeguarded,
    _adequate_if_covered,
    _derogation,
    _lapsed,
    _uncovered,
)
_TRANSFER_TOOLS = (ToolKind.ADEQUACY_LIST, ToolKind.SAFEGUARD, ToolKind.DEROGATION)
_KIND = {
    "eu_member": tell("EU member state"),
    "eu_territory": tell("territory of an EU member state"),
    "eea_member": tell("in the European Economic Area"),
    "transition": tell("transition period"),
}


class Covered(Enum):
    """Whether an adequacy decision covers a recipient, as far as the register knows."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


def _coverage(case: Case, regime: Regime) -> tuple[Covered, Grounds]:
    """Whether the decision covers the importer, and where the facts beyond the row of law are said."""
    sector = case.importer.sector
    if sector in regime.excluded:
        return Covered.NO, ()
    if regime.reach is Reach.EVERYONE:
        return Covered.YES, ()
    if regime.reach is Reach.SECTORS:
        if sector is None:
            return Covered.MAYBE, ()
        grounds = (evidence_for(case.importer.evidence, "sector"),)
        return (Covered.YES if sector in regime.sectors else Covered.NO), grounds
    return _on_list(case, regime)


def _on_list(case: Case, regime: Regime) -> tuple[Covered, Grounds]:
    of_flow = evidence_for(case.flow.evidence, "tools")
    of_party = evidence_for(case.importer.evidence, "certifications")
    shown = [(reliance, of_flow) for reliance in case.flow.tools if reliance.covered]
    shown += [(reliance, of_party) for reliance in case.importer.certifications]
    for reliance, elsewhere in shown:
        if reliance.tool == regime.listing and in_force(case.on, reliance.valid_from, reliance.valid_until):
            return Covered.YES, (reliance.evidence or elsewhere,)
    return Covered.MAYBE, ()


def _usable(case: Case, reliance: Reliance, tool: Tool) -> bool:
    return usable(case.flow, reliance, tool, case.on, case.law)


def _assessed(case: Case, reliance: Reliance, tool: Tool) -> bool | None:
    """Whether a transfer impact assessment is there on the day; None: none is needed."""
    if tool.assessment_from is None or case.law_day < tool.assessment_from:
        return None
    return reliance.assessed is not None and reliance.assessed <= case.on


def _concerns(tool: Tool, case: Case) -> bool:
    return concerns(tool, case.country, case.law)


def _fits(case: Case, tool: Tool) -> bool:
    return not tool.role_pairs or case.pair in tool.role_pairs


def _may_fit(case: Case, tool: Tool) -> bool:
    """Whether a tool fits some pair of roles that the flow may turn out to have."""
    return any(
        all(is_ in {may, Capacity.UNKNOWN} for is_, may in zip(case.pair, pair, strict=True))
        for pair in tool.role_pairs
    )


def _ended(case: Case, tool: Tool) -> bool:
    return tool.valid_until is not None and tool.valid_until < case.law_day


def ended_by(tool: Tool) -> str:
    """The act that decides when a tool has ended: the one that ended it, with the one it ended."""
    return tell("{by}, ending {act}", by=str(tool.ended_by), act=str(tool.act)) if tool.ended_by else str(tool.act)


def _why_lapsed(case: Case, reliance: Reliance, tool: Tool) -> str:
    if reliance.valid_until is not None and reliance.valid_until < case.on:
        return tell(
            "{tool} was relied on until {day}; nothing is named since.", tool=tool.name, day=reliance.valid_until
        )
    if _ended(case, tool):
        by = Joined("", (" (", tool.ended_by.title, ")")) if tool.ended_by else ""
        return tell(
            "{tool} is named, but could be relied on until {day} only{by}.", tool=tool.name, day=tool.valid_until, by=by
        )
    if tool.valid_from is not None and case.law_day < tool.valid_from:
        return tell("{tool} is named, but cannot be relied on before {day}.", tool=tool.name, day=tool.valid_from)
    return tell(
        "{tool} is named, but only contracts concluded until {day} may still rest on it.",
        tool=tool.name,
        day=tool.new_until,
    )


def _legacy(case: Case, tool: Tool) -> str:
    if tool.new_until is None or case.law_day <= tool.new_until:
        return ""
    until = tool.valid_until or tell("further notice")
    return tell(", as the contract is from before {day} or that day, until {until}", day=tool.new_until, until=until)


def _void(case: Case) -> str:
    """What to add when a list is named that is no longer in force."""
    lists = case.relied_on(ToolKind.ADEQUACY_LIST)
    names = [tool.name for _, tool in lists if _ended(case, tool) and _concerns(tool, case)]
    return tell(" ({tool}, which is named, has ended)", tool=names[0]) if names else ""


def _missing(regime: Regime) -> str:
    if regime.reach is Reach.LISTED:
        return tell("no dated evidence shows that this recipient is on the list")
    return tell("what kind of organisation this recipient is is not recorded")


def _the(regime: Regime) -> str:
    return regime.act.title


def _scope(regime: Regime) -> str:
    return "" if regime.scope == "all" else tell(" (scope: {scope})", scope=Title(regime.scope))


def _by(regime: Regime, status: Status, reason: str, grounds: Grounds = ()) -> Assessment:
    return Assessment(status, reason, regime.act.cited, None, (*grounds, *_said_of_row(regime)))


def _said_of_row(row: Regime | Tool) -> Grounds:
    """Where it is said that a row of law is there, and when it begins and ends: its weakest part counts."""
    facts = (evidence_for(row.evidence, key) for key in ("act", "valid_from", "valid_until"))
    return tuple(dict.fromkeys(facts))
