"""What a register says, searched in the plainest way: dicts of the document, nothing of graphsvc.

What tests hold answers against has to be right by looking at it, so it is written out: lists of flows are gone
through again and again, and nothing is remembered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from tests.builders import Entry, seed

UNKNOWN = "unknown"
Item = tuple[str, str]
ANYTHING: Item = (UNKNOWN, UNKNOWN)
KEEPS_IT = ("independent_controller", "authority")
"""What these do with data next is their own processing: a chain ends there."""
NO_THIRD_COUNTRY = ("eu_member", "eu_territory", "eea_member", "transition")


def valid(entry: Entry, on: str) -> bool:
    """Whether something is so on a day."""
    return entry.get("valid_from", "0000") <= on <= entry.get("valid_until", "9999")


def flows_on(body: Entry, on: str) -> list[Entry]:
    """The flows of a day."""
    return [flow for flow in body["flows"] if valid(flow, on)]


def activities_on(body: Entry, on: str) -> list[Entry]:
    """The activities of a day."""
    return [activity for activity in body["activities"] if valid(activity, on)]


@cache
def is_inside(country: str, on: str) -> bool:
    """Whether a country is no third country on a day."""
    rows = [row for row in seed("regimes") if row["country"] == country and valid(row, on)]
    return any(row["kind"] in NO_THIRD_COUNTRY for row in rows)


@cache
def above(section: str, word: str) -> frozenset[str]:
    """A word of the vocabulary and all broader ones."""
    broader = [each for entry in seed(section) if entry["id"] == word for each in entry.get("broader", ())]
    return frozenset({word, UNKNOWN}.union(*(above(section, each) for each in broader)))


def includes(broad: Item, narrow: Item) -> bool:
    """Whether a data item is another one or broader."""
    subjects, categories = above("subject_categories", narrow[0]), above("data_categories", narrow[1])
    return broad[0] in subjects and broad[1] in categories


def items(entries: Iterable[Entry]) -> set[Item]:
    """Data items of a list of the document."""
    return {(entry["subject"], entry["category"]) for entry in entries}


def passing(item: Item, flow: Entry) -> set[Item]:
    """What of an item passes a flow: with each item that it lists, the narrower word of both."""
    if "carries" not in flow:
        return {item}
    found = set()
    for listed in items(flow["carries"]):
        for subject in (item[0], listed[0]):
            for category in (item[1], listed[1]):
                both = (subject, category)
                if includes(item, both) and includes(listed, both):
                    found.add(both)
    return found


Crossings = dict[str, dict[Item, int]]
"""By id of a flow, the items that pass it, each with the length of a shortest chain that brings it there."""


def spread(body: Entry, on: str, activity: Entry) -> Crossings:
    """Where the data of an activity goes: level by level, a plain breadth-first search."""
    found: Crossings = defaultdict(dict)
    level = {(activity["id"], item) for item in items(activity.get("data", ())) or {ANYTHING}}
    seen = set(level)
    depth = 0
    while level:
        depth += 1
        after = set()
        for node, item in level:
            for flow in flows_on(body, on):
                if flow["from"] == node:
                    for passed in passing(item, flow):
                        found[flow["id"]].setdefault(passed, depth)
                        if flow["role"] not in KEEPS_IT:
                            after.add((flow["to"], passed))
        level = after - seen
        seen |= level
    return dict(found)


def spreads(body: Entry, on: str) -> dict[str, Crossings]:
    """Where the data of each activity goes."""
    return {activity["id"]: spread(body, on, activity) for activity in activities_on(body, on)}


def controller_of(body: Entry, activity: str) -> str:
    """Who answers for an activity."""
    return next(entry["controller"] for entry in body["activities"] if entry["id"] == activity)


def provider_of(body: Entry, service: str) -> str:
    """Who provides a service."""
    return next(entry.get("provider", UNKNOWN) for entry in body["services"] if entry["id"] == service)


def services_of(body: Entry, party: str) -> set[str]:
    """The services that a party provides."""
    return {entry["id"] for entry in body["services"] if entry.get("provider", UNKNOWN) == party}


def countries_of(body: Entry, flow: Entry) -> set[str]:
    """Where a flow takes data: its places, and the seats of the recipient unless these have no access."""
    found = set(flow.get("places") or [UNKNOWN])
    if flow.get("seat_access", True):
        provider = provider_of(body, flow["to"])
        seats = [entry.get("established_in") for entry in body["parties"] if entry["id"] == provider]
        found |= set((seats and seats[0]) or [UNKNOWN])
    return found


def lines(body: Entry, on: str) -> set[tuple[str, str, str]]:
    """Activity, flow and country of each line: the third countries, and where there is none those inside."""
    by_id = {flow["id"]: flow for flow in body["flows"]}
    found = set()
    for activity, crossings in spreads(body, on).items():
        for flow in crossings:
            countries = countries_of(body, by_id[flow])
            outside = {country for country in countries if not is_inside(country, on)}
            found |= {(activity, flow, country) for country in outside or countries}
    return found


Holding = tuple[str, str, str, Item]
"""Controller, service, role of the service, and the data item."""


def holdings(body: Entry, on: str) -> set[Holding]:
    """Who holds which data of whom in which role."""
    return {
        (controller_of(body, activity), flow["to"], flow["role"], item)
        for activity, crossings in spreads(body, on).items()
        for flow in body["flows"]
        for item in crossings.get(flow["id"], ())
    }


def holdings_above(body: Entry, on: str, services: set[str]) -> set[Holding]:
    """What some services hold, searched upwards: the flows that lead there, then what comes down these alone."""
    leading: list[Entry] = []
    todo, seen = set(services), set(services)
    while todo:
        here = [flow for flow in flows_on(body, on) if flow["to"] in todo]
        leading += [flow for flow in here if flow["to"] in services or flow["role"] not in KEEPS_IT]
        todo = {flow["from"] for flow in leading} - seen
        seen |= todo
    found = set()
    for activity in activities_on(body, on):
        here = {(activity["id"], item) for item in items(activity.get("data", ())) or {ANYTHING}}
        passed: set[tuple[str, Item]] = set()
        before = -1
        while before != len(here) + len(passed):
            before = len(here) + len(passed)
            for flow in leading:
                arriving = {item for node, item in here if node == flow["from"]}
                for item in set().union(*(passing(item, flow) for item in arriving)):
                    passed.add((flow["id"], item))
                    if flow["role"] not in KEEPS_IT:
                        here.add((flow["to"], item))
        for flow in leading:
            if flow["to"] in services:
                brought = [item for key, item in passed if key == flow["id"]]
                found |= {(activity["controller"], flow["to"], flow["role"], item) for item in brought}
    return found


def chains(body: Entry, on: str, starts: dict[str, set[Item]], ends: set[str]) -> dict[tuple[str, ...], set[Item]]:
    """Every chain from some nodes, with the data there, to the first of some services, by no service twice."""

    def go_on(before: tuple[str, ...], seen: set[str], node: str, arriving: set[Item]) -> Iterator:
        for flow in flows_on(body, on):
            passed = set().union(*(passing(item, flow) for item in arriving)) if flow["from"] == node else set()
            if not passed or flow["to"] in seen:
                continue
            chain = (*before, flow["id"])
            if flow["to"] in ends:
                yield chain, passed
            elif flow["role"] not in KEEPS_IT:
                yield from go_on(chain, seen | {flow["to"]}, flow["to"], passed)

    return {chain: found for start in starts for chain, found in go_on((), {start}, start, starts[start])}


def circles(body: Entry, on: str) -> set[tuple[frozenset[str], frozenset[str]]]:
    """Services of which each reaches each other one by flows that data passes, and the flows among them."""
    passed = set().union(*spreads(body, on).values())
    going_on = [flow for flow in body["flows"] if flow["id"] in passed and flow["role"] not in KEEPS_IT]
    reach: dict[str, set[str]] = defaultdict(set)
    before = -1
    while before != sum(map(len, reach.values())):
        before = sum(map(len, reach.values()))
        for flow in going_on:
            reach[flow["from"]] |= {flow["to"]} | reach[flow["to"]]
    found = set()
    for node in [node for node in reach if node in reach[node]]:
        members = frozenset(other for other in reach[node] if node in reach[other])
        among = frozenset(flow["id"] for flow in going_on if flow["from"] in members and flow["to"] in members)
        found.add((members, among))
    return found


def without(body: Entry, services: set[str]) -> Entry:
    """A register without the flows from and to some services."""
    return body | {
        "flows": [flow for flow in body["flows"] if flow["to"] not in services and flow["from"] not in services]
    }
