"""A breach at a party or a service: whose data is exposed, and who has to tell whom by when?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from graphsvc.answers import plain
from graphsvc.answers.exposure import plain as plain_exposure
from graphsvc.answers.exposure.exposed import Exposed, exposure, gathered
from graphsvc.answers.holders import Holding, holders
from graphsvc.answers.lines import Wanted
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.errors import Fault, InvalidQuestion
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import UNKNOWN, UNKNOWN_PARTY, Activity, Day, Party, Role, Sector, Service, Vocabulary
from graphsvc.questions.common import Plain, SpooledAnswer, check
from graphsvc.questions.parts import Networks, Parts
from graphsvc.spool import Spool
from graphsvc.translation import _

MOST_POSSIBLE = 100
"""Controllers with unnamed recipients that the head shows; it counts all of them."""
RANK = 8
"""Parts of the rank of a controller whose data is exposed."""
PUBLIC = frozenset({Sector.PUBLIC, Sector.PUBLIC_SECURITY, None})


@dataclass(frozen=True)
class ExposureQuestion:
    """Whose data is exposed by a breach on a day?

    Attributes:
        on: The day.
        party: The party that had the breach; `unknown`: any that nobody named. Either this or the service.
        service: The service that had the breach.
        unnamed: Also count recipients that nobody named and that may be the party.
    """

    on: Day
    party: str | None = None
    service: str | None = None
    unnamed: bool = True


@dataclass
class Found:
    """Whose data is exposed, what is most at stake first, and whose may be."""

    spool: Spool = field(default_factory=lambda: Spool(RANK))
    possible: list[Plain] = field(default_factory=list)
    possible_total: int = 0
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def add(self, exposed: Exposed) -> None:
        """Put a controller where it belongs."""
        self.vocabulary = exposed.network.vocabulary
        self.spool.add(exposed.rank, plain_exposure.exposed(exposed))

    def add_possible(self, network: Network, controller: str, holdings: list[Holding], listed: bool) -> None:
        """Count a controller whose data may be exposed; the first ones are kept."""
        self.possible_total += 1
        if len(self.possible) < MOST_POSSIBLE:
            self.possible.append(plain_exposure.may_be(network, controller, holdings, listed))


@dataclass(frozen=True)
class Exposure(SpooledAnswer):
    """The answer about a breach; as a table it is the call list.

    Attributes:
        question: The question.
        networks: Everything from which data can reach the services, or an unnamed one.
        party: Whose breach it is.
        services: The services that had the breach.
        unnamed: Services that nobody is known to provide and that may be the party's.
        own: The activities that the party answers for itself.
    """

    question: ExposureQuestion
    networks: Networks
    party: Party
    services: tuple[Service, ...]
    unnamed: frozenset[str] = frozenset()
    own: tuple[Activity, ...] = ()
    columns = (
        *("on", "controller", "controller_id", "step", "who", "who_id", "who_service", "whom", "whom_id"),
        *("whom_service", "towards", "role", "article", "what", "by_when", "condition", "act", "why"),
        *("contract", "contract_state", "contract_note", "data", "special", "criminal", "vulnerable"),
        *("flows", "chain", "basis", "sources"),
    )

    @cached_property
    def found(self) -> Found:
        """Every controller, what is most at stake first."""
        return self.networks.read(self._found)

    def _found(self) -> Found:
        found = Found()
        for network in self.networks:
            self._add(network, found)
        return found

    def _add(self, network: Network, found: Found) -> None:
        held = list(holders(network, Wanted(), self.here | self.unnamed))
        listed: set[str] = set()
        for exposed in gathered(network, (each for each in held if each.service.id in self.here)):
            found.add(exposed)
            listed.add(exposed.controller)
        possible = (each for each in held if each.service.id in self.unnamed and self._may_be(each))
        for controller, holdings in groupby(possible, key=lambda holding: holding.controller):
            found.add_possible(network, controller, list(holdings), controller in listed)

    def exposed(self) -> Iterator[Exposed]:
        """Every controller as it is found, some controllers after others."""
        return (exposed for network in self.networks for exposed in exposure(network, self.here))

    @property
    def here(self) -> frozenset[str]:
        """Ids of the services that had the breach."""
        return frozenset(service.id for service in self.services)

    def head(self) -> Plain:
        """The day, the law, where the breach is, and whose data may be exposed beside."""
        return {
            "on": self.question.on,
            "law": self.networks.law,
            "party": plain.party(self.party),
            "services": [plain.thing(service) for service in self.services],
            "reason": self._reason(),
            "own_activities": [plain_exposure.activity(activity) for activity in self.own],
            "may_be_exposed_total": self.found.possible_total,
            "may_be_exposed": self.found.possible,
        }

    @property
    def spool(self) -> Spool:
        """Every controller, what is most at stake first."""
        return self.found.spool

    def table(self) -> Iterator[Plain]:
        """The call list: a row for each controller and call."""
        on, words = self.question.on, self.found.vocabulary
        return (call for row in self.rows() for call in plain_exposure.call_rows(row, on, words))

    def _reason(self) -> str | None:
        """Why nobody is exposed; None: somebody is."""
        if len(self.spool):
            return None
        if not self.services:
            return _("The register knows no service of this party.")
        return _("No flow that is valid on this day brings data of a controller there.")

    def _may_be(self, held: Holding) -> bool:
        """Whether an unnamed recipient may be the party: an authority is none that is known to be no public body."""
        return held.role is not Role.AUTHORITY or self.party.sector in PUBLIC


def ask_exposure(store: Store, question: ExposureQuestion, scope: Scope = EVERYBODY) -> Exposure:
    """Answer a question about a breach, within what the asker may see.

    Raises:
        InvalidQuestion: it names neither a party nor a service, or both.
        NotFound: it names something that is not in the register.
    """
    if (question.party is None) == (question.service is None):
        raise InvalidQuestion("name either a party or a service", (Fault("party", "either this or service is needed"),))
    check(store, {"Party": [question.party], "Service": [question.service]})
    party, services = _asked(store, question)
    here = frozenset(service.id for service in services)
    unnamed = frozenset[str]()
    if question.unnamed and party.id != UNKNOWN:
        unnamed = frozenset(service.id for service in store.services_of_nobody()) - here
    own = store.activities_of(party.id, question.on, scope)
    leading = Parts(store, (Wish(question.on, scope),), here | unnamed)
    return Exposure(question, leading, party, tuple(services), unnamed, tuple(own))


def _asked(store: Store, question: ExposureQuestion) -> tuple[Party, list[Service]]:
    """Whose breach it is, as far as that is known, and which services it is at."""
    if question.service is not None:
        service = Service.from_body(store.one("Service", question.service))
        return _party(store, service.provider), [service]
    if question.party == UNKNOWN:
        return UNKNOWN_PARTY, store.services_of_nobody()
    return _party(store, question.party), store.services_of(question.party)


def _party(store: Store, party: str) -> Party:
    return UNKNOWN_PARTY if party == UNKNOWN else store.party(party)
