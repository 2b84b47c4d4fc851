"""The shape of the answer about paths; `graphsvc/answers/paths/plain.py` makes the values."""

from __future__ import annotations

from marshmallow import Schema, fields

from graphsvc.api.answers import DataItemShape, EvidenceShape, Step, Thing
from graphsvc.imports.fields import Word
from graphsvc.model import Basis, Role, Status


class PathStep(Schema):
    """One flow of a chain, with its worst footing."""

    flow = fields.String(required=True)
    exporter = fields.Nested(Thing, required=True)
    importer = fields.Nested(Thing, required=True)
    service = fields.Nested(Thing, required=True)
    role = Word(Role, required=True)
    data = fields.List(fields.Nested(DataItemShape), required=True, metadata={"description": "What passes it."})
    countries = fields.List(fields.String(), required=True)
    status = Word(Status, required=True)
    country = fields.String(required=True, metadata={"description": "The country that has this footing."})
    reason = fields.String(required=True)
    act = fields.String(required=True, allow_none=True)
    condition = fields.String(required=True, allow_none=True)


class PathLine(Schema):
    """One chain."""

    class Meta:
        include = {"from": fields.Nested(Thing, required=True)}  # noqa: RUF012

    to = fields.Nested(Thing, required=True)
    start = fields.Nested(Thing, required=True, metadata={"description": "The activity or service it starts at."})
    activity = fields.Nested(
        Thing,
        required=True,
        allow_none=True,
        metadata={"description": "The activity; null: it starts at a service, with whatever arrives there."},
    )
    service = fields.Nested(Thing, required=True, metadata={"description": "Where it ends."})
    role = Word(Role, required=True, metadata={"description": "What the recipient at its end is."})
    data = fields.List(
        fields.Nested(DataItemShape), required=True, metadata={"description": "What passes all of its flows."}
    )
    chain = fields.List(fields.Nested(Step), required=True)
    depth = fields.Integer(required=True)
    steps = fields.List(fields.Nested(PathStep), required=True)
    countries = fields.List(fields.String(), required=True)
    status = Word(Status, required=True, metadata={"description": "The worst footing of its steps."})
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class PathsAnswer(Schema):
    """The answer of `/paths`."""

    class Meta:
        include = {"from": fields.Nested(Thing, required=True)}  # noqa: RUF012

    on = fields.Date(required=True)
    law = fields.String(required=True, metadata={"description": "Version of the law table."})
    to = fields.Nested(Thing, required=True)
    shortest = fields.Integer(required=True, allow_none=True, metadata={"description": "Flows of the shortest chain."})
    complete = fields.Boolean(
        required=True,
        metadata={"description": "Whether there are no others: of the shortest, or with `most`, at all."},
    )
    reason = fields.String(required=True, allow_none=True, metadata={"description": "Why there is none."})
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(PathLine), required=True)
