"""Answers as plain values: what HTTP, the command line and exports all show, made in one place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphsvc.answers.holders import Holding
from graphsvc.answers.lines import Line, Step
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Items
from graphsvc.model import Activity, Evidence, Identity, Party, Service, basis_of

Plain = dict[str, Any]


def transfer(line: Line) -> Plain:
    """One line about transfers."""
    passage, found = line.passage, line.assessment
    return {
        "controller": party(passage.network.party(passage.activity.controller)),
        "activity": thing(passage.activity),
        "exporter": party(passage.exporter),
        "importer": party(passage.importer),
        "service": thing(passage.service),
        "role": passage.flow.role.value,
        "country": line.country,
        "data": data(line.items),
        "chain": chain(line),
        "depth": len(line.chain),
        "status": line.status.value,
        "reason": found.reason,
        "act": found.act,
        "transfer_impact_assessment": found.transfer_impact_assessment,
        "condition": passage.flow.condition,
        "own_processing": passage.beyond,
        "widening": data(passage.widening),
        "parents_outside": [party(group) | {"country": code} for group, code in line.parents_outside],
        "basis": line.basis.value,
        "sources": [evidence(item) for item in line.sources],
    }


def holding(network: Network, held: Holding) -> Plain:
    """One line about who holds what."""
    nearest = held.shortest
    return {
        "party": party(held.party),
        "service": thing(held.service),
        "role": held.role.value,
        "countries": held.countries,
        "controller": party(network.party(held.controller)),
        "activities": held.activities,
        "data": data(held.items),
        "chain": chain(nearest),
        "depth": len(nearest.chain),
        "status": held.status.value,
        "basis": held.basis.value,
        "sources": [evidence(item) for item in held.sources],
    }


def proof(line: Line) -> Plain:
    """A line by which something can be checked."""
    activity, footing = line.passage.activity, line.assessment
    return {
        "status": line.status.value,
        "controller": party(line.passage.network.party(activity.controller)),
        "activity": thing(activity),
        "country": line.country,
        "reason": footing.reason,
        "act": footing.act,
        "chain": chain(line),
        "basis": line.basis.value,
        "sources": [evidence(item) for item in line.sources],
    }


def party(found: Party) -> Plain:
    """A party by id and name; one that several ids of the register stand for, with those and why they are one."""
    if not found.members:
        return {"id": found.id, "name": found.name}
    others = [{"id": each.id, "name": each.name} for each in found.members if each.id != found.id]
    decided = [_identity(each) for each in found.identities]
    return {"id": found.id, "name": found.name, "also_known_as": others, "one_by": decided}


def _identity(found: Identity) -> Plain:
    sources = [evidence(item) for item in found.evidence]
    return {"id": found.id, "reason": found.reason, "basis": basis_of(found.evidence).value, "sources": sources}


def thing(found: Activity | Service) -> Plain:
    """An activity or a service by id and name."""
    return {"id": found.id, "name": found.name}


def data(items: Items) -> list[Plain]:
    """Data items in a stable order."""
    return [{"subject": subject, "category": category} for subject, category in sorted(items)]


def chain(line: Line) -> list[Plain]:
    """The steps of a shortest chain."""
    return steps(line.steps)


def steps(found: Iterable[Step]) -> list[Plain]:
    """The steps of a chain."""
    return [{"flow": step.flow, "from": step.sender, "to": step.recipient} for step in found]


def evidence(item: Evidence) -> Plain:
    """Where a fact comes from."""
    return {"source": item.source, "locator": item.locator, "basis": item.basis.value}
