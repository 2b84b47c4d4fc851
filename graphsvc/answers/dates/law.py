"""The days ahead on which the law changes for flows of a controller. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.answers.dates.day_ahead import Ahead, DateKind
from graphsvc.answers.lines import Passage
from graphsvc.answers.pieces import Piece
from graphsvc.law.tables import Law
from graphsvc.law.turns import Turn, What, events_of, name_of, turns_of_country, turns_of_tool
from graphsvc.model import INSIDE, Regime, RegimeKind, severity


def dates_of_law(piece: Piece) -> Iterator[Ahead]:
    """The days on which rows of law begin and end that decide about a flow."""
    law = piece.side.network.law
    for country, passages in piece.countries.items():
        for turn in turns_of_country(law, country):
            yield from _turn(piece, turn, passages, country)
    for tool, passages in piece.tools.items():
        for turn in turns_of_tool(law, tool):
            if not _told_of_country(law, turn):
                yield from _turn(piece, turn, passages, None)


def _told_of_country(law: Law, turn: Turn) -> bool:
    """Whether a list turns with the decision that it belongs to, which is told of the country already."""
    decisions = (row for rows in law.regimes.values() for row in rows if row.listing == turn.row.id)
    return any(turn.day == other.day for row in decisions for other in turns_of_country(law, row.country))


def _turn(piece: Piece, turn: Turn, passages: list[Passage], country: str | None) -> Iterator[Ahead]:
    is_end = turn.what in (What.ENDS, What.CLOSES)
    day = turn.last if is_end else turn.day
    if not piece.holds(day):
        return
    before, after = (piece.footings(passages, on, country) for on in (turn.last, turn.day))
    yield Ahead(
        _kind(turn),
        day,
        turn.row.id,
        tuple(piece.side.line(passage, country) for passage in passages),
        str(turn.act),
        min(before, key=severity),
        min(after, key=severity),
        country,
        None if country else turn.row.id,
        events_of(piece.side.network.law, turn),
        turn.evidence,
    )


def dates_of_events(piece: Piece, told: set[str]) -> Iterator[Ahead]:
    """Events of acts that decide about a country or a tool that is touched, and that no row tells of."""
    law = piece.side.network.law
    for event in law.events:
        if event.act is None or event.id in told or not piece.holds(event.date):
            continue
        name = name_of(event.act)
        touched = [
            (passages, country, None)
            for country, passages in piece.countries.items()
            if any(name_of(row.act) == name for row in law.regimes.get(country, ()))
        ]
        touched += [(ps, None, tool) for tool, ps in piece.tools.items() if name_of(law.tools[tool].act) == name]
        for passages, country, tool in touched[:1]:
            lines = tuple(piece.side.line(passage, country) for passage in passages)
            said = {"events": (event,), "evidence": event.evidence, "country": country, "tool": tool}
            yield Ahead(DateKind.LAW_EVENT, event.date, event.id, lines, str(event.act), **said)


def _kind(turn: Turn) -> DateKind:
    if isinstance(turn.row, Regime):
        return _OF_REGIME[_family(turn.row.kind), turn.what]
    return _OF_TOOL[turn.what]


def _family(kind: RegimeKind) -> str:
    if kind is RegimeKind.TRANSITION:
        return "transition"
    return "membership" if kind in INSIDE else "adequacy"


_OF_REGIME = {
    (family, what): DateKind(f"{family}_{what.value}")
    for family in ("adequacy", "transition", "membership")
    for what in (What.BEGINS, What.ENDS)
}
_OF_TOOL = {
    What.BEGINS: DateKind.TOOL_BEGINS,
    What.ENDS: DateKind.TOOL_ENDS,
    What.CLOSES: DateKind.TOOL_CLOSES,
    What.ASSESSMENT: DateKind.ASSESSMENT_NEEDED,
}
