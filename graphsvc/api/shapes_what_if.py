"""The shapes of a what-if: what is asked, one shape for each kind of change, and the answer."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from graphsvc.answers.what_if.outcome import Difference
from graphsvc.api.answers import DataItemShape, EvidenceShape, HoldingLine, PlacedThing, Step, Thing, TransferLine
from graphsvc.imports.changes import KINDS
from graphsvc.imports.fields import Word
from graphsvc.imports.what_if import MOST_CHANGES, ROOT
from graphsvc.model import Basis, Role, Status

ID = {"type": "string"}
WHAT_IF: dict[str, Any] = {
    "type": "object",
    "required": ["changes"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 200, "description": "What to call it."},
        "on": {"type": "string", "format": "date", "description": "The day asked about; today when left out."},
        "controller": {
            "description": "Ids of controllers; when left out, everybody whom the changes can touch.",
            "anyOf": [ID, {"type": "array", "items": ID, "minItems": 1}],
        },
        "changes": {
            "type": "array",
            "maxItems": MOST_CHANGES,
            "description": "Tried one after another, in this order. docs/what-if.md explains each kind.",
            "items": {
                "oneOf": [kind.schema for kind in KINDS.values()],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {
                        name: f"#/components/schemas/{kind.schema.__name__.removesuffix('Schema')}"
                        for name, kind in KINDS.items()
                    },
                },
            },
        },
    },
}
REQUEST = {
    "anyOf": [
        WHAT_IF,
        {"type": "object", "required": [ROOT], "additionalProperties": False, "properties": {ROOT: WHAT_IF}},
    ]
}
"""A what-if, or a file that holds one."""


class Says(Schema):
    """A change in words."""

    says = fields.String(required=True)


class TriedChange(Says):
    """A change in words, and as it was written: what a file of it would hold."""

    change = fields.Raw(
        required=True,
        allow_none=True,
        metadata={"type": "object", "additionalProperties": True, "description": "As in the body of the request."},
    )


class Idle(Says):
    """A change that makes no difference."""

    change = fields.Integer(required=True, metadata={"description": "Its place among the changes, from 0."})
    why = fields.String(required=True)


class Note(Schema):
    """What a reader should know about a change, such as that a seat keeps a line a transfer."""

    change = fields.Integer(required=True, metadata={"description": "Its place among the changes, from 0."})
    text = fields.String(required=True)


class AboutShape(Schema):
    """Whose lines are compared."""

    whose = fields.String(
        required=True,
        metadata={
            "enum": ["asked", "touched", "all"],
            "description": "The controllers asked about; those whose data reaches what changes; or everybody.",
        },
    )
    number = fields.Integer(required=True)
    controllers = fields.List(fields.Nested(Thing), required=True, metadata={"description": "Empty for everybody."})


class WhatIfTotals(Schema):
    """How many of what, over all pages."""

    changed = fields.Integer(required=True)
    by_kind = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    holdings_gained = fields.Integer(required=True)
    holdings_lost = fields.Integer(required=True)
    cut_off = fields.Integer(required=True)
    before = fields.Integer(required=True, metadata={"description": "Of the items of `before`."})
    after = fields.Integer(required=True, metadata={"description": "Of the items of `after`."})


class ChangedLine(Schema):
    """A line that differs: one activity, one flow, one country."""

    kind = Word(Difference, required=True)
    controller = fields.Nested(Thing, required=True)
    activity = fields.Nested(Thing, required=True)
    flow = fields.String(required=True)
    importer = fields.Nested(Thing, required=True)
    service = fields.Nested(Thing, required=True)
    instead_of = fields.Nested(
        Thing, required=True, allow_none=True, metadata={"description": "The service that this one replaces."}
    )
    role = Word(Role, required=True)
    country = fields.String(required=True)
    status_before = Word(Status, required=True, allow_none=True, metadata={"description": "Null: there was no line."})
    status_after = Word(Status, required=True, allow_none=True, metadata={"description": "Null: no line is left."})
    reason_before = fields.String(required=True, allow_none=True)
    reason_after = fields.String(
        required=True, allow_none=True, metadata={"description": "Names what was supposed, behind `what if:`."}
    )
    act_before = fields.String(required=True, allow_none=True)
    act_after = fields.String(
        required=True, allow_none=True, metadata={"description": "An act that exists; never one that is supposed."}
    )
    transfer_impact_assessment_before = fields.Boolean(required=True, allow_none=True)
    transfer_impact_assessment_after = fields.Boolean(required=True, allow_none=True)
    data_gained = fields.List(fields.Nested(DataItemShape), required=True)
    data_lost = fields.List(fields.Nested(DataItemShape), required=True)
    chain_before = fields.List(fields.Nested(Step), required=True)
    chain_after = fields.List(fields.Nested(Step), required=True)
    parents_outside_before = fields.List(fields.Nested(PlacedThing), required=True)
    parents_outside_after = fields.List(fields.Nested(PlacedThing), required=True)
    because = fields.List(
        fields.String(), required=True, metadata={"description": "The changes that made a difference to it."}
    )
    basis = Word(Basis, required=True)
    sources = fields.List(
        fields.Nested(EvidenceShape),
        required=True,
        metadata={"description": "The source `what-if` stands for what is supposed."},
    )


class CutService(Thing):
    """A service that an activity no longer sends to, and whose it is."""

    party = fields.Nested(Thing, required=True)


class CutOffLine(Schema):
    """An activity that loses recipients."""

    controller = fields.Nested(Thing, required=True)
    activity = fields.Nested(Thing, required=True)
    services = fields.List(fields.Nested(CutService), required=True)
    entirely = fields.Boolean(required=True, metadata={"description": "Whether it has no recipient left."})


class HoldingsDifference(Schema):
    """Who holds what on one side only; `data` lists that alone."""

    gained = fields.List(fields.Nested(HoldingLine), required=True)
    lost = fields.List(fields.Nested(HoldingLine), required=True)


class WhatIfSide(Schema):
    """The lines before, or after."""

    total = fields.Integer(required=True, metadata={"description": "How many are transfers."})
    by_status = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": "With the lines inside, which `total` and `by_country` leave out."},
    )
    by_country = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    items = fields.List(
        fields.Nested(TransferLine),
        required=True,
        metadata={"description": "The transfers, and those lines inside that differ."},
    )


class WhatIfAnswer(Schema):
    """The answer of `/what-if`."""

    on = fields.Date(required=True)
    law = fields.String(required=True, metadata={"description": "Version of the law table before the changes."})
    name = fields.String(required=True, allow_none=True)
    about = fields.Nested(AboutShape, required=True)
    changes = fields.List(fields.Nested(TriedChange), required=True)
    without_effect = fields.List(fields.Nested(Idle), required=True)
    notes = fields.List(fields.Nested(Note), required=True)
    totals = fields.Nested(WhatIfTotals, required=True)
    total = fields.Integer(required=True, metadata={"description": "How many lines differ."})
    changed = fields.List(fields.Nested(ChangedLine), required=True, metadata={"description": "Worst change first."})
    cut_off = fields.List(fields.Nested(CutOffLine), required=True)
    holdings = fields.Nested(HoldingsDifference, required=True)
    before = fields.Nested(WhatIfSide, required=True)
    after = fields.Nested(WhatIfSide, required=True)
