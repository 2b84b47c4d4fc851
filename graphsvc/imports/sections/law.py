"""The sections of a document with rows of law: countries, regimes, tools, events, duties, requirements."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from graphsvc.imports.fields import (
    Country,
    Dated,
    Day,
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
from graphsvc.imports.sections.processing import ActsAs
from graphsvc.imports.sections.shared import ActSchema
from graphsvc.model import (
    DerogationPaper,
    DutyAbout,
    DutyTowards,
    EventState,
    ExceptFor,
    Reach,
    RegimeKind,
    Sector,
    Shortfall,
    ToolKind,
    ToolKnown,
)


def _pairs() -> fields.List:
    return fields.List(fields.String(validate=Pattern(r"^[CPA]2[CPA]$", error="a pair is like C2P")))


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
    purpose_sectors = fields.List(Word(Sector))
    purpose_note = Text()
    ineligible_sectors = fields.List(Word(Sector))
    ineligible_note = Text()
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

    @validates_schema
    def _sectors_explained(self, entry: dict, **_: object) -> None:
        if "purpose_sectors" in entry and "purpose_note" not in entry:
            raise ValidationError("say which purposes decide for these sectors", "purpose_note")
        if "ineligible_sectors" in entry and "ineligible_note" not in entry:
            raise ValidationError("say why these sectors cannot be on the list", "ineligible_note")
        if "ineligible_sectors" in entry and entry.get("reach") != Reach.LISTED:
            raise ValidationError("only a decision with a list has sectors that cannot be on it", "ineligible_sectors")


class ToolSchema(Dated):
    """A transfer tool: the days it can be relied on and the role pairs it fits."""

    id = Slug(required=True)
    name = Text(longest=200, required=True)
    kind = Word(ToolKind, required=True)
    article = Text(longest=120, required=True)
    role_pairs = _pairs()
    act = fields.Nested(ActSchema, required=True)
    new_until = Day()
    assessment_from = Day()
    ended_by = fields.Nested(ActSchema)
    known = Word(ToolKnown)
    known_on = Day()
    law_of = Country()
    reaches = fields.List(Country())
    needs_authorisation = Flag()
    group_pairs = _pairs()
    doubt_pairs = _pairs()
    doubt = Text()
    importer_not_under_gdpr = Flag()
    importer_article = Text(longest=120)
    occasional = Flag()
    not_for_public_powers = Flag()
    papers = fields.List(Word(DerogationPaper))
    hr_separate = Flag()
    hr_article = Text(longest=120)
    note = Text()
    evidence = evidence()

    @validates_schema
    def _explained(self, entry: dict, **_: object) -> None:
        for key, reason in _EXPLAINED_BY.items():
            if entry.get(key) and reason not in entry:
                raise ValidationError(f"belongs to {key!r} and is missing", reason)


_EXPLAINED_BY = {
    "known": "known_on",
    "doubt_pairs": "doubt",
    "importer_not_under_gdpr": "importer_article",
    "hr_separate": "hr_article",
}
"""Keys of a tool that need another key, which says why or since when."""


class EventSchema(Strict):
    """A day on which the law changed or may change."""

    id = Slug(required=True)
    date = Day(required=True)
    title = Text(longest=300, required=True)
    act = fields.Nested(ActSchema)
    state = Word(EventState)
    read_on = Day()
    note = Text()
    evidence = evidence()

    @validates_schema
    def _state_read(self, entry: dict, **_: object) -> None:
        if "state" in entry and "read_on" not in entry:
            raise ValidationError("a state is that of a day: the day on which it was read", "read_on")


class DutyExceptionSchema(Dated):
    """That a national law takes somebody out of a duty."""

    of = Word(ExceptFor, required=True)
    applies_in = Country(required=True)
    article = Text(longest=120, required=True)
    act = fields.Nested(ActSchema, required=True)
    valid_from = Day(required=True)
    note = Text()
    evidence = evidence()


class DutyDetailSchema(Strict):
    """What the law says beside a duty: what a notice says, in which steps, what is kept, who is competent."""

    about = Word(DutyAbout, required=True)
    article = Text(longest=120, required=True)
    text = Text(longest=500, required=True)


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
    applies_in = Country()
    exceptions = fields.List(fields.Nested(DutyExceptionSchema))
    details = fields.List(fields.Nested(DutyDetailSchema))
    note = Text()
    evidence = evidence()


class RequirementSchema(Dated):
    """That something has to be said, recorded or arranged, since a day; the weight is our own judgment."""

    id = Slug(required=True)
    kind = Word(Shortfall)
    name = Text(longest=300)
    who = Word(ActsAs, required=True)
    article = Text(longest=120, required=True)
    weight = fields.Integer(strict=True, required=True, validate=validate.Range(1, 5))
    act = fields.Nested(ActSchema, required=True)
    valid_from = Day(required=True)
    applies_in = Country()
    note = Text()
    evidence = evidence()

    @validates_schema
    def _named(self, entry: dict, **_: object) -> None:
        if "kind" not in entry and "name" not in entry:
            raise ValidationError("without a kind of gap, say in a sentence what is asked", "name")
