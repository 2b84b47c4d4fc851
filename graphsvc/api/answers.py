"""The shapes of answers, for the OpenAPI document; `graphsvc/answers/plain.py` makes the values."""

from __future__ import annotations

from marshmallow import Schema, fields

from graphsvc.imports.fields import Word
from graphsvc.model import Basis, LikeKind, Role, Status, Sureness


class Named(Schema):
    """An id and a name."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class Thing(Named):
    """Something by its id and name; a party that several ids of the register stand for, with those and why."""

    also_known_as = fields.List(fields.Nested(Named), metadata={"description": "Its other ids; else left out."})
    one_by = fields.List(fields.Nested(lambda: DecisionShape()), metadata={"description": "Why these are one."})


class PlacedThing(Thing):
    """A party with the country it is in."""

    country = fields.String(required=True)


class DataItemShape(Schema):
    """A data item: whose data, and which."""

    subject = fields.String(required=True)
    category = fields.String(required=True)


class Step(Schema):
    """One step of a chain."""

    class Meta:
        include = {"from": fields.String(required=True)}  # noqa: RUF012

    flow = fields.String(required=True)
    to = fields.String(required=True)


class EvidenceShape(Schema):
    """Where a fact comes from."""

    source = fields.String(required=True)
    locator = fields.String(required=True)
    basis = Word(Basis, required=True)


class DecisionShape(Schema):
    """By which decision ids are one."""

    id = fields.String(required=True)
    reason = fields.String(required=True)
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class TransferLine(Schema):
    """One flow towards one country."""

    controller = fields.Nested(Thing, required=True)
    activity = fields.Nested(Thing, required=True)
    exporter = fields.Nested(Thing, required=True)
    importer = fields.Nested(Thing, required=True)
    service = fields.Nested(Thing, required=True)
    role = Word(Role, required=True)
    country = fields.String(required=True, metadata={"description": "The country this line is about, or `unknown`."})
    data = fields.List(fields.Nested(DataItemShape), required=True)
    chain = fields.List(fields.Nested(Step), required=True)
    depth = fields.Integer(required=True, metadata={"description": "Length of the chain, counted in flows."})
    status = Word(Status, required=True)
    reason = fields.String(required=True)
    act = fields.String(required=True, allow_none=True)
    transfer_impact_assessment = fields.Boolean(
        required=True, allow_none=True, metadata={"description": "Recorded or not; null where none is needed."}
    )
    condition = fields.String(required=True, allow_none=True)
    own_processing = fields.Boolean(
        required=True, metadata={"description": "Only behind an independent controller or an authority."}
    )
    widening = fields.List(
        fields.Nested(DataItemShape),
        required=True,
        metadata={"description": "What the flow lists beyond what can arrive."},
    )
    parents_outside = fields.List(
        fields.Nested(PlacedThing),
        required=True,
        metadata={"description": "No transfer: groups outside the EEA that a recipient inside it belongs to."},
    )
    basis = Word(Basis, required=True, metadata={"description": "How directly the weakest step is said."})
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class TransfersAnswer(Schema):
    """The answer of `/transfers`."""

    on = fields.Date(required=True)
    law = fields.String(required=True, metadata={"description": "Version of the law table."})
    total = fields.Integer(required=True)
    by_status = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_country = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    items = fields.List(fields.Nested(TransferLine), required=True)


class HoldingLine(Schema):
    """What one service holds of one controller in one role."""

    party = fields.Nested(Thing, required=True)
    service = fields.Nested(Thing, required=True)
    role = Word(Role, required=True)
    countries = fields.List(fields.String(), required=True)
    controller = fields.Nested(Thing, required=True)
    activities = fields.List(fields.String(), required=True)
    data = fields.List(fields.Nested(DataItemShape), required=True)
    chain = fields.List(fields.Nested(Step), required=True)
    depth = fields.Integer(required=True)
    status = Word(Status, required=True)
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class HoldersAnswer(Schema):
    """The answer of `/holders` and `/parties/{id}/holdings`."""

    on = fields.Date(required=True)
    law = fields.String(required=True)
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(HoldingLine), required=True)


class ListAnswer(Schema):
    """A page of things."""

    total = fields.Integer(required=True)
    items = fields.List(fields.Dict(), required=True)


class LikenessShape(Schema):
    """One reason why two parties may be one."""

    kind = Word(LikeKind, required=True)
    sure = Word(Sureness, required=True)
    reason = fields.String(required=True)
    score = fields.Integer(required=True, allow_none=True, metadata={"description": "Of spellings, of 100."})


class TooCommonShape(Schema):
    """What too many parties have in common to be compared for it."""

    kind = fields.String(required=True, metadata={"description": "identifier, domain, name or spelling"})
    mark = fields.String(
        required=True, metadata={"description": "What it is; of spellings the first and last letters."}
    )
    parties = fields.Integer(required=True, metadata={"description": "How many have it, at the least."})
    reason = fields.String(required=True)


class ProposalShape(Schema):
    """Two parties that may be one; somebody has to decide, nothing was merged."""

    party = fields.Nested(Named, required=True)
    other = fields.Nested(Named, required=True)
    sure = Word(Sureness, required=True)
    reasons = fields.List(fields.Nested(LikenessShape), required=True)


class Loaded(Schema):
    """What a load did: for each of the four, how many entries of each section."""

    documents = fields.List(fields.String(), required=True)
    added = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    changed = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    removed = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    same = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    revision = fields.Integer(required=True)
    proposals = fields.List(
        fields.Nested(ProposalShape),
        required=True,
        metadata={"description": "Parties added or changed that may be one with others, the most likely ones."},
    )
    proposals_total = fields.Integer(required=True)
    too_common = fields.List(
        fields.Nested(TooCommonShape),
        required=True,
        metadata={"description": "What too many parties have in common to be compared for it, the commonest."},
    )
    too_common_total = fields.Integer(required=True)


class DocumentRow(Schema):
    """A loaded document."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    version = fields.String(allow_none=True)
    hash = fields.String(required=True, metadata={"description": "SHA-256 of its text."})
    recorded = fields.DateTime(required=True)
    revisions = fields.Integer(required=True)


class Documents(Schema):
    """The loaded documents."""

    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(DocumentRow), required=True)


class VersionRow(Schema):
    """One version of a document."""

    number = fields.Integer(required=True)
    hash = fields.String(required=True)
    recorded = fields.DateTime(required=True)
    size = fields.Integer(required=True)
    action = fields.String(required=True)


class Versions(Schema):
    """Every version of a document, the first one first."""

    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(VersionRow), required=True)


class Health(Schema):
    """Whether the service lives, or can answer."""

    status = fields.String(required=True)
    engine = fields.String()
    revision = fields.Integer()
    law = fields.String()


class Problem(Schema):
    """RFC 9457."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    instance = fields.String(required=True)
    errors = fields.List(fields.Dict())
