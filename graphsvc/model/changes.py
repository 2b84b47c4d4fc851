"""Changes that a what-if tries without touching the register; each holds from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from graphsvc.model.words import Day


class TargetKind(StrEnum):
    """What a change is about, when it may be about one flow, one service, or all services of a party."""

    FLOW = "flow"
    SERVICE = "service"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Target:
    """What a change is about.

    Attributes:
        kind: A flow, a service (every flow to it), or a party (every flow to its services).
        id: Its id.
    """

    kind: TargetKind
    id: str


@dataclass(frozen=True, slots=True)
class NewService:
    """A service that is not in the register.

    Attributes:
        name: What people call it.
        provider: Name of the party that provides it, or the id of one that is in the register.
        country: Where it keeps and reads the data; a provider that is not in the register has its seat there.
    """

    name: str
    provider: str
    country: str


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group of companies that is not in the register.

    Attributes:
        name: What people call it.
        country: Where it has its seat.
    """

    name: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that a what-if supposes.

    Attributes:
        since: First day on which it holds; None: the day asked about.
    """

    since: Day | None = None


@dataclass(frozen=True, slots=True)
class EndDecision(Change):
    """A decision of the Commission is annulled or lapses (Art. 45(3) to (5), Art. 46(2)(c)).

    Attributes:
        decision: Id of a regime or a tool that rests on it, its CELEX number, or a country for every adequacy
            decision on that country.
    """

    decision: str


@dataclass(frozen=True, slots=True)
class NewDecision(Change):
    """A country becomes adequate (Art. 45), for all recipients there.

    Attributes:
        country: Country code.
    """

    country: str


@dataclass(frozen=True, slots=True)
class WithdrawTool(Change):
    """A transfer tool can no longer be relied on.

    Attributes:
        tool: Id of the tool, or what the ids of several begin with, such as `scc-2021`.
    """

    tool: str


@dataclass(frozen=True, slots=True)
class AddTool(Change):
    """A transfer tool is put in place, such as standard contractual clauses that are signed (Art. 46).

    Attributes:
        target: The flow, or the service or party for every flow to it.
        tool: Id of the tool, or what the ids of several begin with: the one that fits the roles counts.
        assessed: Whether a transfer impact assessment is recorded with it.
    """

    target: Target
    tool: str
    assessed: bool = False


@dataclass(frozen=True, slots=True)
class CertifyParty(Change):
    """There is dated evidence that a party is on the list of a decision.

    Attributes:
        party: Id of the party.
        tool: Id of the list.
    """

    party: str
    tool: str


@dataclass(frozen=True, slots=True)
class Drop(Change):
    """A flow, a service or a party is given up; what is reached only through it goes too.

    Attributes:
        target: What is given up.
    """

    target: Target


@dataclass(frozen=True, slots=True)
class Replace(Change):
    """Another service takes the place of a flow's recipient, of a service, or of all services of a party.

    Attributes:
        target: What is replaced.
        by: Id of a service in the register, with its own sub-processors; or one that is not in the register.
        country: Where a service of the register would keep and read the data; None: nobody knows.
    """

    target: Target
    by: str | NewService
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Move(Change):
    """The data of a flow, a service or a party is kept and read in one country from now on.

    Attributes:
        target: Whose data.
        to: Country code.
        seat_access: False: the recipient's seat has no access any more; None: as it was.
    """

    target: Target
    to: str
    seat_access: bool | None = None


@dataclass(frozen=True, slots=True)
class MoveSeat(Change):
    """A party moves its seat.

    Attributes:
        party: Id of the party.
        to: Country code.
    """

    party: str
    to: str


@dataclass(frozen=True, slots=True)
class BuyParty(Change):
    """A party becomes part of a group: no transfer, but access on demand of the group's authorities.

    Attributes:
        party: Id of the party.
        by: Id of the group in the register, or one that is not there.
    """

    party: str
    by: str | NewGroup


OF_LAW = (EndDecision, NewDecision, WithdrawTool)
"""Changes that anybody's flows may feel."""


class Named(NamedTuple):
    """An id that a change names.

    Attributes:
        key: Where it stands in the change.
        label: Label of the nodes that may have it; `Decision`, `Tool` and `List` are looked up in the law tables.
        id: The id.
    """

    key: str
    label: str
    id: str


def named(change: Change) -> Iterator[Named]:
    """Every id that a change names."""
    match change:
        case EndDecision(decision=decision):
            yield Named("decision", "Decision", decision)
        case NewDecision(country=country):
            yield Named("country", "Country", country)
        case WithdrawTool(tool=tool):
            yield Named("tool", "Tool", tool)
        case AddTool(target=target, tool=tool):
            yield from (_target(target), Named("tool", "Tool", tool))
        case CertifyParty(party=party, tool=tool):
            yield from (Named("party", "Party", party), Named("tool", "List", tool))
        case Drop(target=target):
            yield _target(target)
        case Replace(target=target, by=by, country=country):
            yield _target(target)
            yield (
                Named("new/country", "Country", by.country)
                if isinstance(by, NewService)
                else Named("by", "Service", by)
            )
            if country is not None:
                yield Named("country", "Country", country)
        case Move(target=target, to=to):
            yield from (_target(target), Named("to", "Country", to))
        case MoveSeat(party=party, to=to):
            yield from (Named("party", "Party", party), Named("to", "Country", to))
        case BuyParty(party=party, by=by):
            yield Named("party", "Party", party)
            yield Named("new/country", "Country", by.country) if isinstance(by, NewGroup) else Named("by", "Party", by)


def _target(target: Target) -> Named:
    return Named(target.kind.value, target.kind.value.capitalize(), target.id)
