"""What an export is made from: everything about a controller or an activity on a day, gathered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from graphsvc.answers.claims.findings import Finding, findings
from graphsvc.answers.dossier import Dossier, dossiers
from graphsvc.answers.holders import Holding, holders
from graphsvc.answers.lines import Assessor, Line, Passage, Wanted, every_line, lines_everywhere, passages
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import UNKNOWN, Activity, Capacity, Day, Evidence, Party, Status
from graphsvc.questions.common import Plain, check


@dataclass(frozen=True)
class HandoverQuestion:
    """What is there to hand over?

    Attributes:
        on: The day.
        controller: Id of a controller; None: all, unless an activity is named.
        activity: Id of one activity.
    """

    on: Day
    controller: str | None = None
    activity: str | None = None

    @property
    def name(self) -> str:
        """What a file is called after: the activity or the controller, and the day."""
        return f"{self.activity or self.controller or 'register'}-{self.on}"


@dataclass(frozen=True)
class Handover:
    """Everything that an export may show: one fetched result, read off by the answers that everything else shows too.

    Attributes:
        question: What was asked.
        revision: The revision of the register that it was fetched from.
        network: What was fetched, with its papers.
        controller: Whose it is; None: everybody's.
    """

    question: HandoverQuestion
    revision: int
    network: Network
    controller: Party | None

    @property
    def made_from(self) -> Plain:
        """The day, the version of the law table and the revision of the register: part of every export."""
        return {"on": self.network.on, "law": self.network.law.version, "revision": self.revision}

    @property
    def name(self) -> str:
        """What a file of it is called after: the activity or the controller, and the day."""
        return self.question.name

    @property
    def activity(self) -> Activity | None:
        """The one activity asked about."""
        if self.question.activity is None:
            return None
        return next((each for each in self.network.activities if each.id == self.question.activity), None)

    def activities(self, capacity: Capacity = Capacity.CONTROLLER) -> tuple[Activity, ...]:
        """The activities of the day in one capacity: Art. 30(1) as controller, Art. 30(2) as processor."""
        return tuple(activity for activity in self.network.activities if activity.capacity is capacity)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every flow that the data passes, activity by activity, the nearest first."""
        return tuple(passage for activity in self.network.activities for passage in passages(self.network, activity))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """One line for each of these flows and each country it reaches, those inside the EEA too."""
        assessor = Assessor(self.network)
        return tuple(line for passage in self.passages for line in lines_everywhere(passage, assessor))

    def lines_by_flow(self) -> Iterator[list[Line]]:
        """The same lines for each flow in the order of ids; made as they are read: never all at once."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            found[passage.flow.id].append(passage)
        for key in sorted(found):
            assessor = Assessor(self.network)
            yield [line for passage in found[key] for line in lines_everywhere(passage, assessor)]

    @cached_property
    def transfers(self) -> tuple[Line, ...]:
        """The lines that are third-country transfers, or may be: what the question about transfers answers."""
        return tuple(line for line in every_line(self.network) if line.status is not Status.INSIDE)

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """Who holds what."""
        return tuple(holders(self.network, Wanted()))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the documents say and leave out, against the facts, the gravest first."""
        return tuple(findings(self.network))

    @cached_property
    def dossiers(self) -> tuple[Dossier, ...]:
        """For each controller what it does, says, and in which documents."""
        return tuple(dossiers(self.network))

    def title_of(self, evidence: Evidence) -> str:
        """What the source of a fact is called."""
        found = self.network.papers.sources.get(evidence.source)
        return found.title if found else evidence.source


def ask_handover(
    store: Store, question: HandoverQuestion, scope: Scope = EVERYBODY, most: int | None = None
) -> Handover:
    """Gather what an export needs, of one revision of the register, within what the asker may see.

    Args:
        store: The register.
        question: What there is to hand over.
        scope: What the asker may see.
        most: How many activities and flows it may reach; None: any number.

    Raises:
        NotFound: the question names something that is not in the register.
        TooMuch: it reaches more than it may.
    """
    wish = replace(wish_of(store, question, scope), most=most)
    revision, network = store.revised(wish)
    if question.activity:
        network = replace(network, activities=tuple(a for a in network.activities if a.id == question.activity))
    owner = next((network.party(each) for each in wish.scope.asked or () if each in wish.scope), None)
    return Handover(question, revision, network, owner)


def wish_of(store: Store, question: HandoverQuestion, scope: Scope = EVERYBODY) -> Wish:
    """What has to be fetched for an export, within what the asker may see.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    check(store, {"Party": [question.controller], "Activity": [question.activity]})
    controllers = [question.controller] if question.controller else None
    if controllers is None and question.activity:
        controllers = [store.one("Activity", question.activity)["controller"]]
    narrowed = scope.narrowed_to(controllers)
    return Wish(question.on, narrowed, _only(question.activity), papers=True, parties=_named(controllers))


def _only(activity: str | None) -> tuple[str, ...] | None:
    return (activity,) if activity else None


def _named(controllers: Iterable[str] | None) -> frozenset[str]:
    return frozenset(controllers or ()) - {UNKNOWN}
