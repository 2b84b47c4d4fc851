"""The one document format: a header and sections of facts, each fact with its evidence.

`docs/document-format.md` explains it with examples; the JSON Schema is made from these classes.
"""

from __future__ import annotations

from enum import StrEnum

from marshmallow import ValidationError, fields, validate, validates, validates_schema

from graphsvc.imports.fields import (
    Country,
    Dated,
    Day,
    Domain,
    Flag,
    Pattern,
    Period,
    Reference,
    Slug,
    Strict,
    Text,
    Word,
    evidence,
)
from graphsvc.imports.identifiers import compact
from graphsvc.model import (
    ClaimKind,
    Completeness,
    ContractKind,
    DutyTowards,
    Reach,
    RegimeKind,
    RetentionKind,
    Role,
    Sameness,
    Scheme,
    Sector,
    Severity,
    Shortfall,
    SourceKind,
    ToolKind,
)


class ActsAs(StrEnum):
    """In which capacity a party carries out an activity: Art. 30(1) or Art. 30(2)."""

    CONTROLLER = "controller"
    PROCESSOR = "processor"


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


class SourceSchema(Strict):
    """A document that facts come from."""

    id = Slug(required=True)
    title = Text(longest=300, required=True)
    publisher = Text(longest=200, required=True)
    kind = Word(SourceKind)
    version = Text(longest=80)
    date = Day()
    read_on = Day()
    url = Text(longest=1000)
    note = Text()


class TermSchema(Strict):
    """A word of the vocabulary, with its place in the order and its W3C DPV identifier."""

    id = Slug(required=True)
    name = fields.Nested(Name, required=True)
    dpv = Text(longest=120)
    article = Text(longest=80)
    note = Text()
    evidence = evidence()


class DataCategorySchema(TermSchema):
    """A category of personal data; `special` marks Art. 9(1), `criminal` Art. 10."""

    broader = fields.List(Reference("data_categories"))
    special = Flag()
    criminal = Flag()


class SubjectCategorySchema(TermSchema):
    """A category of data subjects; `vulnerable` as in WP 248 rev.01."""

    broader = fields.List(Reference("subject_categories"))
    vulnerable = Flag()


class PurposeSchema(TermSchema):
    """A purpose."""

    broader = fields.List(Reference("purposes"))


class LegalBasisSchema(TermSchema):
    """A legal basis of Art. 6(1), or a condition of Art. 9(2)."""


class CountrySchema(Strict):
    """A place the law table speaks of; codes that people use for it are its aliases."""

    id = Country(required=True)
    name = Text(longest=120, required=True)
    aliases = fields.List(Text(longest=20))
    note = Text()
    evidence = evidence()


class RegimeSchema(Dated):
    """What the law says of a country from a day until a day (the last one included)."""

    id = Slug(required=True)
    country = Country(required=True)
    kind = Word(RegimeKind, required=True)
    scope = Text(longest=300)
    reach = Word(Reach)
    sectors = fields.List(Word(Sector))
    excluded_sectors = fields.List(Word(Sector))
    listing = Reference("tools")
    act = fields.Nested(ActSchema, required=True)
    valid_from = Day(required=True)
    ended_by = fields.Nested(ActSchema)
    note = Text()
    evidence = evidence()

    @validates_schema
    def _listing_named(self, entry: dict, **_: object) -> None:
        if entry.get("reach") == Reach.LISTED and "listing" not in entry:
            raise ValidationError("a decision that covers only who is listed names the list", "listing")


class ToolSchema(Dated):
    """A transfer tool: the days it can be relied on and the role pairs it fits."""

    id = Slug(required=True)
    name = Text(longest=200, required=True)
    kind = Word(ToolKind, required=True)
    article = Text(longest=120, required=True)
    role_pairs = fields.List(fields.String(validate=Pattern(r"^[CPA]2[CPA]$", error="a pair is like C2P")))
    act = fields.Nested(ActSchema, required=True)
    new_until = Day()
    assessment_from = Day()
    ended_by = fields.Nested(ActSchema)
    note = Text()
    evidence = evidence()


class EventSchema(Strict):
    """A day on which the law changed or may change."""

    id = Slug(required=True)
    date = Day(required=True)
    title = Text(longest=300, required=True)
    act = fields.Nested(ActSchema)
    evidence = evidence()


class DutySchema(Dated):
    """That somebody has to tell somebody else when something happened, and by when."""

    id = Slug(required=True)
    article = Text(longest=120, required=True)
    name = Text(longest=300, required=True)
    who = Word(ActsAs, required=True)
    whom = Word(DutyTowards, required=True)
    within = Period()
    clock = Text(longest=300, required=True)
    condition = Text()
    act = fields.Nested(ActSchema, required=True)
    valid_from = Day(required=True)
    note = Text()
    evidence = evidence()


class RequirementSchema(Dated):
    """That something has to be said, recorded or arranged, since a day; the weight is our own judgment."""

    id = Slug(required=True)
    kind = Word(Shortfall, required=True)
    who = Word(ActsAs, required=True)
    article = Text(longest=120, required=True)
    weight = fields.Integer(strict=True, required=True, validate=validate.Range(1, 5))
    act = fields.Nested(ActSchema, required=True)
    valid_from = Day(required=True)
    note = Text()
    evidence = evidence()


class PartOfSchema(Dated):
    """Membership of a group."""

    party = Reference("parties", required=True)
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


class MeasureSchema(Strict):
    """A security measure (Art. 32)."""

    text = Text(required=True)
    kind = fields.String(validate=validate.OneOf(["technical", "organisational"], error="is not one of: {choices}"))
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
    certifications = fields.List(fields.Nested(RelianceSchema))
    registration = fields.Nested(RegistrationSchema)
    identifiers = fields.List(fields.Nested(IdentifierSchema))
    domains = fields.List(Domain())
    contact = Text(longest=300)
    representative = Text(longest=200)
    officer = fields.Nested(OfficerSchema)
    rights = fields.List(fields.Nested(RightSchema))
    measures = fields.List(fields.Nested(MeasureSchema))
    note = Text()
    evidence = evidence()


class SubProcessorListSchema(Strict):
    """The list of sub-processors that a provider publishes for a service (Art. 28(2) and (4))."""

    url = Text(longest=1000)
    date = Day()
    complete = Word(Completeness)
    notice_days = fields.Integer(strict=True, validate=validate.Range(0, 3660))
    objection_days = fields.Integer(strict=True, validate=validate.Range(0, 3660))
    note = Text()


class ServiceSchema(Strict):
    """What a party provides. Without a provider, nobody told us whose service it is."""

    id = Slug(required=True)
    name = Text(longest=200, required=True)
    provider = Reference("parties")
    aliases = fields.List(Text(longest=200))
    purpose = Text()
    sub_processor_list = fields.Nested(SubProcessorListSchema)
    note = Text()
    evidence = evidence()


class LegalGroundSchema(Strict):
    """The legal basis that an activity rests on."""

    id = Reference("legal_bases", required=True)
    evidence = evidence(required=False)


class RetentionSchema(Strict):
    """How long something is kept."""

    what = Text(required=True)
    kind = Word(RetentionKind, required=True)
    period = Period()
    from_event = Text(longest=300)
    evidence = evidence()

    @validates_schema
    def _exact_has_period(self, entry: dict, **_: object) -> None:
        if entry["kind"] in {RetentionKind.EXACT, RetentionKind.MAXIMUM} and "period" not in entry:
            raise ValidationError("an exact or maximum retention has a period", "period")


class ActivitySchema(Dated):
    """A processing activity: one row of an Art. 30 record."""

    id = Slug(required=True)
    name = Text(longest=200, required=True)
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
    places = fields.List(Country(open_place=True))
    seat_access = Flag()
    tools = fields.List(fields.Nested(RelianceSchema))
    contract = fields.Nested(ContractSchema)
    purpose = Text()
    condition = Text()
    announced = Day()
    note = Text()
    evidence = evidence()


class CheckSchema(Strict):
    """A claim in a form that a machine can hold against the facts."""

    kind = Word(ClaimKind, required=True)
    countries = fields.List(Country())
    parties = fields.List(Reference("parties"))
    services = fields.List(Reference("services"))
    tool = Reference("tools")
    purposes = fields.List(Reference("purposes"))
    categories = fields.List(Reference("data_categories"))
    activities = fields.List(Reference("activities"))
    period = Period()


class ClaimSchema(Dated):
    """Something a controller says in public about its flows, in our own words."""

    id = Slug(required=True)
    party = Reference("parties", required=True)
    text = Text(required=True)
    check = fields.Nested(CheckSchema)
    evidence = evidence()


class RemarkSchema(Strict):
    """Something a reader noticed that no machine can judge, with its places on both sides."""

    id = Slug(required=True)
    party = Reference("parties", required=True)
    text = Text(required=True)
    severity = Word(Severity, required=True)
    claims = fields.List(Reference("claims"))
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


class HeaderSchema(Strict):
    """What the document is."""

    id = Slug(required=True)
    title = Text(longest=300, required=True)
    version = Text(longest=80)
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
    claims = fields.List(fields.Nested(ClaimSchema))
    remarks = fields.List(fields.Nested(RemarkSchema))
    identities = fields.List(fields.Nested(IdentitySchema))


SECTIONS = tuple(name for name in DocumentSchema().fields if name != "document")
"""Names of the sections, those that others refer to first."""
