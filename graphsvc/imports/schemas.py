"""The one document format: a header and sections of facts, each fact with its evidence.

`docs/document-format.md` explains it with examples; the JSON Schema is made from these classes.
"""

from __future__ import annotations

from enum import StrEnum

from marshmallow import ValidationError, fields, validates

from graphsvc.imports.fields import Day, Slug, Strict, Text, Word
from graphsvc.imports.sections.claims import ClaimSchema, RemarkSchema
from graphsvc.imports.sections.law import (
    CountrySchema,
    DutySchema,
    EventSchema,
    RegimeSchema,
    RequirementSchema,
    ToolSchema,
)
from graphsvc.imports.sections.parties import IdentitySchema, PartySchema, ServiceSchema, UseSchema
from graphsvc.imports.sections.processing import ActivitySchema, FlowSchema
from graphsvc.imports.sections.vocabulary import (
    DataCategorySchema,
    LegalBasisSchema,
    PurposeSchema,
    SourceSchema,
    SubjectCategorySchema,
)


class FormatVersion(StrEnum):
    """Versions of this format, each of which reads what was written for those before it; none named: the newest."""

    FIRST = "1"
    SECOND = "2"


class HeaderSchema(Strict):
    """What the document is; one of law says from which day on its rows are complete (`complete_from`)."""

    id = Slug(required=True)
    title = Text(longest=300, required=True)
    version = Text(longest=80)
    format = Word(FormatVersion)
    complete_from = Day()
    note = Text()

    @validates("id")
    def _not_an_address(self, key: str, **_: object) -> None:
        if key == "schema":
            raise ValidationError("'schema' cannot be the id of a document: it is an address next to the documents")


class DocumentSchema(Strict):
    """A document: a header, and any of the sections of facts."""

    document = fields.Nested(HeaderSchema, required=True)
    sources = fields.List(fields.Nested(SourceSchema))
    data_categories = fields.List(fields.Nested(DataCategorySchema))
    subject_categories = fields.List(fields.Nested(SubjectCategorySchema))
    purposes = fields.List(fields.Nested(PurposeSchema))
    legal_bases = fields.List(fields.Nested(LegalBasisSchema))
    countries = fields.List(fields.Nested(CountrySchema))
    tools = fields.List(fields.Nested(ToolSchema))
    regimes = fields.List(fields.Nested(RegimeSchema))
    events = fields.List(fields.Nested(EventSchema))
    duties = fields.List(fields.Nested(DutySchema))
    requirements = fields.List(fields.Nested(RequirementSchema))
    parties = fields.List(fields.Nested(PartySchema))
    services = fields.List(fields.Nested(ServiceSchema))
    activities = fields.List(fields.Nested(ActivitySchema))
    flows = fields.List(fields.Nested(FlowSchema))
    uses = fields.List(fields.Nested(UseSchema))
    claims = fields.List(fields.Nested(ClaimSchema))
    remarks = fields.List(fields.Nested(RemarkSchema))
    identities = fields.List(fields.Nested(IdentitySchema))


SECTIONS = tuple(name for name in DocumentSchema().fields if name != "document")
