"""The sections of a document with rows of law: countries, regimes, tools, events, duties, requirements."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from graphsvc.imports.fields import Country, Dated, Day, Pattern, Period, Reference, Slug, Strict, Text, Word, evidence
from graphsvc.imports.sections.processing import ActsAs
from graphsvc.imports.sections.shared import ActSchema
from graphsvc.model import DutyTowards, Reach, RegimeKind, Sector, Shortfall, ToolKind, ToolKnown


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

    @validates_schema
    def _doubt_named(self, entry: dict, **_: object) -> None:
        if entry["kind"] == RegimeKind.UNSETTLED and "note" not in entry:
            raise ValidationError("a place that is unsettled needs a note that says what the doubt is", "note")


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
    known = Word(ToolKnown)
    known_on = Day()
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
