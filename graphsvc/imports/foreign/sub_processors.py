"""A list of sub-processors as a document: a flow from the publisher's service to each sub-processor (Art. 28(2))."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.known import Directory, Register, Thing, key_of
from graphsvc.imports.foreign.listing import Listed
from graphsvc.imports.foreign.names import Found, Names, Written, slug, written
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.tools import tools_in
from graphsvc.imports.foreign.words import plain
from graphsvc.model import UNKNOWN, Basis, Day


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


def list_id(settings: ImportSettings) -> str:
    """Id of the document of a list: the next edition of the same list has the same one and so replaces it."""
    parts = [key_of(settings.publisher).base, *filter(None, [plain(settings.service)])]
    return slug("list " + " ".join(parts), 90)


def general_id(party: str) -> str:
    """Id of the service that stands for whatever a party provides."""
    return slug(f"{party}-services")


class ListDocument:
    """Makes the document of one list."""

    def __init__(self, settings: ImportSettings, register: Register, notes: Notes, content: bytes) -> None:
        self._settings = settings
        self._register = register
        self._notes = notes
        self._content = content
        self._id = list_id(settings)
        self._directory: Directory = register.without(self._id)
        self._names = Names(self._directory, settings.words.names, notes)
        self._flows: dict[tuple[str, str], list[str]] = defaultdict(list)
        for known in register.flows:
            self._flows[known[:2]].append(known[2])
        self._services = {plain(name): key for name, key in settings.words.services.items()}

    def body(self, listed: Iterable[Listed], date: Day | None) -> Entry:
        """The document."""
        rows = list(listed)
        date = self._settings.date or date
        title = f"Sub-processors of {self._settings.service or self._settings.publisher}"
        self._draft = Draft(self._id, title, self._settings, self._notes, self._content, date, self._settings.publisher)
        publisher = written(self._settings.publisher, "")
        by_service = [row for row in rows if self._service_called(row.who) is None]
        companies = {row.company: written(row.company, row.place) for row in rows if row.company}
        self._names.learn([publisher, *companies.values(), *(row.who for row in by_service)])
        senders = {name: self._sender(one, "") for name, one in companies.items()}
        senders[""] = self._sender(publisher, self._settings.service) if not all(r.company for r in rows) else ""
        for row in rows:
            self._flow(row, senders[row.company])
        self._say_list(senders, date)
        if date is None:
            self._notes.noted("", "the file gives no day of its own; give one with `date`")
        return self._draft.body()

    # The sender

    def _sender(self, who: Written, wanted: str) -> str:
        """The service whose list it is."""
        party = self._names.of(who)
        place = who.place or "whole file"
        self._draft.party(party.id, party.name, place, who.every_name)
        known = self._wanted(wanted, party) if wanted else None
        if known:
            key, name = known.id, known.name
        elif wanted:
            key = slug(wanted) if slug(wanted).startswith(party.id) else slug(f"{party.id}-{slug(wanted)}")
            name = wanted
        else:
            key, name = general_id(party.id), f"{party.name} services"
            self._say_other_services(party, key)
        thing = self._directory.services.get(key)
        provider = thing.provider or None if thing else party.id
        self._draft.service(key, thing.name if thing else name, provider, place)
        return key

    def _wanted(self, wanted: str, party: Found) -> Thing | None:
        if wanted in self._directory.services:
            return self._directory.services[wanted]
        called = self._directory.services_called(key_of(wanted))
        own = [service for service in called if service.provider == party.id]
        return own[0] if len(own) == 1 else None

    def _say_other_services(self, party: Found, key: str) -> None:
        others = [service.id for service in self._directory.by_provider.get(party.id, ()) if service.id != key]
        if others:
            text = f"the list is taken as that of {key}; the register has other services of {party.name}: "
            self._notes.guessed("", text + ", ".join(sorted(others)[:10]) + ". Say with `service` which one it is of.")

    def _say_list(self, senders: dict[str, str], date: Day | None) -> None:
        """That the services have a published list (Art. 28(2)), unless another document says so in its own words."""
        complete = "no" if self._notes.rows_lost else "yes"
        published = {"date": date, "url": self._settings.url, "complete": complete}
        for key in filter(None, senders.values()):
            known = self._directory.services.get(key)
            if known and known.has_list:
                self._notes.noted("", f"what the register says of the list of {key} stays as it is")
                continue
            entry = self._draft.entry("services", key, "whole file")
            entry["sub_processor_list"] = {name: value for name, value in published.items() if value}

    # The recipients

    def _service_called(self, who: Written) -> Thing | None:
        """The service that a name means: "Google Analytics" names a product, and through it its provider."""
        given = self._services.get(plain(who.name))
        if given:
            return self._directory.services.get(given) or Thing(given, who.name, frozenset())
        if self._directory.parties_called(key_of(who.name)):
            return None
        called = self._directory.services_called(key_of(who.name))
        return called[0] if len(called) == 1 and called[0].provider else None

    def _target(self, row: Listed) -> Target:
        if service := self._service_called(row.who):
            return Target(service.id, service.name, service.provider)
        party = self._names.of(row.who)
        seats = [code for code in row.seats if code != UNKNOWN]
        self._draft.party(party.id, party.name, self._locator(row), row.who.every_name, seats)
        self._compare_seats(row, party)
        own = self._directory.by_provider.get(party.id, [])
        for name in filter(None, (row.who.product, f"{row.who.name} {row.who.product}")):
            named = [service for service in own if key_of(name) in service.keys]
            if len(named) == 1:
                return Target(named[0].id, named[0].name, party.id)
        return self._general(party, own, row)

    def _general(self, party: Found, own: list[Thing], row: Listed) -> Target:
        """The only service of a party, else "<party> services"."""
        general = general_id(party.id)
        if len(own) == 1:
            return Target(own[0].id, own[0].name, party.id, own[0].id != general)
        if own and general not in {service.id for service in own}:
            known = ", ".join(sorted(service.id for service in own)[:10])
            text = f"taken as {general}: the list does not say which service of {party.name} is used ({known})"
            self._notes.guessed(row.place, text, row.who.name)
        known_general = self._directory.services.get(general)
        return Target(general, known_general.name if known_general else f"{party.name} services", party.id)

    def _compare_seats(self, row: Listed, party: Found) -> None:
        known = party.known.seats if party.known else frozenset()
        new = set(row.seats) - known - {UNKNOWN}
        if known and new:
            text = f"the register has the seat of {party.name} in {', '.join(sorted(known))}; both are kept"
            self._notes.noted(row.place, text, ", ".join(sorted(new)))

    def _flow(self, row: Listed, sender: str) -> None:
        target = self._target(row)
        locator = self._locator(row)
        if target.id == sender:
            self._notes.left_out(row.place, "names the service itself; no flow is made of that", row.who.name)
            return
        if target.provider:
            self._state_provider(target, row)
        self._draft.service(target.id, target.name, target.provider or None, locator)
        key = slug(f"{self._id}-to-{target.id}" if not row.company else f"{self._id}-{sender}-to-{target.id}")
        flow = self._draft.entry("flows", key, locator, **{"from": sender, "to": target.id, "role": "sub_processor"})
        if target.inferred:
            self._draft.proven(flow, self._draft.evidence(locator, Basis.INFERRED, ["to"]))
        self._fill(flow, row)
        self._say_known(sender, target, row)

    def _state_provider(self, target: Target, row: Listed) -> None:
        known = self._directory.parties.get(target.provider)
        self._draft.party(target.provider, known.name if known else row.who.name, self._locator(row))

    def _fill(self, flow: Entry, row: Listed) -> None:
        extend(flow, "places", row.places)
        for purpose in row.purposes:
            self._draft.join(flow, "purpose", purpose, row.place)
        product = [f"Product, by the list: {row.who.product}"] if row.who.product else []
        for note in (*product, *row.notes):
            self._draft.join(flow, "note", f"{note.rstrip('.')}.", row.place, " ")
        for text, place in row.tools:
            tools = tools_in(text, place, self._register.tools, self._notes)
            extend(flow, "tools", ({"tool": tool} for tool in tools))
            self._draft.join(flow, "note", f"Transfer tool, by the list: {' '.join(text.split())}.", row.place, " ")
        self._days(flow, row)

    def _days(self, flow: Entry, row: Listed) -> None:
        """The days of a flow: rows that name one service twice give the longest time together."""
        for key, day, pick in (("valid_from", row.since, min), ("valid_until", row.until, max)):
            if day and day != flow.get(key, day):
                self._notes.noted(
                    row.place, f"another row gives another day ({flow[key]}); the longer time is kept", day
                )
            if day:
                flow[key] = pick(day, flow.get(key, day))
        if flow.get("valid_until", "9999") < flow.get("valid_from", ""):
            self._notes.not_understood(
                row.place, "ends before it begins; the last day is left out", flow["valid_until"]
            )
            del flow["valid_until"]

    def _say_known(self, sender: str, target: Target, row: Listed) -> None:
        others = [document for document in self._flows.get((sender, target.id), ()) if document != self._id]
        if others:
            text = f"the document {others[0]} says already that {sender} uses {target.id}; both are kept"
            self._notes.noted(row.place, text, row.who.name)

    def _locator(self, row: Listed) -> str:
        return f"{row.place}: {row.who.name}"
