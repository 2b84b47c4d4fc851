"""The list of pages that are watched: files kept here, whose they are, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from marshmallow import ValidationError, fields, validate

from graphsvc.errors import InvalidDocument
from graphsvc.imports.documents import faults_of
from graphsvc.imports.fields import Strict, Text
from graphsvc.imports.foreign.kinds import Guess, kind_of
from graphsvc.imports.foreign.settings import ImportSettings, WordMap, WordMapSchema
from graphsvc.imports.text import decode, parse

LARGEST = 1_000_000
FORMATS = ("csv", "markdown", "html", "xlsx")
"""The formats of lists; a watch compares sub-processors."""


class PageSchema(Strict):
    """One page."""

    path = Text(longest=1000, required=True)
    publisher = Text(longest=200, required=True)
    service = Text(longest=200)
    format = fields.String(validate=validate.OneOf(FORMATS))
    address = Text(longest=1000)
    map = fields.Nested(WordMapSchema)


class WatchListSchema(Strict):
    """The file that `graphsvc watch` reads."""

    pages = fields.List(fields.Nested(PageSchema), required=True, validate=validate.Length(min=1, max=1000))


@dataclass(frozen=True)
class Page:
    """A page that is watched.

    Attributes:
        path: The file it is kept in, from the folder of the list.
        publisher: Whose list it is.
        format: csv, markdown, html or xlsx; empty: by its content, with its name as a hint.
        service: The service whose list it is; empty: "<publisher> services".
        address: Where it can be had; empty: it is only kept here.
        words: What a person says of its words.
        media_type: As what it was sent, when it was fetched; empty: it was not, or nothing was said.
        encoding: In which encoding it was sent; empty likewise.
    """

    path: str
    publisher: str
    format: str = ""
    service: str = ""
    address: str = ""
    words: WordMap = field(default_factory=WordMap)
    media_type: str = ""
    encoding: str = ""

    def kind(self, content: bytes) -> Guess:
        """What its content is read as.

        Raises:
            InvalidDocument: no importer of lists reads it, or it is plainly not what the list of pages says.
        """
        return kind_of(content, self.path, self.media_type, self.format)

    def settings(self) -> ImportSettings:
        """The settings of its import."""
        given = {"publisher": self.publisher, "service": self.service, "file": self.path, "url": self.address}
        given["encoding"] = self.encoding
        return ImportSettings(words=self.words, kind="list", **given)


def read_watch_list(content: bytes, file: str | None = None) -> list[Page]:
    """Read a list of pages from YAML or JSON.

    Raises:
        InvalidDocument: with every fault of it.
    """
    data = parse(content, LARGEST, file)
    try:
        found = WatchListSchema().load(data)
    except ValidationError as error:
        faults = faults_of(error.normalized_messages(), decode(content, file), file)
        raise InvalidDocument(f"the list of pages has faults: {faults[0]}", faults) from None
    return [Page(words=WordMap(**page.pop("map", {})), **page) for page in found["pages"]]
