"""What whoever imports a file says besides the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from marshmallow import ValidationError, fields, validate

from graphsvc.errors import InvalidDocument
from graphsvc.imports.documents import faults_of
from graphsvc.imports.fields import Slug, Strict, Text
from graphsvc.imports.foreign.clean import plain_file_name, tidy
from graphsvc.imports.text import decode, parse
from graphsvc.model import Basis, Day

LARGEST_MAPPING = 1_000_000


@dataclass(frozen=True)
class WordMap:
    """What a person says of the words in a file.

    Attributes:
        columns: By header (or number of the column, from 1): the field it is, or `ignore`.
        names: By a name as it is written: the id of the party it stands for.
        services: By a name as it is written: the id of the service it stands for.
        day_order: Whether 03/04/2024 is in April (`day` first) or in March (`month` first); empty: by the file.
        header: Line or row of the headers; None: found by their words.
        sheet: Name of the sheet of a spreadsheet; empty: the first one that can be seen.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    day_order: str = ""
    header: int | None = None
    sheet: str = ""


class WordMapSchema(Strict):
    """The file that `--map` names."""

    columns = fields.Dict(keys=fields.String(), values=fields.String())
    names = fields.Dict(keys=fields.String(), values=Slug())
    services = fields.Dict(keys=fields.String(), values=Slug())
    day_order = fields.String(validate=validate.OneOf(["day", "month"]))
    header = fields.Integer(strict=True, validate=validate.Range(1, 1000))
    sheet = Text(longest=200)


def read_word_map(content: bytes, file: str | None = None) -> WordMap:
    """Read a mapping from YAML or JSON.

    Raises:
        InvalidDocument: with every fault of it.
    """
    data = parse(content, LARGEST_MAPPING, file) if content.strip() else {}
    try:
        return WordMap(**WordMapSchema().load(data))
    except ValidationError as error:
        faults = faults_of(error.normalized_messages(), decode(content, file), file)
        raise InvalidDocument(f"the mapping has faults: {faults[0]}", faults) from None


@dataclass(frozen=True)
class ImportSettings:
    """The settings of one import; the publisher is all that a list needs.

    Attributes:
        publisher: Name (or id) of who publishes the list or answers for the register.
        service: Name or id of the service whose list it is; empty: "<publisher> services".
        date: The day of the file; None: the day that the file gives.
        file: Name of the file.
        url: Where the file was had.
        title: Title of the source; empty: made of publisher and file.
        basis: How directly the file says what it says; None: a published list is a `public_list`, the rest `stated`.
        kind: `list` (of sub-processors), `record` (of processing activities), or empty: by the columns.
        words: What a person says of the words in the file.
        encoding: As which the file was sent; empty: nothing was said.
    """

    publisher: str = ""
    service: str = ""
    date: Day | None = None
    file: str = ""
    url: str = ""
    title: str = ""
    basis: Basis | None = None
    kind: str = ""
    words: WordMap = field(default_factory=WordMap)
    encoding: str = ""

    def tidied(self) -> ImportSettings:
        """The same, fit to stand in a document: no characters that cannot be seen, no path before the file's name."""
        texts = {key: tidy(getattr(self, key)) for key in ("publisher", "service", "url", "title")}
        return replace(self, file=plain_file_name(self.file), **texts)
