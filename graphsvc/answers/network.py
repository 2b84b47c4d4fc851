"""What was fetched for a question: the activities, the flows they reach on the day, who provides what, the law."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.order import Order
from graphsvc.answers.tick import ENDLESS, Tick
from graphsvc.law.tables import Law
from graphsvc.model import (
    UNKNOWN,
    UNKNOWN_PARTY,
    Activity,
    Claim,
    Day,
    Flow,
    Party,
    Remark,
    Service,
    Source,
    Use,
    Vocabulary,
    in_force,
)


@dataclass(frozen=True)
class Scope:
    """The controllers that the asker may see, and asks about. An argument of fetch, never a filter afterwards.

    Attributes:
        controllers: Whom the asker may see; None: all of them. That parties are one never adds to these.
        asked: Whom the question is about; None: all of them. Whoever these are one with is asked about too.
    """

    controllers: frozenset[str] | None = None
    asked: frozenset[str] | None = None

    def narrowed_to(self, controllers: Iterable[str] | None) -> Scope:
        """The scope of a question about some controllers, asked by somebody with this scope."""
        if controllers is None:
            return self
        asked = frozenset(controllers)
        return replace(self, asked=asked if self.asked is None else asked & self.asked)

    def over(self, identities: Identities) -> Scope:
        """The same, where the question is about all ids that those asked about have."""
        return self if self.asked is None else replace(self, asked=identities.everybody(self.asked))

    @property
    def ids(self) -> frozenset[str] | None:
        """The controllers that are asked about and may be seen; None: all of them."""
        if self.controllers is None or self.asked is None:
            return self.asked if self.controllers is None else self.controllers
        return self.controllers & self.asked

    def __contains__(self, controller: str) -> bool:
        ids = self.ids
        return ids is None or controller in ids


EVERYBODY = Scope()


@dataclass(frozen=True)
class Papers:
    """What is fetched beside the flows for the questions that look at documents.

    Attributes:
        claims: What the controllers say in public, by id.
        remarks: What readers noticed about the controllers, by id.
        sources: The documents that anything fetched comes from, by id.
    """

    claims: Mapping[str, Claim] = field(default_factory=dict)
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @classmethod
    def of(cls, claims: Iterable[Claim], remarks: Iterable[Remark], sources: Iterable[Source]) -> Papers:
        """Papers from things in any order."""
        found = ({thing.id: thing for thing in things} for things in (claims, remarks, sources))
        return cls(*found)


@dataclass(frozen=True)
class Network:
    """The part of the register that a question reaches, on one day.

    Attributes:
        on: The day.
        law: The law tables.
        order: The order of the vocabulary.
        activities: In the order of controller and id.
        flows: For each activity or service the flows it sends that day, in the order of their ids.
        services: By id.
        parties: By id: controllers, providers, and the groups that they are part of.
        vocabulary: The words that everything is told in.
        papers: Claims, remarks and sources; empty unless they were asked for.
        until: When it was fetched for a time: the last day; what is in it is so on some day, and `at` gives a day.
        identities: Which parties of the register are one; in the network each of these has one id.
        uses: How controllers and providers in it use services.
        tick: What long work on it calls again and again.
    """

    on: Day
    law: Law
    order: Order
    activities: tuple[Activity, ...]
    flows: Mapping[str, tuple[Flow, ...]]
    services: Mapping[str, Service]
    parties: Mapping[str, Party]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    papers: Papers = field(default_factory=Papers)
    until: Day | None = None
    identities: Identities = field(default_factory=Identities)
    uses: tuple[Use, ...] = ()
    tick: Tick = field(default=ENDLESS, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        on: Day,
        law: Law,
        order: Order,
        activities: Iterable[Activity],
        flows: Iterable[Flow],
        services: Iterable[Service],
        parties: Iterable[Party],
        vocabulary: Vocabulary | None = None,
        papers: Papers | None = None,
        until: Day | None = None,
        tick: Tick = ENDLESS,
        uses: Iterable[Use] = (),
    ) -> Network:
        """A network from things in any order; flows, activities and uses of other days are left out."""
        last = until or on
        by_sender: dict[str, dict[str, Flow]] = defaultdict(dict)
        for flow in flows:
            tick()
            if _overlaps(flow, on, last):
                by_sender[flow.sender][flow.id] = flow
        today = (activity for activity in activities if _overlaps(activity, on, last))
        return cls(
            on,
            law,
            order,
            tuple(sorted(today, key=lambda activity: (activity.controller, activity.id))),
            {sender: tuple(found[key] for key in sorted(found)) for sender, found in by_sender.items()},
            {service.id: service for service in services},
            {party.id: party for party in parties},
            vocabulary or Vocabulary(),
            papers or Papers(),
            until,
            uses=tuple(sorted((use for use in uses if _overlaps(use, on, last)), key=lambda use: use.id)),
            tick=tick,
        )

    def joined(self, other: Network) -> Network:
        """What two networks of one day and one revision hold together."""
        activities = {activity.id: activity for activity in (*self.activities, *other.activities)}
        papers = Papers(
            {**self.papers.claims, **other.papers.claims},
            {**self.papers.remarks, **other.papers.remarks},
            {**self.papers.sources, **other.papers.sources},
        )
        found = Network.of(
            *(self.on, self.law, self.order, activities.values()),
            (flow for network in (self, other) for found in network.flows.values() for flow in found),
            {**self.services, **other.services}.values(),
            {**self.parties, **other.parties}.values(),
            *(self.vocabulary, papers, self.until, self.tick),
            {use.id: use for use in (*self.uses, *other.uses)}.values(),
        )
        return replace(found, identities=self.identities)

    def at(self, day: Day) -> Network:
        """The network of one day, from one that was fetched for a time with this day in it."""
        flows = (
            (sender, tuple(flow for flow in found if _overlaps(flow, day, day))) for sender, found in self.flows.items()
        )
        return replace(
            self,
            on=day,
            until=None,
            activities=tuple(activity for activity in self.activities if _overlaps(activity, day, day)),
            flows={sender: found for sender, found in flows if found},
            uses=tuple(use for use in self.uses if _overlaps(use, day, day)),
        )

    def party(self, party: str) -> Party:
        """A party by its id, or by another one that it has; the unknown party when nobody told us."""
        return self.parties.get(self.identities.one(party), UNKNOWN_PARTY)

    def provider(self, service: str) -> Party:
        """The party that provides a service."""
        found = self.services.get(service)
        return self.party(found.provider if found else UNKNOWN)

    @cached_property
    def _controllers(self) -> Mapping[str, str]:
        """By activity, who answers for it."""
        return {activity.id: activity.controller for activity in self.activities}

    def exporter(self, flow: Flow) -> Party:
        """The party that sends: who answers for the activity, or who provides the sending service."""
        controller = self._controllers.get(flow.sender)
        return self.provider(flow.sender) if controller is None else self.party(controller)

    def share_a_group(self, one: Party, other: Party) -> bool:
        """Whether two parties have a group in common on the day, or one is part of the other; of nobody: no."""
        if UNKNOWN in {one.id, other.id}:
            return False
        ours, theirs = ({each.id, *(group.id for group in self.groups(each.id))} for each in (one, other))
        return not ours.isdisjoint(theirs)

    def groups(self, party: str) -> tuple[Party, ...]:
        """The groups a party is part of on the day, nearest first; a circle of owners ends."""
        found: dict[str, Party] = {}
        todo = [party]
        while todo:
            for parent, valid_from, valid_until in self.party(todo.pop(0)).parents:
                if parent not in found and parent != party and in_force(self.on, valid_from, valid_until):
                    found[parent] = self.party(parent)
                    todo.append(parent)
        return tuple(found.values())


def _overlaps(thing: Activity | Flow | Use, first: Day, last: Day) -> bool:
    """Whether something is so on some day from the first to the last."""
    return (thing.valid_from is None or thing.valid_from <= last) and in_force(first, None, thing.valid_until)
