"""One transfer along the six steps of EDPB Recommendations 01/2020: what is known, what a person still has to judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graphsvc.answers.lines import Line
from graphsvc.law.reliance import since
from graphsvc.model import Day, Reliance, Status, Tool, in_force
from graphsvc.translation import joined

OPEN_STATUSES = frozenset({Status.UNCOVERED, Status.LAPSED, Status.UNKNOWN, Status.ADEQUATE_IF_COVERED})
"""Footings on which nothing shows that the transfer may go on."""


@dataclass(frozen=True)
class Steps:
    """A transfer along the steps.

    Attributes:
        line: The line of the answer about transfers.
    """

    line: Line

    @cached_property
    def named(self) -> list[tuple[Reliance, Tool]]:
        """Step 2: the transfer tools that the flow names on the day."""
        network, flow = self.line.passage.network, self.line.passage.flow
        return [(each, network.law.tools[each.tool]) for each in flow.tools if in_force(network.on, since(each), None)]

    @property
    def tools(self) -> list[str]:
        """Names of those tools, with their articles."""
        return [joined("", (tool.name, f" ({tool.article})")) for _, tool in self.named]

    @property
    def assessment(self) -> str:
        """Step 3: `recorded`, `missing`, `not_needed`; `cannot_tell` where no footing is found that would decide."""
        recorded = self.line.assessment.transfer_impact_assessment
        if recorded is None:
            return "cannot_tell" if self.line.status in OPEN_STATUSES else "not_needed"
        return "recorded" if recorded else "missing"

    @property
    def assessed_on(self) -> Day | None:
        """Step 3: the day of the last transfer impact assessment that is recorded by the day."""
        days = [
            each.assessed for each, _ in self.named if each.assessed and each.assessed <= self.line.passage.network.on
        ]
        return max(days, default=None)

    @property
    def onward(self) -> bool:
        """Step 1: whether it is an onward transfer, by somebody who received the data."""
        return self.line.passage.depth > 1

    @property
    def dates(self) -> list[tuple[Day, str]]:
        """Step 6: days ahead on which what it rests on ends, the first one first, each with what ends."""
        return sorted(set(self._ends()))

    def _ends(self) -> Iterator[tuple[Day, str]]:
        network, flow = self.line.passage.network, self.line.passage.flow
        for regime in network.law.regimes_of(self.line.country, network.on):
            if regime.valid_until:
                yield regime.valid_until, str(regime.act)
        for reliance, tool in self.named:
            for day in (reliance.valid_until, tool.valid_until):
                if day and day >= network.on:
                    yield day, tool.name
        for day, what in ((flow.contract and flow.contract.valid_until, "contract"), (flow.valid_until, "flow")):
            if day and day >= network.on:
                yield day, what
