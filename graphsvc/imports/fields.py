"""The kinds of value a document is made of: slugs, days, words from a list, texts, evidence."""

from __future__ import annotations

import datetime
import re
from enum import StrEnum

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from graphsvc.imports.countries import meant
from graphsvc.imports.identifiers import domain_of
from graphsvc.model import Basis

SLUG = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
LONGEST_ID = 120
SLUG_HINT = f"an id is made of small letters, digits, hyphens and dots, at most {LONGEST_ID} of them, like 'jira-cloud'"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Pattern(validate.Regexp):
    """A pattern for the whole of a text; `$` alone would let a line end through at the end."""

    def __call__(self, value: str) -> str:
        if not self.regex.fullmatch(value):
            raise ValidationError(self._format_error(value))
        return value


class CountryCode(Pattern):
    """The pattern of a country code; its fault names the code that was meant, where that can be told."""

    def __call__(self, value: str) -> str:
        try:
            return super().__call__(value)
        except ValidationError as error:
            raise ValidationError(f"{error.messages[0]}{meant(value)}") from None


class Flag(fields.Boolean):
    """True or false, and no other word for them: what is kept is what was written."""

    default_error_messages = {"invalid": "true or false was expected here"}  # noqa: RUF012

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Slug(fields.String):
    """An id that a person can read; it never changes."""

    def __init__(self, **options: object) -> None:
        rules = [Pattern(SLUG, error=SLUG_HINT), validate.Length(max=LONGEST_ID, error=SLUG_HINT)]
        super().__init__(validate=rules, **options)


class Reference(Slug):
    """The id of something else; `kinds` says what it may be. Checked against the document and the register.

    Args:
        kinds: Names of document sections, such as "parties"; the id has to be in one of them.
    """

    def __init__(self, *kinds: str, **options: object) -> None:
        self.kinds = kinds
        super().__init__(**options)


class Country(Reference):
    """A country code (ISO 3166-1 alpha-2), or another place that the law table knows, such as EEA.

    With `open_place`, the word `unknown` stands for a place that is not known.
    """

    def __init__(self, open_place: bool = False, **options: object) -> None:
        super().__init__("countries", **options)
        self.open_place = open_place
        pattern = r"^[A-Z]{2,3}(-[A-Z]{2,3})?$" + ("|^unknown$" if open_place else "")
        self.validators = [CountryCode(pattern, error="a country is its ISO 3166-1 alpha-2 code in capitals, like NL")]


class Day(fields.String):
    """A day as ISO 8601 writes it, like 2018-05-25. Kept as text: it sorts, and both engines agree on it."""

    default_error_messages = {"day": "a day is written like 2018-05-25, and has to exist"}  # noqa: RUF012

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> str:
        text = super()._deserialize(value, attr, data, **options)
        try:
            datetime.date.fromisoformat(text)
        except ValueError:
            raise self.make_error("day") from None
        if not _DAY.fullmatch(text):
            raise self.make_error("day")
        return text


class Text(fields.String):
    """A line or a few sentences in own words."""

    def __init__(self, longest: int = 2000, **options: object) -> None:
        super().__init__(validate=validate.Length(min=1, max=longest), **options)


class Domain(Text):
    """A web domain, like example.com."""

    def __init__(self, **options: object) -> None:
        super().__init__(longest=300, **options)
        self.validators.append(_is_domain)


def _is_domain(value: str) -> None:
    try:
        domain_of(value)
    except ValueError as problem:
        raise ValidationError(str(problem)) from None


class Word(fields.String):
    """One word of a closed list (an enum of the model)."""

    def __init__(self, words: type[StrEnum], **options: object) -> None:
        known = [word.value for word in words]
        super().__init__(
            validate=validate.OneOf(known, error="is not one of: " + ", ".join(known)),
            **options,
        )


class Either(fields.Field):
    """A value that may be written plainly or, to say more, as a mapping (one field of the schema for each)."""

    def __init__(self, plain: fields.Field, mapping: fields.Nested, **options: object) -> None:
        """Prepare.

        Args:
            plain: What reads a value that is no mapping.
            mapping: What reads a mapping.
        """
        super().__init__(**options)
        self.plain, self.mapping = plain, mapping

    def chosen(self, value: object) -> fields.Field:
        """The field that reads a value."""
        return self.mapping if isinstance(value, dict) else self.plain

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> object:
        return self.chosen(value).deserialize(value, attr, data, **options)


class OneOrMore(fields.Field):
    """A list of values; a single one may stand without a list."""

    def __init__(self, inner: fields.Field, **options: object) -> None:
        super().__init__(**options)
        self.inner = inner
        self.many = fields.List(inner, validate=validate.Length(min=1, error="leave it out, or list something"))

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> object:
        chosen = self.many if isinstance(value, list) else self.inner
        return chosen.deserialize(value, attr, data, **options)


class Period(fields.String):
    """A length of time as ISO 8601 writes it, like P26M or P10D."""

    def __init__(self, **options: object) -> None:
        number = "[0-9]{1,6}"
        rule = Pattern(
            rf"^P(?=[0-9]|T)({number}Y)?({number}M)?({number}W)?({number}D)?"
            rf"(T(?=[0-9])({number}H)?({number}M)?({number}S)?)?$",
            error="a period is written as ISO 8601 does, like P26M, P10D or P5Y",
        )
        super().__init__(validate=rule, **options)


class Strict(Schema):
    """A schema that refuses keys it does not know, and refuses `valid_until` before `valid_from`."""

    class Meta:
        unknown = RAISE

    error_messages = {  # noqa: RUF012
        "unknown": "there is no such key here",
        "type": "a mapping (key: value) was expected here",
    }


class Dated(Strict):
    """Something that holds from a day until a day, both included; an absent day means open."""

    valid_from = Day()
    valid_until = Day()

    @validates_schema(skip_on_field_errors=False)
    def _ends_after_it_begins(self, entry: dict, **_: object) -> None:
        start, end = entry.get("valid_from"), entry.get("valid_until")
        if isinstance(start, str) and isinstance(end, str) and end < start:
            raise ValidationError(f"ends on {end}, before it begins on {start}", "valid_until")


class EvidenceSchema(Strict):
    """Where a fact comes from: the source, the place in it, and how directly it says so."""

    class Meta(Strict.Meta):
        include = {  # noqa: RUF012
            "for": fields.List(
                fields.String(),
                metadata={"description": "Keys of this entry that this evidence is about; absent: all of it."},
            )
        }

    source = Reference("sources", required=True)
    locator = Text(longest=300, required=True)
    basis = Word(Basis, required=True)
    note = Text()


def evidence(required: bool = True) -> fields.List:
    """The list of evidence that every fact carries."""
    options = {"required": True} if required else {}
    return fields.List(
        fields.Nested(EvidenceSchema), validate=validate.Length(min=1, error="a fact needs a source"), **options
    )
