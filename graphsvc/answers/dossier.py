"""`dossiers`: for each controller what it does, where its data goes, what it says, and in which documents. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from graphsvc.answers.lines import Assessor, Line, Passage, lines_everywhere, passages
from graphsvc.answers.network import Network
from graphsvc.model import (
    UNKNOWN,
    Activity,
    Basis,
    Claim,
    Evidence,
    Flow,
    Party,
    Remark,
    Role,
    SourceKind,
    evidence_for,
    in_force,
)


@dataclass(frozen=True)
class Dossier:
    """What is known of one controller on the day.

    Attributes:
        network: What was fetched.
        controller: The party.
        activities: What it does that day, on its own account or as a processor.
        claims: What it says in public, as far as it holds that day.
        remarks: What readers noticed about it.
        assessor: Assesses flows; shared by all dossiers of a network.
    """

    network: Network
    controller: Party
    activities: tuple[Activity, ...]
    claims: tuple[Claim, ...]
    remarks: tuple[Remark, ...]
    assessor: Assessor

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every flow that its data passes, activity by activity, the nearest first."""
        return tuple(passage for activity in self.activities for passage in passages(self.network, activity))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """One line for each of these flows and each country it reaches, those inside the EEA too."""
        return tuple(line for passage in self.passages for line in lines_everywhere(passage, self.assessor))

    @cached_property
    def documents(self) -> frozenset[str]:
        """Ids of its own documents: those that state one of its activities or claims. A law is nobody's own."""
        said = [evidence for thing in (*self.activities, *self.claims) for evidence in thing.evidence]
        return frozenset(e.source for e in said if e.basis is Basis.STATED and not self._is_law(e.source))

    def states(self, evidence: Sequence[Evidence]) -> bool:
        """Whether one of its own documents states a fact."""
        return any(item.basis is Basis.STATED and item.source in self.documents for item in evidence)

    def states_tool(self, flow: Flow) -> bool:
        """Whether one of its own documents says which transfer tool a flow relies on."""
        return any(self.states(r.evidence or evidence_for(flow.evidence, "tools")) for r in flow.tools)

    @cached_property
    def named_countries(self) -> frozenset[str]:
        """Countries that its own documents state: as a place of a flow, as a seat of a recipient, or in a claim."""
        return frozenset(self._named_countries())

    @cached_property
    def named_services(self) -> frozenset[str]:
        """Services that its own documents state: of the flow to them, of themselves, or in a claim."""
        found = {p.service.id for p in self.passages if self.states(p.flow.evidence) or self.states(p.service.evidence)}
        claimed = {service for claim in self._stated_checks for service in claim.check.services}
        return frozenset(found | claimed)

    def is_recipient(self, passage: Passage) -> bool:
        """Whether a flow leads to somebody else who is a recipient: no authority in an inquiry (Art. 4(9))."""
        return passage.importer.id != self.controller.id and passage.flow.role is not Role.AUTHORITY

    def _named_countries(self) -> Iterator[str]:
        for passage in self.passages:
            if self.states(evidence_for(passage.flow.evidence, "places")):
                yield from passage.flow.places
            if self.states(evidence_for(passage.importer.evidence, "established_in")):
                yield from passage.importer.established_in
        for claim in self._stated_checks:
            yield from claim.check.countries

    @property
    def _stated_checks(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.check and self.states(claim.evidence)]

    def _is_law(self, source: str) -> bool:
        found = self.network.papers.sources.get(source)
        return found is not None and found.kind is SourceKind.LAW


def dossiers(network: Network) -> Iterator[Dossier]:
    """The dossier of everybody who answers for an activity that day, says something in public, or is remarked upon."""
    activities: dict[str, list[Activity]] = defaultdict(list)
    claims: dict[str, list[Claim]] = defaultdict(list)
    remarks: dict[str, list[Remark]] = defaultdict(list)
    for activity in network.activities:
        activities[activity.controller].append(activity)
    for claim in network.papers.claims.values():
        if in_force(network.on, claim.valid_from, claim.valid_until):
            claims[claim.party].append(claim)
    for remark in network.papers.remarks.values():
        remarks[remark.party].append(remark)
    assessor = Assessor(network)
    for key in sorted({*activities, *claims, *remarks} - {UNKNOWN}):
        papers = (sorted(found.get(key, ()), key=lambda paper: paper.id) for found in (claims, remarks))
        yield Dossier(network, network.party(key), tuple(activities.get(key, ())), *map(tuple, papers), assessor)
