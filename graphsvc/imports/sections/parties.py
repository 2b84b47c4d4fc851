"""The sections of a document with parties, their services, and which of them are one."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from graphsvc.imports.fields import (
    Country,
    Dated,
    Day,
    Domain,
    Flag,
    OneOrMore,
    Reference,
    Slug,
    Strict,
    Text,
    Word,
    evidence,
)
from graphsvc.imports.identifiers import compact
from graphsvc.imports.sections.shared import (
    CertificationSchema,
    ConditionSchema,
    MeasureSchema,
    RetentionSchema,
    text_in_both,
)
from graphsvc.model import Applies, Completeness, ContractKind, ListScope, Sameness, Scheme, Sector


class PartOfSchema(Dated):
    """Membership of a group."""

    party = Reference("parties", required=True)
    evidence = evidence(required=False)


class RegistrationSchema(Strict):
    """A number in a public register of organisations."""

    scheme = Text(longest=40, required=True)
    number = Text(longest=60, required=True)


class IdentifierSchema(Strict):
    """A number that tells an organisation apart from all others, as its register gives it."""

    scheme = Word(Scheme, required=True)
    number = Text(longest=90, required=True)
    evidence = evidence(required=False)

    @validates_schema
    def _is_one(self, entry: dict, **_: object) -> None:
        try:
            compact(Scheme(entry["scheme"]), entry["number"])
        except ValueError as problem:
            raise ValidationError(f"{entry['number']!r} {problem}", "number") from None


class OfficerSchema(Strict):
    """The data protection officer, without a name: that one is appointed, and under which number."""

    appointed = Flag(required=True)
    registered_with = Text(longest=120)
    number = Text(longest=60)
    evidence = evidence(required=False)


class RightSchema(Strict):
    """A right of the data subject that a statement grants."""

    right = fields.String(
        required=True,
        validate=validate.OneOf(
            [
                "information",
                "access",
                "rectification",
                "erasure",
                "restriction",
                "portability",
                "objection",
                "withdraw_consent",
                "complaint",
                "no_automated_decision",
            ],
            error="is not one of: {choices}",
        ),
    )
    how = Text()
    evidence = evidence()


class PartySchema(Strict):
    """An organisation. Its role follows from the flows it takes part in, so it has none of its own."""

    id = Slug(required=True)
    name = Text(longest=200, required=True)
    legal_name = Text(longest=200)
    aliases = fields.List(Text(longest=200))
    established_in = fields.List(Country())
    town = Text(longest=80)
    sector = Word(Sector)
    part_of = fields.List(fields.Nested(PartOfSchema))
    certifications = fields.List(fields.Nested(CertificationSchema))
    registration = fields.Nested(RegistrationSchema)
    identifiers = fields.List(fields.Nested(IdentifierSchema))
    domains = fields.List(Domain())
    contact = Text(longest=300)
    representative = Text(longest=200)
    officer = fields.Nested(OfficerSchema)
    rights = fields.List(fields.Nested(RightSchema))
    measures = fields.List(fields.Nested(MeasureSchema))
    retention = fields.List(fields.Nested(RetentionSchema))
    address = Text(longest=300)
    mailbox = Text(longest=120)
    financial_undertaking = Flag()
    note = Text()
    evidence = evidence()


class OptionsSchema(Strict):
    """The words by which the use of a service can be told: regions and plans to choose, features to switch."""

    region = fields.List(Text(longest=60))
    plan = fields.List(Text(longest=60))
    feature = fields.List(Text(longest=60))


class TermsToolSchema(Strict):
    """A transfer tool that standard terms build in; `fallback`: only while nothing else carries."""

    tool = Reference("tools", required=True)
    fallback = Flag()


class TermsSchema(Dated):
    """The processing agreement that a provider publishes for a service (Art. 28(3)), one edition of it."""

    title = Text(longest=300, required=True)
    applies = Word(Applies, required=True)
    contract = Word(ContractKind)
    tools = fields.List(fields.Nested(TermsToolSchema))
    notice_days = fields.Integer(strict=True, validate=validate.Range(0, 3660))
    objection_days = fields.Integer(strict=True, validate=validate.Range(0, 3660))
    note = Text()
    evidence = evidence(required=False)


class FeaturesSchema(Strict):
    """Which features of a service are switched on, and which off."""

    on = fields.List(Text(longest=60))
    off = fields.List(Text(longest=60))


class UseSchema(Dated):
    """How a party uses a service: what is chosen, switched on or off, and since when the standard terms apply.

    It decides conditions (`only_if`) of what the service sends, and of the places of what is sent to it.
    """

    class Meta(Strict.Meta):
        include = {  # noqa: RUF012
            "for": OneOrMore(Reference("activities", "services")),
        }

    id = Slug(required=True)
    by = Reference("parties", required=True)
    service = Reference("services", required=True)
    region = OneOrMore(Text(longest=60))
    plan = Text(longest=60)
    features = fields.Nested(FeaturesSchema)
    terms_since = Day()
    note = Text()
    evidence = evidence()


class SubProcessorListSchema(Strict):
    """The list of sub-processors that a provider publishes for a service (Art. 28(2) and (4)).

    `scope: several` says that it is about several products together.
    """

    url = Text(longest=1000)
    date = Day()
    complete = Word(Completeness)
    scope = Word(ListScope)
    notice_days = fields.Integer(strict=True, validate=validate.Range(0, 3660))
    objection_days = fields.Integer(strict=True, validate=validate.Range(0, 3660))
    note = Text()


class ServiceRetentionSchema(RetentionSchema, Dated):
    """How long a service keeps what its customers send it, as its provider says; it may depend on the use."""

    only_if = fields.Nested(ConditionSchema)
    categories = fields.List(Reference("data_categories"))


class ServiceSchema(Strict):
    """What a party provides. Without a provider, nobody told us whose service it is."""

    id = Slug(required=True)
    name = text_in_both(200, required=True)
    provider = Reference("parties")
    aliases = fields.List(Text(longest=200))
    purpose = Text()
    sub_processor_list = fields.Nested(SubProcessorListSchema)
    options = fields.Nested(OptionsSchema)
    terms = fields.Nested(TermsSchema)
    retention = fields.List(fields.Nested(ServiceRetentionSchema))
    note = Text()
    evidence = evidence()


class IdentitySchema(Strict):
    """That two parties are one organisation, or are not; of two that are one, `party` is whose id and name stay."""

    id = Slug(required=True)
    party = Reference("parties", required=True)
    other = Reference("parties", required=True)
    verdict = Word(Sameness, required=True)
    reason = Text(required=True)
    evidence = evidence()

    @validates_schema
    def _are_two(self, entry: dict, **_: object) -> None:
        if entry["party"] == entry["other"]:
            raise ValidationError("is the party itself; name the other one", "other")
