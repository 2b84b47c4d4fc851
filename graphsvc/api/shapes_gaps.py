"""The shape of the answer of `/gaps`; `graphsvc/answers/gaps/plain.py` makes the values."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from graphsvc.answers.gaps.gap import HEAVIEST
from graphsvc.api.answers import DataItemShape, EvidenceShape, Step, Thing
from graphsvc.imports.fields import Word
from graphsvc.imports.sections.processing import ActsAs
from graphsvc.model import GAPS, Basis

GAP_WORDS = tuple(kind.value for kind in GAPS)


class RecipientShape(Schema):
    """A service and whose it is."""

    service = fields.Nested(Thing, required=True)
    party = fields.Nested(Thing, required=True)


class GapShape(Schema):
    """Something that the register does not know, or that is not there."""

    id = fields.String(required=True, metadata={"description": "Stays the same as long as the gap does."})
    kind = fields.String(required=True, validate=validate.OneOf(GAP_WORDS))
    weight = fields.Integer(required=True, validate=validate.Range(1, HEAVIEST))
    what = fields.String(required=True)
    to_do = fields.String(required=True)
    why = fields.String(required=True, metadata={"description": "Why it weighs that much."})
    article = fields.String(required=True)
    act = fields.String(required=True)
    who = Word(ActsAs, required=True, metadata={"description": "In which capacity somebody has to see to it."})
    controller = fields.Nested(Thing, required=True)
    activity = fields.Nested(
        Thing, required=True, allow_none=True, metadata={"description": "The one activity it is about, if it is one."}
    )
    activities = fields.List(fields.String(), required=True)
    onward = fields.Boolean(
        required=True, metadata={"description": "Further down the chains: what one sender passes on, together."}
    )
    sender = fields.String(required=True, allow_none=True)
    recipients = fields.List(fields.Nested(RecipientShape), required=True)
    flows = fields.List(fields.String(), required=True)
    countries = fields.List(fields.String(), required=True)
    data = fields.List(fields.Nested(DataItemShape), required=True)
    document = fields.String(required=True, allow_none=True, metadata={"description": "Id of the source it is about."})
    chain = fields.List(fields.Nested(Step), required=True)
    depth = fields.Integer(required=True)
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class GapsAnswer(Schema):
    """The answer of `/gaps`."""

    on = fields.Date(required=True)
    law = fields.String(required=True)
    max_age = fields.String(required=True)
    total = fields.Integer(required=True)
    by_kind = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_weight = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    items = fields.List(fields.Nested(GapShape), required=True)
