"""Claims about places and transfers against the facts. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graphsvc.answers.claims.facts import Fact, FactKind, about_law, nearest_first, recipients
from graphsvc.answers.claims.matter import STATUS, Matter, Outcome, recipient, with_reason
from graphsvc.answers.lines import Line, cases
from graphsvc.law.assess import Assessment
from graphsvc.law.case import Grounds
from graphsvc.law.standing import Standing, ended_by, standing
from graphsvc.law.tables import Law
from graphsvc.model import INSIDE, UNKNOWN, Capacity, Day, Shortfall, Source, Status, Tool, evidence_for, in_force
from graphsvc.translation import LazyString, _, country_name

EEA = "EEA"
"""The code of a place that is said to be in the European Economic Area without naming the country."""


def no_third_country(matter: Matter) -> Outcome:
    """Nothing leaves the EEA: any place that is a third country on the day speaks against it."""
    against = [line for line in matter.lines if _is_outside(line)]
    unknown = [line for line in matter.lines if not _is_outside(line) and line.status is Status.UNKNOWN]
    return Outcome(recipients(against, _is_there, True), recipients(unknown, _is_nowhere, True))


def only_countries(matter: Matter) -> Outcome:
    """Data is in some countries only; when parties or services are named too: and with these only."""
    listed = [(line, _is_listed(matter, line.country)) for line in matter.lines]
    against = recipients((line for line, known in listed if known is False), _is_there, True)
    unknown = recipients((line for line, known in listed if known is None), _is_nowhere, True)
    return Outcome(nearest_first((*against, *_kept_elsewhere(matter, against))), unknown)


def _kept_elsewhere(matter: Matter, found: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Recipients other than those that the claim names as the only place; each once, so none that was found."""
    if not (matter.check.parties or matter.check.services):
        return ()
    told = {fact.service.id for fact in found}
    others = (line for line in matter.disclosures if not matter.names(line) and line.passage.service.id not in told)
    return recipients(others, _is_another)


def _is_another(line: Line) -> str:
    return _("{recipient} receives data too, and the claim names others only.", recipient=recipient(line))


def _is_listed(matter: Matter, country: str) -> bool | None:
    """Whether a country is one of those claimed; None: that cannot be told."""
    named, network = matter.check.countries, matter.network
    if country in named or (EEA in named and network.law.is_inside(country, network.on)):
        return True
    may_be = country == EEA and any(network.law.is_inside(code, network.on) for code in named)
    return None if country == UNKNOWN or may_be else False


def _is_outside(line: Line) -> bool:
    """Whether a line reaches a third country; before the law tables begin nobody can tell."""
    law, on = line.passage.network.law, line.passage.network.on
    return _can_tell(law, on) and line.country != UNKNOWN and line.status is not Status.INSIDE


def _can_tell(law: Law, on: Day) -> bool:
    return law.begins is not None and law.begins <= law.day(on)


def _is_there(line: Line) -> str:
    words = {
        "recipient": recipient(line),
        "country": LazyString(country_name, line.country),
        "footing": STATUS[line.status],
    }
    if line.country in line.passage.flow.places:
        return _("{recipient} keeps or reads the data in {country} (footing: {footing}).", **words)
    return _("{recipient} is established in {country} (footing: {footing}).", **words)


def _is_nowhere(line: Line) -> str:
    if line.country == EEA:
        return _(
            "{recipient} keeps or reads the data in the EEA; in which country is not known.", recipient=recipient(line)
        )
    return with_reason(line)


def third_country(matter: Matter) -> Outcome:
    """Some countries are called third countries: a member of the EU or the EEA on the day speaks against it."""
    law, on = matter.network.law, matter.network.on
    if not _can_tell(law, on):
        return Outcome(note=_("The law tables say nothing of this day."))
    return Outcome(tuple(fact for code in matter.check.countries for fact in _members(law, on, code)))


def _members(law: Law, on: Day, code: str) -> Iterator[Fact]:
    for regime in law.regimes_of(code, on):
        if regime.kind in INSIDE:
            reason = _("{country} is no third country on this day.", country=LazyString(country_name, code))
            said = [evidence_for(regime.evidence, key) for key in ("act", "valid_from", "valid_until")]
            yield about_law(FactKind.COUNTRY, reason, said, str(regime.act), country=code)
            return


def relies_on(matter: Matter) -> Outcome:
    """Transfers rest on a tool: it has to be in force on the day and when the document was dated, and to fit."""
    law, on = matter.network.law, matter.network.on
    tool = law.tools[matter.check.tool]
    found = [_by_tool(line, tool) for line in _resting(matter, tool)]
    against = [line for known, line in found if known in {Standing.LAPSED, Standing.MISFIT}]
    unknown = [line for known, line in found if known is Standing.UNCLEAR]
    of_tool = [
        *_gone_when_dated(matter, tool),
        *([] if against else _gone(tool, law.day(on))),
    ]
    note = None if found else _("No flow of this day is recorded as relying on {tool}.", tool=tool.name)
    facts = recipients(against, _is_nowhere, True, tool.id)
    return Outcome((*facts, *of_tool), recipients(unknown, _is_nowhere, True, tool.id), note)


def _resting(matter: Matter, tool: Tool) -> list[Line]:
    """The third-country lines that the claim is about: those it names; when it names none, those that name the tool."""
    outside = [line for line in matter.lines if line.status is not Status.INSIDE and line.country != UNKNOWN]
    if matter.check.services or matter.check.parties:
        return [line for line in outside if matter.names(line)]
    return [line for line in outside if any(reliance.tool == tool.id for reliance in line.passage.flow.tools)]


def _by_tool(line: Line, tool: Tool) -> tuple[Standing, Line]:
    """How a line stands by one tool alone, whatever else covers it; the worst over the capacities it is sent in."""
    network, passage = line.passage.network, line.passage
    if not _can_tell(network.law, network.on):
        return Standing.UNCLEAR, line
    senders: set[Capacity] = {place.capacity for place in passage.senders}
    found = [
        known
        for sender in senders
        for case in cases(network, passage.flow, sender, [line.country])
        if (known := standing(case, tool.id))
    ]
    if not found:
        reason = _("No document in the register says that it relies on {tool}.", tool=tool.name)
        return Standing.UNCLEAR, _resting_on(line, reason)
    worst, reason, grounds = max(found, key=lambda known: list(Standing).index(known[0]))
    if worst is Standing.USABLE and line.status in {Status.ADEQUATE_IF_COVERED, Status.UNKNOWN}:
        return Standing.UNCLEAR, line
    return worst, _resting_on(line, reason, _act_of(tool), grounds)


def _resting_on(line: Line, reason: str, act: str | None = None, grounds: Grounds = ()) -> Line:
    return replace(line, assessment=Assessment(line.status, reason, act, grounds=grounds))


def _gone(tool: Tool, on: Day) -> Iterator[Fact]:
    if not in_force(on, tool.valid_from, tool.valid_until):
        reason = _("{tool} could not be relied on on {day}{span}.", tool=tool.name, day=on, span=_span(tool))
        yield _about_tool(tool, reason)


def _gone_when_dated(matter: Matter, tool: Tool) -> Iterator[Fact]:
    """When a document that makes the claim was dated on a day on which the tool was not in force."""
    for evidence in matter.claim.evidence:
        source = matter.network.papers.sources.get(evidence.source)
        if source and was_gone_when_dated(source, tool, matter.network.on):
            yield _about_tool(tool, gone_when_dated(source, tool))
            return


def was_gone_when_dated(source: Source, tool: Tool, on: Day) -> bool:
    """Whether a document that is there on the day was dated when a tool was not in force."""
    dated = source.date
    return dated is not None and dated <= on and not in_force(dated, tool.valid_from, tool.valid_until)


def gone_when_dated(source: Source, tool: Tool) -> str:
    """That in a sentence."""
    return _(
        "{tool} could not be relied on when {source} was dated, on {day}{span}.",
        tool=tool.name,
        source=source.title,
        day=source.date,
        span=_span(tool),
    )


def _about_tool(tool: Tool, reason: str) -> Fact:
    said = [evidence_for(tool.evidence, key) for key in ("act", "valid_from", "valid_until")]
    return about_law(FactKind.TOOL, reason, said, _act_of(tool), tool=tool.id)


def _act_of(tool: Tool) -> str:
    return ended_by(tool)


def _span(tool: Tool) -> str:
    days = {"start": tool.valid_from, "end": tool.valid_until}
    if tool.valid_from and tool.valid_until:
        return _(" (in force from {start} until {end})", **days)
    if tool.valid_from:
        return _(" (in force from {start})", **days)
    return _(" (in force until {end})", **days) if tool.valid_until else ""


def lawful_transfers(matter: Matter) -> Outcome:
    """Transfers take place and are in order: none may be without footing, and country and tool have to be named."""
    bad = [line for line in matter.lines if line.status in {Status.UNCOVERED, Status.LAPSED}]
    open_ones = [line for line in matter.lines if line.status in {Status.UNKNOWN, Status.ADEQUATE_IF_COVERED}]
    unnamed = [line for line in open_ones if _is_unnamed(matter, line)]
    rest = [line for line in open_ones if not _is_unnamed(matter, line)]
    against = (*recipients(bad, _is_there, True), *recipients(unnamed, _named_nowhere, True))
    return Outcome(against, recipients(rest, _is_nowhere, True))


def _is_unnamed(matter: Matter, line: Line) -> bool:
    """Whether the controller sends data somewhere unknown, and its own documents name no country abroad and no tool."""
    network, dossier = matter.network, matter.dossier
    if not network.law.requirement(Shortfall.COUNTRY_NOT_NAMED, Capacity.CONTROLLER, network.on):
        return False
    abroad = any(not network.law.is_inside(code, network.on) for code in dossier.named_countries - {UNKNOWN})
    tools = any(dossier.states_tool(passage.flow) for passage in dossier.passages)
    is_own = line.passage.depth == 1 and dossier.is_recipient(line.passage)
    return is_own and line.country == UNKNOWN and not (abroad or tools)


def _named_nowhere(line: Line) -> str:
    return _(
        "{recipient}: neither a country nor a transfer tool is named, as Art. 13(1)(f) GDPR asks.",
        recipient=recipient(line),
    )
