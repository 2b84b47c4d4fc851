"""Chains between two parties as plain values."""

from __future__ import annotations

from graphsvc.answers import plain
from graphsvc.answers.lines import countries_of
from graphsvc.answers.paths.chains import Chain, Hop
from graphsvc.answers.plain import Plain


def path(found: Chain) -> Plain:
    """One chain."""
    last = found.hops[-1]
    return {
        "from": plain.party(found.hops[0].exporter),
        "to": plain.party(last.importer),
        "start": plain.thing(found.activity or found.network.services[found.start]),
        "activity": plain.thing(found.activity) if found.activity else None,
        "service": plain.thing(last.service),
        "role": last.flow.role.value,
        "data": plain.data(found.items),
        "chain": [{"flow": flow.id, "from": flow.sender, "to": flow.recipient} for flow in found.flows],
        "depth": len(found.hops),
        "steps": [step(found, hop) for hop in found.hops],
        "countries": found.countries,
        "status": found.status.value,
        "basis": found.basis.value,
        "sources": [plain.evidence(item) for item in found.sources],
    }


def step(found: Chain, hop: Hop) -> Plain:
    """One flow of a chain."""
    country, assessment = hop.worst
    return {
        "flow": hop.flow.id,
        "exporter": plain.party(hop.exporter),
        "importer": plain.party(hop.importer),
        "service": plain.thing(hop.service),
        "role": hop.flow.role.value,
        "data": plain.data(hop.items),
        "countries": list(countries_of(found.network, hop.flow)),
        "status": hop.status.value,
        "country": country,
        "reason": assessment.reason,
        "act": assessment.act,
        "condition": hop.flow.condition,
    }
