"""The picture as plain values: flows with everything a reader may ask of them, and what they connect."""

from __future__ import annotations

from typing import Any

from graphsvc.answers.picture.drawn import Drawn
from graphsvc.answers.picture.levels import Level, Node
from graphsvc.answers.plain import chain, data, evidence, party
from graphsvc.law.assess import Assessment
from graphsvc.law.tables import Law
from graphsvc.model import UNKNOWN, Activity, Contract, Party, Reliance

Plain = dict[str, Any]


def flow(drawn: Drawn) -> Plain:
    """One flow of a picture; what the data of several activities makes of it is told as its worst."""
    line, found = drawn.shortest, drawn.flow
    passage = line.passage
    network = passage.network
    controllers = sorted({activity.controller for activity in drawn.activities})
    return {
        "flow": found.id,
        "from": _thing(found.sender, _sender_name(drawn)),
        "to": _thing(found.recipient, passage.service.name),
        "exporter": party(passage.exporter),
        "importer": party(passage.importer),
        "role": found.role.value,
        "status": drawn.status.value,
        "countries": drawn.countries,
        "places": [_place(country, footing) for country, footing in drawn.by_country.items()],
        "controllers": [party(network.party(key)) for key in controllers],
        "activities": [_thing(activity.id, activity.name) for activity in drawn.activities],
        "data": data(drawn.items),
        "chain": chain(line),
        "depth": drawn.depth,
        "purpose": found.purpose,
        "condition": found.condition,
        "contract": None if found.contract is None else _contract(found.contract),
        "tools": [_tool(reliance, network.law) for reliance in found.tools],
        "valid_from": found.valid_from,
        "valid_until": found.valid_until,
        "own_processing": drawn.beyond,
        "widening": data(passage.widening),
        "parents_outside": [party(group) | {"country": code} for group, code in line.parents_outside],
        "basis": line.basis.value,
        "sources": [evidence(item) for item in line.sources],
    }


def node(found: Node) -> Plain:
    """A controller, an activity or a service of a picture."""
    return {
        "id": found.id,
        "kind": _kind(found),
        "name": found.thing.name,
        "column": found.column,
        "party": party(found.party),
        "unnamed": found.party.id == UNKNOWN,
        "countries": list(found.countries),
        "status": None if found.status is None else found.status.value,
        "sends": found.sends,
        "hidden": found.hidden,
        "parents_outside": [party(group) | {"country": code} for group, code in found.parents_outside],
    }


def level(found: Level) -> Plain:
    """How much there is at one depth."""
    return {"depth": found.depth, "flows": found.flows, "services": found.services}


def _kind(found: Node) -> str:
    if isinstance(found.thing, Party):
        return "controller"
    return "activity" if isinstance(found.thing, Activity) else "service"


def _sender_name(drawn: Drawn) -> str:
    network, sender = drawn.shortest.passage.network, drawn.flow.sender
    if sender in network.services:
        return network.services[sender].name
    return drawn.shortest.passage.activity.name


def _place(country: str, found: Assessment) -> Plain:
    return {
        "country": country,
        "status": found.status.value,
        "reason": found.reason,
        "act": found.act,
        "transfer_impact_assessment": found.transfer_impact_assessment,
    }


def _tool(reliance: Reliance, law: Law) -> Plain:
    tool = law.tools[reliance.tool]
    return {
        "id": tool.id,
        "name": tool.name,
        "article": tool.article,
        "act": str(tool.act),
        "concluded": reliance.concluded,
        "valid_from": reliance.valid_from or tool.valid_from,
        "valid_until": min(filter(None, (reliance.valid_until, tool.valid_until)), default=None),
        "ended_by": None if tool.ended_by is None else str(tool.ended_by),
    }


def _contract(contract: Contract) -> Plain:
    return {
        "kind": contract.kind.value,
        "title": contract.title,
        "date": contract.date,
        "notice_days": contract.notice_days,
        "objection_days": contract.objection_days,
    }


def _thing(key: str, name: str) -> Plain:
    return {"id": key, "name": name}
