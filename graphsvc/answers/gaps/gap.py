"""One gap, and how a dossier is asked whether the law asks for what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphsvc.answers.dossier import Dossier
from graphsvc.answers.lines import Line, Step
from graphsvc.answers.marks import Marker
from graphsvc.answers.propagate import Items
from graphsvc.model import (
    Activity,
    Basis,
    Capacity,
    Evidence,
    Party,
    Requirement,
    Service,
    Shortfall,
    Source,
    basis_of,
    weakest,
)

HEAVIEST = 5


class Recipient(NamedTuple):
    """A service and whose it is."""

    service: Service
    party: Party


class Detail(NamedTuple):
    """What to say beside: the end of a key of the catalogue, and what its place stands for."""

    key: str
    value: str = ""


@dataclass(frozen=True)
class Gap:
    """Something that the register does not know, or that is not there.

    Attributes:
        requirement: What the law asks, with its article and weight.
        controller: Whose worklist it is on.
        about: Id of what it is about, among the gaps of its kind.
        basis: How directly its weakest ground is said.
        sources: Where it is said what there is.
        is_behind: Whether it lies further down the chains: what one sender passes on, together.
        activities: Ids of the activities concerned.
        activity: The one activity it is about; None: it is about no single one.
        sender: Who sends, in words.
        recipients: The recipients it is about.
        flows: Ids of the flows it is about.
        countries: The countries it is about.
        chain: A shortest chain to where it is.
        data: The data concerned.
        stakes: Why it weighs one more: marks of the data (special, criminal, vulnerable).
        detail: What to say beside.
        source: The document it is about.
        things: How many facts it is about.
    """

    requirement: Requirement
    controller: Party
    about: str
    basis: Basis
    sources: tuple[Evidence, ...]
    is_behind: bool = False
    activities: tuple[str, ...] = ()
    activity: Activity | None = None
    sender: str = ""
    recipients: tuple[Recipient, ...] = ()
    flows: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    chain: tuple[Step, ...] = ()
    data: Items = frozenset()
    stakes: tuple[str, ...] = ()
    detail: Detail | None = None
    source: Source | None = None
    things: int = 1

    @property
    def id(self) -> str:
        """Names the gap: whose it is, what is asked, and of what."""
        return f"{self.controller.id}.{self.requirement.id}.{self.about}" + (".onward" if self.is_behind else "")

    @property
    def kind(self) -> Shortfall:
        """What is missing."""
        return self.requirement.kind

    @property
    def weight(self) -> int:
        """How much depends on it: what its requirement weighs, and one more when the data is delicate."""
        return min(HEAVIEST, self.requirement.weight + bool(self.stakes))

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """Its place in the worklist: the heaviest first."""
        return -self.weight, tuple(Shortfall).index(self.kind), self.controller.id, self.id


class Asker:
    """Makes the gaps of one dossier, where the law asks for what is missing on the day."""

    def __init__(self, dossier: Dossier, marker: Marker) -> None:
        self.dossier = dossier
        self._marker = marker

    @property
    def capacity(self) -> Capacity:
        """The capacity in which its party keeps a record: as a controller if it is one of anything."""
        acts_for_itself = any(a.capacity is Capacity.CONTROLLER for a in self.dossier.activities)
        return Capacity.CONTROLLER if acts_for_itself else Capacity.PROCESSOR

    def gap(
        self,
        kind: Shortfall,
        who: Capacity,
        about: str,
        grounds: Iterable[tuple[Evidence, ...]],
        data: Items = frozenset(),
        **more: Any,
    ) -> Iterator[Gap]:
        """The gap; none when nothing of its kind is asked on the day.

        Args:
            kind: What is missing.
            who: In which capacity somebody has to meet the requirement.
            about: What it is about, among the gaps of its kind.
            grounds: For each fact that says what there is, the evidence.
            data: The data concerned.
            more: Other attributes of the gap.
        """
        network = self.dossier.network
        if requirement := network.law.requirement(kind, who, network.on):
            found = [fact for fact in grounds if fact]
            sources = tuple(dict.fromkeys(evidence for fact in found for evidence in fact))
            basis = weakest(map(basis_of, found))
            stakes = self._stakes(data)
            yield Gap(requirement, self.dossier.controller, about, basis, sources, data=data, stakes=stakes, **more)

    def of_lines(
        self,
        kind: Shortfall,
        who: Capacity,
        about: str,
        lines: list[Line],
        *,
        grounds: Iterable[tuple[Evidence, ...]] | None = None,
        data: Items | None = None,
        **more: Any,
    ) -> Iterator[Gap]:
        """The gap that several lines have together; chain, grounds and data are theirs unless given."""
        nearest = min(lines, key=lambda line: (line.passage.depth, line.passage.activity.id, line.passage.flow.id))
        passages = {line.passage.flow.id: line.passage for line in lines}
        recipients = {passage.service.id: Recipient(passage.service, passage.importer) for passage in passages.values()}
        own = nearest.grounds if "countries" in more else nearest.holding
        yield from self.gap(
            kind,
            who,
            about,
            own if grounds is None else grounds,
            frozenset().union(*(line.items for line in lines)) if data is None else data,
            is_behind=nearest.passage.depth > 1,
            activities=tuple(sorted({line.passage.activity.id for line in lines})),
            sender=self._sender(nearest),
            recipients=tuple(recipients[key] for key in sorted(recipients)),
            flows=tuple(sorted(passages)),
            chain=nearest.steps,
            things=len(recipients),
            **more,
        )

    def _sender(self, line: Line) -> str:
        sender = line.passage.flow.sender
        if sender == line.passage.activity.id:
            return self.dossier.controller.name
        return self.dossier.network.services[sender].name

    def marked(self, data: Items, mark: str) -> Items:
        """Those data items that have a mark (special, criminal, vulnerable) for certain."""
        return frozenset(item for item in data if getattr(self._marker(item), mark) is True)

    def _stakes(self, data: Items) -> tuple[str, ...]:
        return tuple(mark for mark in STAKES if self.marked(data, mark))


STAKES = ("special", "criminal", "vulnerable")


def who_sends(line: Line) -> Capacity:
    """In which capacity a line's sender sends: its activity's; further down the chains as a processor."""
    return line.passage.activity.capacity if line.passage.depth == 1 else Capacity.PROCESSOR


def where(line: Line) -> str:
    """What the gap of a line is about: the recipient, or further down the chains who sends to it."""
    return line.passage.service.id if line.passage.depth == 1 else line.passage.flow.sender
