"""Who is who as plain values: proposals and decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphsvc.answers.plain import evidence
from graphsvc.model import Identity, Likeness, Proposal, TooCommon, basis_of

Plain = dict[str, Any]


def proposal(found: Proposal) -> Plain:
    """Two parties that may be one, and why."""
    return {
        "party": {"id": found.party, "name": found.party_name},
        "other": {"id": found.other, "name": found.other_name},
        "sure": found.sure.value,
        "reasons": list(map(likeness, found.reasons)),
    }


def likeness(found: Likeness) -> Plain:
    """One reason."""
    return {"kind": found.kind.value, "sure": found.sure.value, "reason": found.text, "score": found.score}


MOST_TOLD = 100
"""What too many have in common is told up to so many of them, the commonest; all are counted."""


def too_common(found: Sequence[TooCommon]) -> Plain:
    """What too many parties have in common to be compared for it."""
    told = [
        {"kind": each.kind.value, "mark": each.mark, "parties": each.parties, "reason": each.text}
        for each in found[:MOST_TOLD]
    ]
    return {"too_common": told, "too_common_total": len(found)}


def open_proposal(found: Proposal) -> Plain:
    """A proposal as an item beside decisions."""
    decision = {"stays": None, "id": None, "document": None, "basis": None, "sources": []}
    return {"kind": "proposal"} | proposal(found) | decision


def decision(found: Identity, document: str, stays: str | None, names: Mapping[str, str]) -> Plain:
    """A decision as an item.

    Args:
        found: The decision.
        document: Id of the document that holds it.
        stays: Of parties that are one, the id that stays.
        names: What people call the parties.
    """
    return {
        "kind": found.verdict.value,
        "party": {"id": found.party, "name": names[found.party]},
        "other": {"id": found.other, "name": names[found.other]},
        "sure": None,
        "reasons": [{"kind": "decision", "sure": None, "reason": found.reason, "score": None}],
        "stays": stays,
        "id": found.id,
        "document": document,
        "basis": basis_of(found.evidence).value,
        "sources": [evidence(item) for item in found.evidence],
    }
