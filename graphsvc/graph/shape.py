"""How an entry of a document becomes a node with edges: the one place that maps the format to the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from graphsvc.imports.entry import Entry
from graphsvc.model import place_code, several

LABELS = {
    "sources": "Source",
    "data_categories": "DataCategory",
    "subject_categories": "SubjectCategory",
    "purposes": "Purpose",
    "legal_bases": "LegalBasis",
    "countries": "Country",
    "tools": "TransferTool",
    "regimes": "Regime",
    "events": "Event",
    "duties": "Duty",
    "requirements": "Requirement",
    "parties": "Party",
    "services": "Service",
    "activities": "Activity",
    "flows": "Flow",
    "uses": "Use",
    "claims": "Claim",
    "remarks": "Remark",
    "identities": "Identity",
}
"""The label of the nodes that a section's entries become, in the order in which they can be written."""

_COPIED = ("id", "title", "date", "valid_from", "valid_until", "controller")
"""Keys that queries look at, so that they are properties of the node as well as part of its body."""


class Edge(NamedTuple):
    """One edge that an entry draws.

    Attributes:
        kind: Labels and type as the queries name them, such as `Flow TO Service`.
        source: Id at the tail.
        target: Id at the head.
        properties: What the edge itself carries.
    """

    kind: str
    source: str
    target: str
    properties: dict[str, Any] = {}  # noqa: RUF012

    def row(self) -> dict[str, Any]:
        """The edge as a query takes it."""
        return {"source": self.source, "target": self.target, **self.properties}


def node(section: str, entry: Entry) -> dict[str, Any]:
    """The properties of the node that an entry becomes, but for the document that owns it."""
    value = entry.value
    properties = {key: value[key] for key in _COPIED if key in value} | {"body": entry.text}
    # A flow has no name of its own, and there are very many of them.
    return properties if section == "flows" else properties | _named(value)


def _named(entry: dict[str, Any]) -> dict[str, Any]:
    name = name_of(entry)
    others = " ".join(sorted(_names(entry) - {name})).lower()
    return {"name": name} | ({"search": others} if others else {})


def name_of(entry: dict[str, Any]) -> str:
    """What people call the thing: its name, its English name, its title or its text, else its id."""
    name = entry.get("name") or entry.get("title") or entry.get("text") or entry["id"]
    return name["en"] if isinstance(name, dict) else name


def _names(entry: dict[str, Any]) -> set[str]:
    """Everything by which people may look for the thing."""
    name = entry.get("name", "")
    names = list(name.values()) if isinstance(name, dict) else [name]
    names += [entry.get(key, "") for key in ("legal_name", "title", "text", "purpose")]
    return {*filter(None, names), *entry.get("aliases", ())}


def item_id(item: dict[str, Any]) -> str:
    """Id of the node of a data item."""
    return f"{item['subject']}/{item['category']}"


def item_rows(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The nodes of the data items that entries use or carry, each once."""
    items = (item for entry in entries for key in ("data", "carries") for item in entry.get(key, ()))
    ids = {item_id(item): item for item in items}
    return [{"id": key, "subject": item["subject"], "category": item["category"]} for key, item in sorted(ids.items())]


def item_edges(row: dict[str, Any]) -> Iterator[Edge]:
    """The edges of a data item's node."""
    yield Edge("DataItem OF SubjectCategory", row["id"], row["subject"])
    yield Edge("DataItem IS DataCategory", row["id"], row["category"])


def edges(section: str, entry: dict[str, Any], sends: str = "") -> Iterator[Edge]:
    """Every edge that an entry draws, each once.

    Args:
        sends: For a flow: the label of its sender.
    """
    label = LABELS[section]
    drawn = [*_DRAWERS.get(section, _none)(entry), *_stated(label, entry)]
    if section == "flows":
        drawn.append(Edge(f"{sends} SENDS Flow", entry["from"], entry["id"]))
    seen: set[tuple[str, str, str, str]] = set()
    for edge in drawn:
        key = (edge.kind, edge.source, edge.target, str(edge.properties))
        if key not in seen:
            seen.add(key)
            yield edge


def _none(_: dict[str, Any]) -> Iterator[Edge]:
    return iter(())


def _stated(label: str, entry: dict[str, Any]) -> Iterator[Edge]:
    for evidence in all_evidence(entry):
        properties = {"locator": evidence["locator"], "basis": evidence["basis"]}
        yield Edge(f"{label} STATED_IN Source", entry["id"], evidence["source"], properties)


def all_evidence(value: Any) -> Iterator[dict[str, Any]]:
    """The evidence of an entry and of what is inside it."""
    if isinstance(value, dict):
        yield from value.get("evidence", ())
        for key, inner in value.items():
            if key != "evidence":
                yield from all_evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from all_evidence(inner)


def _period(entry: dict[str, Any]) -> dict[str, str]:
    return {key: entry[key] for key in ("valid_from", "valid_until") if key in entry}


def _flow(entry: dict[str, Any]) -> Iterator[Edge]:
    me = entry["id"]
    yield Edge("Flow TO Service", me, entry["to"])
    for item in entry.get("carries", ()):
        yield Edge("Flow CARRIES DataItem", me, item_id(item))
    for code in map(place_code, entry.get("places", ())):
        if code != "unknown":
            yield Edge("Flow LOCATED_IN Country", me, code)
    for tool in entry.get("tools", ()):
        yield Edge("Flow RELIES_ON TransferTool", me, tool["tool"], _period(tool))


def _activity(entry: dict[str, Any]) -> Iterator[Edge]:
    me = entry["id"]
    yield Edge("Party RESPONSIBLE_FOR Activity", entry["controller"], me)
    for party in entry.get("on_behalf_of", ()):
        yield Edge("Activity ON_BEHALF_OF Party", me, party)
    for item in entry.get("data", ()):
        yield Edge("Activity USES DataItem", me, item_id(item))
    for purpose in entry.get("purposes", ()):
        yield Edge("Activity HAS_PURPOSE Purpose", me, purpose)
    for ground in [*entry.get("legal_bases", ()), *entry.get("special_conditions", ())]:
        yield Edge("Activity RESTS_ON LegalBasis", me, ground["id"])


def _service(entry: dict[str, Any]) -> Iterator[Edge]:
    if "provider" in entry:
        yield Edge("Party PROVIDES Service", entry["provider"], entry["id"])
    for built_in in entry.get("terms", {}).get("tools", ()):
        yield Edge("Service BUILDS_IN TransferTool", entry["id"], built_in["tool"])


def _party(entry: dict[str, Any]) -> Iterator[Edge]:
    me = entry["id"]
    for code in entry.get("established_in", ()):
        yield Edge("Party ESTABLISHED_IN Country", me, code)
    for group in entry.get("part_of", ()):
        yield Edge("Party PART_OF Party", me, group["party"], _period(group))
    for certification in entry.get("certifications", ()):
        yield Edge("Party CERTIFIED_FOR TransferTool", me, certification["tool"], _period(certification))


def _use(entry: dict[str, Any]) -> Iterator[Edge]:
    me = entry["id"]
    yield Edge("Party HAS_USE Use", entry["by"], me)
    yield Edge("Use ABOUT Service", me, entry["service"])
    for purpose in several(entry.get("for")):
        # It names an activity or a service; the edge to what it is not finds no end, and is not drawn.
        yield Edge("Use FOR Activity", me, purpose)
        yield Edge("Use FOR Service", me, purpose)


def _regime(entry: dict[str, Any]) -> Iterator[Edge]:
    yield Edge("Country UNDER Regime", entry["country"], entry["id"], _period(entry))
    if "listing" in entry:
        yield Edge("Regime LISTED_BY TransferTool", entry["id"], entry["listing"])


def _claim(entry: dict[str, Any]) -> Iterator[Edge]:
    me, check = entry["id"], entry.get("check", {})
    yield Edge("Party CLAIMS Claim", entry["party"], me)
    about = {
        "Party": check.get("parties", ()),
        "Service": check.get("services", ()),
        "Country": check.get("countries", ()),
        "TransferTool": [check["tool"]] if "tool" in check else (),
        "Purpose": check.get("purposes", ()),
        "DataCategory": check.get("categories", ()),
        "Activity": check.get("activities", ()),
    }
    for label, ids in about.items():
        for target in ids:
            yield Edge(f"Claim ABOUT {label}", me, target)


def _remark(entry: dict[str, Any]) -> Iterator[Edge]:
    yield Edge("Remark ABOUT Party", entry["id"], entry["party"])
    for claim in entry.get("claims", ()):
        yield Edge("Remark ABOUT Claim", entry["id"], claim)


def _identity(entry: dict[str, Any]) -> Iterator[Edge]:
    for key in ("party", "other"):
        yield Edge("Identity ABOUT Party", entry["id"], entry[key])


def _broader(label: str) -> Any:
    def draw(entry: dict[str, Any]) -> Iterator[Edge]:
        for word in entry.get("broader", ()):
            yield Edge(f"{label} BROADER {label}", entry["id"], word)

    return draw


_DRAWERS = {
    "flows": _flow,
    "activities": _activity,
    "services": _service,
    "parties": _party,
    "regimes": _regime,
    "uses": _use,
    "claims": _claim,
    "remarks": _remark,
    "identities": _identity,
    "data_categories": _broader("DataCategory"),
    "subject_categories": _broader("SubjectCategory"),
    "purposes": _broader("Purpose"),
}
