"""Whether an adequacy decision covers a recipient (Art. 45 GDPR), as far as the register knows."""

from __future__ import annotations

from enum import Enum

from graphsvc.law.case import Case, Grounds
from graphsvc.model import Reach, Regime, evidence_for, in_force


class Covered(Enum):
    """Whether an adequacy decision covers a recipient, as far as the register knows."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


def coverage(case: Case, regime: Regime) -> tuple[Covered, Grounds]:
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
