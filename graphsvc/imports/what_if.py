"""A what-if as it is written, in a file or in the body of a request: a name, a day, controllers and changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields, validate

from graphsvc.errors import Fault, InvalidDocument, InvalidQuestion
from graphsvc.imports.changes import ChangeField
from graphsvc.imports.documents import faults_of
from graphsvc.imports.fields import Day, Strict, Text
from graphsvc.imports.text import decode, line_of, values
from graphsvc.model import Day as DayText
from graphsvc.model.changes import Change

MOST_CHANGES = 100
"""Each change is held against the one before it, so a hundred of them cost a hundred answers."""
MOST_CONTROLLERS = 100
"""Each is looked up by its id; who asks about more leaves them out and asks about all."""
ROOT = "what_if"
"""The one key of a file."""


class OneOrMore(fields.List):
    """A list; one thing alone need not be in brackets."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        found = super()._deserialize([value] if isinstance(value, str) else value, attr, data, **options)
        if not found:
            raise ValidationError("is empty; leave it out to ask about everybody")
        return found


class WhatIfSchema(Strict):
    """What if these changes were made?"""

    name = Text(longest=200)
    on = Day()
    controller = OneOrMore(
        fields.String(),
        validate=validate.Length(max=MOST_CONTROLLERS, error=f"more than {MOST_CONTROLLERS} controllers at once"),
    )
    changes = fields.List(
        ChangeField(),
        required=True,
        validate=validate.Length(max=MOST_CHANGES, error=f"more than {MOST_CHANGES} changes at once"),
    )


@dataclass(frozen=True)
class Origin:
    """Where a what-if is written, to say where its faults are.

    Attributes:
        text: The text; empty: it was put together.
        file: Name of the file; None: there is none.
        around: JSON Pointer to the what-if in the text.
    """

    text: str = ""
    file: str | None = None
    around: str = ""

    def fault(self, path: str, message: str) -> Fault:
        """A fault at a place in the what-if."""
        whole = f"{self.around}{path}"
        return Fault(whole, message, self.file, line_of(self.text, whole) if self.text else None)


@dataclass(frozen=True)
class Written:
    """A what-if as far as it can be read.

    Attributes:
        name: What it is called; None: nothing.
        on: The day; None: none is written.
        controllers: Ids of controllers; empty: none is written.
        changes: The changes in their order; None for one that cannot be read.
        faults: What is wrong with it.
        origin: Where it is written.
        body: What was written.
    """

    name: str | None
    on: DayText | None
    controllers: tuple[str, ...]
    changes: tuple[Change | None, ...]
    faults: tuple[Fault, ...]
    origin: Origin
    body: dict[str, Any]


LARGEST = 1024 * 1024
"""Bytes that a what-if may have: many times what a hundred changes take."""


def read_what_if(content: bytes, limit: int, file: str | None = None) -> Written:
    """Read a what-if from YAML or JSON; what is wrong with its parts is kept, not raised.

    Args:
        content: The bytes: `{what_if: {name, on, controller, changes}}`, or what is in there alone.
        limit: Largest size accepted, in bytes.
        file: Name to use in faults.

    Raises:
        DocumentTooLarge: over the limit.
        InvalidQuestion: neither YAML nor JSON, or not a mapping.
    """
    try:
        body = values(content, limit, file)
        text = decode(content, file)
    except InvalidDocument as error:
        raise InvalidQuestion(str(error), error.faults) from None
    around = ""
    if isinstance(body, dict) and body.keys() == {ROOT}:
        body, around = body[ROOT], f"/{ROOT}"
    return written(body, Origin(text, file, around))


def written(body: Any, origin: Origin) -> Written:
    """A what-if from plain values.

    Raises:
        InvalidQuestion: not a mapping.
    """
    if not isinstance(body, dict):
        fault = origin.fault("", "a what-if is a mapping with `changes`, and perhaps `name`, `on` and `controller`")
        raise InvalidQuestion(str(fault), (fault,))
    problems: dict[str, Any] = {}
    try:
        found = WhatIfSchema().load(body)
    except ValidationError as error:
        problems = error.normalized_messages()
        found = error.valid_data if isinstance(error.valid_data, dict) else {}
    faults = faults_of(problems, origin.text, origin.file, origin.around)
    changes = body["changes"] if isinstance(body.get("changes"), list) else []
    # Of too many, none is looked at: that alone would cost as much as an answer.
    readable = tuple(map(_readable, changes)) if len(changes) <= MOST_CHANGES else ()
    controllers = tuple(found.get("controller", ()))
    return Written(found.get("name"), found.get("on"), controllers, readable, faults, origin, body)


def _readable(entry: Any) -> Change | None:
    """A change, or None where there is a fault in it: so that the others keep their places."""
    try:
        return ChangeField().deserialize(entry)
    except ValidationError:
        return None
