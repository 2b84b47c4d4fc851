"""Through which chains does data get from one party to another on a day?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from graphsvc.answers import plain
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.paths import plain as plain_paths
from graphsvc.answers.paths.chains import Chains, paths
from graphsvc.answers.paths.ways import MOST
from graphsvc.errors import Fault, InvalidQuestion
from graphsvc.graph.store import Store
from graphsvc.model import UNKNOWN, UNKNOWN_PARTY, Day, Party, Service
from graphsvc.questions.common import Answer, Plain, check
from graphsvc.translation import _


@dataclass(frozen=True)
class PathsQuestion:
    """Through which chains does data get from one party to another on a day?

    Attributes:
        on: The day.
        source: Id of the party that chains start from: at its activities, or when it has none, at its services.
        target: Id of the party that chains end at.
        source_service: Start at this service of the one party.
        target_service: End at this service of the other party.
        most: How many chains, longer ones too; None: every shortest one.
    """

    on: Day
    source: str
    target: str
    source_service: str | None = None
    target_service: str | None = None
    most: int | None = None


@dataclass(frozen=True)
class Paths(Answer):
    """The answer about chains between two parties.

    Attributes:
        question: The question.
        network: What the one party reaches.
        source: The party that chains start from.
        target: The party that chains end at.
        chains: The chains.
        reason: Why there is none; None: there is one.
    """

    question: PathsQuestion
    network: Network
    source: Party
    target: Party
    chains: Chains
    reason: str | None = None
    columns = (
        *("on", "from", "from_id", "to", "to_id", "activity", "activity_id", "service", "service_id", "role"),
        *("depth", "status", "countries", "data", "chain", "acts", "basis", "sources"),
    )

    def head(self) -> Plain:
        """The day, the law, the two parties, whether that are all chains, and why there is none."""
        return {
            "on": self.question.on,
            "law": self.network.law.version,
            "from": plain.party(self.source),
            "to": plain.party(self.target),
            "shortest": len(self.chains.found[0].hops) if self.chains.found else None,
            "complete": self.chains.complete,
            "reason": self.reason,
        }

    def rows(self) -> Iterator[Plain]:
        """Every chain as plain values."""
        return map(plain_paths.path, self.chains.found)

    def table(self) -> Iterator[Plain]:
        """Every chain as a row of a table, with the acts that decided its footings."""
        for row in self.rows():
            acts = dict.fromkeys(step["act"] for step in row["steps"] if step["act"])
            yield {"on": self.question.on, "acts": list(acts)} | row

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many chains there are, and some of them; only those are made plain."""
        shown = islice(self.chains.found, skip, None if most is None else skip + most)
        return self.head() | {"total": len(self.chains.found), "items": list(map(plain_paths.path, shown))}


def ask_paths(store: Store, question: PathsQuestion, scope: Scope = EVERYBODY) -> Paths:
    """Answer a question about chains between two parties, within what the asker may see.

    Raises:
        InvalidQuestion: a service is not one of the party's, or more chains are asked for than an answer shows.
        NotFound: the question names something that is not in the register.
    """
    parties, services = [question.source, question.target], [question.source_service, question.target_service]
    check(store, {"Party": parties, "Service": services})
    if question.most is not None and not 0 < question.most <= MOST:
        raise _refused("most", f"is a number from 1 to {MOST}")
    begins = _services(store, question.source, question.source_service, "from_service")
    ends = _services(store, question.target, question.target_service, "to_service")
    network = store.network(question.on, scope.narrowed_to([question.source]), also=begins)
    source, target = (_party(store, party) for party in parties)
    ids = {"source": network.identities.one(question.source), "target": network.identities.one(question.target)}
    chains, reason = _found(replace(question, **ids), network, begins, ends)
    return Paths(question, network, source, target, chains, reason)


def _found(
    question: PathsQuestion, network: Network, begins: frozenset[str], ends: frozenset[str]
) -> tuple[Chains, str | None]:
    """The chains: those that start at activities, and when there is none, those that start at services."""
    activities = frozenset() if question.source_service else frozenset(activity.id for activity in network.activities)
    if question.source == question.target:
        # From a party to itself: to its own services, but no circle of a service back to where it started.
        begins = begins if question.source_service else frozenset()
        ends = ends - begins
    tried = [paths(network, starts, ends, question.most) for starts in (activities, begins) if starts]
    found = next((chains for chains in tried if chains.found), None)
    if found:
        return found, None
    itself = question.source == question.target
    return Chains(complete=all(chains.complete for chains in tried)), _reason(tried, ends, itself)


def _reason(tried: list[Chains], ends: frozenset[str], itself: bool) -> str:
    if itself:
        return _(
            "None of its activities sends data to a service of its own; a circle of services is no chain to itself."
        )
    if not ends:
        return _("The register knows no service that a chain could end in: a party receives data through its services.")
    if not tried:
        return _("There is no activity and no service that a chain could start at on this day.")
    if not all(chains.complete for chains in tried):
        return _("The search was ended: too much can be reached. Name a service to end at.")
    if any(chains.connected for chains in tried):
        return _("Flows lead there, but no data passes all flows of any chain, or it ends at a controller of its own.")
    return _("No flows that are valid on this day lead there.")


def _services(store: Store, party: str, service: str | None, name: str) -> frozenset[str]:
    """The services of a party, or the one of them that is asked for."""
    known = store.services_of_nobody() if party == UNKNOWN else store.services_of(party)
    found = frozenset(each.id for each in known)
    if service is None:
        return found
    if service not in found:
        provider = Service.from_body(store.one("Service", service)).provider
        raise _refused(name, f"{service!r} is no service of {party!r} but of {provider!r}")
    return frozenset((service,))


def _refused(name: str, message: str) -> InvalidQuestion:
    return InvalidQuestion(f"{name}: {message}", (Fault(name, message),))


def _party(store: Store, party: str) -> Party:
    return UNKNOWN_PARTY if party == UNKNOWN else store.party(party)
