"""The days ahead on which flows, contracts and reliances end, and until when one may object. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.answers.changes.objection import Window, window
from graphsvc.answers.dates.day_ahead import ART_28, Ahead, DateKind
from graphsvc.answers.lines import Line
from graphsvc.answers.pieces import Piece
from graphsvc.model import ACTING_FOR_OTHERS, ContractKind, Day, Evidence, Flow, Party, Reliance, evidence_for


def dates_of_facts(piece: Piece, today: Day) -> Iterator[Ahead]:
    """The days on which flows, contracts and reliances begin or end, or one may object to a sub-processor.

    Args:
        today: The first day of the time asked about.
    """
    for passage in piece.passages:
        line = piece.side.line(passage)
        yield from _of_flow(passage.flow, line, piece, today)
        yield from _of_contract(passage.flow, line, piece)
        for reliance in passage.flow.tools:
            yield from _of_reliance(reliance, passage.flow, line, piece)
        for reliance in passage.importer.certifications:
            if reliance.tool in piece.tools and passage in piece.tools[reliance.tool]:
                yield from _of_certification(reliance, passage.importer, line, piece)


def _of_flow(flow: Flow, line: Line, piece: Piece, today: Day) -> Iterator[Ahead]:
    offered = _window(flow, line)
    if offered and offered.last_day:
        said = {"evidence": offered.evidence, "window": offered}
        yield Ahead(DateKind.OBJECTION_ENDS, offered.last_day, flow.id, (line,), ART_28 + "(2)", **said)
    if flow.valid_from and piece.holds(flow.valid_from) and flow.valid_from > today:
        said = {"evidence": evidence_for(flow.evidence, "valid_from"), "window": offered}
        yield Ahead(DateKind.FLOW_BEGINS, flow.valid_from, flow.id, (line,), after=line.status, **said)
    if flow.valid_until and piece.holds(flow.valid_until):
        said = {"evidence": evidence_for(flow.evidence, "valid_until"), "before": line.status}
        yield Ahead(DateKind.FLOW_ENDS, flow.valid_until, flow.id, (line,), **said)


def _window(flow: Flow, line: Line) -> Window | None:
    """Until when one may object; None unless a processor that was there before engages a new one."""
    if flow.role not in ACTING_FOR_OTHERS or len(line.chain) < 2 or flow.valid_from is None:
        return None
    before = [line.passage.activity, *line.chain[:-1]]
    if any(thing.valid_from is not None and thing.valid_from >= flow.valid_from for thing in before):
        return None
    return window(line)


def _of_contract(flow: Flow, line: Line, piece: Piece) -> Iterator[Ahead]:
    contract = flow.contract
    if (
        contract
        and contract.kind is not ContractKind.NONE
        and contract.valid_until
        and piece.holds(contract.valid_until)
    ):
        said = contract.evidence or evidence_for(flow.evidence, "contract")
        yield Ahead(DateKind.CONTRACT_ENDS, contract.valid_until, flow.id, (line,), ART_28, evidence=said)


def _of_reliance(reliance: Reliance, flow: Flow, line: Line, piece: Piece) -> Iterator[Ahead]:
    if reliance.valid_until and piece.holds(reliance.valid_until):
        said = {"evidence": said_of(reliance, flow), "tool": reliance.tool}
        act = str(line.passage.network.law.tools[reliance.tool].act)
        subject = f"{flow.id} {reliance.tool}"
        yield Ahead(DateKind.RELIANCE_ENDS, reliance.valid_until, subject, (line,), act, **said)


def _of_certification(reliance: Reliance, party: Party, line: Line, piece: Piece) -> Iterator[Ahead]:
    if reliance.valid_until and piece.holds(reliance.valid_until):
        said = reliance.evidence or evidence_for(party.evidence, "certifications")
        passages = [passage for passage in piece.tools[reliance.tool] if passage.importer.id == party.id]
        lines = tuple(piece.side.line(passage) for passage in passages)
        act = str(line.passage.network.law.tools[reliance.tool].act)
        subject = f"{party.id} {reliance.tool}"
        found = {"evidence": said, "tool": reliance.tool}
        yield Ahead(DateKind.CERTIFICATION_ENDS, reliance.valid_until, subject, lines, act, **found)


def said_of(reliance: Reliance, flow: Flow) -> tuple[Evidence, ...]:
    """Where it is said that a flow relies on a tool."""
    return reliance.evidence or evidence_for(flow.evidence, "tools")
