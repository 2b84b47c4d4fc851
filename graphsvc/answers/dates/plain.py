"""Days ahead as plain values: what HTTP, the command line, calendars and feeds all show, made in one place."""

from __future__ import annotations

from graphsvc.answers.changes.plain import sender_name, window
from graphsvc.answers.dates.day_ahead import Ahead, DateKind
from graphsvc.answers.dates.sentences import what
from graphsvc.answers.lines import Line
from graphsvc.answers.network import Network
from graphsvc.answers.plain import Plain, chain, evidence, party
from graphsvc.model import Evidence, basis_of, weakest


def date(found: Ahead, network: Network) -> Plain:
    """One day ahead.

    Args:
        network: What was fetched, for the titles of sources.
    """
    line = found.nearest
    passage = line.passage
    row = {
        "kind": found.kind.value,
        "day": found.day,
        "controller": party(passage.network.party(found.controller)),
        "what": "",
        "subject": found.subject,
        "act": found.act,
        "country": found.country,
        "tool": _tool(found, network),
        "source": _source(found, network),
        "events": [{"id": event.id, "date": event.date, "title": event.title} for event in found.events],
        "before": found.before.value if found.before else None,
        "after": found.after.value if found.after else None,
        "flows": [_touched(each) for each in found.lines],
        "sender": {"id": passage.flow.sender, "name": sender_name(line)},
        "service": {"id": passage.service.id, "name": passage.service.name},
        "importer": party(passage.importer),
        "role": passage.flow.role.value,
        "objection_window": window(found.window, passage.network) if found.window else None,
        "chain": chain(line),
        "depth": len(line.chain),
        "basis": weakest([line.basis, *([basis_of(found.evidence)] if found.evidence else [])]).value,
        "sources": [evidence(item) for item in _sources(found)],
    }
    return row | {"what": what(row, "en")}


def _touched(line: Line) -> Plain:
    """A flow that a day touches."""
    passage = line.passage
    return {
        "flow": passage.flow.id,
        "service": {"id": passage.service.id, "name": passage.service.name},
        "importer": party(passage.importer),
        "status": line.status.value,
        "depth": len(line.chain),
    }


def _tool(found: Ahead, network: Network) -> Plain | None:
    return {"id": found.tool, "name": network.law.tools[found.tool].name} if found.tool else None


def _source(found: Ahead, network: Network) -> Plain | None:
    if found.kind is not DateKind.SOURCE_REVIEW:
        return None
    return {"id": found.subject, "name": network.papers.sources[found.subject].title}


def _sources(found: Ahead) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys([*found.evidence, *found.nearest.sources]))
