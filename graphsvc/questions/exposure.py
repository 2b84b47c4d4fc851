"""A breach at a party or a service: whose data is exposed, and who has to tell whom by when?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice

from graphsvc.answers import plain, plain_exposure
from graphsvc.answers.exposure import Exposed, exposure
from graphsvc.answers.holders import Holding, holders
from graphsvc.answers.lines import Wanted
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.errors import Fault, InvalidQuestion
from graphsvc.graph.store import Store
from graphsvc.model import UNKNOWN, UNKNOWN_PARTY, Activity, Day, Party, Role, Sector, Service
from graphsvc.questions.common import Answer, Plain, check
from graphsvc.told import tell

MOST_POSSIBLE = 100
"""Controllers with unnamed recipients that the head shows; it counts all of them."""
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


@dataclass(frozen=True)
class Exposure(Answer):
    """The answer about a breach; as a table it is the call list.

    Attributes:
        question: The question.
        network: Everything from which data can reach the services, or an unnamed one.
        party: Whose breach it is.
        services: The services that had the breach.
        unnamed: Services that nobody is known to provide and that may be the party's.
        own: The activities that the party answers for itself.
    """

    question: ExposureQuestion
    network: Network
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
    def exposed(self) -> list[Exposed]:
        """One for each controller, what is most at stake first."""
        return exposure(self.network, frozenset(service.id for service in self.services))

    def head(self) -> Plain:
        """The day, the law, where the breach is, and whose data may be exposed beside."""
        possible = self._possible()
        return {
            "on": self.question.on,
            "law": self.network.law.version,
            "party": plain.party(self.party),
            "services": [plain.thing(service) for service in self.services],
            "reason": self._reason(),
            "own_activities": [plain_exposure.activity(activity) for activity in self.own],
            "may_be_exposed_total": len(possible),
            "may_be_exposed": possible[:MOST_POSSIBLE],
        }

    def rows(self) -> Iterator[Plain]:
        """Every controller as plain values."""
        return map(plain_exposure.exposed, self.exposed)

    def table(self) -> Iterator[Plain]:
        """The call list: a row for each controller and call."""
        return (row for found in self.exposed for row in plain_exposure.call_rows(found))

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many controllers there are, and some of them; only those are made plain."""
        shown = islice(self.exposed, skip, None if most is None else skip + most)
        return self.head() | {"total": len(self.exposed), "items": list(map(plain_exposure.exposed, shown))}

    def _reason(self) -> str | None:
        """Why nobody is exposed; None: somebody is."""
        if self.exposed:
            return None
        if not self.services:
            return tell("The register knows no service of this party.")
        return tell("No flow that is valid on this day brings data of a controller there.")

    def _possible(self) -> list[Plain]:
        listed = {found.controller for found in self.exposed}
        held = (found for found in holders(self.network, Wanted(), self.unnamed) if self._may_be(found))
        return [
            plain_exposure.may_be(self.network, controller, list(group), controller in listed)
            for controller, group in groupby(held, key=lambda holding: holding.controller)
        ]

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
    here = {service.id for service in services}
    unnamed = frozenset[str]()
    if question.unnamed and party.id != UNKNOWN:
        unnamed = frozenset(service.id for service in store.services_of_nobody()) - here
    network = store.network_above(question.on, here | unnamed, scope)
    own = store.activities_of(party.id, question.on, scope)
    return Exposure(question, network, party, tuple(services), unnamed, tuple(own))


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
