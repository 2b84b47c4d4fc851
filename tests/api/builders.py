"""Builders of small documents, and what a graph holds, for tests that load."""

from __future__ import annotations

import json
from typing import Any

from graphsvc import register
from graphsvc.graph.bolt import Bolt
from graphsvc.imports.documents import Document, read_document
from graphsvc.imports.schemas import SECTIONS
from graphsvc.register import Outcome

Entry = dict[str, Any]
LIMIT = 20_000_000
CLIENT_EMAIL = {"subject": "client", "category": "email"}


def evidence(source: str = "statement", **more: Any) -> list[Entry]:
    return [{"source": source, "locator": "section 1", "basis": "stated"} | more]


def source(key: str = "statement", **more: Any) -> Entry:
    return {"id": key, "title": f"Title of {key}", "publisher": "Somebody"} | more


def _fact(key: str, more: Entry, **own: Any) -> Entry:
    return {"id": key, "name": f"Name of {key}", "evidence": evidence()} | own | more


def party(key: str, **more: Any) -> Entry:
    return _fact(key, more)


def service(key: str, provider: str | None = None, **more: Any) -> Entry:
    return _fact(key, more, **({"provider": provider} if provider else {}))


def activity(key: str, controller: str, *items: Entry, **more: Any) -> Entry:
    return _fact(key, more, controller=controller, **({"data": list(items)} if items else {}))


def flow(key: str, sender: str, recipient: str, *items: Entry, role: str = "processor", **more: Any) -> Entry:
    carries = {"carries": list(items)} if items else {}
    return {"id": key, "from": sender, "to": recipient, "role": role, "evidence": evidence()} | carries | more


def word(key: str, **more: Any) -> Entry:
    return {"id": key, "name": {"en": f"English {key}", "nl": f"Nederlands {key}"}, "evidence": evidence()} | more


def document(key: str, /, **sections: Any) -> Entry:
    """A document with the source that the builders name, unless it gives its own."""
    return {"document": {"id": key, "title": f"Title of {key}"}, "sources": [source()]} | sections


def vocabulary() -> Entry:
    return document(
        "words",
        subject_categories=[word("client"), word("visitor")],
        data_categories=[word("contact"), word("email", broader=["contact"]), word("phone", broader=["contact"])],
        purposes=[word("billing")],
        legal_bases=[word("contract")],
    )


def bakery(**more: Any) -> Entry:
    """A register in small: a controller, its processor, and a flow between them."""
    sections: Entry = {
        "parties": [party("bakery", established_in=["NL"]), party("post", established_in=["US"])],
        "services": [service("letters", "post")],
        "activities": [activity("newsletter", "bakery", CLIENT_EMAIL)],
        "flows": [flow("newsletter-letters", "newsletter", "letters", CLIENT_EMAIL, places=["NL", "US"])],
    }
    return document("bakery-register", **sections | more)


def read(entry: Entry | bytes | str, file: str | None = None) -> Document:
    if isinstance(entry, dict):
        entry = json.dumps(entry)
    return read_document(entry.encode() if isinstance(entry, str) else entry, LIMIT, file)


def load(bolt: Bolt, *entries: Entry | bytes | str) -> Outcome:
    return register.load(bolt, [read(entry) for entry in entries])


def faults(error: Any) -> set[tuple[str, str]]:
    """Path and message of each fault of an error that pytest caught."""
    return {(fault.path, fault.message) for fault in error.value.faults}


def counts(outcome: Outcome) -> dict[str, int]:
    return {what: outcome.total(what) for what in ("added", "changed", "removed", "same")}


OWN_MEMORY = frozenset({"Document", "Version", "Part", "Register"})
"""Nodes that tell when something was loaded; the other ones tell what is known."""

Graph = tuple[list[str], list[str]]


def everything(bolt: Bolt) -> Graph:
    """Every node and every edge, the register's own memory included."""
    return _nodes(bolt, frozenset()), _edges(bolt, frozenset())


def knowledge(bolt: Bolt) -> Graph:
    """Every node and every edge but the register's own memory; which document says what is part of it."""
    return _nodes(bolt, OWN_MEMORY), _edges(bolt, OWN_MEMORY - {"Document"})


def _nodes(bolt: Bolt, without: frozenset[str]) -> list[str]:
    rows = bolt.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    for row in rows:
        # Whoever loads writes its token there, also when it finds that there is nothing to do.
        row["properties"].pop("token", None)
    return sorted(_text(row) for row in rows if not without & set(row["labels"]))


def _edges(bolt: Bolt, without: frozenset[str]) -> list[str]:
    rows = bolt.read(
        "MATCH (a)-[r]->(b) RETURN labels(a) AS tail, a.id AS source, type(r) AS type, properties(r) AS properties, "
        "labels(b) AS head, b.id AS target"
    )
    return sorted(_text(row) for row in rows if not without & {*row["tail"], *row["head"]})


def _text(row: Entry) -> str:
    return json.dumps(row, sort_keys=True)


def ids(bolt: Bolt, label: str) -> set[str]:
    return {row["id"] for row in bolt.read(f"MATCH (n:{label}) RETURN n.id AS id")}


def edges(bolt: Bolt, kind: str) -> set[tuple[str, str]]:
    """Tail and head of every edge of a type."""
    return {(r["a"], r["b"]) for r in bolt.read(f"MATCH (a)-[:{kind}]->(b) RETURN a.id AS a, b.id AS b")}


def said(section_of: Entry) -> int:
    """How many entries a document has."""
    return sum(len(section_of.get(section, ())) for section in SECTIONS)
