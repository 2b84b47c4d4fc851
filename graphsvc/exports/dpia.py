"""What the register knows of a data protection impact assessment (Art. 35(7)), as plain values and in five forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graphsvc.answers import plain
from graphsvc.answers.claims import plain as plain_claims
from graphsvc.answers.gaps import plain as plain_gaps
from graphsvc.answers.gaps.worklist import gaps
from graphsvc.answers.lines import Line
from graphsvc.answers.screening import Answered, Screened, Sign, merged, screen, surest
from graphsvc.exports import as_docx, as_pdf
from graphsvc.exports.as_text import html, markdown
from graphsvc.exports.assessment import Steps
from graphsvc.exports.criteria import criteria
from graphsvc.exports.dpia_text import dpia_text
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.words import Texts
from graphsvc.model import GAPS, Activity, Measure, Retention, Verdict, basis_of, evidence_for
from graphsvc.questions.gaps import MAX_AGE
from graphsvc.questions.handover import Handover
from graphsvc.translation import translate

Plain = dict[str, Any]
SCHEMA = json.loads(Path(__file__).with_name("dpia.schema.json").read_text(encoding="utf-8"))


def dpia(handover: Handover, language: str) -> Plain:
    """Everything that Art. 35(7) asks for, as far as the register knows it; values are English, sentences as asked."""
    texts = Texts(handover, language)
    controller = handover.controller
    body = {
        "export": "dpia",
        **handover.made_from,
        "language": language,
        "controller": controller
        and plain.party(controller)
        | {
            "established_in": list(controller.established_in),
            "representative": controller.representative,
            "officer": controller.officer,
        },
        "activity": handover.question.activity,
        "screening": _screening(handover, texts),
        "description": {
            "activities": [_activity(each, texts) for each in handover.network.activities],
            "recipients": [plain.holding(handover.network, held) for held in handover.holdings],
            "places": _places(handover),
            "assets": _assets(handover),
        },
        "transfers": [_transfer(line) for line in handover.transfers],
        "measures": _measures(handover),
        "gaps": [
            plain_gaps.gap(handover.network, found, language, MAX_AGE)
            for found in gaps(handover.network, MAX_AGE)
            if found.kind in GAPS
        ],
        "contradictions": [
            plain_claims.finding(found) for found in handover.findings if found.verdict is Verdict.CONTRADICTED
        ],
    }
    return translate(body, language)


def _screening(handover: Handover, texts: Texts) -> Plain:
    screened = screen(handover.network, handover.activities(), criteria())
    return {
        "looks_mandatory": surest(each.mandatory for each in screened).value,
        "activities": [
            plain.thing(each.activity) | {"looks_mandatory": each.mandatory.value, "met": _met(each)}
            for each in screened
        ],
        "criteria": [_answered(answer, texts) for answer in merged(screened)],
    }


def _met(screened: Screened) -> Plain:
    """How many criteria of each list are met, and of how many it cannot be texts."""
    found: Plain = {}
    for answer in screened.answers:
        counts = found.setdefault(answer.criterion.criteria.id, {"yes": 0, "cannot_tell": 0, "no": 0})
        counts[answer.met.value] += 1
    return found


def _answered(answer: Answered, texts: Texts) -> Plain:
    row = answer.criterion
    return {
        "list": row.criteria.id,
        "number": row.number,
        "name": row.name[texts.language],
        "answer": answer.met.value,
        "reason": texts.reason(answer),
        "source": row.criteria.title[texts.language],
        "publisher": row.criteria.publisher,
        "valid_from": row.criteria.valid_from,
        "signs": [_sign(sign) for sign in answer.signs],
    }


def _sign(sign: Sign) -> Plain:
    return {
        "activity": plain.thing(sign.activity),
        "subject": sign.item and sign.item.subject,
        "category": sign.item and sign.item.category,
        "purpose": sign.purpose,
        "basis": sign.basis.value,
        "sources": [plain.evidence(each) for each in sign.sources],
    }


def _activity(activity: Activity, texts: Texts) -> Plain:
    """One activity: what it uses, what for, on which legal basis, for how long (necessity and proportionality)."""
    return plain.thing(activity) | {
        "capacity": "controller" if activity.capacity.value == "C" else "processor",
        "data": [
            {"subject": item.subject, "category": item.category, "basis": basis_of(activity.evidence_of(item)).value}
            for item in sorted(activity.data)
        ],
        "purposes": [{"id": each, "name": texts.words.purpose(each)} for each in activity.purposes],
        "purposes_basis": basis_of(evidence_for(activity.evidence, "purposes")).value if activity.purposes else None,
        "legal_bases": texts.legal_bases(activity),
        "retention": [_retention(each, activity) for each in activity.retention],
        "valid_from": activity.valid_from,
        "valid_until": activity.valid_until,
        "sources": [plain.evidence(each) for each in activity.evidence],
    }


def _retention(retention: Retention, activity: Activity) -> Plain:
    said = retention.evidence or evidence_for(activity.evidence, "retention")
    return {
        "what": retention.what,
        "kind": retention.kind.value,
        "period": retention.period,
        "from_event": retention.from_event,
        "basis": basis_of(said).value,
    }


def _places(handover: Handover) -> list[Plain]:
    """Each country with the recipients that are there, keep or read the data there."""
    found: dict[str, dict[str, str]] = {}
    for line in handover.lines:
        found.setdefault(line.country, {})[line.passage.service.id] = line.passage.service.name
    return [
        {"country": country, "services": [{"id": key, "name": there[key]} for key in sorted(there)]}
        for country, there in sorted(found.items())
    ]


def _assets(handover: Handover) -> list[Plain]:
    """The services that the data is on."""
    services = {held.service.id: held for held in handover.holdings}
    return [
        plain.thing(held.service) | {"provider": plain.party(held.party), "purpose": held.service.purpose}
        for _, held in sorted(services.items())
    ]


def _transfer(line: Line) -> Plain:
    found = Steps(line)
    return plain.transfer(line) | {
        "tools": found.tools,
        "assessment": found.assessment,
        "assessed_on": found.assessed_on,
    }


def _measures(handover: Handover) -> list[Plain]:
    """Measures of the activities, the controller and the recipients (Art. 32), each once."""
    owners: list[tuple[Plain, tuple[Measure, ...]]] = [
        (plain.thing(activity), activity.measures) for activity in handover.network.activities
    ]
    parties = {held.party.id: held.party for held in handover.holdings}
    if handover.controller:
        parties = {handover.controller.id: handover.controller} | parties
    owners += [(plain.party(party), party.measures) for party in parties.values()]
    return [
        {
            "of": of,
            "text": each.text,
            "kind": each.kind,
            "basis": basis_of(each.evidence).value,
            "sources": [plain.evidence(item) for item in each.evidence],
        }
        for of, measures in owners
        for each in measures
    ]


def as_json(handover: Handover, language: str) -> bytes:
    """The values as JSON, as `dpia.schema.json` describes them."""
    return json.dumps(dpia(handover, language), ensure_ascii=False, indent=1).encode()


def as_markdown(handover: Handover, language: str) -> bytes:
    """The text as Markdown."""
    return markdown(dpia_text(handover, language, dpia(handover, language)))


def as_html(handover: Handover, language: str) -> bytes:
    """The text as a page."""
    return html(dpia_text(handover, language, dpia(handover, language)))


def docx(handover: Handover, language: str) -> bytes:
    """The text for a word processor."""
    return as_docx.docx(dpia_text(handover, language, dpia(handover, language)))


def pdf(handover: Handover, language: str) -> bytes:
    """The text to print."""
    return as_pdf.pdf(dpia_text(handover, language, dpia(handover, language)))


DPIA = Export(
    "dpia",
    "What the register knows of a data protection impact assessment, and whether one looks mandatory.",
    {
        "json": Format(as_json, schema=SCHEMA),
        "md": Format(as_markdown),
        "html": Format(as_html),
        "docx": Format(docx, as_docx.NEEDS),
        "pdf": Format(pdf, as_pdf.NEEDS),
    },
)
