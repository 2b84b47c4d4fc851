"""What is read from the graph: the state of the register, the network a question reaches, and single things."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pycountry

from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.order import Order
from graphsvc.errors import EngineFailed, EngineUnavailable, NotFound
from graphsvc.graph.bolt import Bolt, Transaction
from graphsvc.graph.queries import queries, text
from graphsvc.law.tables import Law
from graphsvc.model import CHAIN_ENDS_AT, UNKNOWN, Activity, Day, Flow, Party, Regime, Service, Tool

T = TypeVar("T")
LAYOUT = 1
"""The layout of nodes and edges that this code writes. Raise it when an older graphsvc could not read it."""
STEADY_TRIES = 10
HALF_WRITTEN_FOR = 0.05
"""Seconds in which a commit that is being applied is usually whole."""
BATCH = 10_000
"""Ids that one query is given."""


@dataclass(frozen=True)
class State:
    """In which state the register is.

    Attributes:
        revision: Counts the loads that changed something.
        law: Version of the law table.
    """

    revision: int
    law: str


class Store:
    """Reads from the graph. Threads may share it."""

    def __init__(self, bolt: Bolt) -> None:
        self.bolt = bolt
        self._lock = threading.Lock()
        self._tables: tuple[int, Law, Order] | None = None

    def prepare(self) -> None:
        """Make constraints and countries where they are missing; refuse a layout newer than this code.

        Raises:
            EngineFailed: a newer graphsvc has written this database.
        """
        rows = self.bolt.read(text("state"))
        layout = rows[0]["layout"] if rows else 0
        if layout > LAYOUT:
            raise EngineFailed(
                f"the database has layout {layout}, written by a newer graphsvc; this one knows layout {LAYOUT}. "
                "Use the newer graphsvc, or another database."
            )
        if layout < LAYOUT:
            self._make()

    def _make(self) -> None:
        for name in queries():
            if name.startswith("unique_id "):
                self.bolt.write(_run(name))
        rows = [
            {"id": country.alpha_2, "name": country.name, "search": f"{country.alpha_2} {country.name}".lower()}
            for country in pycountry.countries
        ]
        self.bolt.write(_run("add_countries", rows=rows))
        self.bolt.write(_run("set_layout", layout=LAYOUT))

    def state(self) -> State:
        """In which state the register is now."""
        return self._read(_state)

    def network(
        self,
        on: Day,
        scope: Scope = EVERYBODY,
        activities: Sequence[str] | None = None,
        beyond: bool = False,
    ) -> Network:
        """Fetch what the activities of a scope reach on a day, level by level, each service once.

        Args:
            on: The day.
            scope: The controllers that the asker may see.
            activities: Only these; None: all of them.
            beyond: Also behind independent controllers and authorities.
        """
        return self._steady(lambda transaction: self._downwards(transaction, on, scope, activities, beyond))

    def network_above(self, on: Day, services: Iterable[str], scope: Scope = EVERYBODY) -> Network:
        """Fetch everything from which data can reach some services on a day, level by level upwards."""
        return self._steady(lambda transaction: self._upwards(transaction, on, set(services), scope))

    def services_of(self, party: str) -> list[Service]:
        """The services a party provides."""
        return [
            Service.from_body(body) for body in self._steady(lambda t: list(_bodies(t, "services_of", parties=[party])))
        ]

    def _downwards(
        self, transaction: Transaction, on: Day, scope: Scope, ids: Sequence[str] | None, beyond: bool
    ) -> Network:
        activities = [a for a in _activities(transaction, on, scope, ids) if a.controller in scope]
        flows: list[Flow] = []
        reached: set[str] = set()
        level = _flows(transaction, "flows_from Activity", [activity.id for activity in activities], on)
        while level:
            flows += level
            going_on = {flow.recipient for flow in level if beyond or flow.role not in CHAIN_ENDS_AT}
            fresh = sorted(going_on - reached)
            reached |= going_on
            level = _flows(transaction, "flows_from Service", fresh, on)
        return self._complete(transaction, on, activities, flows)

    def _upwards(self, transaction: Transaction, on: Day, services: set[str], scope: Scope) -> Network:
        flows: list[Flow] = []
        reached: set[str] = set()
        fresh = services
        while fresh:
            reached |= fresh
            # Above the services asked about, a chain only goes on through those that pass data on.
            level = [
                flow
                for flow in _flows(transaction, "flows_to", sorted(fresh), on)
                if flow.recipient in services or flow.role not in CHAIN_ENDS_AT
            ]
            flows += level
            fresh = {flow.sender for flow in level} - reached
        senders = sorted({flow.sender for flow in flows})
        activities = [a for a in _activities(transaction, on, scope, senders) if a.controller in scope]
        return self._complete(transaction, on, activities, flows)

    def _complete(self, transaction: Transaction, on: Day, activities: list[Activity], flows: list[Flow]) -> Network:
        """Add who provides what, which groups they are part of, and the tables."""
        ids = {flow.recipient for flow in flows} | {flow.sender for flow in flows} - {a.id for a in activities}
        services = [Service.from_body(body) for body in _by_ids(transaction, "services_by_id", ids)]
        parties: dict[str, Party] = {}
        wanted = {service.provider for service in services} | {activity.controller for activity in activities}
        while wanted := wanted - parties.keys() - {UNKNOWN}:
            found = [Party.from_body(body) for body in _by_ids(transaction, "parties_by_id", wanted)]
            parties |= {party.id: party for party in found}
            wanted = {parent for party in found for parent, _, _ in party.parents}
        law, order = self._law_and_order(transaction)
        return Network.of(on, law, order, activities, flows, services, parties.values())

    def _law_and_order(self, transaction: Transaction) -> tuple[Law, Order]:
        """The tables as the register holds them; read again when its revision has changed."""
        state = _state(transaction)
        with self._lock:
            known = self._tables
        if known is None or known[0] != state.revision:
            law = Law.of(
                state.law,
                map(Regime.from_body, _bodies(transaction, "regimes")),
                map(Tool.from_body, _bodies(transaction, "tools")),
            )
            known = (state.revision, law, Order(*(_broader(transaction, label) for label in _VOCABULARY)))
            with self._lock:
                self._tables = known
        return known[1], known[2]

    def page(self, label: str, search: str, skip: int, most: int) -> tuple[int, list[dict[str, Any]]]:
        """A page of things of one kind, and how many there are in all.

        Args:
            label: Label of the nodes.
            search: Words that id, name or aliases have to hold; empty: everything.
            skip: How many to pass over.
            most: How many to return.
        """
        words = search.lower().split()
        total = self.bolt.read(text(f"count {label}"), words=words)[0]["total"]
        rows = self.bolt.read(text(f"browse {label}"), words=words, skip=skip, most=most)
        return total, [_thing(row) for row in rows]

    def one(self, label: str, key: str) -> dict[str, Any]:
        """One thing by its id.

        Raises:
            NotFound: nothing of this kind has the id; the message names the nearest one.
        """
        rows = self.bolt.read(text(f"one {label}"), id=key)
        if not rows:
            raise NotFound(f"there is no {label.lower()} {key!r}")
        return _thing(rows[0])

    def exists(self, label: str, key: str) -> bool:
        """Whether something of this kind has the id."""
        return bool(self.bolt.read(text(f"existing {label}"), ids=[key]))

    def near(self, label: str, key: str, most: int = 500) -> list[str]:
        """Ids that begin like one that does not exist."""
        return [row["id"] for row in self.bolt.read(text(f"similar {label}"), starts=[key[:2]], most=most)]

    def controllers(self) -> list[dict[str, str]]:
        """Every party that answers for an activity: id and name."""
        return self.bolt.read(text("controllers"))

    def documents(self, skip: int, most: int) -> tuple[int, list[dict[str, Any]]]:
        """A page of the loaded documents, and how many there are in all."""
        total = self.bolt.read(text("count_documents"))[0]["total"]
        return total, self.bolt.read(text("documents"), skip=skip, most=most)

    def versions(self, document: str) -> list[dict[str, Any]]:
        """Every version of a document that was ever loaded, the first one first; empty when there was none."""
        return self.bolt.read(text("versions"), document=document)

    def total(self, label: str) -> int:
        """How many things of one kind the register holds."""
        return self.bolt.read(text(f"totals {label}"))[0]["total"]

    def _steady(self, work: Callable[[Transaction], T]) -> T:
        """Read with several queries what belongs together: again when a load was finished meanwhile.

        Both engines show each query what is committed when it begins, so an answer could mix two revisions.
        """
        for _ in range(STEADY_TRIES):
            before = self.state().revision
            try:
                found = self._read(work)
            except _HalfWritten:
                time.sleep(HALF_WRITTEN_FOR)
                continue
            if self.state().revision == before:
                return found
        raise EngineUnavailable("the register changes faster than it can be read; ask again")

    def _read(self, work: Callable[[Transaction], T]) -> T:
        return self.bolt.read_many(work)


_VOCABULARY = ("DataCategory", "SubjectCategory")


def _run(name: str, **parameters: Any) -> Callable[[Transaction], object]:
    return lambda transaction: transaction.run(text(name), **parameters)


def _state(transaction: Transaction) -> State:
    rows = transaction.run(text("state"))
    return State(rows[0]["revision"], rows[0]["law"]) if rows else State(0, "")


def _bodies(transaction: Transaction, query: str, **parameters: Any) -> Iterator[dict[str, Any]]:
    for (body,) in transaction.run_rows(text(query), **parameters):
        if body is None:
            raise _HalfWritten
        yield json.loads(body)


class _HalfWritten(Exception):
    """A node without a body was seen: Neo4j shows a commit while it is being applied."""


def _by_ids(transaction: Transaction, query: str, ids: Iterable[str], **parameters: Any) -> Iterator[dict[str, Any]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield from _bodies(transaction, query, ids=ordered[start : start + BATCH], **parameters)


def _flows(transaction: Transaction, query: str, ids: Iterable[str], on: Day) -> list[Flow]:
    return [Flow.from_body(body) for body in _by_ids(transaction, query, ids, on=on)]


def _activities(transaction: Transaction, on: Day, scope: Scope, ids: Sequence[str] | None) -> list[Activity]:
    if ids is not None:
        found = _by_ids(transaction, "activities_by_id", ids, on=on)
    elif scope.controllers is not None:
        found = _bodies(transaction, "activities_of", controllers=sorted(scope.controllers), on=on)
    else:
        found = _bodies(transaction, "activities_on", on=on)
    return list(map(Activity.from_body, found))


def _broader(transaction: Transaction, label: str) -> dict[str, list[str]]:
    return {body["id"]: body.get("broader", []) for body in _bodies(transaction, f"broader {label}")}


def _thing(row: dict[str, Any]) -> dict[str, Any]:
    """What was said of a thing; of a country that no document speaks of, its code and name."""
    return json.loads(row["body"]) if row["body"] else {"id": row["id"], "name": row["name"]}
