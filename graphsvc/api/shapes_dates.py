"""The shape of an answer about days ahead; `graphsvc/answers/dates/plain.py` makes the values."""

from __future__ import annotations

from marshmallow import Schema, fields

from graphsvc.answers.dates.day_ahead import DateKind
from graphsvc.api.answers import EvidenceShape, Step, Thing
from graphsvc.api.shapes_changes import LawEvent, ObjectionWindow, told
from graphsvc.imports.fields import Word
from graphsvc.model import Basis, Role, Status


class TouchedFlow(Schema):
    """A flow that a day touches."""

    flow = fields.String(required=True)
    service = fields.Nested(Thing, required=True)
    importer = fields.Nested(Thing, required=True)
    status = Word(Status, required=True, metadata=told("Its footing at the start of the time in which it is so."))
    depth = fields.Integer(required=True)


class DateShape(Schema):
    """One day ahead for one controller."""

    kind = Word(DateKind, required=True)
    day = fields.Date(required=True, metadata=told("Of what ends the last day on which it holds."))
    controller = fields.Nested(Thing, required=True)
    what = fields.String(required=True)
    subject = fields.String(required=True, metadata=told("Id of what it is about; with kind and controller unique."))
    act = fields.String(required=True, allow_none=True)
    country = fields.String(required=True, allow_none=True)
    tool = fields.Nested(Thing, required=True, allow_none=True)
    source = fields.Nested(Thing, required=True, allow_none=True)
    events = fields.List(fields.Nested(LawEvent), required=True)
    before = Word(Status, required=True, allow_none=True, metadata=told("The worst footing of the flows that day."))
    after = Word(Status, required=True, allow_none=True, metadata=told("The worst footing on the day after."))
    flows = fields.List(fields.Nested(TouchedFlow), required=True, metadata=told("What it touches, nearest first."))
    sender = fields.Nested(Thing, required=True)
    service = fields.Nested(Thing, required=True)
    importer = fields.Nested(Thing, required=True)
    role = Word(Role, required=True)
    objection_window = fields.Nested(ObjectionWindow, required=True, allow_none=True)
    chain = fields.List(fields.Nested(Step), required=True, metadata=told("The way to the nearest flow."))
    depth = fields.Integer(required=True)
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class DatesAnswer(Schema):
    """The answer of `/dates`."""

    class Meta:
        include = {"from": fields.Date(required=True)}  # noqa: RUF012

    to = fields.Date(required=True)
    law = fields.String(required=True)
    recorded = fields.DateTime(required=True, metadata=told("When something was loaded last."))
    review_days = fields.Integer(required=True)
    reviews_overdue = fields.Integer(required=True, metadata=told("Reviews that were due before the first day."))
    sources_without_day = fields.List(
        fields.String(), required=True, metadata=told("Sources of transfers without any day: no review can be due.")
    )
    by_kind = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(DateShape), required=True)
