"""The shape of the answer about recipients; `graphsvc/questions/recipients_words.py` makes the values."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from graphsvc.answers.recipients import Match
from graphsvc.api.answers import DataItemShape, EvidenceShape, Step, Thing
from graphsvc.imports.fields import Word
from graphsvc.model import Basis, Role, Status
from graphsvc.translation import LANGUAGES


class ItemInWords(DataItemShape):
    """A data item in words, and how its people stand to those asked about."""

    subject_in_words = fields.String(required=True)
    category_in_words = fields.String(required=True)
    match = Word(
        Match, required=True, metadata={"description": "same; broader, narrower, unknown: it may include the person."}
    )


class PlaceInWords(Schema):
    """A country in words, with its footing."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    third_country = fields.Boolean(required=True, allow_none=True, metadata={"description": "null: not known."})
    status = Word(Status, required=True)
    footing = fields.String(required=True)
    act = fields.String(required=True, allow_none=True)


class RecipientLine(Schema):
    """A recipient in one role."""

    named = fields.Boolean(required=True)
    party = fields.Nested(Thing, required=True)
    name = fields.String(required=True, metadata={"description": "Its name, or that nobody named it."})
    legal_name = fields.String(required=True, allow_none=True)
    services = fields.List(fields.Nested(Thing), required=True)
    description = fields.String(
        required=True, allow_none=True, metadata={"description": "Of one that nobody named: what it is for."}
    )
    role = Word(Role, required=True)
    role_in_words = fields.String(required=True)
    data = fields.List(fields.Nested(ItemInWords), required=True)
    countries = fields.List(fields.Nested(PlaceInWords), required=True)
    third_country = fields.Boolean(
        required=True, allow_none=True, metadata={"description": "In a third country; null: not known."}
    )
    activities = fields.List(fields.Nested(Thing), required=True)
    purposes = fields.List(fields.Nested(Thing), required=True)
    depth = fields.Integer(required=True)
    chain = fields.List(fields.Nested(Step), required=True)
    through = fields.List(fields.Nested(Thing), required=True, metadata={"description": "Services on the way."})
    conditions = fields.List(
        fields.String(), required=True, metadata={"description": "It receives data in these cases only."}
    )
    status = Word(Status, required=True)
    basis = Word(Basis, required=True)
    basis_in_words = fields.String(required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class RecipientsAnswer(Schema):
    """The answer of `/recipients`."""

    on = fields.Date(required=True)
    law = fields.String(required=True, metadata={"description": "Version of the law table."})
    lang = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    controller = fields.Nested(Thing, required=True)
    subject = fields.Nested(Thing, required=True, allow_none=True)
    named = fields.Integer(required=True)
    unnamed = fields.Integer(required=True)
    left_out = fields.List(
        fields.Nested(Thing),
        required=True,
        metadata={"description": "Activities that the party does for others, who answer for them (Art. 30(2))."},
    )
    reason = fields.String(required=True, allow_none=True, metadata={"description": "Why there is none."})
    text = fields.String(required=True, metadata={"description": "To paste into an answer to an access request."})
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(RecipientLine), required=True)
