"""One flow to one country on one day in front of the tables, and what can be read off them for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphsvc.law.reliance import concerns, since, usable
from graphsvc.law.tables import Law
from graphsvc.model import (
    CAPACITY_OF,
    Capacity,
    Day,
    Evidence,
    Flow,
    Party,
    Regime,
    Reliance,
    Tool,
    ToolKind,
    evidence_for,
    in_force,
)

Grounds = tuple[tuple[Evidence, ...], ...]
"""For each fact that something rests on, the evidence for it."""


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
        return (reliance.evidence or evidence_for(self.flow.evidence, "tools"), *said_of_row(tool))

    def usable(self, reliance: Reliance, tool: Tool) -> bool:
        """Whether the flow can rely on a tool that it names, whatever the pair of roles."""
        return usable(self.flow, reliance, tool, self.on, self.law)

    def concerns(self, tool: Tool) -> bool:
        """Whether a tool could ever help in the country."""
        return concerns(tool, self.country, self.law)

    def fits(self, tool: Tool) -> bool:
        """Whether a tool is made for the pair of roles."""
        return not tool.role_pairs or self.pair in tool.role_pairs

    def may_fit(self, tool: Tool) -> bool:
        """Whether a tool fits some pair of roles that the flow may turn out to have."""
        return any(
            all(is_ in {may, Capacity.UNKNOWN} for is_, may in zip(self.pair, pair, strict=True))
            for pair in tool.role_pairs
        )

    def has_ended(self, tool: Tool) -> bool:
        """Whether a tool is in force no longer."""
        return tool.valid_until is not None and tool.valid_until < self.law_day

    def assessed(self, reliance: Reliance, tool: Tool) -> bool | None:
        """Whether a transfer impact assessment is there on the day; None: none is needed."""
        if tool.assessment_from is None or self.law_day < tool.assessment_from:
            return None
        return reliance.assessed is not None and reliance.assessed <= self.on


def said_of_row(row: Regime | Tool) -> Grounds:
    """Where it is said that a row of law is there, and when it begins and ends: its weakest part counts."""
    facts = (evidence_for(row.evidence, key) for key in ("act", "valid_from", "valid_until"))
    return tuple(dict.fromkeys(facts))
