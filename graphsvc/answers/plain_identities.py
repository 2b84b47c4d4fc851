"""Who is who as plain values: proposals and decisions."""

from __future__ import annotations

from typing import Any

from graphsvc.model import Likeness, Proposal

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
