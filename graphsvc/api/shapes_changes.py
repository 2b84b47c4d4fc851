"""The shape of an answer about changes; `graphsvc/answers/changes/plain.py` makes the values."""

from __future__ import annotations

from marshmallow import Schema, fields

from graphsvc.answers.changes.causes import CauseKind
from graphsvc.answers.changes.differences import Kind
from graphsvc.answers.changes.objection import Announced
from graphsvc.api.answers import DataItemShape, EvidenceShape, Step, Thing
from graphsvc.imports.fields import Word
from graphsvc.law.turns import What
from graphsvc.model import Basis, Role, Status


def told(text: str) -> dict[str, str]:
    """Metadata that describes a field."""
    return {"description": text}


class ChangeDay(Schema):
    """From a day on, something was so."""

    day = fields.Date(required=True)
    then = fields.String(required=True, allow_none=True)


class TurnedRow(Schema):
    """That a row of law began, ended, closed for new contracts, or began to need an assessment."""

    id = fields.String(required=True)
    what = Word(What, required=True)
    day = fields.Date(required=True, metadata=told("The first day on which it is so."))
    act = fields.String(required=True)


class LawEvent(Schema):
    """An event of the law table."""

    id = fields.String(required=True)
    date = fields.Date(required=True)
    title = fields.String(required=True)


class TurnedFact(Schema):
    """That something which documents say began or ended."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    what = Word(What, required=True)
    day = fields.Date(required=True)


class ComparedVersions(Schema):
    """Two versions of a document."""

    id = fields.String(required=True)
    from_version = fields.Integer(required=True)
    to_version = fields.Integer(required=True)
    recorded = fields.DateTime(required=True, metadata=told("When the second one was recorded."))


class ComparedDocument(ComparedVersions):
    """Two versions of a document, and how far they differ."""

    differs = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Integer()),
        required=True,
        metadata=told("By section: entries added, changed and removed. Only what they make of the flows is an item."),
    )


class ChangeCause(Schema):
    """Why something is different."""

    kind = Word(CauseKind, required=True)
    day = fields.Date(required=True)
    days = fields.List(fields.Nested(ChangeDay), required=True, metadata=told("Each day on which it became different."))
    acts = fields.List(fields.String(), required=True)
    rows = fields.List(fields.Nested(TurnedRow), required=True)
    events = fields.List(fields.Nested(LawEvent), required=True)
    facts = fields.List(fields.Nested(TurnedFact), required=True)
    document = fields.Nested(ComparedVersions, required=True, allow_none=True)


class RecordedDays(Schema):
    """A number of days, and where it is recorded."""

    days = fields.Integer(required=True)
    where = fields.String(required=True, metadata=told("`contract` or `list`."))
    of = fields.String(required=True, metadata=told("Id of the flow with the contract, or of the service."))


class ObjectionWindow(Schema):
    """Until when one may object to a sub-processor (Art. 28(2))."""

    engaged_by = fields.Nested(Thing, required=True)
    object_to = fields.Nested(Thing, required=True)
    last_day = fields.Date(required=True, allow_none=True)
    unknown = fields.String(required=True, allow_none=True, metadata=told("Why the last day is not known."))
    announced = fields.Date(required=True, allow_none=True)
    announced_by = Word(Announced, required=True, allow_none=True)
    notice_days = fields.Nested(RecordedDays, required=True, allow_none=True)
    objection_days = fields.Nested(RecordedDays, required=True, allow_none=True)
    direct = fields.Boolean(
        required=True, metadata=told("Whether the controller may object itself; else a processor in between.")
    )
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class ChangeShape(Schema):
    """One thing that is different."""

    kind = Word(Kind, required=True)
    day = fields.Date(required=True)
    controller = fields.Nested(Thing, required=True)
    activities = fields.List(fields.String(), required=True)
    what = fields.String(required=True)
    before = fields.String(required=True, allow_none=True)
    after = fields.String(required=True, allow_none=True)
    status = Word(Status, required=True, metadata=told("The footing afterwards; of what is gone the one it had."))
    country = fields.String(required=True, allow_none=True)
    countries = fields.List(fields.String(), required=True, metadata=told("Every country that the flow reaches."))
    flow = fields.String(required=True)
    sender = fields.Nested(Thing, required=True)
    service = fields.Nested(Thing, required=True)
    importer = fields.Nested(Thing, required=True)
    role = Word(Role, required=True)
    tool = fields.Nested(Thing, required=True, allow_none=True)
    data = fields.List(fields.Nested(DataItemShape), required=True)
    cause = fields.Nested(ChangeCause, required=True)
    objection_window = fields.Nested(ObjectionWindow, required=True, allow_none=True)
    chain = fields.List(fields.Nested(Step), required=True)
    depth = fields.Integer(required=True)
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class ChangesAnswer(Schema):
    """The answer of `/changes`."""

    class Meta:
        include = {  # noqa: RUF012
            "from": fields.Date(required=True, allow_none=True, metadata=told("Null when versions are compared.")),
        }

    to = fields.Date(required=True, allow_none=True)
    on = fields.Date(required=True, allow_none=True, metadata=told("The day on which versions are looked at."))
    law = fields.String(required=True)
    document = fields.Nested(ComparedDocument, required=True, allow_none=True)
    by_kind = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_cause = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(ChangeShape), required=True)
