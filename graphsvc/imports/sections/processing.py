"""The sections of a document with activities and flows: what is done with data, and where it goes."""

from __future__ import annotations

from enum import StrEnum

from marshmallow import fields, validate

from graphsvc.imports.fields import (
    Country,
    Dated,
    Day,
    Either,
    Flag,
    Reference,
    Slug,
    Strict,
    Text,
    Word,
    evidence,
)
from graphsvc.imports.sections.shared import (
    ConditionSchema,
    ItemSchema,
    MeasureSchema,
    RelianceSchema,
    RetentionSchema,
    text_in_both,
)
from graphsvc.model import ContractKind, Role


class ActsAs(StrEnum):
    """In which capacity a party carries out an activity: Art. 30(1) or Art. 30(2)."""

    CONTROLLER = "controller"
    PROCESSOR = "processor"


class LegalGroundSchema(Strict):
    """The legal basis that an activity rests on."""

    id = Reference("legal_bases", required=True)
    evidence = evidence(required=False)


class ActivitySchema(Dated):
    """A processing activity: one row of an Art. 30 record."""

    id = Slug(required=True)
    name = text_in_both(200, required=True)
    controller = Reference("parties", required=True)
    acts_as = Word(ActsAs)
    on_behalf_of = fields.List(Reference("parties"))
    purposes = fields.List(Reference("purposes"))
    legal_bases = fields.List(fields.Nested(LegalGroundSchema))
    special_conditions = fields.List(fields.Nested(LegalGroundSchema))
    data = fields.List(fields.Nested(ItemSchema))
    retention = fields.List(fields.Nested(RetentionSchema))
    measures = fields.List(fields.Nested(MeasureSchema))
    note = Text()
    evidence = evidence()


class ContractSchema(Dated):
    """The contract behind a flow. `kind: none` says that there is none; leaving it out, that none is recorded."""

    kind = Word(ContractKind, required=True)
    title = Text(longest=300)
    date = Day()
    notice_days = fields.Integer(strict=True, validate=validate.Range(0, 3660))
    objection_days = fields.Integer(strict=True, validate=validate.Range(0, 3660))
    note = Text()
    evidence = evidence(required=False)


class PlaceSchema(Strict):
    """A place of a flow that depends on how a service is used."""

    country = Country(required=True)
    only_if = fields.Nested(ConditionSchema)
    note = Text()


class FlowSchema(Dated):
    """A disclosure of data to a service. Without `carries` it passes on whatever arrives."""

    class Meta(Strict.Meta):
        include = {  # noqa: RUF012
            "from": Reference("activities", "services", required=True),
        }

    id = Slug(required=True)
    to = Reference("services", required=True)
    role = Word(Role, required=True)
    carries = fields.List(
        fields.Nested(ItemSchema), validate=validate.Length(min=1, error="leave it out, or list items")
    )
    places = fields.List(Either(Country(open_place=True), fields.Nested(PlaceSchema)))
    seat_access = Flag()
    tools = fields.List(fields.Nested(RelianceSchema))
    contract = fields.Nested(ContractSchema)
    purpose = Text()
    condition = text_in_both()
    only_if = fields.Nested(ConditionSchema)
    product = Text(longest=200)
    importer_under_gdpr = Flag()
    publication = Flag()
    announced = Day()
    note = Text()
    evidence = evidence()
