"""Findings about claims as plain values."""

from __future__ import annotations

from graphsvc.answers import plain
from graphsvc.answers.claims.facts import Fact
from graphsvc.answers.claims.findings import Finding
from graphsvc.answers.plain import Plain
from graphsvc.model import Remark


def finding(found: Finding) -> Plain:
    """One line about a claim, a silence or a remark."""
    return {
        "kind": found.kind.value,
        "id": found.id,
        "controller": plain.party(found.controller),
        "verdict": found.verdict.value,
        "severity": found.severity and found.severity.value,
        "rule": found.rule and str(found.rule),
        "text": found.text,
        "reason": found.reason,
        "article": found.article,
        "act": found.act,
        "check": _check(found),
        "claims": list(found.claims),
        "against": [fact(each) for each in found.against],
        "unknown": [fact(each) for each in found.unknown],
        "remarks": [_remark(each) for each in found.remarks],
        "documents": list(found.documents),
        "basis": found.basis.value,
        "sources": [plain.evidence(item) for item in found.sources],
    }


def _check(found: Finding) -> Plain | None:
    if found.check is None:
        return None
    lists = ("countries", "parties", "services", "purposes", "categories", "activities")
    values = {key: list(getattr(found.check, key)) for key in lists}
    return {"kind": found.check.kind.value, "tool": found.check.tool, "period": found.check.period} | values


def fact(found: Fact) -> Plain:
    """One fact."""
    return {
        "kind": found.kind.value,
        "reason": found.reason,
        "activities": list(found.activities),
        "service": found.service and {"id": found.service.id, "name": found.service.name},
        "importer": found.importer and plain.party(found.importer),
        "role": found.role and found.role.value,
        "country": found.country,
        "countries": list(found.countries),
        "status": found.status and found.status.value,
        "act": found.act,
        "chain": plain.steps(found.chain),
        "depth": len(found.chain),
        "data": plain.data(found.data),
        "condition": found.condition,
        "tool": found.tool,
        "basis": found.basis.value,
        "sources": [plain.evidence(item) for item in found.sources],
    }


def _remark(found: Remark) -> Plain:
    return {
        "id": found.id,
        "text": found.text,
        "severity": found.severity.value,
        "sources": [plain.evidence(item) for item in found.evidence],
    }
