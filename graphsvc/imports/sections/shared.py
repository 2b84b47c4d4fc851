"""What several sections of a document share: names, acts, data items, tools relied on, measures."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from graphsvc.imports.fields import (
    Dated,
    Day,
    Either,
    Flag,
    OneOrMore,
    Pattern,
    Period,
    Reference,
    Strict,
    Text,
    Word,
    evidence,
)
from graphsvc.model import Covers, RetentionKind


class Name(Strict):
    """A label in English and Dutch."""

    en = Text(longest=200, required=True)
    nl = Text(longest=200, required=True)


def text_in_both(longest: int = 2000, **options: object) -> Either:
    """A text in the language of the document, or in English and Dutch."""
    return Either(Text(longest=longest), fields.Nested(Both), **options)


class Both(Strict):
    """A text in English and Dutch."""

    en = Text(required=True)
    nl = Text(required=True)


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


class AssessmentSchema(Strict):
    """A transfer impact assessment (C-311/18; EDPB Recommendations 01/2020, step 3)."""

    date = Day(required=True)
    evidence = evidence(required=False)


class AuthorisedSchema(Strict):
    """That an authority authorised a transfer tool (Art. 46(3))."""

    day = Day(required=True)
    authority = Text(longest=200, required=True)


class RelianceSchema(Dated):
    """That a transfer tool is relied on; `covered`: the source says this recipient is on the list, or is not."""

    tool = Reference("tools", required=True)
    concluded = Day()
    covered = Flag()
    transfer_impact_assessment = fields.Nested(AssessmentSchema)
    fallback = Flag()
    authorised = fields.Nested(AuthorisedSchema)
    joint_activity = Flag()
    note = Text()
    evidence = evidence(required=False)


class AssertedSchema(Strict):
    """Who says that a company is on a list, where nobody looked at the list."""

    by = Text(longest=200, required=True)
    company = Text(longest=200)
    day = Day()


class CertificationSchema(Dated):
    """That a company is, was or is not on a list: seen there on a day (`checked`), or only said so (`asserted`)."""

    tool = Reference("tools", required=True)
    checked = Day()
    found = Flag()
    asserted = fields.Nested(AssertedSchema)
    covers = OneOrMore(Word(Covers))
    concluded = Day()
    covered = Flag()
    transfer_impact_assessment = fields.Nested(AssessmentSchema)
    note = Text()
    evidence = evidence(required=False)

    @validates_schema
    def _seen_or_said(self, entry: dict, **_: object) -> None:
        if "found" in entry and "checked" not in entry:
            raise ValidationError("what was found needs the day of the look: `checked`", "found")
        if "checked" in entry and "asserted" in entry:
            raise ValidationError("who looked at the list needs nobody's word for it: two entries", "asserted")


class MeasureSchema(Strict):
    """A security measure (Art. 32)."""

    text = text_in_both(required=True)
    kind = fields.String(validate=validate.OneOf(["technical", "organisational"], error="is not one of: {choices}"))
    evidence = evidence()


class RetentionSchema(Strict):
    """How long something is kept."""

    what = text_in_both(required=True)
    kind = Word(RetentionKind, required=True)
    period = Period()
    from_event = text_in_both(300)
    evidence = evidence()

    @validates_schema
    def _exact_has_period(self, entry: dict, **_: object) -> None:
        if entry["kind"] in {RetentionKind.EXACT, RetentionKind.MAXIMUM} and "period" not in entry:
            raise ValidationError("an exact or maximum retention has a period", "period")


class ConditionSchema(Strict):
    """On what use of a service something depends; words of a key are joined by "or", keys by "and"."""

    region = OneOrMore(Text(longest=60))
    plan = OneOrMore(Text(longest=60))
    feature = OneOrMore(Text(longest=60))
    case = OneOrMore(Text(longest=60))
    text = text_in_both()

    @validates_schema
    def _has_words(self, entry: dict, **_: object) -> None:
        if not entry.keys() - {"text"}:
            raise ValidationError("a condition names a region, a plan, a feature or a case")
