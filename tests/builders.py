"""Builders of documents and networks for tests: say what matters, the rest is filled in.

An entry is a mapping in the document format; `document` makes a document of entries, `network` what a question
would fetch from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import Any

from graphsvc.answers.network import Network, Papers
from graphsvc.answers.order import Order
from graphsvc.answers.what_if.outcome import Outcome
from graphsvc.imports.documents import Document, read_document
from graphsvc.imports.schemas import SECTIONS
from graphsvc.imports.text import parse
from graphsvc.law.tables import Law
from graphsvc.model import (
    Activity,
    Claim,
    DataItem,
    Duty,
    Event,
    Flow,
    Party,
    Regime,
    Remark,
    Requirement,
    Service,
    Source,
    Term,
    Tool,
    Vocabulary,
)
from tests.checkout import ROOT

Entry = dict[str, Any]
LARGEST = 50_000_000
SOURCE = "book"
ON = "2022-06-01"
"""The day of questions that name none: between the two frameworks with the US, when nothing covers a flow there."""


def evidence(locator: str = "page 1", basis: str = "stated", source: str = SOURCE, about: Iterable[str] = ()) -> Entry:
    """One piece of evidence."""
    found = {"source": source, "locator": locator, "basis": basis}
    return found | {"for": [*about]} if about else found


def item(words: str) -> Entry:
    """A data item from `subject category`."""
    subject, category = words.split()
    return {"subject": subject, "category": category}


def items(*words: str) -> frozenset[DataItem]:
    """Data items from `subject category`."""
    return frozenset(DataItem(*each.split()) for each in words)


def party(name: str, country: str | None = None, **more: Any) -> Entry:
    """A party; without a country nobody knows where it is."""
    seat = {"established_in": [country]} if country else {}
    return filled("parties", {"id": name} | seat | more)


def service(name: str, provider: str | None = None, **more: Any) -> Entry:
    """A service; without a provider nobody knows whose it is."""
    return filled("services", {"id": name} | ({"provider": provider} if provider else {}) | more)


def activity(name: str, controller: str, data: Iterable[str] = (), **more: Any) -> Entry:
    """An activity; data items are written `subject category`."""
    return filled("activities", {"id": name, "controller": controller, "data": [*data]} | more)


def flow(sender: str, recipient: str, role: str = "processor", **more: Any) -> Entry:
    """A flow; its id says from where to where when none is given."""
    return filled("flows", {"from": sender, "to": recipient, "role": role} | more)


def filled(section: str, entry: Entry) -> Entry:
    """An entry with an id, a name and evidence where it has none, and data items written out."""
    entry = dict(entry)
    if section == "flows":
        entry.setdefault("id", f"{entry['from']}-{entry['to']}")
        entry.setdefault("role", "processor")
    for key in {"data", "carries"} & entry.keys():
        entry[key] = [item(each) if isinstance(each, str) else each for each in entry[key]]
    if section in {"parties", "services", "activities"}:
        entry.setdefault("name", entry["id"])
    if section == "identities":
        entry = {"id": f"{entry['party']}-{entry['other']}", "verdict": "same", "reason": "Seen"} | entry
    if section == "sources":
        return {"title": entry["id"], "publisher": "The publisher"} | entry
    entry.setdefault("evidence", [evidence()])
    return entry


def document(name: str = "tests", **sections: Iterable[Entry]) -> Entry:
    """A document of entries, with the one source that their evidence names."""
    sections = {section: [filled(section, entry) for entry in entries] for section, entries in sections.items()}
    sources = sections.pop("sources", [])
    if SOURCE not in {source["id"] for source in sources}:
        sources = [filled("sources", {"id": SOURCE}), *sources]
    return {"document": {"id": name, "title": f"Document {name}"}, "sources": sources, **sections}


def content(body: Mapping[str, Any]) -> bytes:
    """The bytes of a document, as a file holds them."""
    return json.dumps(body, ensure_ascii=False).encode()


def read(body: Mapping[str, Any]) -> Document:
    """A document as it is read from its bytes."""
    return read_document(content(body), LARGEST, f"{body['document']['id']}.json")


def prefixed(body: Entry, prefix: str) -> Entry:
    """The document with another id, and with the prefix before every id that it gives to something.

    So that documents that give the same ids to their things can be in one register.
    """
    given = {entry["id"] for section in SECTIONS for entry in body.get(section, ())}
    renamed = _renamed({key: value for key, value in body.items() if key != "document"}, given, prefix)
    return {"document": body["document"] | {"id": prefix}, **renamed}


_WORDS = frozenset(
    {"name", "text", "title", "locator", "basis", "condition", "subject", "category", "role", "verdict", "reason"}
)
"""Keys whose values are never ids of things that a document gives."""


def _renamed(value: Any, given: set[str], prefix: str) -> Any:
    if isinstance(value, dict):
        return {key: each if key in _WORDS else _renamed(each, given, prefix) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, given, prefix) for each in value]
    return f"{prefix}.{value}" if value in given else value


@cache
def seed(section: str) -> tuple[Entry, ...]:
    """The entries of one section in all of the seed data."""
    files = sorted((ROOT / "seed_data").glob("*/*.yaml"))
    return tuple(entry for file in files for entry in parse(file.read_bytes(), LARGEST).get(section, ()))


@cache
def law() -> Law:
    """The law tables of the seed data."""
    return Law.of(
        "seed",
        map(Regime.from_body, seed("regimes")),
        map(Tool.from_body, seed("tools")),
        map(Event.from_body, seed("events")),
        map(Duty.from_body, seed("duties")),
        map(Requirement.from_body, seed("requirements")),
    )


@cache
def vocabulary() -> Vocabulary:
    """The words of the seed data."""
    sections = ("data_categories", "subject_categories", "purposes", "legal_bases")
    return Vocabulary(*({entry["id"]: Term.from_body(entry) for entry in seed(section)} for section in sections))


@cache
def order() -> Order:
    """The order of the vocabulary of the seed data."""
    return Order.of(vocabulary())


def order_of(
    categories: Mapping[str, Iterable[str]] | None = None, subjects: Mapping[str, Iterable[str]] | None = None
) -> Order:
    """An order from the words right above each word."""
    return Order(categories or {}, subjects or {})


def network(
    flows: Iterable[Entry],
    activities: Iterable[Entry] = (),
    services: Iterable[Entry] = (),
    parties: Iterable[Entry] = (),
    on: str = ON,
    words: Order | None = None,
    claims: Iterable[Entry] = (),
    remarks: Iterable[Entry] = (),
    sources: Iterable[Entry] = (),
) -> Network:
    """What a question would fetch, with its papers.

    What flows name and nobody describes is a service without a provider.
    """
    flows, activities, services = [*flows], [*activities], [*services]
    known = {entry["id"] for entry in chain(activities, services)}
    named = {flow[end] for flow in flows for end in ("from", "to")}
    services += [service(name) for name in sorted(named - known)]
    return Network.of(
        on,
        law(),
        words or order(),
        map(Activity.from_body, activities),
        map(Flow.from_body, flows),
        map(Service.from_body, services),
        map(Party.from_body, parties),
        vocabulary(),
        Papers.of(map(Claim.from_body, claims), map(Remark.from_body, remarks), map(Source.from_body, sources)),
    )


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """What changes would change for several controllers, the worst change first."""
    found = Outcome()
    for each in outcomes:
        for all_, one in ((found.before, each.before), (found.after, each.after)):
            all_.totals.add(one.totals)
            all_.inside += one.inside
            all_.lines += one.lines
        for name in ("changed", "gained", "lost", "cut_off"):
            getattr(found, name).extend(getattr(each, name))
        found.effective |= each.effective
    found.changed.sort(key=lambda changed: changed.rank)
    return found
