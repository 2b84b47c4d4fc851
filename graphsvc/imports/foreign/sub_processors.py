"""A list of sub-processors as a document: a flow from the publisher's service to each sub-processor (Art. 28(2))."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.known import Register, Thing, key_of
from graphsvc.imports.foreign.listing import Listed
from graphsvc.imports.foreign.names import Found, Written, slug, written
from graphsvc.imports.foreign.places import says_something
from graphsvc.imports.foreign.recipients import Recipients, Target, general_id
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.tools import tools_in
from graphsvc.imports.foreign.words import plain
from graphsvc.model import Day


def list_id(settings: ImportSettings) -> str:
    """Id of the document of a list: the next edition of the same list has the same one and so replaces it."""
    parts = [key_of(settings.publisher).base, *filter(None, [plain(settings.service)])]
    return slug("list " + " ".join(parts), 90)


class ListDocument:
    """Makes the document of one list."""

    def __init__(self, settings: ImportSettings, register: Register, notes: Notes, content: bytes) -> None:
        self._settings = settings
        self._register = register
        self._notes = notes
        self._content = content
        self._id = list_id(settings)
        self.service = ""
        """The service whose list it is, once the document is made; empty where it speaks of several."""
        self._flows: dict[tuple[str, str], list[str]] = defaultdict(list)
        for known in register.flows:
            self._flows[known[:2]].append(known[2])

    def body(self, listed: Iterable[Listed], date: Day | None) -> Entry:
        """The document."""
        rows = list(listed)
        date = self._settings.date or date
        who = self._settings.publisher
        title = f"Sub-processors of {self._settings.service or who}"
        self._draft = Draft(self._id, title, self._settings, self._notes, self._content, date, who)
        self._recipients = Recipients(self._register, self._settings, self._draft, self._notes)
        publisher = written(who, "")
        companies = {row.company: written(row.company, row.place) for row in rows if row.company}
        self._recipients.learn((row.who for row in rows), [publisher, *companies.values()])
        senders = {name: self._sender(one, "") for name, one in companies.items()}
        senders[""] = (
            self._sender(publisher, self._settings.service) if not rows or not all(r.company for r in rows) else ""
        )
        self.service = senders[""]
        for row in rows:
            self._flow(row, senders[row.company])
        self._say_list(senders, date)
        if date is None:
            self._notes.noted("", "the file gives no day of its own; give one with `date`")
        return self._draft.body()

    # The sender

    def _sender(self, who: Written, wanted: str) -> str:
        """The service whose list it is."""
        party = self._recipients.stated(who)
        place = who.place or "whole file"
        known = self._wanted(wanted, party) if wanted else None
        if known:
            key, name = known.id, known.name
        elif wanted:
            key = slug(wanted) if slug(wanted).startswith(party.id) else slug(f"{party.id}-{slug(wanted)}")
            name = wanted
        else:
            key, name = general_id(party.id), f"{party.name} services"
            self._say_other_services(party, key)
        thing = self._recipients.directory.services.get(key)
        provider = thing.provider or None if thing else party.id
        self._draft.service(key, thing.name if thing else name, provider, place)
        return key

    def _wanted(self, wanted: str, party: Found) -> Thing | None:
        if wanted in self._recipients.directory.services:
            return self._recipients.directory.services[wanted]
        called = self._recipients.directory.services_called(key_of(wanted))
        own = [service for service in called if service.provider == party.id]
        return own[0] if len(own) == 1 else None

    def _say_other_services(self, party: Found, key: str) -> None:
        others = [
            service.id for service in self._recipients.directory.by_provider.get(party.id, ()) if service.id != key
        ]
        if others:
            text = f"the list is taken as that of {key}; the register has other services of {party.name}: "
            self._notes.guessed("", text + ", ".join(sorted(others)[:10]) + ". Say with `service` which one it is of.")

    def _say_list(self, senders: dict[str, str], date: Day | None) -> None:
        """That the services have a published list (Art. 28(2)), unless another document says so in its own words."""
        complete = "no" if self._notes.rows_lost else "yes"
        published = {"date": date, "url": self._settings.url, "complete": complete}
        for key in filter(None, senders.values()):
            known = self._recipients.directory.services.get(key)
            if known and known.has_list:
                self._notes.noted("", f"what the register says of the list of {key} stays as it is")
                continue
            entry = self._draft.entry("services", key, "whole file")
            entry["sub_processor_list"] = {name: value for name, value in published.items() if value}

    def _flow(self, row: Listed, sender: str) -> None:
        target = self._recipients.target(row.who, row.seats)
        locator = f"{row.place}: {row.who.name}"
        if target.id == sender:
            self._notes.left_out(row.place, "names the service itself; no flow is made of that", row.who.name)
            return
        key = f"{self._id}-{sender}-to-{target.id}" if row.company else f"{self._id}-to-{target.id}"
        flow = self._recipients.flow(key, sender, target, "sub_processor", locator)
        self._fill(flow, row)
        self._say_known(sender, target, row)

    def _fill(self, flow: Entry, row: Listed) -> None:
        extend(flow, "places", row.places)
        for purpose in row.purposes:
            self._draft.join(flow, "purpose", purpose, row.place)
        product = [f"With the name, by the list: {row.who.product}"] if row.who.product else []
        for note in (*product, *row.notes):
            self._draft.join(flow, "note", f"{note.rstrip('.')}.", row.place, " ")
        for text, place in row.tools:
            tools = tools_in(text, place, self._register.tools, self._notes)
            extend(flow, "tools", ({"tool": tool} for tool in tools))
            if not says_something(text):
                continue
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
