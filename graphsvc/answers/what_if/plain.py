"""What a what-if changes, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graphsvc.answers import plain
from graphsvc.answers.lines import Line
from graphsvc.answers.network import Network
from graphsvc.answers.transfers import Totals
from graphsvc.answers.what_if.outcome import Changed, CutOff
from graphsvc.answers.what_if.suppositions import Supposed
from graphsvc.model import Status
from graphsvc.translation import _, joined

Plain = dict[str, Any]


def changed(found: Changed, tried: Sequence[Supposed]) -> Plain:
    """One line that differs, with what it was and what it would be."""
    line, before, after = found.line, found.before, found.after
    passage = line.passage
    was = before.items if before else frozenset()
    is_ = after.items if after else frozenset()
    instead_of = before.passage.service if before and before.passage.service != passage.service else None
    return {
        "kind": found.difference.value,
        "controller": plain.party(passage.network.party(passage.activity.controller)),
        "activity": {"id": passage.activity.id, "name": passage.activity.name},
        "flow": passage.flow.id,
        "importer": plain.party(passage.importer),
        "service": {"id": passage.service.id, "name": passage.service.name},
        "instead_of": instead_of and {"id": instead_of.id, "name": instead_of.name},
        "role": passage.flow.role.value,
        "country": line.country,
        "status_before": before and before.status.value,
        "status_after": after and after.status.value,
        "reason_before": before and before.assessment.reason,
        "reason_after": after and reason(after, found, tried),
        "act_before": before and before.assessment.act,
        "act_after": after and after.assessment.act,
        "transfer_impact_assessment_before": before and before.assessment.transfer_impact_assessment,
        "transfer_impact_assessment_after": after and after.assessment.transfer_impact_assessment,
        "data_gained": plain.data(is_ - was),
        "data_lost": plain.data(was - is_),
        "chain_before": plain.chain(before) if before else [],
        "chain_after": plain.chain(after) if after else [],
        "parents_outside_before": _parents(before),
        "parents_outside_after": _parents(after),
        "because": [tried[place].says for place in found.causes],
        "basis": line.basis.value,
        "sources": [plain.evidence(item) for item in line.sources],
    }


def _parents(line: Line | None) -> list[Plain]:
    return plain.transfer(line)["parents_outside"] if line else []


def reason(line: Line, found: Changed, tried: Sequence[Supposed]) -> str:
    """Why a line has its footing afterwards; it names the changes that made a difference to it."""
    causes = joined("; ", (tried[place].says for place in found.causes))
    return joined("", (line.assessment.reason, " (", causes, ")")) if causes else line.assessment.reason


def line_after(found: Changed, tried: Sequence[Supposed]) -> Plain:
    """A line as it would be; it names what made a difference to it."""
    line = found.after
    return plain.transfer(line) | {"reason": reason(line, found, tried)}


def side(totals: Totals, inside: int, items: Iterable[Plain]) -> Plain:
    """The lines before, or after: how many there are, and those that are shown."""
    counts = dict(totals.by_status) | {Status.INSIDE: inside}
    return {
        "total": totals.lines,
        "by_status": {status.value: counts.get(status, 0) for status in Status},
        "by_country": dict(sorted(totals.by_country.items())),
        "items": items,
    }


def cut_off(network: Network, found: CutOff) -> Plain:
    """An activity that loses recipients."""
    activity = found.activity
    return {
        "controller": plain.party(network.party(activity.controller)),
        "activity": {"id": activity.id, "name": activity.name},
        "services": [
            {"id": service.id, "name": service.name, "party": plain.party(network.provider(service.id))}
            for service in found.services
        ],
        "entirely": found.entirely,
    }


def without_effect(tried: Sequence[Supposed], effective: set[int]) -> list[Plain]:
    """The changes that make no difference to any line, each with the reason."""
    return [
        {"change": place, "says": found.says, "why": found.idle or _("No line of an answer changes by it.")}
        for place, found in enumerate(tried)
        if place not in effective
    ]


def notes(tried: Sequence[Supposed]) -> list[Plain]:
    """What a reader should know about the changes."""
    return [{"change": place, "text": text} for place, found in enumerate(tried) for text in found.told]
