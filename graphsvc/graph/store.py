"""What is read from the graph: the state of the register, the networks questions reach, and single things."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pycountry

from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.deadline import Deadline
from graphsvc.errors import EngineFailed, EngineUnavailable, NotFound
from graphsvc.graph.bolt import Bolt, Transaction
from graphsvc.graph.compare import Compared, compare
from graphsvc.graph.extract import Extract, extract
from graphsvc.graph.fetch import Fetch
from graphsvc.graph.likely import Likely
from graphsvc.graph.marks import mark_everybody
from graphsvc.graph.queries import queries, text
from graphsvc.graph.tables import Body, HalfWritten, State, Tables, bodies, read_state
from graphsvc.graph.versions import version_text
from graphsvc.graph.wish import Towards, Wish
from graphsvc.imports.comparing import Found
from graphsvc.imports.marks import Described
from graphsvc.law.tables import Law
from graphsvc.model import Activity, Day, Identity, Party, Service

T = TypeVar("T")
LAYOUT = 7
"""The layout of nodes and edges that this code writes. Raise it when an older graphsvc could not read it."""
STEADY_TRIES = 10
HALF_WRITTEN_FOR = 0.05
"""Seconds in which a commit that is being applied is usually whole; both engines let readers see it meanwhile."""


@dataclass
class _Known:
    """What is known of the register: the tables of the revision that was read last, and the one that was seen last.

    Also who may be one, as of the revision for which somebody asked that last.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    tables: Tables | None = None
    seen: int | None = None
    likely: Likely = field(default_factory=Likely)


class Store:
    """Reads from the graph. Threads may share it."""

    def __init__(self, bolt: Bolt, known: _Known | None = None) -> None:
        self.bolt = bolt
        self._known = known or _Known()

    def within(self, deadline: Deadline) -> Store:
        """The same register for one question: no read, and no work on what was read, goes on after a deadline."""
        return Store(self.bolt.within(deadline), self._known)

    @property
    def deadline(self) -> Deadline:
        """When the question that it is read for is to be answered."""
        return self.bolt.deadline

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
        elif rows[0]["unmarked"]:
            mark_everybody(self.bolt)

    def _make(self) -> None:
        for name in queries():
            if name.startswith("unique_id "):
                self.bolt.write(_run(name))
        rows = [{"id": country.alpha_2, "name": country.name} for country in pycountry.countries]
        self.bolt.write(_run("add_countries", rows=rows))
        for name in ("index_marks_by_key", "index_marks_by_party"):
            self.bolt.write(_run(name))
        mark_everybody(self.bolt)
        self.bolt.write(_run("set_layout", layout=LAYOUT))

    def state(self) -> State:
        """In which state the register is now."""
        return self._read(read_state)

    def network(
        self,
        on: Day,
        scope: Scope = EVERYBODY,
        activities: Sequence[str] | None = None,
        beyond: bool = False,
        also: Iterable[str] = (),
        papers: bool = False,
        parties: Iterable[str] = (),
    ) -> Network:
        """Fetch what the activities of a scope reach on a day, level by level, each service once.

        Args:
            on: The day.
            scope: The controllers that the asker may see.
            activities: Only these; None: all of them.
            beyond: Also behind independent controllers and authorities.
            also: Services whose own flows are fetched too, though nothing may reach them.
            papers: Also claims and remarks of the controllers, and the sources of everything.
            parties: Parties that are fetched too, with the groups that they are part of.
        """
        only = None if activities is None else tuple(activities)
        wish = Wish(on, scope, only, beyond, frozenset(also), papers, frozenset(parties))
        return self.networks([wish])[0]

    def networks(self, wishes: Sequence[Wish]) -> list[Network]:
        """Fetch several networks of one revision of the register, such as those of two days."""
        return self.steady(lambda transaction: [self._fetch(transaction).downwards(wish) for wish in wishes])

    def revised(self, wish: Wish) -> tuple[int, Network]:
        """A network, and the revision of the register that it was fetched from."""
        return self.steady(
            lambda transaction: (read_state(transaction).revision, self._fetch(transaction).downwards(wish))
        )

    def revised_all(self, wishes: Sequence[Wish]) -> tuple[int, list[Network]]:
        """Several networks of one revision of the register, and that revision."""
        return self.steady(
            lambda transaction: (
                read_state(transaction).revision,
                [self._fetch(transaction).downwards(wish) for wish in wishes],
            )
        )

    def controllers_of(self, wishes: Sequence[Wish]) -> tuple[int, list[str]]:
        """Whom wishes are about, in the order of their ids, and the revision of the register that this is of."""
        return self.steady(
            lambda transaction: (
                read_state(transaction).revision,
                sorted(set().union(*(self._fetch(transaction).controllers(wish) for wish in wishes))),
            )
        )

    def controllers_towards(self, wish: Wish, services: Iterable[str]) -> tuple[int, list[str], Towards]:
        """Whose data can reach some services, in the order of their ids, and through what; and that revision."""
        ends = frozenset(services)

        def read(transaction: Transaction) -> tuple[int, list[str], Towards]:
            controllers, towards = self._fetch(transaction).towards(wish, ends)
            return read_state(transaction).revision, sorted(controllers), towards

        return self.steady(read)

    def active(self, wish: Wish) -> tuple[int, list[str]]:
        """The revision of the register, and who answers in it for an activity that a wish is about, in order."""
        return self.steady(
            lambda transaction: (read_state(transaction).revision, sorted(self._fetch(transaction).active(wish)))
        )

    def network_above(
        self,
        on: Day,
        services: Iterable[str],
        scope: Scope = EVERYBODY,
        papers: bool = False,
        most: int | None = None,
    ) -> Network:
        """Fetch everything from which data can reach some services on a day, level by level upwards.

        Raises:
            TooMuch: that is more than `most` activities and flows.
        """
        wish = Wish(on, scope, papers=papers, most=most)
        return self.steady(lambda transaction: self._fetch(transaction).upwards(wish, set(services)))

    def revised_around(self, wish: Wish, services: Iterable[str]) -> tuple[int, Network]:
        """What reaches some services, where it goes on to, what the wish's parties do; and the revision it is of."""
        wanted = set(services)
        return self.steady(
            lambda transaction: (
                read_state(transaction).revision,
                self._fetch(transaction).around(wish, wanted),
            )
        )

    def compared(
        self, document: str, numbers: tuple[int | None, int | None], on: Day, scope: Scope = EVERYBODY
    ) -> Compared:
        """Two versions of a document, each laid over the part of the register that their differences reach.

        Args:
            document: Its id; it has at least one version.
            numbers: The versions, from 1; 0: before there was any; None: the last one, and the one before it.
            on: The day.
            scope: The controllers that the asker may see.

        Raises:
            NotFound: there is no such version.
        """
        return self.steady(
            lambda transaction: compare(transaction, self._fetch(transaction), document, numbers, on, scope)
        )

    def services_of(self, party: str) -> list[Service]:
        """The services a party provides, under whichever of its ids."""

        def read(transaction: Transaction) -> list[Service]:
            parties = sorted(self._fetch(transaction).identities.all_of(party))
            return list(map(Service.from_body, bodies(transaction, "services_of", parties=parties)))

        return self.steady(read)

    def party(self, key: str) -> Party:
        """A party by one of its ids, with all that it is one with.

        Raises:
            NotFound: no party has the id.
        """
        found = self.steady(lambda transaction: self._fetch(transaction).party(key))
        if found is None:
            raise NotFound(f"there is no party {key!r}")
        return found

    def identities(self) -> Identities:
        """Which parties are one."""
        return self.steady(lambda transaction: self._fetch(transaction).identities)

    def services_of_nobody(self) -> list[Service]:
        """The services whose provider nobody has told us."""
        return self.steady(
            lambda transaction: [Service.from_body(b) for b in bodies(transaction, "services_of_nobody")]
        )

    def activities_of(self, party: str, on: Day, scope: Scope = EVERYBODY) -> list[Activity]:
        """The activities on a day that a party answers for, under those of its ids that the asker may see."""

        def read(transaction: Transaction) -> list[Activity]:
            seen = scope.narrowed_to([party]).over(self._fetch(transaction).identities)
            days = {"on": on, "until": on}
            return list(
                map(
                    Activity.from_body, bodies(transaction, "activities_of", controllers=sorted(seen.ids or ()), **days)
                )
            )

        return self.steady(read)

    def services_within(self, parties: Iterable[str]) -> frozenset[str]:
        """Ids of the services that some parties, and those that are or were part of them at any depth, provide."""
        return self.steady(
            lambda transaction: _services_within(transaction, parties, self._fetch(transaction).identities)
        )

    def decisions(self) -> list[tuple[Identity, str]]:
        """What was decided on who is who, each with the document that says so, by id."""
        rows = self.bolt.read(text("identities"))
        return [(Identity.from_body(json.loads(row["body"])), row["document"]) for row in rows]

    def names(self, parties: Iterable[str]) -> dict[str, str]:
        """What people call some parties."""
        return {body["id"]: body["name"] for body in self._said_of(parties)}

    def proposals(self) -> Found:
        """Who may be one of everybody in the register, the most likely first; worked out once for each revision.

        Raises:
            QuestionTooDear: the time is over; whoever asks again goes on from there.
        """
        return self._known.likely.of(self)

    def marks_of(self, parties: Iterable[str]) -> frozenset[str]:
        """What some parties are known by."""
        return frozenset(mark for body in self._said_of(parties) for mark in Described.of(body).marks())

    def _said_of(self, parties: Iterable[str]) -> list[Body]:
        """What documents say of some parties."""
        return self.steady(lambda transaction: list(bodies(transaction, "parties_by_id", ids=sorted(set(parties)))))

    def law(self) -> Law:
        """The law tables."""
        return self.steady(lambda transaction: self._fetch(transaction).law)

    def _fetch(self, transaction: Transaction) -> Fetch:
        """A fetch with the tables as the register holds them."""
        return Fetch(transaction, self.tables(transaction))

    def tables(self, transaction: Transaction) -> Tables:
        """The tables as the register holds them; they are read again when its revision has changed."""
        state = read_state(transaction)
        with self._known.lock:
            known = self._known.tables
        if known is None or known.revision != state.revision:
            known = Tables.read(transaction, state)
            with self._known.lock:
                self._known.tables = known
        return known

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
        """Every party that answers for an activity: id and name; one that has several ids once."""
        found = self.bolt.read(text("controllers"))
        identities = self.identities()
        if not identities:
            return found
        ones = sorted({identities.one(row["id"]) for row in found})
        return [{"id": one, "name": self.one("Party", one)["name"]} for one in ones]

    def documents(self, skip: int, most: int) -> tuple[int, list[dict[str, Any]]]:
        """A page of the loaded documents, and how many there are in all."""
        total = self.bolt.read(text("count_documents"))[0]["total"]
        return total, self.bolt.read(text("documents"), skip=skip, most=most)

    def all_documents(self) -> tuple[State, list[dict[str, Any]]]:
        """Every loaded document, by id, and the state of the register in which it has these."""

        def work(transaction: Transaction) -> tuple[State, list[dict[str, Any]]]:
            total = transaction.run(text("count_documents"))[0]["total"]
            return read_state(transaction), transaction.run(text("documents"), skip=0, most=total)

        return self.steady(work)

    def text_of(self, document: str, number: int) -> str:
        """The text of one version of a document, which never changes.

        Raises:
            NotFound: there is no such version.
        """
        return self._read(lambda transaction: version_text(transaction, document, number))

    def extract(self, wish: Wish) -> Extract:
        """What documents say of the things that a network holds, and of those that these name."""
        return self.steady(
            lambda transaction: extract(transaction, read_state(transaction), self.tables(transaction), wish)
        )

    def versions(self, document: str) -> list[dict[str, Any]]:
        """Every version of a document that was ever loaded, the first one first; empty when there was none."""
        return self.bolt.read(text("versions"), document=document)

    def last_recorded(self) -> str | None:
        """When something was loaded or removed last, as ISO 8601 writes it, in UTC; None: never."""
        return self.bolt.read(text("last_recorded"))[0]["recorded"]

    def total(self, label: str) -> int:
        """How many things of one kind the register holds."""
        return self.bolt.read(text(f"totals {label}"))[0]["total"]

    def steady(self, work: Callable[[Transaction], T]) -> T:
        """Read with several queries what belongs together: again when a load was finished meanwhile.

        Both engines show each query what is committed when it begins, so an answer could mix two revisions.
        """
        for _ in range(STEADY_TRIES):
            before = self._revision()
            try:
                found = self._read(work)
            except HalfWritten:
                time.sleep(HALF_WRITTEN_FOR)
                continue
            if self.state().revision == before:
                return found
        raise EngineUnavailable("the register changes faster than it can be read; ask again")

    def _revision(self) -> int:
        """The revision; one that was not seen before is given the time to be applied as a whole."""
        found = self.state().revision
        if found != self._known.seen:
            time.sleep(HALF_WRITTEN_FOR)
            self._known.seen = found
        return found

    def _read(self, work: Callable[[Transaction], T]) -> T:
        return self.bolt.read_many(work)


def _services_within(transaction: Transaction, asked: Iterable[str], identities: Identities) -> frozenset[str]:
    parties: set[str] = set()
    fresh = identities.everybody(asked)
    while fresh:
        parties |= fresh
        rows = transaction.run(text("parties_within"), ids=sorted(fresh))
        fresh = identities.everybody(row["id"] for row in rows) - parties
    found = bodies(transaction, "services_of", parties=sorted(parties))
    return frozenset(body["id"] for body in found)


def _run(name: str, **parameters: Any) -> Callable[[Transaction], object]:
    return lambda transaction: transaction.run(text(name), **parameters)


def _thing(row: dict[str, Any]) -> dict[str, Any]:
    """What was said of a thing; of a country that no document speaks of, its code and name."""
    return json.loads(row["body"]) if row["body"] else {"id": row["id"], "name": row["name"]}
