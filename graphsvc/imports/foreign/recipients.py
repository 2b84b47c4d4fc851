"""Which service of whom a name in a file means, and what the document says of both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from graphsvc.imports.foreign.draft import Draft
from graphsvc.imports.foreign.known import Directory, Register, Thing, key_of
from graphsvc.imports.foreign.names import Found, Names, Written, slug
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.words import plain
from graphsvc.model import UNKNOWN, Basis


class Target(NamedTuple):
    """The service that a row stands for.

    Attributes:
        id: Its id.
        name: Its name.
        provider: Id of the party that provides it.
        inferred: Whether the list names the party only, and the service is the one that the register has of it.
    """

    id: str
    name: str
    provider: str
    inferred: bool = False


def general_id(party: str) -> str:
    """Id of the service that stands for whatever a party provides."""
    return slug(f"{party}-services")


class Recipients:
    """The recipients that a file names.

    Args:
        register: What the register knows.
        settings: What whoever imports says, the mapping of names and services above all.
        draft: The document in the making.
        notes: What the report will say.
    """

    def __init__(self, register: Register, settings: ImportSettings, draft: Draft, notes: Notes) -> None:
        self.directory: Directory = register.without(draft.id)
        self._names = Names(self.directory, settings.words.names, notes)
        self._services = {plain(name): key for name, key in settings.words.services.items()}
        self._draft = draft
        self._notes = notes

    def learn(self, names: Iterable[Written], parties: Iterable[Written] = ()) -> None:
        """Find out who each name is; names of services are none of parties. Called once.

        Args:
            names: Names of recipients.
            parties: Names that are parties in any case, such as the publisher.
        """
        self._names.learn([*parties, *(name for name in names if self._service_called(name) is None)])

    def stated(self, who: Written, seats: Iterable[str] = ()) -> Found:
        """The party of a name, which the document speaks of from now on."""
        party = self._names.of(who)
        self._draft.party(party.id, party.name, _locator(who), who.every_name, seats, who.numbers)
        return party

    def target(self, who: Written, seats: Iterable[str] = ()) -> Target:
        """The service that a name means; the document speaks of it and its provider from now on."""
        target = self._target(who, [code for code in seats if code != UNKNOWN])
        known = self.directory.parties.get(target.provider)
        if target.provider:
            self._draft.party(target.provider, known.name if known else who.name, _locator(who))
        self._draft.service(target.id, target.name, target.provider or None, _locator(who))
        return target

    def unnamed(self, key: str, name: str, locator: str) -> Target:
        """A service of a recipient that the file does not name: nobody knows whose it is."""
        self._draft.service(slug(key), name, None, locator)
        return Target(slug(key), name, "")

    def is_known(self, who: Written) -> bool:
        """Whether the register has a party or a service of that name."""
        return bool(self._service_called(who) or self.directory.parties_called(key_of(who.name)))

    def flow(self, key: str, sender: str, target: Target, role: str, locator: str) -> dict:
        """The flow from a sender to a target; the one with the same id when there is one."""
        own = key if key.startswith(self._draft.id) else f"{self._draft.id}-{key}"
        flow = self._draft.entry("flows", slug(own), locator, **{"from": sender, "to": target.id, "role": role})
        if target.inferred:
            self._draft.proven(flow, self._draft.evidence(locator, Basis.INFERRED, ["to"]))
        return flow

    def _service_called(self, who: Written) -> Thing | None:
        """The service that a name means: "Google Analytics" names a product, and through it its provider."""
        given = self._services.get(plain(who.name))
        if given:
            return self.directory.services.get(given) or Thing(given, who.name, frozenset())
        if self.directory.parties_called(key_of(who.name)):
            return None
        called = self.directory.services_called(key_of(who.name))
        return called[0] if len(called) == 1 and called[0].provider else None

    def _target(self, who: Written, seats: list[str]) -> Target:
        if service := self._service_called(who):
            return Target(service.id, service.name, service.provider)
        party = self._names.of(who)
        self._draft.party(party.id, party.name, _locator(who), who.every_name, seats, who.numbers)
        self._compare_seats(who, seats, party)
        own = self.directory.by_provider.get(party.id, [])
        for name in filter(None, (who.product, f"{who.name} {who.product}")):
            named = [service for service in own if key_of(name) in service.keys]
            if len(named) == 1:
                return Target(named[0].id, named[0].name, party.id)
        return self._general(party, own, who)

    def _general(self, party: Found, own: list[Thing], who: Written) -> Target:
        """The only service of a party, else "<party> services"."""
        general = general_id(party.id)
        if len(own) == 1:
            return Target(own[0].id, own[0].name, party.id, own[0].id != general)
        if own and general not in {service.id for service in own}:
            known = ", ".join(sorted(service.id for service in own)[:10])
            text = f"taken as {general}: the file does not say which service of {party.name} is used ({known})"
            self._notes.guessed(who.place, text, who.name)
        known_general = self.directory.services.get(general)
        return Target(general, known_general.name if known_general else f"{party.name} services", party.id)

    def _compare_seats(self, who: Written, seats: list[str], party: Found) -> None:
        known = party.known.seats if party.known else frozenset()
        new = set(seats) - known
        if known and new:
            text = f"the register has the seat of {party.name} in {', '.join(sorted(known))}; both are kept"
            self._notes.noted(who.place, text, ", ".join(sorted(new)))


def _locator(who: Written) -> str:
    return f"{who.place}: {who.name}" if who.place else "whole file"
