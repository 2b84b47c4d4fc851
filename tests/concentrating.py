"""Asks networks in memory what hangs on whom, and whom to replace."""

from __future__ import annotations

from dataclasses import replace

from graphsvc.answers.concentration.kept import Row
from graphsvc.answers.concentration.replacement import LIMITS, Limits, Replacement, Search
from graphsvc.answers.concentration.stands import Concentration
from graphsvc.answers.concentration.tally import concentration
from graphsvc.answers.network import Network
from graphsvc.answers.parted import InMemory
from graphsvc.model import CHAIN_ENDS_AT, Status


class Shelf(list[Row]):
    """Rows that lie in memory."""

    def put(self, row: Row) -> int:
        self.append(row)
        return len(self) - 1


def concentrated(*networks: Network) -> Concentration:
    """What hangs on whom."""
    return concentration(InMemory(networks), Shelf())


def replaced(*networks: Network, accepted: frozenset[Status] = frozenset(), limits: Limits = LIMITS) -> Replacement:
    """Whom to replace so that no transfer is left."""
    search = Search(InMemory(networks), shelf := Shelf(), accepted, limits)
    concentration(InMemory(networks), shelf, search.look)
    return search.found()


def apart(found: Network) -> list[Network]:
    """A part of a network for each controller, as it would be fetched: what only others reach is in none of them."""
    return [_only(found, controller) for controller in sorted({a.controller for a in found.activities})]


def _only(found: Network, controller: str) -> Network:
    activities = [activity for activity in found.activities if activity.controller == controller]
    flows, todo = {}, [activity.id for activity in activities]
    while todo:
        sender = todo.pop()
        if sender not in flows:
            flows[sender] = found.flows.get(sender, ())
            todo += [flow.recipient for flow in flows[sender] if flow.role not in CHAIN_ENDS_AT]
    return replace(found, activities=tuple(activities), flows={key: sent for key, sent in flows.items() if sent})
