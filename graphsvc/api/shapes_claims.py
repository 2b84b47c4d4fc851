"""The shape of the answer of `/claims`; `graphsvc/answers/claims/plain.py` makes the values."""

from __future__ import annotations

from marshmallow import Schema, fields

from graphsvc.answers.claims.facts import FactKind
from graphsvc.answers.claims.findings import FindingKind
from graphsvc.api.answers import DataItemShape, EvidenceShape, Step, Thing
from graphsvc.imports.fields import Word
from graphsvc.model import Basis, ClaimKind, Role, Severity, Status, Verdict


def _ids(description: str) -> fields.List:
    return fields.List(fields.String(), required=True, metadata={"description": description})


class FactShape(Schema):
    """A fact against a claim, or one that would decide it if it were known."""

    kind = Word(FactKind, required=True)
    reason = fields.String(required=True)
    activities = _ids("Ids of the activities it concerns.")
    service = fields.Nested(Thing, required=True, allow_none=True, metadata={"description": "Of a recipient."})
    importer = fields.Nested(Thing, required=True, allow_none=True, metadata={"description": "Who provides it."})
    role = Word(Role, required=True, allow_none=True)
    country = fields.String(
        required=True, allow_none=True, metadata={"description": "The one country it is about, or `unknown`."}
    )
    countries = _ids("Of a recipient: where it keeps or reads the data, its seat included.")
    status = Word(Status, required=True, allow_none=True, metadata={"description": "The worst footing."})
    act = fields.String(required=True, allow_none=True)
    chain = fields.List(fields.Nested(Step), required=True)
    depth = fields.Integer(required=True)
    data = fields.List(fields.Nested(DataItemShape), required=True)
    condition = fields.String(required=True, allow_none=True)
    tool = fields.String(required=True, allow_none=True, metadata={"description": "Id of a transfer tool."})
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class CheckShape(Schema):
    """The checkable form of a claim."""

    kind = Word(ClaimKind, required=True)
    tool = fields.String(required=True, allow_none=True)
    period = fields.String(required=True, allow_none=True)
    countries = _ids("Country codes.")
    parties = _ids("Ids of parties.")
    services = _ids("Ids of services.")
    purposes = _ids("Ids of purposes.")
    categories = _ids("Ids of data categories.")
    activities = _ids("Ids of the activities it is about; empty: all.")


class RemarkShape(Schema):
    """What a reader noticed about a claim."""

    id = fields.String(required=True)
    text = fields.String(required=True)
    severity = Word(Severity, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class FindingShape(Schema):
    """A claim with its verdict, a silence, or a remark."""

    kind = Word(FindingKind, required=True)
    id = fields.String(required=True)
    controller = fields.Nested(Thing, required=True)
    verdict = Word(Verdict, required=True)
    severity = Word(
        Severity, required=True, allow_none=True, metadata={"description": "What is at stake; null when it holds."}
    )
    rule = fields.String(
        required=True, allow_none=True, metadata={"description": "Kind of the check or of the silence; null: none."}
    )
    text = fields.String(required=True)
    reason = fields.String(required=True)
    article = fields.String(required=True, allow_none=True)
    act = fields.String(required=True, allow_none=True)
    check = fields.Nested(CheckShape, required=True, allow_none=True)
    claims = _ids("Ids of the claims concerned.")
    against = fields.List(fields.Nested(FactShape), required=True)
    unknown = fields.List(
        fields.Nested(FactShape), required=True, metadata={"description": "What would decide it and is not known."}
    )
    remarks = fields.List(fields.Nested(RemarkShape), required=True)
    documents = _ids("Ids of the controller's own documents.")
    basis = Word(
        Basis,
        required=True,
        metadata={"description": "How directly it is said: by the claim, and by the best-founded fact against it."},
    )
    sources = fields.List(
        fields.Nested(EvidenceShape),
        required=True,
        metadata={"description": "Where the claim is made, or the place that is silent; of a remark both sides."},
    )


class ClaimsAnswer(Schema):
    """The answer of `/claims`."""

    on = fields.Date(required=True)
    law = fields.String(required=True)
    total = fields.Integer(required=True)
    by_verdict = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_severity = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    items = fields.List(fields.Nested(FindingShape), required=True)
