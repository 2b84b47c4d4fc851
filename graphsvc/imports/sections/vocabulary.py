"""The sections of a document with sources and words: categories of data and of people, purposes, legal bases."""

from __future__ import annotations

from marshmallow import fields

from graphsvc.imports.fields import Day, Flag, Reference, Slug, Strict, Text, Word, evidence
from graphsvc.imports.sections.shared import Name
from graphsvc.model import MayBe, SourceKind


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
    """A category of personal data; `special` marks Art. 9(1), `criminal` Art. 10; `may_be` what may hold anything."""

    broader = fields.List(Reference("data_categories"))
    special = Flag()
    criminal = Flag()
    may_be = fields.List(Word(MayBe))


class SubjectCategorySchema(TermSchema):
    """A category of data subjects; `vulnerable` as in WP 248 rev.01, `employment` of people at work."""

    broader = fields.List(Reference("subject_categories"))
    vulnerable = Flag()
    employment = Flag()


class PurposeSchema(TermSchema):
    """A purpose."""

    broader = fields.List(Reference("purposes"))


class LegalBasisSchema(TermSchema):
    """A legal basis of Art. 6(1), or a condition of Art. 9(2)."""
