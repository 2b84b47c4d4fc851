"""The sections of a document with what controllers say in public, and what readers noticed."""

from __future__ import annotations

from marshmallow import fields

from graphsvc.imports.fields import Country, Dated, Period, Reference, Slug, Strict, Text, Word, evidence
from graphsvc.model import ClaimKind, Severity


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
