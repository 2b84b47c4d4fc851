"""Who has to tell whom of a breach: the call chain from where it happened up to the controllers, hop by hop. Pure.

Data went down a chain, so the call goes up it: each party tells the one it had the data from, with which it has a
contract. A processor has a duty of its own for that (Art. 33(2) GDPR); a controller has its own duties (Art. 33(1)
and 34), from when it knows. Which duty there is on the day, the dated rows of law decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from graphsvc.answers.lines import Line
from graphsvc.answers.network import Network
from graphsvc.model import (
    CAPACITY_OF,
    CHAIN_ENDS_AT,
    UNKNOWN,
    Capacity,
    Contract,
    ContractKind,
    Day,
    Duty,
    DutyTowards,
    Evidence,
    Flow,
    Party,
    Role,
    evidence_for,
)


class Paper(StrEnum):
    """How it stands with the contract of a hop, on the day."""

    RECORDED = "recorded"
    OTHER = "other"
    NOT_IN_FORCE = "not_in_force"
    NONE = "none"
    NOT_RECORDED = "not_recorded"
    NOT_NEEDED = "not_needed"


LACKING = frozenset({Paper.OTHER, Paper.NOT_IN_FORCE, Paper.NONE, Paper.NOT_RECORDED})
"""Nothing on record obliges the caller, beyond the duty itself."""
NEEDED = {
    Role.PROCESSOR: ContractKind.ART_28,
    Role.SUB_PROCESSOR: ContractKind.ART_28,
    Role.UNKNOWN: ContractKind.ART_28,
    Role.JOINT_CONTROLLER: ContractKind.ART_26,
}
"""What a recipient in a role needs with the one it has the data from (Art. 26 and 28); the others need neither."""


class Why(StrEnum):
    """What to say of a call beside its duty; the catalogue has the words."""

    NO_LAW = "no_law"
    UP_THE_CHAIN = "up_the_chain"
    ROLE_UNKNOWN = "role_unknown"
    OWN_CONTROLLER = "own_controller"
    JOINT = "joint"
    FOR_CLIENTS = "for_clients"


class End(NamedTuple):
    """One end of a call.

    Attributes:
        party: Who it is; the unknown party for one that nobody named.
        service: The service it is in the chain for; None: the controller itself.
    """

    party: Party
    service: str | None = None

    @property
    def key(self) -> str:
        """What tells it apart: two services that nobody named may be of two parties."""
        return f"?{self.service}" if self.party.id == UNKNOWN else self.party.id


@dataclass(frozen=True)
class Call:
    """That somebody tells somebody of the breach.

    Attributes:
        step: How many calls come before, and one: the first call is made by whoever had the breach.
        who: Who calls.
        towards: Whom: the controller, the authority, the people concerned.
        whom: The party to call; None: nobody that the register knows.
        role: What the caller is in the flows that brought it the data; None: it sends them itself.
        duty: The duty that day; None: none.
        why: What to say beside it; None: nothing.
        flows: The flows that the call goes up along.
        contract: The contract of this hop; None: none is recorded.
        paper: How it stands with that.
    """

    step: int
    who: End
    towards: DutyTowards
    whom: End | None = None
    role: Role | None = None
    duty: Duty | None = None
    why: Why | None = None
    flows: tuple[Flow, ...] = ()
    contract: Contract | None = None
    paper: Paper = Paper.NOT_NEEDED

    @property
    def key(self) -> tuple[object, ...]:
        """Calls that are alike in this are one call."""
        agreed = self.contract and (self.contract.kind, self.contract.title, self.contract.date)
        whom = self.whom.key if self.whom else None
        return (self.who.key, whom, self.towards, self.role, self.duty and self.duty.id, self.why, agreed, self.paper)

    @property
    def services(self) -> list[str]:
        """The services of the caller that the data is in."""
        return sorted({flow.recipient for flow in self.flows})

    @property
    def grounds(self) -> tuple[tuple[Evidence, ...], ...]:
        """For each fact that the call rests on, the evidence for it: flows, roles, contract, duty."""
        found = [evidence_for(flow.evidence, key) for flow in self.flows for key in ("to", "role")]
        if self.contract:
            found.append(self.contract.evidence or evidence_for(self.flows[0].evidence, "contract"))
        if self.duty:
            found += [evidence_for(self.duty.evidence, key) for key in ("article", "valid_from")]
        return tuple(dict.fromkeys(fact for fact in found if fact))


def paper_of(flow: Flow, on: Day) -> Paper:
    """How it stands with the contract of a flow, on a day."""
    needed, contract = NEEDED.get(flow.role), flow.contract
    if needed is None:
        return Paper.NOT_NEEDED
    if contract is None:
        return Paper.NOT_RECORDED
    if contract.kind is ContractKind.NONE:
        return Paper.NONE
    if not contract.holds(on):
        return Paper.NOT_IN_FORCE
    return Paper.RECORDED if contract.kind is needed else Paper.OTHER


def calls(network: Network, lines: Iterable[Line]) -> list[Call]:
    """The calls along the chains of some lines that all belong to one controller, those that come first first.

    Args:
        network: What was fetched.
        lines: One line for each flow that brings data to where the breach is.
    """
    merged: dict[tuple[object, ...], Call] = {}
    for line in lines:
        for call in _Chain(network, line).calls():
            known = merged.setdefault(call.key, call)
            if known is not call:
                flows = dict.fromkeys((*known.flows, *call.flows))
                merged[call.key] = replace(known, step=min(known.step, call.step), flows=tuple(flows))
    return sorted(merged.values(), key=_order)


_TOWARDS = {towards: place for place, towards in enumerate(DutyTowards)}


def _order(call: Call) -> tuple[object, ...]:
    whom = call.whom.key if call.whom else ""
    return (call.step, call.whom is None, call.who.key, _TOWARDS[call.towards], whom, call.flows and call.flows[0].id)


@dataclass
class _Chain:
    """One chain, read from where the breach is up to the controller."""

    network: Network
    line: Line
    flows: tuple[Flow, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.flows = self.line.chain

    @property
    def controller(self) -> End:
        """The party that answers for the activity."""
        return End(self.network.party(self.line.passage.activity.controller))

    def calls(self) -> Iterator[Call]:
        """The calls up this chain."""
        if self.flows[-1].role in CHAIN_ENDS_AT:
            yield from self._of_own_controller()
            return
        last = len(self.flows) - 1
        steps = {self._end_of(last).key: 1}
        for place in range(last, -1, -1):
            who, whom = self._end_of(place), self._end_of(place - 1)
            if self.flows[place].role is Role.JOINT_CONTROLLER:
                yield from self._own_duties(steps[who.key], who)
            # Nobody has to be told what it knows: itself, or a party that the data came by twice.
            if whom.key not in steps:
                steps[whom.key] = steps[who.key] + 1
                yield self._hop(steps[who.key], self.flows[place], who, whom)
        yield from self._at_the_controller(steps[self.controller.key])

    def _end_of(self, place: int) -> End:
        """Who received the data by a flow of the chain; before the first one, the controller."""
        if place < 0:
            return self.controller
        recipient = self.flows[place].recipient
        return End(self.network.provider(recipient), recipient)

    def _hop(self, step: int, flow: Flow, who: End, whom: End) -> Call:
        duty, why = self._duty(CAPACITY_OF[flow.role])
        if duty and why is None and whom.key != self.controller.key:
            why = Why.UP_THE_CHAIN
        paper = paper_of(flow, self.network.on)
        return Call(step, who, DutyTowards.CONTROLLER, whom, flow.role, duty, why, (flow,), flow.contract, paper)

    def _duty(self, capacity: Capacity) -> tuple[Duty | None, Why | None]:
        """The duty towards the party before, and what to say of it. A role that nobody told us may be a processor's."""
        as_ = Capacity.PROCESSOR if capacity is Capacity.UNKNOWN else capacity
        duties = self.network.law.duties_of(as_, self.network.on)
        found = next((duty for duty in duties if duty.whom is DutyTowards.CONTROLLER), None)
        if found is None:
            return None, Why.NO_LAW
        return found, {Capacity.UNKNOWN: Why.ROLE_UNKNOWN, Capacity.CONTROLLER: Why.JOINT}.get(capacity)

    def _own_duties(self, step: int, who: End) -> Iterator[Call]:
        """What a controller has to tell the authority and the people concerned."""
        duties = self.network.law.duties_of(Capacity.CONTROLLER, self.network.on)
        own = [duty for duty in duties if duty.whom is not DutyTowards.CONTROLLER]
        for duty in own:
            yield Call(step, who, duty.whom, duty=duty)
        if not own:
            yield Call(step, who, DutyTowards.AUTHORITY, why=Why.NO_LAW)

    def _of_own_controller(self) -> Iterator[Call]:
        """Who holds the data as a controller of its own has its own duties, and none to tell the one it had it from."""
        flow = self.flows[-1]
        who = self._end_of(len(self.flows) - 1)
        yield from self._own_duties(1, who)
        if who.key != self.controller.key:
            why = Why.OWN_CONTROLLER
            yield Call(1, who, DutyTowards.CONTROLLER, self.controller, flow.role, None, why, (flow,), flow.contract)

    def _at_the_controller(self, step: int) -> Iterator[Call]:
        """What is left to do at the top: the controller's own duties, or, for an Art. 30(2) record, its clients."""
        if self.line.passage.activity.capacity is Capacity.PROCESSOR:
            duty, why = self._duty(Capacity.PROCESSOR)
            yield Call(step, self.controller, DutyTowards.CONTROLLER, duty=duty, why=why or Why.FOR_CLIENTS)
        else:
            yield from self._own_duties(step, self.controller)
