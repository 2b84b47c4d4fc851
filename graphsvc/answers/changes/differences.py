"""What is different between two networks, such as those of two days, item by item, each with its cause. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from graphsvc.answers.changes.causes import Between, Cause, Edition, Reader
from graphsvc.answers.changes.objection import Window, window
from graphsvc.answers.lines import Assessor, Line, Passage
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Items
from graphsvc.answers.sides import Side, contract_of
from graphsvc.model import ACTING_FOR_OTHERS, Activity, Status, severity


class Kind(StrEnum):
    """What is different; the order in which items of one day and one footing stand."""

    STATUS_CHANGED = "status_changed"
    SUB_PROCESSOR_GAINED = "sub_processor_gained"
    FLOW_GAINED = "flow_gained"
    HOLDER_GAINED = "holder_gained"
    PLACE_GAINED = "place_gained"
    DATA_GAINED = "data_gained"
    TOOL_LOST = "tool_lost"
    CONTRACT_LOST = "contract_lost"
    CONTRACT_CHANGED = "contract_changed"
    ROLE_CHANGED = "role_changed"
    ASSESSMENT_CHANGED = "assessment_changed"
    ACT_CHANGED = "act_changed"
    TOOL_GAINED = "tool_gained"
    CONTRACT_GAINED = "contract_gained"
    SUB_PROCESSOR_LOST = "sub_processor_lost"
    FLOW_LOST = "flow_lost"
    HOLDER_LOST = "holder_lost"
    PLACE_LOST = "place_lost"
    DATA_LOST = "data_lost"


GONE = frozenset({Kind.SUB_PROCESSOR_LOST, Kind.FLOW_LOST, Kind.HOLDER_LOST, Kind.PLACE_LOST, Kind.DATA_LOST})
"""Kinds after which there is no flow to look at any more."""
GOOD_NEWS = frozenset({Kind.TOOL_GAINED, Kind.CONTRACT_GAINED})
_PLACE = {kind: place for place, kind in enumerate(Kind)}
OF_WORD = {True: "gained", False: "lost"}
Shown = str | None


@dataclass(frozen=True)
class Change:
    """One thing that is different for a controller.

    Attributes:
        kind: What is different.
        line: The flow it is about, with its chain: as it is afterwards, or as it was when it is lost.
        activities: Ids of the activities whose data is concerned.
        before: What was so, in a word; None: it was not there.
        after: What is so now; None: it is not there any more.
        cause: Why.
        data: The data items concerned.
        tool: Id of the tool it is about.
        window: For a sub-processor that is new or in a new place: until when one may object.
    """

    kind: Kind
    line: Line
    activities: tuple[str, ...]
    before: Shown
    after: Shown
    cause: Cause
    data: Items
    tool: str | None = None
    window: Window | None = None

    @property
    def controller(self) -> str:
        """Id of the controller."""
        return self.line.passage.activity.controller

    @property
    def is_loss(self) -> bool:
        """Whether a flow, a holder, a place or data is gone, so that its footing is of the past."""
        return self.kind in GONE

    @property
    def rank(self) -> tuple[object, ...]:
        """Sorts changes: by day, then what is worst now; good news and what is gone last."""
        line = self.line
        worst_first = len(Status) if self.is_loss or self.kind in GOOD_NEWS else severity(line.status)
        flow = line.passage.flow.id
        place = (line.passage.depth, line.passage.service.id, flow, line.country, self.tool or "", self.activities)
        return (self.cause.day, worst_first, self.controller, _PLACE[self.kind], *place)


def changes(before: Network, after: Network, edition: Edition | None = None) -> list[Change]:
    """What is different for whom, by day, the worst first.

    Args:
        before: The network of the one day.
        after: The network of the other day, of the same revision of the register; or both of one day, each with what
            another version of a document says.
        edition: In that case: which versions.
    """
    between = Between(before, after, edition)
    sides = [(Assessor(network), network, _by_controller(network)) for network in (before, after)]
    found: list[Change] = []
    for controller in sorted({*sides[0][2], *sides[1][2]}):
        was, now = (Side(network, assessor, by.get(controller, [])) for assessor, network, by in sides)
        found += _Pair(was, now, between).changes()
    return sorted(found, key=lambda change: change.rank)


def _by_controller(network: Network) -> dict[str, list[Activity]]:
    found: dict[str, list[Activity]] = defaultdict(list)
    for activity in network.activities:
        found[activity.controller].append(activity)
    return found


class _Pair:
    """One controller before and after."""

    def __init__(self, was: Side, now: Side, between: Between) -> None:
        self._was, self._now, self._between = was, now, between

    def changes(self) -> Iterator[Change]:
        """Everything that is different for the controller."""
        for here, there in ((self._now, self._was), (self._was, self._now)):
            yield from self._flows(here, there)
            yield from self._parties(here, there)
            yield from self._places(here, there)
            yield from self._data(here, there)
        for flow in sorted(self._was.nearest.keys() & self._now.nearest.keys()):
            yield from self._of_flow(self._was.nearest[flow], self._now.nearest[flow])
        for key in sorted(self._was.passages.keys() & self._now.passages.keys()):
            yield from self._footings(self._was.passages[key], self._now.passages[key])

    # What is on one side only

    def _flows(self, here: Side, there: Side) -> Iterator[Change]:
        for flow in sorted(here.nearest.keys() - there.nearest.keys()):
            passage = here.nearest[flow]
            ends = (passage.flow.sender, passage.flow.recipient)
            is_new = (
                passage.flow.role in ACTING_FOR_OTHERS and ends in here.sub_processors.keys() - there.sub_processors
            )
            line = here.line(passage)
            yield self._one_side("sub_processor" if is_new else "flow", here, line, self._window(line))

    def _parties(self, here: Side, there: Side) -> Iterator[Change]:
        for party in sorted(here.parties.keys() - there.parties.keys()):
            line = here.line(here.parties[party])
            yield self._one_side("holder", here, line)

    def _places(self, here: Side, there: Side) -> Iterator[Change]:
        """Places of services that were known, and countries that data did not reach at all."""
        for service, country in sorted(here.places.keys() - there.places.keys()):
            passage = here.places[service, country]
            is_new_country = country not in there.countries and here.countries[country] is passage
            if service in there.services or is_new_country:
                line = here.line(passage, country)
                is_known = (passage.flow.sender, service) in there.sub_processors
                offered = self._window(line) if is_known else None
                yield self._one_side("place", here, line, offered)

    def _data(self, here: Side, there: Side) -> Iterator[Change]:
        for service in sorted(here.services & there.services):
            items = here.items(service) - there.items(service)
            carrying = [passage for passage, passed in here.held[service].items() if passed & items]
            if carrying:
                nearest = min(carrying, key=lambda passage: (passage.depth, passage.activity.id, passage.flow.id))
                line = here.line(nearest, items=nearest.items & items)
                activities = tuple(sorted({passage.activity.id for passage in carrying}))
                yield self._one_side("data", here, line, data=items, activities=activities)

    def _one_side(
        self,
        word: str,
        here: Side,
        line: Line,
        offered: Window | None = None,
        data: Items | None = None,
        activities: tuple[str, ...] | None = None,
    ) -> Change:
        gained = here is self._now
        told = line.status.value
        return Change(
            Kind(f"{word}_{OF_WORD[gained]}"),
            line,
            activities or here.activities[line.passage.flow.id],
            None if gained else told,
            told if gained else None,
            self._between.of_chain(line),
            line.passage.items if data is None else data,
            window=offered if gained else None,
        )

    def _window(self, line: Line) -> Window | None:
        """Until when one may object; None where there is nothing to object to: the engaging service is new itself."""
        flow = line.passage.flow
        if flow.role not in ACTING_FOR_OTHERS or len(line.chain) < 2:
            return None
        if flow.sender not in self._was.services or flow.sender not in self._now.services:
            return None
        return window(line, flow.id not in self._was.nearest, self._between.edition, self._was.network)

    # What is on both sides

    def _of_flow(self, was: Passage, now: Passage) -> Iterator[Change]:
        yield from self._tools(was, now)
        line = self._now.line(now)
        activities = self._now.activities[now.flow.id]
        if was.flow.role is not now.flow.role:
            roles = (was.flow.role.value, now.flow.role.value)
            yield Change(Kind.ROLE_CHANGED, line, activities, *roles, self._between.of_facts(), now.items)
        yield from self._contract(was, now)

    def _contract(self, was: Passage, now: Passage) -> Iterator[Change]:
        before, after = contract_of(was), contract_of(now)
        if before == after:
            return
        kind = Kind.CONTRACT_LOST if after is None else Kind.CONTRACT_CHANGED if before else Kind.CONTRACT_GAINED
        told = (was if after is None else now).flow
        cause = self._between.of_contract(told.contract, told.id)
        activities = self._now.activities[now.flow.id]
        yield Change(kind, self._now.line(now), activities, before, after, cause, now.items)

    def _tools(self, was: Passage, now: Passage) -> Iterator[Change]:
        before, after = self._was.tools(was), self._now.tools(now)
        for tool in sorted(before ^ after):
            gained = tool in after
            yield Change(
                Kind.TOOL_GAINED if gained else Kind.TOOL_LOST,
                self._now.line(now),
                self._now.activities[now.flow.id],
                None if gained else tool,
                tool if gained else None,
                self._between.of_tool(was, now, tool),
                now.items,
                tool,
            )

    def _footings(self, was: Passage, now: Passage) -> Iterator[Change]:
        before = {line.country: line for line in self._was.lines(was)}
        for line in self._now.lines(now):
            if line.country in before:
                yield from self._footing(before[line.country], line)

    def _footing(self, was: Line, now: Line) -> Iterator[Change]:
        """The first thing about a footing that is another one: the status, the act, the assessment."""
        for kind, read in _READERS.items():
            old, new = read(was.assessment), read(now.assessment)
            if old != new:
                cause = self._between.of_footing(was, now, read)
                activities = (now.passage.activity.id,)
                yield Change(kind, now, activities, old, new, cause, now.passage.items)
                return


_READERS: dict[Kind, Reader] = {
    Kind.STATUS_CHANGED: lambda found: found.status.value,
    Kind.ACT_CHANGED: lambda found: found.act,
    Kind.ASSESSMENT_CHANGED: lambda found: _ASSESSMENT[found.transfer_impact_assessment],
}
_ASSESSMENT = {True: "recorded", False: "missing", None: "not_needed"}
