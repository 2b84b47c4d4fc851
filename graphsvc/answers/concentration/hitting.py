"""A smallest choice that hits every one of some sets, by a MaxSAT solver, or how small it can be at the least. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Generic, TypeVar

import networkx
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from graphsvc.answers.tick import ENDLESS, Tick

T = TypeVar("T")
AT_ONCE = 1_000
"""Conflicts between two looks at the time: some hundredths of a second."""


@dataclass(frozen=True)
class Hit(Generic[T]):
    """What the solver found.

    Attributes:
        chosen: A smallest choice that has something of each set; None: the solver was stopped before it had one.
        at_least: No choice smaller than this hits all sets.
        conflicts: How many steps (conflicts) the solver took.
    """

    chosen: frozenset[T] | None
    at_least: int
    conflicts: int


class _Stopped(Exception):
    """The solver has taken as many steps as it was given, or there is no time for more."""


class _Bounded(RC2):
    """RC2 that stops after a number of conflicts: steps, not seconds, so that the same question ends alike anywhere.

    Only where its asker would get no answer at all it stops sooner.
    What it has proved by then is in `cost`.
    """

    conflicts = 0
    tick: Tick = ENDLESS

    @property
    def taken(self) -> int:
        """The conflicts so far."""
        return self.oracle.accum_stats()["conflicts"]

    def _call_oracle(self, assumptions: Sequence[int] = (), expect_interrupt: bool = False) -> bool:
        while (left := self.conflicts - self.taken) > 0 and not self.tick.is_late():
            self.oracle.conf_budget(min(left, AT_ONCE))
            found = self.oracle.solve_limited(assumptions=assumptions)
            if found is not None:
                return found
        raise _Stopped


def smallest(sets: Collection[frozenset[T]], conflicts: int, tick: Tick = ENDLESS) -> Hit[T]:
    """A smallest choice that has something of each set.

    Sets that share nothing, not even through others, are solved apart: the solver's time grows faster than what it is
    given at once.

    Args:
        sets: The sets; none of them is empty. Their elements can be sorted.
        conflicts: How many steps the solver may take.
        tick: Says when there is no time for more.

    Returns:
        The same choice for the same sets, in whichever order they come.
    """
    chosen: set[T] = set()
    at_least = taken = 0
    is_whole = True
    for group in _groups(sets):
        # Once it is stopped, each other group still needs one.
        hit = _solved(group, conflicts - taken, tick) if is_whole else Hit[T](None, 1, 0)
        at_least += hit.at_least
        taken += hit.conflicts
        is_whole = is_whole and hit.chosen is not None
        chosen |= hit.chosen or frozenset()
    return Hit(frozenset(chosen) if is_whole else None, at_least, taken)


def _groups(sets: Collection[frozenset[T]]) -> list[list[list[T]]]:
    """The sets, each in order, in groups of which no two have anything in common."""
    graph = networkx.Graph()
    for found in sets:
        names = sorted(found)
        graph.add_nodes_from(names)
        graph.add_edges_from(pairwise(names))
    group_of = {name: place for place, group in enumerate(networkx.connected_components(graph)) for name in group}
    groups: dict[int, list[list[T]]] = defaultdict(list)
    for found in sets:
        groups[group_of[next(iter(found))]].append(sorted(found))
    return sorted(sorted(group) for group in groups.values())


def _solved(group: Sequence[Sequence[T]], conflicts: int, tick: Tick) -> Hit[T]:
    if len(group) == 1:
        return Hit(frozenset(group[0][:1]), 1, 0)
    names = sorted({name for found in group for name in found})
    number = {name: place for place, name in enumerate(names, start=1)}
    clauses = [[number[name] for name in found] for found in group]
    with _Bounded(_formula(clauses, len(names)), adapt=True) as solver:
        solver.conflicts, solver.tick = conflicts, tick
        try:
            model = solver.compute()
        except _Stopped:
            return Hit(None, max(1, solver.cost), solver.taken)
        return Hit(frozenset(names[place - 1] for place in model if place > 0), solver.cost, solver.taken)


def _formula(clauses: list[list[int]], names: int) -> WCNF:
    """Hard: something of each set. Soft: leave each one out."""
    formula = WCNF()
    formula.extend(clauses)
    formula.extend([[-place] for place in range(1, names + 1)], weights=[1] * names)
    return formula


def greedy(sets: Collection[frozenset[T]], tick: Tick = ENDLESS) -> frozenset[T]:
    """A choice that has something of each set: again and again what hits most of them, the first by name of equals."""
    chosen: set[T] = {name for found in sets if len(found) == 1 for name in found}
    left = {found for found in sets if chosen.isdisjoint(found)}
    holding: dict[T, list[frozenset[T]]] = defaultdict(list)
    for found in left:
        for name in found:
            holding[name].append(found)
    times = {name: len(found) for name, found in holding.items()}
    heap = sorted((-number, name) for name, number in times.items())
    while left:
        tick()
        number, best = heappop(heap)
        if times[best] != -number:
            # Some of what it hits was hit by another one meanwhile.
            heappush(heap, (-times[best], best))
            continue
        chosen.add(best)
        for found in left.intersection(holding[best]):
            left.remove(found)
            for name in found:
                times[name] -= 1
    return frozenset(chosen)
