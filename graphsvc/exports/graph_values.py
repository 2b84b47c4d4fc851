"""The values that the graph files may hold, with their types: those of the graph, of its nodes and of its edges."""

from __future__ import annotations

GRAPH = {"name": str, "on": str, "law": str, "revision": int}
NODE = {
    **dict.fromkeys(("label", "name", "kind", "register_id", "basis"), str),
    **dict.fromkeys(("capacity", "purposes", "legal_bases", "data", "valid_from", "valid_until"), str),
    **dict.fromkeys(("sector", "legal_name", "purpose"), str),
    "inside": bool,
}
EDGE = {
    **dict.fromkeys(("label", "kind", "flow", "role", "status"), str),
    "is_transfer": bool,
    **dict.fromkeys(("countries", "data", "categories", "subjects", "activities", "controllers"), str),
    "depth": int,
    **dict.fromkeys(("purpose", "condition", "contract", "tools", "basis", "basis_of_flow", "sources"), str),
    **dict.fromkeys(("valid_from", "valid_until", "status_in_words", "reason", "act"), str),
}
