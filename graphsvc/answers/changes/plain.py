"""Changes as plain values: what HTTP, the command line, mails and feeds all show, made in one place."""

from __future__ import annotations

from graphsvc.answers.changes.causes import Bound, Cause, Edition
from graphsvc.answers.changes.differences import Change, Kind
from graphsvc.answers.changes.objection import Days, Window
from graphsvc.answers.changes.sentences import what, why_unknown
from graphsvc.answers.lines import Line, countries_of
from graphsvc.answers.network import Network
from graphsvc.answers.plain import Plain, chain, data, evidence, party
from graphsvc.law.turns import Turn
from graphsvc.model import Evidence, Vocabulary, basis_of, weakest

ABOUT_A_COUNTRY = frozenset(
    {Kind.STATUS_CHANGED, Kind.ACT_CHANGED, Kind.ASSESSMENT_CHANGED, Kind.PLACE_GAINED, Kind.PLACE_LOST}
)


def change(found: Change, vocabulary: Vocabulary) -> Plain:
    """One change."""
    line = found.line
    passage = line.passage
    network, flow = passage.network, passage.flow
    row = {
        "kind": found.kind.value,
        "day": found.cause.day,
        "controller": party(network.party(found.controller)),
        "activities": list(found.activities),
        "what": "",
        "before": found.before,
        "after": found.after,
        "status": line.status.value,
        "country": line.country if found.kind in ABOUT_A_COUNTRY else None,
        "countries": list(countries_of(network, flow)),
        "flow": flow.id,
        "sender": {"id": flow.sender, "name": sender_name(line)},
        "service": {"id": passage.service.id, "name": passage.service.name},
        "importer": party(passage.importer),
        "role": flow.role.value,
        "tool": {"id": found.tool, "name": network.law.tools[found.tool].name} if found.tool else None,
        "data": data(found.data),
        "cause": cause(found.cause),
        "objection_window": window(found.window, network) if found.window else None,
        "chain": chain(line),
        "depth": len(line.chain),
        "basis": weakest([line.basis, *(basis_of(turn.evidence) for turn in found.cause.turns)]).value,
        "sources": [evidence(item) for item in _sources(found)],
    }
    return row | {"what": what(row, "en", vocabulary)}


def cause(found: Cause) -> Plain:
    """Why something is different."""
    return {
        "kind": found.kind.value,
        "day": found.day,
        "days": [{"day": day, "then": value} for day, value in found.steps],
        "acts": list(found.acts),
        "rows": [_turn(turn) for turn in found.turns],
        "events": [{"id": event.id, "date": event.date, "title": event.title} for event in found.events],
        "facts": [_bound(bound) for bound in found.facts],
        "document": edition(found.edition) if found.edition else None,
    }


def edition(found: Edition) -> Plain:
    """Which versions of a document are held against each other."""
    return {
        "id": found.document,
        "from_version": found.before,
        "to_version": found.after,
        "recorded": found.recorded,
    }


def window(found: Window, network: Network) -> Plain:
    """Until when one may object to a sub-processor."""
    return {
        "engaged_by": {"id": found.engaged_by, "name": network.services[found.engaged_by].name},
        "object_to": {"id": found.object_to, "name": network.services[found.object_to].name},
        "last_day": found.last_day,
        "unknown": why_unknown(found, "en"),
        "announced": found.announced,
        "announced_by": found.told_by.value if found.told_by else None,
        "notice_days": _days(found.notice),
        "objection_days": _days(found.objection),
        "direct": found.direct,
        "sources": [evidence(item) for item in found.evidence],
    }


def _days(found: Days | None) -> Plain | None:
    return {"days": found.days, "where": found.where, "of": found.of} if found else None


def _turn(turn: Turn) -> Plain:
    return {"id": turn.row.id, "what": turn.what.value, "day": turn.day, "act": str(turn.act)}


def _bound(bound: Bound) -> Plain:
    return {"kind": bound.kind, "id": bound.id, "what": bound.what.value, "day": bound.day}


def sender_name(line: Line) -> str:
    """What people call the activity or the service that sends."""
    found = line.passage.network.services.get(line.passage.flow.sender)
    return found.name if found else line.passage.activity.name


def _sources(found: Change) -> tuple[Evidence, ...]:
    law = (item for turn in found.cause.turns for item in turn.evidence)
    return tuple(dict.fromkeys([*found.line.sources, *law]))
