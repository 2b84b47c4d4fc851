"""What several sections of a document share: names, acts, data items, tools relied on, measures."""

from __future__ import annotations

from marshmallow import fields, validate

from graphsvc.imports.fields import Dated, Day, Flag, Pattern, Reference, Strict, Text, evidence


class Name(Strict):
    """A label in English and Dutch."""

    en = Text(longest=200, required=True)
    nl = Text(longest=200, required=True)


class ActSchema(Strict):
    """A legal act or a judgment, by its title and CELEX number."""

    title = Text(longest=300, required=True)
    celex = fields.String(validate=Pattern(r"^[0-9]{5}[A-Z]{1,2}[0-9]{4}(\([0-9]+\))?$", error="is not a CELEX number"))
    date = Day()


class ItemSchema(Strict):
    """A data item: whose data, and which."""

    subject = Reference("subject_categories", required=True)
    category = Reference("data_categories", required=True)
    evidence = evidence(required=False)


class AssessmentSchema(Strict):
    """A transfer impact assessment (C-311/18; EDPB Recommendations 01/2020, step 3)."""

    date = Day(required=True)
    evidence = evidence(required=False)


class RelianceSchema(Dated):
    """That a transfer tool is relied on; `covered`: the source says this recipient is on the list."""

    tool = Reference("tools", required=True)
    concluded = Day()
    covered = Flag()
    transfer_impact_assessment = fields.Nested(AssessmentSchema)
    note = Text()
    evidence = evidence(required=False)


class MeasureSchema(Strict):
    """A security measure (Art. 32)."""

    text = Text(required=True)
    kind = fields.String(validate=validate.OneOf(["technical", "organisational"], error="is not one of: {choices}"))
    evidence = evidence()
