"""What is wrong with decisions on who is who: different numbers of one party, and decisions against each other."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graphsvc.answers.identities.decided import Identities
from graphsvc.errors import Fault
from graphsvc.graph.writer import Writer
from graphsvc.imports.documents import Document
from graphsvc.imports.identifiers import identifiers_of
from graphsvc.model import ONE_EACH, Identity, Sameness, Scheme
from graphsvc.register.statements import Statements

TITLES = {Scheme.LEI: "LEI", Scheme.KVK: "KvK number"}


class IdentityChecks:
    """Holds the decisions and the numbers of a load against those of the register."""

    def __init__(
        self, writer: Writer, documents: Sequence[Document], loaded: Sequence[str], statements: Statements
    ) -> None:
        """Prepare.

        Args:
            loaded: Ids of the documents that the load writes or removes; what they said before does not count.
        """
        self._writer = writer
        self._documents = documents
        self._loaded = loaded
        self._statements = statements
        self._places: dict[str, tuple[Document, str]] = {}

    def faults(self) -> Iterator[Fault]:
        """Every fault; documents that are not loaded with others touch nobody else."""
        ours = {identity.id: identity for identity in self._ours()}
        numbered = set(self._numbered())
        if not ours and not numbered:
            return
        identities = Identities.of([*self._others(), *ours.values()])
        touched = numbered | {party for each in ours.values() for party in (each.party, each.other)}
        self._statements.others("parties", identities.everybody(touched))
        for one in sorted({identities.one(party) for party in touched}):
            yield from self._numbers(identities, one)
        for identity in identities.decided:
            is_apart = identity.verdict is Sameness.DIFFERENT
            if is_apart and identities.one(identity.party) == identities.one(identity.other):
                yield from self._contradicted(identities, identity, ours)

    def _ours(self) -> Iterator[Identity]:
        for document in self._documents:
            for place, entry in enumerate(document.entries("identities")):
                identity = Identity.from_body(entry.value)
                self._places[identity.id] = (document, f"/identities/{place}")
                yield identity

    def _others(self) -> Iterator[Identity]:
        for row in self._writer.rows("identities"):
            if row["document"] not in self._loaded:
                yield Identity.from_body(json.loads(row["body"]))

    def _numbered(self) -> Iterator[str]:
        """The parties of the load that have numbers; most have none, and reading all of them would take long."""
        for document in self._documents:
            for place, entry in enumerate(document.entries("parties")):
                if '"identifiers":' in entry.text or '"registration":' in entry.text:
                    self._places[f"party {entry.id}"] = (document, f"/parties/{place}")
                    yield entry.id

    def _numbers(self, identities: Identities, one: str) -> Iterator[Fault]:
        """Different numbers in a register that gives one to each."""
        members = identities.all_of(one)
        for scheme in ONE_EACH:
            found: dict[str, set[str]] = defaultdict(set)
            for party, said in self._said(members):
                for identifier in identifiers_of(said):
                    if identifier.scheme is scheme:
                        found[identifier.number].add(party)
            if len(found) > 1:
                yield self._two_numbers(identities, members, TITLES[scheme], found)

    def _said(self, members: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What every document says of some parties; others have been asked about them."""
        for party in members:
            for said in self._statements.plain("parties", party).values():
                yield party, said

    def _two_numbers(
        self, identities: Identities, members: Sequence[str], title: str, found: Mapping[str, set[str]]
    ) -> Fault:
        told = "; ".join(f"{number} of {_listed(parties)}" for number, parties in sorted(found.items()))
        keys = [*(each.id for each in identities.joining(members[0])), *(f"party {party}" for party in members)]
        document, place = next(self._places[key] for key in keys if key in self._places)
        if len(members) == 1:
            return document.fault(place, f"{members[0]!r} has more than one {title}: {told}; an organisation has one")
        return document.fault(place, f"{_listed(members)} cannot be one: they have more than one {title}: {told}")

    def _contradicted(self, identities: Identities, apart: Identity, ours: Mapping[str, Identity]) -> Iterator[Fault]:
        joining = [each.id for each in identities.joining(apart.party)]
        key = next((key for key in (apart.id, *joining) if key in ours), None)
        if key is not None:
            document, place = self._places[key]
            yield document.fault(
                place,
                f"{apart.id!r} says that {_listed((apart.party, apart.other))} are different, "
                f"but by {_listed(joining)} they are the same; make them agree",
            )


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(map(repr, sorted(ids)))
