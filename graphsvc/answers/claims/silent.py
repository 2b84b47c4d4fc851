"""`silences`: what a controller's own documents should say by Art. 13 and do not, found without a claim. Pure.

Every rule is asked only when the law tables have a requirement of its kind on the day, and only of a controller that
has documents of its own (`Dossier.documents`). What a document names is what it states as evidence of a fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graphsvc.answers.claims.checks import check
from graphsvc.answers.claims.facts import Fact, recipients
from graphsvc.answers.claims.matter import recipient, with_reason
from graphsvc.answers.claims.places import gone_when_dated, was_gone_when_dated
from graphsvc.answers.dossier import Dossier
from graphsvc.answers.lines import Line
from graphsvc.model import (
    UNKNOWN,
    Capacity,
    Claim,
    ClaimKind,
    Evidence,
    Requirement,
    Shortfall,
    Source,
    Status,
    Tool,
    evidence_for,
)
from graphsvc.translation import LazyString, _, country_name, joined


@dataclass(frozen=True)
class Silence:
    """Something that the documents of a controller should say and do not, or say wrongly.

    Attributes:
        requirement: What the law asks.
        about: Id of what it is about: a country, a service, a claim, a tool.
        text: What is wrong, in a sentence.
        facts: What the register knows, with its sources.
        is_mild: Whether less is at stake than the requirement says.
        claims: Ids of claims concerned.
        sources: The place in the controller's own documents, when there is one.
    """

    requirement: Requirement
    about: str
    text: str
    facts: tuple[Fact, ...]
    is_mild: bool = False
    claims: tuple[str, ...] = ()
    sources: tuple[Evidence, ...] = ()


def silences(dossier: Dossier) -> Iterator[Silence]:
    """Every silence of a controller, rule by rule."""
    law, on = dossier.network.law, dossier.network.on
    for kind, rule in _RULES.items() if dossier.documents else ():
        if requirement := law.requirement(kind, Capacity.CONTROLLER, on):
            yield from rule(dossier, requirement)


def _countries_not_named(dossier: Dossier, requirement: Requirement) -> Iterator[Silence]:
    """A third country is reached and never named. Those where only sub-processors are come as one, and are milder."""
    by_country: dict[str, list[Line]] = defaultdict(list)
    for line in dossier.lines:
        if _is_abroad(line) and line.country not in dossier.named_countries:
            by_country[line.country].append(line)
    behind: list[Line] = []
    for country, lines in sorted(by_country.items()):
        if any(line.passage.depth == 1 for line in lines):
            text = _(
                "Data goes to {country}; none of the controller's own documents names it.",
                country=LazyString(country_name, country),
            )
            yield Silence(requirement, country, text, recipients(lines, _is_there, True))
        else:
            behind += lines
    if behind:
        names = joined(", ", sorted({LazyString(country_name, line.country) for line in behind}))
        text = _(
            "Further down the chains are recipients in countries that no document of the controller names: {names}.",
            names=names,
        )
        yield Silence(requirement, "sub-processors", text, recipients(behind, _is_there, True), is_mild=True)


def _is_there(line: Line) -> str:
    return _("{recipient} is in {country}.", recipient=recipient(line), country=LazyString(country_name, line.country))


def _tools_not_named(dossier: Dossier, requirement: Requirement) -> Iterator[Silence]:
    """The controller itself sends data to a third country and names no tool. Milder when a decision covers it."""
    by_service: dict[str, list[Line]] = defaultdict(list)
    for line in dossier.lines:
        is_own = line.passage.depth == 1 and dossier.is_recipient(line.passage)
        if is_own and _is_abroad(line) and not dossier.states_tool(line.passage.flow):
            by_service[line.passage.service.id].append(line)
    for service, lines in sorted(by_service.items()):
        facts = recipients(lines, with_reason, True)
        where = joined(
            ", ", (LazyString(country_name, country) for country in sorted({line.country for line in lines}))
        )
        text = _(
            "Data goes to {recipient} in {countries}; no document of the controller names a transfer tool.",
            recipient=recipient(lines[0]),
            countries=where,
        )
        yield Silence(requirement, service, text, facts, all(line.status is Status.ADEQUATE for line in lines))


def _recipients_left_out(dossier: Dossier, requirement: Requirement) -> Iterator[Silence]:
    """A list of recipients leaves out some whom another place in the controller's own documents names."""
    for claim in dossier.claims:
        if _is_list(claim) and dossier.states(claim.evidence):
            named = tuple(f for f in check(dossier, claim).against if f.service.id in dossier.named_services)
            if named:
                names = ", ".join(sorted({fact.service.name for fact in named}))
                text = _(
                    "The list of recipients leaves out whom the same documents name elsewhere: {names}.", names=names
                )
                said = tuple(evidence for evidence in claim.evidence if dossier.states([evidence]))
                yield Silence(requirement, claim.id, text, named, claims=(claim.id,), sources=said)


def _is_list(claim: Claim) -> bool:
    """Whether a claim lists recipients: it names several and no others."""
    check = claim.check
    return (
        check is not None and check.kind is ClaimKind.ONLY_RECIPIENTS and len(check.services) + len(check.parties) > 1
    )


def _recipients_not_named(dossier: Dossier, requirement: Requirement) -> Iterator[Silence]:
    """The controller itself sends data to somebody known, whom none of its own documents names."""
    by_service: dict[str, list[Line]] = defaultdict(list)
    for line in dossier.lines:
        passage = line.passage
        is_known = passage.importer.id != UNKNOWN and dossier.is_recipient(passage)
        if passage.depth == 1 and is_known and passage.service.id not in dossier.named_services:
            by_service[passage.service.id].append(line)
    for service, lines in sorted(by_service.items()):
        text = _(
            "Data goes to {recipient}; no document of the controller names this recipient.",
            recipient=recipient(lines[0]),
        )
        yield Silence(requirement, service, text, recipients(lines, _receives))


def _receives(line: Line) -> str:
    return _("{recipient} receives data.", recipient=recipient(line))


def _tools_not_in_force(dossier: Dossier, requirement: Requirement) -> Iterator[Silence]:
    """A document of the controller names a tool that was not in force when the document was dated."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in dossier.lines:
        for source, tool in _named_too_late_or_early(dossier, line):
            found[tool.id, source.id].append(line)
    for (key, document), lines in sorted(found.items()):
        tool, source = dossier.network.law.tools[key], dossier.network.papers.sources[document]
        facts = recipients(lines, with_reason, True, key)
        said = tuple(dict.fromkeys(e for line in lines for e in _said_of(line, key) if e.source == document))
        yield Silence(requirement, key, gone_when_dated(source, tool), facts, sources=said)


def _named_too_late_or_early(dossier: Dossier, line: Line) -> Iterator[tuple[Source, Tool]]:
    """The tools that a line's flow relies on by a document of the controller dated when they were not in force."""
    network = dossier.network
    if not _is_abroad(line):
        return
    for reliance in line.passage.flow.tools:
        tool = network.law.tools[reliance.tool]
        for evidence in _said_of(line, tool.id):
            source = network.papers.sources.get(evidence.source)
            if dossier.states([evidence]) and source and was_gone_when_dated(source, tool, network.on):
                yield source, tool


def _said_of(line: Line, tool: str) -> tuple[Evidence, ...]:
    flow = line.passage.flow
    named = (reliance for reliance in flow.tools if reliance.tool == tool)
    return tuple(e for reliance in named for e in reliance.evidence or evidence_for(flow.evidence, "tools"))


def _is_abroad(line: Line) -> bool:
    """Whether a line reaches a known third country; only days on which the law asks anything get here."""
    return line.country != UNKNOWN and line.status is not Status.INSIDE


_RULES: dict[Shortfall, Callable[[Dossier, Requirement], Iterator[Silence]]] = {
    Shortfall.COUNTRY_NOT_NAMED: _countries_not_named,
    Shortfall.TOOL_NOT_NAMED: _tools_not_named,
    Shortfall.RECIPIENT_LEFT_OUT: _recipients_left_out,
    Shortfall.RECIPIENT_NOT_NAMED: _recipients_not_named,
    Shortfall.TOOL_NOT_IN_FORCE: _tools_not_in_force,
}
