"""Facts that speak against a claim, or that would decide it if they were known: values without the network. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from graphsvc.answers.lines import Line, Step
from graphsvc.answers.propagate import Items
from graphsvc.model import (
    Activity,
    Basis,
    Evidence,
    Party,
    Role,
    Service,
    Status,
    basis_of,
    severity,
    weakest,
)

Grounds = Iterable[tuple[Evidence, ...]]


class FactKind(StrEnum):
    """What a fact is about."""

    RECIPIENT = "recipient"
    ACTIVITY = "activity"
    TOOL = "tool"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, with where it is said.

    Attributes:
        kind: What it is about.
        reason: What it is, in a sentence.
        basis: How directly its weakest part is said.
        sources: Where it is said.
        activities: Ids of the activities it concerns.
        service: For a recipient: the service.
        importer: For a recipient: who provides the service.
        role: For a recipient: its role.
        country: The one country it is about; None: it is about no country, or about several.
        countries: For a recipient: where it keeps or reads the data.
        status: For a recipient: the worst footing.
        act: The act that decided.
        chain: For a recipient: a shortest chain to it.
        data: The data concerned.
        condition: When the flow happens only in some cases, which.
        tool: Id of the transfer tool it is about.
    """

    kind: FactKind
    reason: str
    basis: Basis
    sources: tuple[Evidence, ...]
    activities: tuple[str, ...] = ()
    service: Service | None = None
    importer: Party | None = None
    role: Role | None = None
    country: str | None = None
    countries: tuple[str, ...] = ()
    status: Status | None = None
    act: str | None = None
    chain: tuple[Step, ...] = ()
    data: Items = frozenset()
    condition: str | None = None
    tool: str | None = None


def recipients(
    lines: Iterable[Line], why: Callable[[Line], str], by_country: bool = False, tool: str | None = None
) -> tuple[Fact, ...]:
    """Facts about recipients, one for each service and role, the nearest first.

    Args:
        lines: What they are read off.
        why: The sentence for a line.
        by_country: One for each country as well.
        tool: Id of the transfer tool they are about.
    """
    found: dict[tuple[str, Role, str], list[Line]] = {}
    for line in lines:
        key = (line.passage.service.id, line.passage.flow.role, line.country if by_country else "")
        found.setdefault(key, []).append(line)
    return nearest_first(_recipient(each, why, by_country, tool) for each in found.values())


def nearest_first(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts about recipients in the order of their chains; of chains as long, the worst footing first."""
    return tuple(sorted(facts, key=lambda f: (len(f.chain), severity(f.status), f.service.id, f.role, f.countries)))


def _recipient(lines: list[Line], why: Callable[[Line], str], by_country: bool, tool: str | None) -> Fact:
    nearest = min(lines, key=_nearest)
    worst = min(lines, key=lambda line: severity(line.status))
    basis, sources = (nearest.basis, nearest.sources) if by_country else _said(nearest.holding)
    return Fact(
        FactKind.RECIPIENT,
        why(nearest),
        basis,
        sources,
        tuple(sorted({line.passage.activity.id for line in lines})),
        nearest.passage.service,
        nearest.passage.importer,
        nearest.passage.flow.role,
        nearest.country if by_country else None,
        tuple(sorted({line.country for line in lines})),
        worst.status,
        worst.assessment.act,
        nearest.steps,
        frozenset().union(*(line.items for line in lines)),
        nearest.passage.flow.condition,
        tool,
    )


def _nearest(line: Line) -> tuple[int, int, str, str]:
    return line.passage.depth, severity(line.status), line.passage.activity.id, line.passage.flow.id


def about_activity(activity: Activity, reason: str, grounds: Grounds, data: Items = frozenset()) -> Fact:
    """A fact about an activity."""
    basis, sources = _said(grounds)
    return Fact(FactKind.ACTIVITY, reason, basis, sources, (activity.id,), data=data)


def about_law(
    kind: FactKind, reason: str, grounds: Grounds, act: str | None, country: str | None = None, tool: str | None = None
) -> Fact:
    """A fact about a row of law."""
    basis, sources = _said(grounds)
    return Fact(kind, reason, basis, sources, country=country, act=act, tool=tool)


def _said(grounds: Grounds) -> tuple[Basis, tuple[Evidence, ...]]:
    found = [fact for fact in grounds if fact]
    return weakest(map(basis_of, found)), tuple(dict.fromkeys(evidence for fact in found for evidence in fact))
