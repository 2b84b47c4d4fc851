"""The watch: lists of sub-processors that vendors publish, held against what the register says of them (Art. 28(2)).

A list is compared by who is on it and where, whichever document of the register says so. Nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from graphsvc.errors import GraphsvcError, InvalidQuestion
from graphsvc.graph.queries import text
from graphsvc.graph.store import Store
from graphsvc.imports.difference import Said
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.report import Report
from graphsvc.imports.foreign.watch_list import Page
from graphsvc.intake import made_of, register_of
from graphsvc.model import Day, Flow, Service, days_after


@dataclass(frozen=True)
class Window:
    """Until when one may object to what is new on a list.

    Attributes:
        of: Id of the flow whose contract says the days, or of the service whose list does.
        where: `contract` or `list`.
        objection_days: Days after the announcement in which one may object.
        announced: Day of the announcement; None: not known.
        last_day: Last day to object; None: not known.
    """

    of: str
    where: str
    objection_days: int
    announced: Day | None
    last_day: Day | None


@dataclass(frozen=True)
class Difference:
    """One sub-processor on which list and register differ.

    Attributes:
        what: `gained`, `lost`, `moved` (other places) or `other_purpose`.
        party: Id of the party; of the service where nobody is named.
        name: What it is called.
        places_before: Places by the register; None: it is not there.
        places_after: Places by the list; None: it is not there.
        purpose_before: Purpose by the register.
        purpose_after: Purpose by the list.
        since: First day by the list.
        windows: For what is gained or moved: until when one may object; empty: no days are recorded.
    """

    what: str
    party: str
    name: str
    places_before: tuple[str, ...] | None = None
    places_after: tuple[str, ...] | None = None
    purpose_before: str | None = None
    purpose_after: str | None = None
    since: Day | None = None
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Watched:
    """What was found of one page.

    Attributes:
        page: The page.
        format: What it was read as; None: the page could not be read.
        format_by: By what: `given` (in the list of pages), `content`, `type` (as it was sent) or `name`.
        service: Id of the service whose list it is; None: the page could not be read.
        date: Day of the list; None: not known.
        differences: Where list and register differ, what is gained first.
        same: How many sub-processors are the same.
        report: What the importer says; None: the page could not be read.
        fault: Why the page could not be fetched or read.
    """

    page: Page
    format: str | None = None
    format_by: str | None = None
    service: str | None = None
    date: Day | None = None
    differences: tuple[Difference, ...] = ()
    same: int = 0
    report: Report | None = None
    fault: str | None = None

    def body(self) -> dict[str, Any]:
        """Plain values."""
        page = {key: getattr(self.page, key) for key in ("path", "publisher", "service", "format", "address")}
        found = {key: value for key, value in asdict(self).items() if key != "page"}
        return {"page": page} | found


@dataclass
class _Side:
    """A sub-processor by one side."""

    name: str
    places: set[str] = field(default_factory=set)
    purposes: list[str] = field(default_factory=list)
    since: Day | None = None

    def add(self, flow: Said) -> None:
        self.places |= set(flow.get("places", ())) or {"unknown"}
        self.purposes += [flow["purpose"]] if "purpose" in flow else []
        self.since = self.since or flow.get("valid_from")

    @property
    def purpose(self) -> str | None:
        return "; ".join(dict.fromkeys(self.purposes)) or None


Sides = Mapping[str, _Side]


def watch(store: Store, pages: Iterable[tuple[Page, bytes | GraphsvcError]], on: Day, limit: int) -> Iterator[Watched]:
    """Hold pages against the register.

    Args:
        store: The register.
        pages: Each page with its bytes, or why it cannot be had.
        on: The day.
        limit: Largest page, in bytes.
    """
    known = register_of(store)
    for page, content in pages:
        if isinstance(content, GraphsvcError):
            yield Watched(page, fault=str(content))
            continue
        try:
            yield _watched(store, page, content, known, on, limit)
        except GraphsvcError as error:
            yield Watched(page, fault=str(error))


def _watched(store: Store, page: Page, content: bytes, known: Register, on: Day, limit: int) -> Watched:
    kind = page.kind(content)
    _, made = made_of(kind.format, content, page.settings(), known, limit)
    if not made.service:
        raise InvalidQuestion("the list speaks of several companies; a watch takes the list of one")
    body, names = made.body, _names(made.body, known)
    listed = _sides(body.get("flows", ()), {entry["id"]: entry for entry in body["services"]}, names)
    flows = [flow for flow in _flows(store, "flows_from Service", made.service, on) if flow["role"] == "sub_processor"]
    there = _sides(flows, _services(store, {flow["to"] for flow in flows}), names)
    date = body["sources"][0].get("date")
    found = _differences(there, listed, tuple(_windows(store, made.service, on)), date)
    differences = tuple(sorted(found, key=lambda one: (ORDER[one.what], one.party)))
    same = len(listed.keys() & there.keys()) - sum(one.what in {"moved", OTHER_PURPOSE} for one in differences)
    return Watched(page, kind.format, kind.how, made.service, date, differences, same, made.report)


OTHER_PURPOSE = "other_purpose"
ORDER = {"gained": 0, "moved": 1, "lost": 2, OTHER_PURPOSE: 3}


def _names(body: Said, known: Register) -> dict[str, str]:
    names = {stated.entry["id"]: stated.entry["name"] for stated in known.stated if stated.section == "parties"}
    return names | {party["id"]: party["name"] for party in body.get("parties", ())}


def _sides(flows: Iterable[Said], services: Mapping[str, Said], names: Mapping[str, str]) -> dict[str, _Side]:
    """Sub-processors by the party that provides the service, or by the service where nobody does."""
    found: dict[str, _Side] = {}
    for flow in flows:
        service = services[flow["to"]]
        key = service.get("provider", service["id"])
        found.setdefault(key, _Side(names.get(key, service["name"]))).add(flow)
    return found


def _differences(
    before: Sides, after: Sides, contracts: Sequence[tuple[str, str, int, int | None]], date: Day | None
) -> Iterator[Difference]:
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        what = _what(old, new)
        if what is None:
            continue
        known = new or old
        windows = tuple(_window(one, new, date) for one in contracts) if new and what in {"gained", "moved"} else ()
        yield Difference(
            what,
            key,
            known.name if known else key,
            tuple(sorted(old.places)) if old else None,
            tuple(sorted(new.places)) if new else None,
            old.purpose if old else None,
            new.purpose if new else None,
            new.since if new else None,
            windows,
        )


def _what(old: _Side | None, new: _Side | None) -> str | None:
    if old is None:
        return "gained"
    if new is None:
        return "lost"
    if old.places != new.places:
        return "moved"
    return OTHER_PURPOSE if new.purpose and old.purpose and new.purpose != old.purpose else None


def _windows(store: Store, sender: str, on: Day) -> Iterator[tuple[str, str, int, int | None]]:
    """Where days to object are recorded: in the contracts under the flows to the service, else with its list."""
    listed = [Service.from_body(body) for body in _services(store, {sender}).values()]
    published = listed[0].sub_processors if listed else None
    flows = [Flow.from_body(body) for body in _flows(store, "flows_to", sender, on)]
    without = not flows
    for flow in flows:
        contract = flow.contract
        if contract and contract.objection_days is not None and contract.holds(on):
            yield flow.id, "contract", contract.objection_days, contract.notice_days
        else:
            without = True
    if without and published and published.objection_days is not None:
        yield sender, "list", published.objection_days, published.notice_days


def _window(recorded: tuple[str, str, int, int | None], new: _Side, date: Day | None) -> Window:
    """The last day to object: that many days after the day of the list, or after first day less notice."""
    of, where, days, notice = recorded
    announced = date if date and (new.since is None or date <= new.since) else None
    if announced is None and new.since and notice is not None:
        announced = days_after(new.since, -notice)
    return Window(of, where, days, announced, days_after(announced, days) if announced else None)


def _flows(store: Store, query: str, service: str, on: Day) -> list[Said]:
    rows = store.bolt.read(text(query), ids=[service], on=on, until=on)
    return [json.loads(row["body"]) for row in rows]


def _services(store: Store, ids: Iterable[str]) -> dict[str, Said]:
    rows = store.bolt.read(text("services_by_id"), ids=sorted(ids))
    return {entry["id"]: entry for entry in (json.loads(row["body"]) for row in rows)}
