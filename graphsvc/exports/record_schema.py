"""The JSON Schemas of the records of Art. 30."""

from __future__ import annotations

from typing import Any

Plain = dict[str, Any]
_TEXT = {"type": "string"}
_OR_NULL = {"type": ["string", "null"]}
_BASIS = {"enum": ["stated", "public_list", "inferred", "assumed"]}
_THING = {"type": "object", "required": ["id", "name"], "properties": {"id": _TEXT, "name": _TEXT}}
_MEASURES = {
    "type": "array",
    "items": {"type": "object", "required": ["text", "kind", "basis"], "properties": {"text": _TEXT, "basis": _BASIS}},
}
_WHO = {
    "type": "object",
    "required": ["id", "name", "legal_name", "established_in", "contact", "representative", "officer", "measures"],
    "properties": {
        "established_in": {"type": "array", "items": _TEXT},
        "contact": _OR_NULL,
        "representative": _OR_NULL,
        "officer": {"type": ["boolean", "null"]},
        "measures": _MEASURES,
    },
}
_DATA = {"type": "array", "items": {"type": "object", "required": ["subject", "category"]}}
_RECIPIENTS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["flow", "service", "party", "role", "countries", "contract", "depth", "basis"],
        "properties": {"service": _THING, "party": _THING, "depth": {"type": "integer", "minimum": 1}, "basis": _BASIS},
    },
}
_TRANSFERS = {"type": "array", "items": {"type": "object", "required": ["status", "country", "chain", "basis"]}}
_COMMON = {
    "data": _DATA,
    "recipients": _RECIPIENTS,
    "transfers": _TRANSFERS,
    "measures": _MEASURES,
    "gaps": {"type": "array", "items": {"type": "object", "required": ["kind", "what", "article"]}},
    "basis": _BASIS,
    "sources": {"type": "array", "items": {"type": "object", "required": ["source", "locator", "basis"]}},
}


def _schema(export: str, party: str, item: Plain) -> Plain:
    properties = _COMMON | item
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["export", "on", "law", "revision", "language", party, "total", "items"],
        "properties": {
            "export": {"const": export},
            "on": {"type": "string", "format": "date"},
            "law": _TEXT,
            "revision": {"type": "integer"},
            "language": {"enum": ["en", "nl"]},
            party: {"anyOf": [_WHO, {"type": "null"}]},
            "total": {"type": "integer", "minimum": 0},
            "items": {
                "type": "array",
                "items": {"type": "object", "required": [*properties], "properties": properties},
            },
        },
    }


_WORDS = {"type": "array", "items": {"type": "object", "required": ["id", "basis"], "properties": {"basis": _BASIS}}}
CONTROLLER = _schema(
    "art30-1",
    "controller",
    {
        "id": _TEXT,
        "name": _TEXT,
        "controller": _THING,
        "purposes": _WORDS,
        "legal_bases": _WORDS,
        "special_conditions": _WORDS,
        "retention": {"type": "array", "items": {"type": "object", "required": ["what", "kind", "period", "basis"]}},
        "valid_from": _OR_NULL,
        "valid_until": _OR_NULL,
    },
)
PROCESSOR = _schema(
    "art30-2",
    "processor",
    {
        "controller": _WHO,
        "category": _THING,
        "roles": {"type": "array", "items": _TEXT, "minItems": 1},
        "through": {"type": "array", "items": _THING},
        "activities": {"type": "array", "items": _THING},
        "places": {"type": "array", "items": _TEXT},
    },
)
