"""A document as it was read and held against the schema: its entries, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from marshmallow import ValidationError, fields

from graphsvc.errors import Fault, InvalidDocument
from graphsvc.imports.entry import Entry
from graphsvc.imports.original import Original
from graphsvc.imports.schemas import SECTIONS, DocumentSchema
from graphsvc.imports.text import line_of, parse
from graphsvc.imports.yaml_text import step

SHARED = frozenset({"sources", "parties", "services"})
"""Sections whose entries several documents may state, as long as they do not contradict each other."""
ONE_NAMESPACE = (("activities", "services"),)
"""Sections that share their ids, since a flow may start at either."""
BATCH = 1_000
"""Entries that are held against the schema at a time."""


@dataclass(frozen=True)
class Document:
    """One document as it was read.

    Attributes:
        id: Slug from its header.
        title: Title from its header.
        original: The text as given; it is kept whole.
        faults: What is wrong with it so far.
        file: Name of the file it came from.
    """

    id: str
    title: str
    original: Original
    faults: tuple[Fault, ...] = ()
    file: str | None = None

    @cached_property
    def body(self) -> Mapping[str, Any]:
        """What it says: the header, and the entries of each section; checked by the schema when `faults` is empty."""
        return read_entries(self.original.content)

    def let_go(self) -> None:
        """Forget what it says: for a while nobody asks; then it is read again."""
        vars(self).pop("body", None)

    @property
    def hash(self) -> str:
        """SHA-256 of the text."""
        return self.original.hash

    def entries(self, section: str) -> list[Entry]:
        """The entries of one section; empty when it is not a list."""
        return listed(self.body.get(section))

    def fault(self, path: str, message: str) -> Fault:
        """A fault of this document, with the line where that can be found."""
        return Fault(path, message, self.file, self.original.line_of(path))


def read_document(content: bytes, limit: int, file: str | None = None) -> Document:
    """Read a document and hold it against the schema; its faults are kept, not raised.

    Raises:
        DocumentTooLarge: over the limit of bytes.
        InvalidDocument: the text is not UTF-8, or neither YAML nor JSON.
    """
    data = parse(content, limit, file, Entry.of)
    original = Original.of(content)
    header = data.get("document")
    header = header if isinstance(header, dict) else {}
    problems = _problems(data)
    faults = faults_of(problems, original.text, file) if problems else ()
    document = Document(str(header.get("id", "")), str(header.get("title", "")), original, faults, file)
    vars(document)["body"] = data
    return document


def read_entries(content: bytes) -> dict[str, Any]:
    """The body of a document that was read before without a fault in its text."""
    return parse(content, len(content), keep=Entry.of)


def faults_of(problems: dict[str, Any], text: str, file: str | None = None, around: str = "") -> tuple[Fault, ...]:
    """What marshmallow says against values, as faults in the order of their places.

    Args:
        problems: Its messages, by key and number.
        text: The text that the values come from, to find lines in.
        file: Name of the file.
        around: JSON Pointer to what the values are in.
    """
    found = sorted(_flatten(problems, around), key=_in_order)
    return tuple(Fault(path, PLAINER.get(message, message), file, line_of(text, path)) for path, message in found)


def _problems(data: dict[str, Any]) -> dict[str, Any]:
    """What the schema says against the data: of the frame, then of the entries, some at a time.

    What the schema makes of the data is not needed, and all of it at once would take as much memory again.
    """
    frame = {key: [] if listed(value) else value for key, value in data.items()}
    problems = _said_against(DocumentSchema().load, frame)
    for section, field in section_fields().items():
        entries = listed(data.get(section))
        found: dict[int, Any] = {}
        for start in range(0, len(entries), BATCH):
            said = _said_against(field.deserialize, [entry.value for entry in entries[start : start + BATCH]])
            found |= {start + place: messages for place, messages in said.items()}
        if found:
            problems[section] = found
    return problems


def _said_against(load: Callable[[Any], object], value: Any) -> dict:
    try:
        load(value)
    except ValidationError as error:
        return error.normalized_messages()
    return {}


def _flatten(messages: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, below in messages.items():
            yield from _flatten(below, path if key == "_schema" else f"{path}/{step(key)}")
    elif isinstance(messages, list):
        for below in messages:
            yield from _flatten(below, path)
    else:
        yield path, str(messages)


def _in_order(fault: tuple[str, str]) -> tuple[list[tuple[int, str]], str]:
    """Sorts faults by their places: the tenth entry comes after the ninth."""
    path, message = fault
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in path.split("/")], message


PLAINER = {
    "Missing data for required field.": "is missing, and has to be there",
    "Field may not be null.": "is empty; leave the key out when there is nothing to say",
    "Not a valid list.": "a list was expected here, each entry behind a hyphen",
    "Not a valid string.": 'a text was expected here; a number or a word like true becomes one in quotes, like "1.10"',
    "Not a valid integer.": "a whole number was expected here",
}
"""What marshmallow says, in words for whoever edits a document."""


@cache
def section_fields() -> dict[str, fields.List]:
    """The field of the schema for each section."""
    return {name: field for name, field in DocumentSchema().fields.items() if name in SECTIONS}


def listed(value: Any) -> list:
    """A list as it is; of anything else, nothing."""
    return value if isinstance(value, list) else []


def refuse(faults: Iterable[Fault]) -> None:
    """Raise when there are faults; the error carries every one of them.

    Raises:
        InvalidDocument: with all faults, in the order of file and place.
    """
    found = tuple(faults)
    if found:
        word = "fault" if len(found) == 1 else "faults"
        raise InvalidDocument(f"{len(found)} {word}; nothing was loaded", found)
