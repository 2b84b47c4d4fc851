"""The shape of the answer to an import, for the OpenAPI document."""

from __future__ import annotations

from marshmallow import Schema, fields

from graphsvc.api.answers import Loaded
from graphsvc.imports.fields import Word
from graphsvc.imports.foreign.report import Kind


class ColumnShape(Schema):
    """What a column was taken for."""

    place = fields.Integer(required=True, metadata={"description": "Number of the column, from 1."})
    header = fields.String(required=True)
    field = fields.String(required=True, metadata={"description": "Empty: the column is not used."})
    confidence = fields.Float(required=True, metadata={"description": "From 0 to 1; above 1 when it was given."})
    given = fields.Boolean(required=True)


class ResolvedShape(Schema):
    """What a name was taken for."""

    written = fields.String(required=True)
    place = fields.String(required=True)
    party = fields.String(required=True)
    name = fields.String(required=True)
    how = fields.String(required=True, metadata={"description": "new, name, alias, id, number, domain or given"})


class SuggestionShape(Schema):
    """A party that a new name may stand for; nothing was merged."""

    written = fields.String(required=True)
    place = fields.String(required=True)
    party = fields.String(required=True)
    name = fields.String(required=True)
    score = fields.Integer(required=True)


class ImportRemarkShape(Schema):
    """Something about a place in the file."""

    place = fields.String(required=True)
    kind = Word(Kind, required=True)
    text = fields.String(required=True)
    written = fields.String(required=True, metadata={"description": "What stands there, shortened."})


class ReportShape(Schema):
    """What the importer says of the file."""

    format = fields.String(required=True)
    file = fields.String(required=True)
    encoding = fields.String(required=True)
    document = fields.String(required=True)
    rows_read = fields.Integer(required=True)
    rows_imported = fields.Integer(required=True)
    columns = fields.List(fields.Nested(ColumnShape), required=True)
    names = fields.List(fields.Nested(ResolvedShape), required=True)
    suggestions = fields.List(fields.Nested(SuggestionShape), required=True)
    remarks = fields.List(fields.Nested(ImportRemarkShape), required=True)


class ImportChangeShape(Schema):
    """One entry that differs."""

    document = fields.String(required=True)
    section = fields.String(required=True)
    id = fields.String(required=True)
    name = fields.String(required=True)
    what = fields.String(required=True, metadata={"description": "added, changed or removed"})
    elsewhere = fields.Boolean(required=True, metadata={"description": "Another document speaks of it too."})
    before = fields.Dict(required=True, metadata={"description": "The keys that differ, as they were."})
    after = fields.Dict(required=True, metadata={"description": "The keys that differ, as they are to be."})


class TakenIn(Loaded):
    """What an import did, or would do."""

    dry_run = fields.Boolean(required=True)
    changes = fields.List(fields.Nested(ImportChangeShape), required=True)
    report = fields.Nested(ReportShape, required=True)
