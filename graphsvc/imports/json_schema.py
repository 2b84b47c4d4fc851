"""The JSON Schema of the document format, made from the marshmallow schemas."""

from __future__ import annotations

from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from graphsvc.imports.fields import Either, OneOrMore
from graphsvc.imports.schemas import DocumentSchema


@cache
def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a document; the parts are under `$defs`."""
    plugin = MarshmallowPlugin(_name)
    spec = APISpec("graphsvc document", "1", "3.1.0", plugins=[plugin])
    plugin.converter.add_attribute_function(_alternatives)
    spec.components.schema("Document", schema=DocumentSchema)
    parts = _moved(spec.to_dict()["components"]["schemas"])
    document = parts.pop("Document")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "graphsvc document",
        "description": "A header and sections of facts, each fact with its evidence.",
    }
    return head | document | {"$defs": parts}


def _alternatives(converter: Any, field: Any, **_: Any) -> dict[str, Any]:
    """The schema of a value that may be written in two ways."""
    if isinstance(field, Either):
        return {"anyOf": [converter.field2property(field.plain), converter.field2property(field.mapping)]}
    if isinstance(field, OneOrMore):
        return {"anyOf": [converter.field2property(field.inner), converter.field2property(field.many)]}
    return {}


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Schema")


def _moved(value: Any) -> Any:
    """The same with references that point into `$defs`."""
    if isinstance(value, dict):
        return {key: _moved(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner) for inner in value]
    return value.replace("#/components/schemas/", "#/$defs/") if isinstance(value, str) else value
