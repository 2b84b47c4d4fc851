"""The records of Art. 30 as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphsvc.answers import plain
from graphsvc.answers.gaps import plain as plain_gaps
from graphsvc.answers.gaps.gap import Gap
from graphsvc.answers.lines import Line
from graphsvc.answers.served import Served
from graphsvc.exports.record_cells import Cells, facts_of
from graphsvc.model import Activity, Evidence, LegalGround, Party, Status, basis_of, evidence_for, weakest
from graphsvc.questions.gaps import MAX_AGE

Plain = dict[str, Any]


def head(cells: Cells, export: str, party: Party | None, items: list[Plain]) -> Plain:
    """Everything but the rows, and the rows."""
    return {
        "export": export,
        **cells.handover.made_from,
        "language": cells.texts.language,
        "controller" if export == "art30-1" else "processor": party and who(party),
        "total": len(items),
        "items": items,
    }


def who(party: Party) -> Plain:
    """A party as point a asks for it; null where nothing is recorded."""
    return plain.party(party) | {
        "legal_name": party.legal_name,
        "established_in": list(party.established_in),
        "contact": party.contact,
        "representative": party.representative,
        "officer": party.officer,
        "measures": _measures(party),
    }


def activity(cells: Cells, found: Activity, lines: tuple[Line, ...], gaps: Iterable[Gap]) -> Plain:
    """One activity of a controller."""
    return plain.thing(found) | {
        "controller": plain.party(cells.handover.network.party(found.controller)),
        **_what(found),
        "recipients": _recipients(lines),
        "transfers": [plain.transfer(line) for line in lines if line.status is not Status.INSIDE],
        "retention": [
            {
                "what": each.what,
                "kind": each.kind.value,
                "period": each.period,
                "from_event": each.from_event,
                "basis": basis_of(each.evidence or evidence_for(found.evidence, "retention")).value,
            }
            for each in found.retention
        ],
        "measures": _measures(found),
        "valid_from": found.valid_from,
        "valid_until": found.valid_until,
        **_rest(cells, [*facts_of(found)], gaps),
    }


def category(cells: Cells, found: Served, gaps: Iterable[Gap]) -> Plain:
    """What a processor does for one controller in one category."""
    facts = [fact for line in found.arriving for fact in line.holding]
    facts += [*facts_of(found.activity)] if found.activity else []
    return {
        "controller": who(found.controller),
        "category": {"id": found.key, "name": found.name, "of": "service" if found.service else "activity"},
        "roles": sorted({passage.flow.role.value for passage in found.passages}) or ["processor"],
        "through": [plain.party(each) for each in found.through],
        "activities": [plain.thing(each) for each in found.activities],
        "data": plain.data(found.items),
        "places": sorted({line.country for line in found.arriving}),
        "recipients": _recipients(found.onward),
        "transfers": [plain.transfer(line) for line in found.transfers],
        "measures": _measures(found.activity) if found.activity else [],
        **_rest(cells, facts, gaps),
    }


def _what(found: Activity) -> Plain:
    purposes = basis_of(evidence_for(found.evidence, "purposes")).value
    return {
        "purposes": [{"id": each, "basis": purposes} for each in found.purposes],
        "legal_bases": [_ground(each, found, "legal_bases") for each in found.legal_bases],
        "special_conditions": [_ground(each, found, "special_conditions") for each in found.special_conditions],
        "data": [
            {"subject": item.subject, "category": item.category, "basis": basis_of(found.evidence_of(item)).value}
            for item in sorted(found.data)
        ],
    }


def _ground(ground: LegalGround, found: Activity, key: str) -> Plain:
    return {"id": ground.id, "basis": basis_of(ground.evidence or evidence_for(found.evidence, key)).value}


def _recipients(lines: Iterable[Line]) -> list[Plain]:
    """Each flow that the data passes, the nearest first."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.passage.flow.id, []).append(line)
    return [
        {
            "flow": key,
            "service": plain.thing(each[0].passage.service),
            "party": plain.party(each[0].passage.importer),
            "role": each[0].passage.flow.role.value,
            "countries": sorted({line.country for line in each}),
            "contract": each[0].passage.flow.contract and each[0].passage.flow.contract.kind.value,
            "depth": each[0].passage.depth,
            "basis": weakest(line.basis for line in each).value,
        }
        for key, each in found.items()
    ]


def _measures(owner: Activity | Party) -> list[Plain]:
    return [{"text": each.text, "kind": each.kind, "basis": basis_of(each.evidence).value} for each in owner.measures]


def _rest(cells: Cells, facts: list[tuple[Evidence, ...]], gaps: Iterable[Gap]) -> Plain:
    network, language = cells.handover.network, cells.texts.language
    return {
        "gaps": [plain_gaps.gap(network, gap, language, MAX_AGE) for gap in gaps],
        "basis": weakest(map(basis_of, facts)).value,
        "sources": [plain.evidence(each) for each in dict.fromkeys(each for fact in facts for each in fact)],
    }
