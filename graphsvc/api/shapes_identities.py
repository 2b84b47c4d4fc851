"""The shapes of who is who, for the OpenAPI document."""

from __future__ import annotations

from marshmallow import Schema, fields

from graphsvc.api.answers import EvidenceShape, Named, TooCommonShape
from graphsvc.imports.fields import Slug, Strict, Text, Word
from graphsvc.model import Basis, Sameness, Sureness


class ReasonShape(Schema):
    """Why two parties may be one, or why somebody decided so."""

    kind = fields.String(required=True, metadata={"description": "identifier, domain, name, spelling or decision"})
    sure = Word(Sureness, required=True, allow_none=True)
    reason = fields.String(required=True)
    score = fields.Integer(required=True, allow_none=True)


class IdentityItem(Schema):
    """An open proposal, or a decision."""

    kind = fields.String(required=True, metadata={"description": "proposal, same or different"})
    party = fields.Nested(Named, required=True)
    other = fields.Nested(Named, required=True)
    sure = Word(Sureness, required=True, allow_none=True, metadata={"description": "Of a proposal."})
    reasons = fields.List(fields.Nested(ReasonShape), required=True)
    stays = fields.String(required=True, allow_none=True, metadata={"description": "The id that answers show."})
    id = fields.String(required=True, allow_none=True, metadata={"description": "Of a decision."})
    document = fields.String(required=True, allow_none=True, metadata={"description": "The one that holds it."})
    basis = Word(Basis, required=True, allow_none=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class IdentitiesShape(Schema):
    """The answer of `/identities`."""

    by_kind = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    too_common = fields.List(fields.Nested(TooCommonShape), required=True)
    too_common_total = fields.Integer(required=True)
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(IdentityItem), required=True)


class DecisionBody(Strict):
    """What somebody decides about two parties."""

    party = Slug(required=True, metadata={"description": "Of two that are the same: whose id and name stay."})
    other = Slug(required=True)
    verdict = Word(Sameness, load_default=Sameness.SAME.value)
    reason = Text(required=True)
    source = Slug(metadata={"description": "A source of the register that says so; else the decision is the source."})
    locator = Text(longest=300, load_default="the decision")
    basis = Word(Basis, load_default=Basis.INFERRED.value)
