"""One flow to one country on one day in front of the tables, and what can be read off them for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from graphsvc.law.reliance import OnDay, concerns, on_day, since
from graphsvc.law.tables import Law
from graphsvc.model import (
    CAPACITY_OF,
    UNKNOWN,
    UNKNOWN_PARTY,
    Capacity,
    Day,
    Evidence,
    Flow,
    Party,
    Regime,
    RegimeKind,
    Reliance,
    Role,
    Sector,
    Tool,
    ToolKind,
    evidence_for,
    in_force,
)

Grounds = tuple[tuple[Evidence, ...], ...]
"""For each fact that something rests on, the evidence for it."""

PUBLIC_BODIES = frozenset({Sector.PUBLIC, Sector.PUBLIC_SECURITY})


@dataclass(frozen=True)
class Case:
    """One flow to one country on one day, in front of the tables.

    Attributes:
        flow: The flow as it counts that day, with what it has from standard terms.
        exporter: In which capacity the sender sends.
        importer: The party that receives; with `processed_abroad` the one that receives it in the country.
        country: Code of the place this is about, or `unknown`.
        on: The day.
        law: The tables.
        sender: The party that sends.
        same_group: Sender and importer have a group in common that day, or one is part of the other.
        employment: The items that are assessed are data of the employment relationship.
        direct: The sender is the controller itself, so that nothing is passed on that it received.
        processed_abroad: The recipient is in the EEA and has the data in the country.
        beside: Further cases whose tools count too, each for the pair of roles of its own flow.
    """

    flow: Flow
    exporter: Capacity
    importer: Party
    country: str
    on: Day
    law: Law
    sender: Party = UNKNOWN_PARTY
    same_group: bool = False
    employment: bool = False
    direct: bool = False
    processed_abroad: bool = False
    beside: tuple[Case, ...] = ()

    @property
    def law_day(self) -> Day:
        """The day whose law is applied: the day itself, unless the tables stand still."""
        return self.law.day(self.on)

    @cached_property
    def regimes(self) -> tuple[Regime, ...]:
        """The regimes of the country on the day."""
        return self.law.regimes_of(self.country, self.on)

    @cached_property
    def decisions(self) -> tuple[Regime, ...]:
        """The adequacy decisions on the country that are in force on the day."""
        return tuple(regime for regime in self.regimes if regime.kind is RegimeKind.ADEQUACY)

    @property
    def sector(self) -> Sector | None:
        """What kind of organisation the importer is; an authority is a public body, whatever else is recorded."""
        if self.importer.sector is None and self.flow.role is Role.AUTHORITY:
            return Sector.PUBLIC
        return self.importer.sector

    @property
    def capacities(self) -> tuple[Capacity, Capacity]:
        """In which capacity the sender sends and the importer receives."""
        return self.exporter, CAPACITY_OF[self.flow.role]

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        """The pairs of roles that the two sides have, such as C2P; a public body counts as one beside its role."""
        exporter, importer = self.capacities
        exporters = [exporter, *([Capacity.PUBLIC_BODY] if self.sender.sector in PUBLIC_BODIES else [])]
        importers = [importer, *([Capacity.PUBLIC_BODY] if self.importer.sector in PUBLIC_BODIES else [])]
        if importer is Capacity.PUBLIC_BODY:
            importers.append(Capacity.CONTROLLER)
        return tuple(dict.fromkeys(f"{one}2{other}" for one in exporters for other in importers))

    @cached_property
    def outside(self) -> tuple[str, ...]:
        """The seats of a sender that passes on from outside the EEA what it received; empty: it does not."""
        seats = self.sender.established_in
        if self.direct or any(self.law.is_inside(code, self.on) for code in seats):
            return ()
        return seats

    @property
    def importer_known(self) -> bool:
        """Whether the register says who receives."""
        return self.importer.id != UNKNOWN

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """The tools that the flow names, and those beside it, in the order of their ids, once they are relied on."""
        cases = (self, *self.beside)
        found = [
            Named(case, reliance, self.law.tools[reliance.tool])
            for case in cases
            for reliance in case.flow.tools
            if in_force(self.on, since(reliance), None)
        ]
        return tuple(sorted(found, key=lambda each: each.tool.id))

    def named_of(self, *kinds: ToolKind) -> Iterable[Named]:
        """Those of some kinds."""
        return [each for each in self.named if each.tool.kind in kinds]


@dataclass(frozen=True)
class Named:
    """A transfer tool that a flow names.

    Attributes:
        case: The flow, in front of the tables.
        reliance: What is said of it.
        tool: The tool.
    """

    case: Case
    reliance: Reliance
    tool: Tool

    @cached_property
    def on_day(self) -> OnDay:
        """Whether the flow can rely on it on the day, whatever the pair of roles."""
        return on_day(self.case.flow, self.reliance, self.tool, self.case.on, self.case.law)

    @property
    def concerned(self) -> bool:
        """Whether it could ever help in the country."""
        return concerns(self.tool, self.case.country, self.case.law)

    @cached_property
    def fitting(self) -> tuple[str, ...]:
        """The pairs of roles of the two sides that it is made for."""
        pairs = self.case.pairs
        return pairs if not self.tool.role_pairs else tuple(pair for pair in pairs if pair in self.tool.role_pairs)

    @property
    def may_fit(self) -> bool:
        """Whether it fits some pair of roles that the flow may turn out to have."""
        return any(
            all(is_ in {may, Capacity.UNKNOWN} for is_, may in zip(pair, made_for, strict=True))
            for pair in self.case.pairs
            for made_for in self.tool.role_pairs
        )

    @property
    def stands_in(self) -> bool:
        """Whether it only helps: it comes from standard terms, or counts only while nothing else carries."""
        return self.reliance.inherited or self.reliance.fallback

    @cached_property
    def assessed(self) -> bool | None:
        """Whether a transfer impact assessment is there on the day; None: none is needed."""
        tool, case = self.tool, self.case
        if tool.assessment_from is None or case.law_day < tool.assessment_from:
            return None
        return self.reliance.assessed is not None and self.reliance.assessed <= case.on

    @property
    def grounds(self) -> Grounds:
        """Where it is said that the flow relies on it, and what holds of it."""
        return (self.reliance.evidence or evidence_for(self.case.flow.evidence, "tools"), *said_of_row(self.tool))


def said_of_row(row: Regime | Tool) -> Grounds:
    """Where it is said that a row of law is there, and when it begins and ends: its weakest part counts."""
    facts = (evidence_for(row.evidence, key) for key in ("act", "valid_from", "valid_until"))
    return tuple(dict.fromkeys(facts))
