"""Takes out of the register what a question reaches, as its documents say it, so that it makes a document again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.network import Network
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.fetch import Fetch
from graphsvc.graph.queries import text
from graphsvc.graph.shape import LABELS
from graphsvc.graph.tables import Body, State, Tables
from graphsvc.graph.wish import Wish
from graphsvc.imports.references import referred_in

SECTION_OF = {
    "activities_of": "activities",
    "activities_on": "activities",
    "activities_by_id": "activities",
    "flows_from Activity": "flows",
    "flows_from Service": "flows",
    "uses_of": "uses",
    "services_by_id": "services",
    "parties_by_id": "parties",
    "claims_of": "claims",
    "all_claims": "claims",
    "remarks_of": "remarks",
    "all_remarks": "remarks",
}
"""The section whose entries a query finds."""
ORDER = ("sources", "parties", "services", "activities", "flows", "uses", "claims", "remarks", "identities")
"""The sections of an extract; law and vocabulary are no part of it, and are whole in documents of their own."""


@dataclass(frozen=True)
class Extract:
    """A part of the register.

    Attributes:
        state: The state of the register that it was taken from.
        network: What it was taken for.
        sections: Entries by section, in the order of their ids.
    """

    state: State
    network: Network
    sections: dict[str, list[Body]]


class _Gathering(Fetch):
    """A fetch that keeps the entries it reads."""

    def __init__(self, transaction: Transaction, tables: Tables) -> None:
        super().__init__(transaction, tables)
        self.found: dict[str, dict[str, Body]] = defaultdict(dict)

    def _bodies(self, query: str, **parameters: Any) -> Iterator[Body]:
        for body in super()._bodies(query, **parameters):
            if query in SECTION_OF:
                self.found[SECTION_OF[query]][body["id"]] = body
            yield body


def extract(transaction: Transaction, state: State, tables: Tables, wish: Wish) -> Extract:
    """Take out what a wish reaches, and what that names, until everything named is there."""
    fetch = _Gathering(transaction, tables)
    network = fetch.downwards_as_said(wish)
    found = fetch.found
    kept = {activity.id for activity in network.activities}
    found["activities"] = {key: body for key, body in found["activities"].items() if key in kept}
    if wish.activities is not None:
        _leave_out_of_others(found)
    _close(transaction, found)
    while decided := _decided(fetch.identities, found):
        found["identities"] |= {key: _one(transaction, "identities", key) for key in decided}
        _close(transaction, found)
    sections = {name: [found[name][key] for key in sorted(found[name])] for name in ORDER if found[name]}
    return Extract(state, network, sections)


def _leave_out_of_others(found: dict[str, dict[str, Body]]) -> None:
    """Without claims about activities that are not asked for, and remarks on such claims."""
    for section, named in (("claims", "activities"), ("remarks", "claims")):
        found[section] = {
            key: body
            for key, body in found[section].items()
            if found[named].keys() >= {*body.get(named, ()), *body.get("check", {}).get(named, ())}
        }


def _decided(identities: Identities, found: Mapping[str, Mapping[str, Body]]) -> list[str]:
    """Ids of what was decided on the parties there and on whom they are one with, as far as it is missing."""
    there = identities.everybody(found["parties"])
    about = (each for each in identities.decided if each.party in there and each.other in there)
    return [each.id for each in about if each.id not in found["identities"]]


def _close(transaction: Transaction, found: dict[str, dict[str, Body]]) -> None:
    """Add what entries name, such as the parties that a claim is about, and what those name."""
    fresh = {section: list(entries.values()) for section, entries in found.items()}
    while fresh:
        wanted = {
            (kinds, key)
            for section, entries in fresh.items()
            for entry in entries
            for kinds, key in referred_in(section, entry)
            if not any(key in found[kind] for kind in kinds)
        }
        fresh = defaultdict(list)
        for kinds, key in sorted(wanted):
            for section in [kind for kind in kinds if kind in ORDER]:
                if body := _one(transaction, section, key):
                    found[section][key] = body
                    fresh[section].append(body)


def _one(transaction: Transaction, section: str, key: str) -> Body:
    """What documents say of one thing; nothing when it is not there."""
    rows = transaction.run(text(f"one {LABELS[section]}"), id=key)
    return json.loads(rows[0]["body"]) if rows else {}
