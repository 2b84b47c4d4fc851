"""Why something is different between two days: the facts, the law, both, or another version of a document. Pure.

Facts and law are taken apart by mixing: the facts of one day under the law of the other. Where new law alone explains
the whole difference, and new facts alone none of it, the law is the cause; the other way round the facts are; else
both are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from graphsvc.answers.lines import Assessor, Line, Passage, countries_of
from graphsvc.answers.network import Network
from graphsvc.law.assess import Assessment
from graphsvc.law.reliance import tools_in_use
from graphsvc.law.tables import Law
from graphsvc.law.turns import Turn, What, events_of, turns_of_country, turns_of_tool
from graphsvc.model import Activity, Certification, Contract, Day, Event, Flow, Reliance, days_after

Value = str | None
Reader = Callable[[Assessment], Value]


class CauseKind(StrEnum):
    """What made the difference."""

    FLOW = "flow"
    LAW = "law"
    BOTH = "both"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Bound:
    """That something which documents say begins or ends on a day.

    Attributes:
        kind: activity, flow, reliance, certification, assessment or contract.
        id: Its id; of a reliance or a certification that of the tool, of a contract that of the flow.
        what: Begins or ends.
        day: The first day on which it is so.
    """

    kind: str
    id: str
    what: What
    day: Day


@dataclass(frozen=True, slots=True)
class Edition:
    """Two versions of one document that are held against each other.

    Attributes:
        document: Its id.
        before: Number of the one.
        after: Number of the other.
        recorded: When the other one was recorded, as ISO 8601 writes it, in UTC.
    """

    document: str
    before: int
    after: int
    recorded: str

    @property
    def day(self) -> Day:
        """The day on which the later version was recorded."""
        return self.recorded[:10]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is different.

    Attributes:
        kind: What made the difference.
        day: The first day on which it is as it is afterwards.
        steps: When it was different more than once in between too: each day, and what was so from then.
        turns: The rows of law that turned on those days.
        facts: What began or ended on those days.
        events: The events of the law table that tell of the turns.
        edition: With kind DOCUMENT the versions.
    """

    kind: CauseKind
    day: Day
    steps: tuple[tuple[Day, Value], ...] = ()
    turns: tuple[Turn, ...] = ()
    facts: tuple[Bound, ...] = ()
    events: tuple[Event, ...] = ()
    edition: Edition | None = None

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts behind the turns, each once: those that ended something first."""
        ordered = sorted(self.turns, key=lambda turn: (turn.day, turn.what is not What.ENDS, turn.row.id))
        return tuple(dict.fromkeys(str(turn.act) for turn in ordered))


class Between:
    """Finds the causes of what differs between two networks."""

    def __init__(self, before: Network, after: Network, edition: Edition | None = None) -> None:
        self.before, self.after, self.edition = before, after, edition
        self.first, self.last = sorted((before.on, after.on))
        self._old_facts = Assessor(replace(before, law=before.law.frozen(after.on)))
        self._new_facts = Assessor(replace(after, law=after.law.frozen(before.on)))
        self._by_day: dict[Day, Assessor] = {}
        self._beginning = tuple(_beginning(after.law))

    def of_chain(self, line: Line) -> Cause:
        """Why a chain is there in one of the networks only: what of it began or ended."""
        if self.edition:
            return self._of_document(self.edition)
        things: list[Activity | Flow] = [line.passage.activity, *line.chain]
        facts = self._within(bound for thing in things for bound in _period(_kind(thing), thing.id, thing))
        days = [fact.day for fact in facts] or [self.last]
        day = max(days) if line.passage.network.on == self.last else min(days)
        return Cause(CauseKind.FLOW, day, facts=facts)

    def of_contract(self, contract: Contract, flow: str) -> Cause:
        """Why a contract is in force in one of the networks only."""
        if self.edition:
            return self._of_document(self.edition)
        facts = self._within(_period("contract", flow, replace(contract, valid_from=contract.begins)))
        return Cause(CauseKind.FLOW, max((fact.day for fact in facts), default=self.last), facts=facts)

    def of_facts(self) -> Cause:
        """Why a flow says something else: only another version of a document can do that."""
        return self._of_document(self.edition) if self.edition else Cause(CauseKind.FLOW, self.last)

    def of_footing(self, was: Line, now: Line, read: Reader) -> Cause:
        """Why the footing of a flow towards a country is another one.

        Args:
            read: What of the footing differs.
        """
        if self.edition:
            return self._of_document(self.edition)
        country, law = now.country, self.after.law
        mixed = (
            read(self._new_facts.of(now.passage)[country]),
            read(self._old_facts.of(was.passage)[country]),
        )
        reliances = [*now.passage.flow.tools, *now.passage.importer.certifications]
        turns = [*turns_of_country(law, country), *self._beginning]
        turns += [turn for tool in sorted({r.tool for r in reliances}) for turn in turns_of_tool(law, tool)]
        facts = [*_bounds(now.passage.flow.tools, "reliance"), *_bounds(now.passage.importer.certifications)]
        later = now.passage if self.after.on == self.last else was.passage
        return self._cause(
            (read(was.assessment), read(now.assessment)),
            mixed,
            turns,
            facts,
            lambda day: read(self._on(day).of(later)[country]),
        )

    def of_tool(self, was: Passage, now: Passage, tool: str) -> Cause:
        """Why a flow can rely on a tool in one of the networks only."""
        if self.edition:
            return self._of_document(self.edition)
        law = self.after.law
        facts = [
            *_bounds((r for r in now.flow.tools if r.tool == tool), "reliance"),
            *_bounds(r for r in now.importer.certifications if r.tool == tool),
        ]
        later = now if self.after.on == self.last else was
        return self._cause(
            (_relies(was, tool, was.network), _relies(now, tool, now.network)),
            (
                _relies(now, tool, replace(now.network, law=law.frozen(was.network.on))),
                _relies(was, tool, replace(was.network, law=law.frozen(now.network.on))),
            ),
            [*turns_of_tool(law, tool)],
            facts,
            lambda day: _relies(later, tool, replace(later.network, on=day)),
        )

    def _cause(
        self,
        values: tuple[Value, Value],
        mixed: tuple[Value, Value],
        turns: Iterable[Turn],
        facts: Iterable[Bound],
        on_day: Callable[[Day], Value],
    ) -> Cause:
        within = [turn for turn in turns if self._is_within(turn.day)]
        bounds = self._within(facts)
        days = sorted({turn.day for turn in within} | {bound.day for bound in bounds})
        earlier, later = values if self.after.on == self.last else reversed(values)
        steps = tuple(_steps(days, on_day, earlier, later, self.last))
        kind = _kind_of(values, mixed)
        named = tuple(t for t in within if kind is not CauseKind.FLOW and _is_step(t.day, steps))
        shown = tuple(f for f in bounds if kind is not CauseKind.LAW and _is_step(f.day, steps))
        events = dict.fromkeys(event for turn in named for event in events_of(self.after.law, turn))
        return Cause(kind, steps[-1][0], steps, named, shown, tuple(events))

    def _on(self, day: Day) -> Assessor:
        if day not in self._by_day:
            later = self.after if self.after.on == self.last else self.before
            self._by_day[day] = Assessor(replace(later, on=day))
        return self._by_day[day]

    def _within(self, bounds: Iterable[Bound]) -> tuple[Bound, ...]:
        found = dict.fromkeys(bound for bound in bounds if self._is_within(bound.day))
        return tuple(sorted(found, key=lambda bound: (bound.day, bound.kind, bound.id, bound.what)))

    def _is_within(self, day: Day) -> bool:
        return self.first < day <= self.last

    def _of_document(self, edition: Edition) -> Cause:
        return Cause(CauseKind.DOCUMENT, edition.day, edition=edition)


def _kind_of(values: tuple[Value, Value], mixed: tuple[Value, Value]) -> CauseKind:
    was, now = values
    by_new_facts, by_new_law = mixed
    if (by_new_facts, by_new_law) == (was, now):
        return CauseKind.LAW
    return CauseKind.FLOW if (by_new_facts, by_new_law) == (now, was) else CauseKind.BOTH


def _steps(
    days: Iterable[Day], on_day: Callable[[Day], Value], earlier: Value, later: Value, last: Day
) -> Iterator[tuple[Day, Value]]:
    """The days on which a value becomes another one, up to the last."""
    value = earlier
    for day in days:
        if (found := on_day(day)) != value:
            value = found
            yield day, value
    if value != later:
        yield last, later


def _is_step(day: Day, steps: tuple[tuple[Day, Value], ...]) -> bool:
    return any(day == step for step, _ in steps)


def _relies(passage: Passage, tool: str, network: Network) -> Value:
    countries = countries_of(network, passage.flow)
    return tool if tool in tools_in_use(passage.flow, passage.importer, countries, network.on, network.law) else None


def _kind(thing: Activity | Flow) -> str:
    return "flow" if isinstance(thing, Flow) else "activity"


def _period(kind: str, key: str, thing: Any) -> Iterator[Bound]:
    """The first day of something, and the day after its last one."""
    if thing.valid_from is not None:
        yield Bound(kind, key, What.BEGINS, thing.valid_from)
    if thing.valid_until is not None:
        yield Bound(kind, key, What.ENDS, days_after(thing.valid_until))


def _bounds(reliances: Iterable[Reliance | Certification], kind: str = "certification") -> Iterator[Bound]:
    for reliance in reliances:
        yield from _period(kind, reliance.tool, reliance)
        if reliance.concluded is not None:
            yield Bound(kind, reliance.tool, What.BEGINS, reliance.concluded)
        if isinstance(reliance, Reliance) and reliance.assessed is not None:
            yield Bound("assessment", reliance.tool, What.BEGINS, reliance.assessed)


def _beginning(law: Law) -> Iterator[Turn]:
    """The turn with which the tables begin: before it no footing is known anywhere."""
    turns = (turn for country in sorted(law.regimes) for turn in turns_of_country(law, country))
    yield from [turn for turn in turns if turn.what is What.BEGINS and turn.day == law.begins][:1]
