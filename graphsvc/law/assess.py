"""`assess`: on which transfer basis a flow reaches one country on one day (GDPR chapter V), by the tables.

The gates stand in the order in which Art. 44 to 49 are read: no third country, an adequacy decision that covers the
recipient (Art. 45), a safeguard that fits (Art. 46), one of which that cannot be determined, an onward transfer under
the exporter's own law, a decision that may cover the recipient, a derogation (Art. 49), what is named and not in force,
nothing. What is named and does not carry is said in the reason, whatever else carries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from graphsvc.law.case import PUBLIC_BODIES, Case, Grounds, said_of_row
from graphsvc.law.coverage import LEFT_OR_NEVER_ON, PERHAPS, Coverage, Covered, coverage
from graphsvc.law.reliance import TRANSFER_TOOLS, OnDay
from graphsvc.law.standing import Stand, Standing, ended_by, stands
from graphsvc.law.wording import beginning, sentences, the_country, the_day, the_pair
from graphsvc.model import (
    INSIDE,
    UNKNOWN,
    DerogationPaper,
    Regime,
    RegimeKind,
    Role,
    Shortfall,
    Status,
    Tool,
    ToolKind,
    evidence_for,
)
from graphsvc.translation import _, joined, law_name


@dataclass(frozen=True, slots=True)
class Assessment:
    """The status of a flow towards one country on one day, and what decided it.

    Attributes:
        status: The status.
        reason: What decided, first; then what else a reader has to know, in whole sentences.
        act: The act or judgment that decided; None: there is none.
        transfer_impact_assessment: True recorded, False missing; None: this basis needs none.
        grounds: For each fact that decided, where it is said (rows of law, certifications, tools relied on).
        by_roles: Whether the pair of roles decided.
        rows: Ids of the rows of law that decided.
        inherited: It is carried by a tool that comes from standard terms.
        fallback: It is carried by a tool that stands in while nothing else carries.
        onward: The exporter is outside the EEA: an onward transfer (Art. 44).
        shortfalls: What is still to be found out, recorded or arranged.
    """

    status: Status
    reason: str
    act: str | None = None
    transfer_impact_assessment: bool | None = None
    grounds: Grounds = ()
    by_roles: bool = False
    rows: tuple[str, ...] = ()
    inherited: bool = False
    fallback: bool = False
    onward: bool = False
    shortfalls: frozenset[Shortfall] = frozenset()


class _Read:
    """What the gates read off a case, each once."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def stands(self) -> tuple[Stand, ...]:
        """How each tool stands that is named."""
        return stands(self.case)

    @cached_property
    def coverages(self) -> tuple[Coverage, ...]:
        """Whether each decision on the country covers the recipient."""
        return tuple(coverage(self.case, regime) for regime in self.case.decisions)

    def with_standing(self, standing: Standing, *kinds: ToolKind) -> list[Stand]:
        """The tools of some kinds that stand so."""
        return [each for each in self.stands if each.standing is standing and each.tool.kind in kinds]

    def covered(self, *verdicts: Covered) -> Coverage | None:
        """The first decision of which one of some verdicts holds."""
        return next((each for each in self.coverages if each.covered in verdicts), None)

    @property
    def tools_decide(self) -> bool:
        """Whether the flow itself names tools of Art. 46 or 49, or things that are no tool: these decide."""
        return any(
            each.tool.kind is not ToolKind.ADEQUACY_LIST and not each.named.reliance.inherited for each in self.stands
        )


def assess(case: Case) -> Assessment:
    """Decide on which transfer basis a flow reaches a country on a day.

    Args:
        case: The flow, towards the country, on the day, in front of the tables.

    Returns:
        The assessment by the first gate that decides.
    """
    read = _Read(case)
    for gate in _BEFORE:
        if found := gate(read):
            return _with_own_rows(case, found)
    decided = next(found for gate in _GATES if (found := gate(read)))
    onward = bool(case.outside)
    reason = sentences(decided.reason, *_onward(case), *_beside(read, decided))
    return _with_own_rows(case, replace(decided, reason=reason, onward=onward))


# Before it is a transfer at all


def _unknown_place(read: _Read) -> Assessment | None:
    case = read.case
    if case.country != UNKNOWN:
        return None
    missing = frozenset({Shortfall.PLACE_UNKNOWN})
    if not case.importer_known:
        return Assessment(Status.UNKNOWN, _("No source names the recipient."), shortfalls=missing)
    name = case.importer.name
    if case.importer.established_in:
        reason = _("No source says where {name} keeps or reads the data.", name=name)
    else:
        reason = _("No source says where {name} is established.", name=name)
    return Assessment(Status.UNKNOWN, reason, shortfalls=missing)


def _before_the_tables(read: _Read) -> Assessment | None:
    """The GDPR applies from a day on; before the first day of the tables nothing can be read off them."""
    begins = read.case.law.begins
    if begins is not None and begins <= read.case.law_day:
        return None
    if begins is None:
        return Assessment(Status.UNKNOWN, _("The legal rules are empty, so they say nothing of this day."))
    reason = _("The legal rules begin on {day}, so they say nothing of this day.", day=the_day(begins))
    return Assessment(Status.UNKNOWN, reason)


def _no_third_country(read: _Read) -> Assessment | None:
    for regime in read.case.regimes:
        if regime.kind in INSIDE:
            return _by(regime, Status.INSIDE, _inside(regime.country, regime.kind))
    return None


@cache
def _inside(country: str, kind: RegimeKind) -> str:
    named = beginning(the_country(country))
    return _("{country} is no third country on this day ({kind}).", country=named, kind=_KIND[kind])


# Chapter V


def _adequate(read: _Read) -> Assessment | None:
    found = read.covered(Covered.SHOWN)
    if found is None:
        return None
    regime = found.regime
    reason = _("{act} covers this recipient{scope}.", act=regime.act.title, scope=_scope(regime))
    return _by(regime, Status.ADEQUATE, sentences(reason, found.reason), found.grounds)


def _safeguarded(read: _Read) -> Assessment | None:
    carrying = read.with_standing(Standing.USABLE, ToolKind.SAFEGUARD)
    if not carrying:
        return None
    stand = min(carrying, key=_own_first)
    named, tool = stand.named, stand.tool
    reason = _(
        "{tool} ({article}) can be relied on for a transfer {pair}{legacy}.",
        tool=tool.name,
        article=tool.article,
        pair=the_pair(named.fitting[0]),
        legacy=_legacy(stand),
    )
    unsettled = _in_doubt(read.case)
    doubted = tool.doubt if tool.doubt_pairs.intersection(named.fitting) else None
    missing = _("No transfer impact assessment is recorded.") if named.assessed is False else ""
    return Assessment(
        Status.SAFEGUARDED,
        sentences(reason, missing, doubted or "", _from_terms(stand), _doubt(unsettled) if unsettled else ""),
        str(tool.act),
        named.assessed,
        (*named.grounds, *_of_the_group(stand)),
        bool(tool.role_pairs),
        (tool.id,),
        named.reliance.inherited,
        named.reliance.fallback,
        shortfalls=frozenset({Shortfall.ASSESSMENT_MISSING} if missing else ()),
    )


def _of_the_group(stand: Stand) -> Grounds:
    """Where it is said that both sides are of one group, for what holds inside one only."""
    case, tool = stand.named.case, stand.tool
    if stand.named.reliance.joint_activity or not all(pair in tool.group_pairs for pair in stand.named.fitting):
        return ()
    return tuple(evidence_for(party.evidence, "part_of") for party in (case.sender, case.importer) if party.parents)


def _own_first(stand: Stand) -> tuple[bool, bool, bool, str]:
    """What stands in comes after what carries by itself; one assessment is enough."""
    reliance = stand.named.reliance
    return reliance.fallback, stand.named.assessed is False, reliance.inherited, stand.tool.id


def _unsettled(read: _Read) -> Assessment | None:
    regime = _in_doubt(read.case)
    if regime is None:
        return None
    missing = frozenset({Shortfall.COUNTRY_UNSETTLED})
    return replace(_by(regime, Status.UNKNOWN, _doubt(regime)), act=None, shortfalls=missing)


def _unclear(read: _Read) -> Assessment | None:
    """A tool of the flow itself that may carry, while something is not known of it."""
    return _by_unclear(each for each in read.stands if not each.named.stands_in)


def _perhaps_standing_in(read: _Read) -> Assessment | None:
    """The same of what only stands in: nothing else may be spoiled by it."""
    return _by_unclear(read.stands)


def _by_unclear(named: Iterable[Stand]) -> Assessment | None:
    stand = next((each for each in named if each.standing is Standing.UNCLEAR), None)
    if stand is None:
        return None
    missing = frozenset({stand.shortfall} if stand.shortfall else ())
    grounds = stand.named.grounds
    return Assessment(
        Status.UNKNOWN, stand.reason, None, None, grounds, stand.by_roles, (stand.tool.id,), shortfalls=missing
    )


def _under_the_exporters_law(read: _Read) -> Assessment | None:
    """An onward transfer by a tool of the law of the exporter's country, while a decision covers the exporter."""
    case = read.case
    for country in case.outside:
        home = _decision_on_exporter(case, country)
        for stand in read.stands if home else ():
            named, tool = stand.named, stand.tool
            if home and tool.law_of == country and named.concerned and named.on_day is OnDay.YES:
                reason = _(
                    "{tool} is a tool of the law of {country}: it carries as long as the rules of {country} on onward"
                    " transfers are kept, by {act}. Art. 28(3)(a) and (4) GDPR apply all the same.",
                    tool=tool.name,
                    country=the_country(country),
                    act=home.regime.act.title,
                )
                found = _by(home.regime, Status.ADEQUATE_IF_COVERED, reason, (*home.grounds, *named.grounds))
                missing = frozenset({Shortfall.ONWARD_TRANSFER})
                return replace(found, rows=(*found.rows, tool.id), shortfalls=missing)
    return None


def _decision_on_exporter(case: Case, country: str) -> Coverage | None:
    """The decision that covers the exporter in its own country; None: there is none."""
    nothing_named = replace(case.flow, tools=(), role=Role.UNKNOWN)
    at_home = Case(nothing_named, case.exporter, case.sender, country, case.on, case.law)
    found = (coverage(at_home, regime) for regime in at_home.decisions)
    return next((each for each in found if each.covered is Covered.SHOWN), None)


def _adequate_if_covered(read: _Read) -> Assessment | None:
    found = read.covered(*PERHAPS)
    if found is None and not read.tools_decide:
        found = read.covered(Covered.NOTHING_SAID)
    if found is None or _importer_is_open(read):
        return None
    regime = found.regime
    reason = _("{act} covers only some recipients{scope}.", act=regime.act.title, scope=_scope(regime))
    missing = frozenset({Shortfall.LIST_NOT_CHECKED})
    by = _by(regime, Status.ADEQUATE_IF_COVERED, sentences(reason, found.reason), found.grounds)
    return replace(by, shortfalls=missing)


def _importer_is_open(read: _Read) -> bool:
    """Whether data is processed abroad, and neither who receives it there is known nor a transfer tool is named."""
    case = read.case
    named = any(each.tool.kind in TRANSFER_TOOLS for each in read.stands)
    return case.processed_abroad and not case.importer_known and not named


def _derogation(read: _Read) -> Assessment | None:
    usable = read.with_standing(Standing.USABLE, ToolKind.DEROGATION)
    if not usable:
        return None
    flow, sender = read.case.flow, read.case.sender
    standing = flow.condition is None and flow.only_if is None
    stand = min(usable, key=lambda each: (each.tool.occasional and standing, each.tool.id))
    tool = stand.tool
    reason = _(
        "{tool} ({article}): an exception for single cases, to be read narrowly.", tool=tool.name, article=tool.article
    )
    limits = [
        _("It is for occasional transfers only (recital 111).") if tool.occasional else "",
        _("This flow is recorded without a condition; say why no tool of Art. 46 is used.") if standing else "",
        _("It is not for an authority that uses its public powers (Art. 49(3)).")
        if tool.not_for_public_powers and sender.sector in PUBLIC_BODIES
        else "",
        *(_PAPERS[paper] for paper in tool.papers),
    ]
    missing = {Shortfall.DEROGATION_STANDING} if standing else set()
    missing |= {Shortfall.DEROGATION_PAPERS} if tool.papers else set()
    return Assessment(
        Status.DEROGATION,
        sentences(reason, *limits),
        str(tool.act),
        None,
        stand.named.grounds,
        rows=(tool.id,),
        shortfalls=frozenset(missing),
    )


def _lapsed(read: _Read) -> Assessment | None:
    missing = frozenset({Shortfall.SAFEGUARD_MISSING})
    if ended := read.covered(Covered.ENDED):
        by = _by(ended.regime, Status.LAPSED, ended.reason, ended.grounds)
        return replace(by, shortfalls=missing)
    gone = [each for each in read.with_standing(Standing.LAPSED, *TRANSFER_TOOLS) if each.named.concerned]
    if not gone:
        return None
    stand = min(gone, key=lambda each: (each.tool.kind is not ToolKind.ADEQUACY_LIST, each.tool.id))
    tool, grounds = stand.tool, stand.named.grounds
    has_ended = tool.valid_until is not None and tool.valid_until < read.case.law_day
    act = ended_by(tool) if has_ended else str(tool.act)
    rows = (tool.id, *_naming(read.case, tool))
    return Assessment(Status.LAPSED, stand.reason, act, None, grounds, rows=rows, shortfalls=missing)


def _importer_unknown(read: _Read) -> Assessment | None:
    if not read.case.processed_abroad or read.case.importer_known:
        return None
    reason = _(
        "Who receives the data in {country} is not known; the recipient's own branch or staff there would be no"
        " transfer (EDPB Guidelines 05/2021).",
        country=the_country(read.case.country),
    )
    return Assessment(Status.UNKNOWN, reason, shortfalls=frozenset({Shortfall.IMPORTER_UNKNOWN}))


def _uncovered(read: _Read) -> Assessment:
    case = read.case
    named = [each for each in read.stands if each.tool.kind is not ToolKind.DEROGATION]
    if named:
        reason = _(
            "No adequacy decision covers this recipient in {country}, and nothing that is named carries the transfer.",
            country=the_country(case.country),
        )
    else:
        reason = _(
            "No adequacy decision covers this recipient in {country}, and no transfer tool is named.",
            country=the_country(case.country),
        )
    against = [each for each in read.coverages if each.covered is not Covered.NOTHING_SAID]
    grounds = [fact for each in named for fact in each.named.grounds]
    grounds += [fact for each in against for fact in (*each.grounds, *said_of_row(each.regime))]
    rows = [each.tool.id for each in named] + [each.regime.id for each in against]
    ended = case.law.ended_in(case.country, case.on) if not case.regimes else None
    before = ""
    if ended is not None and ended.kind is not RegimeKind.UNSETTLED:
        rows.append(ended.id)
        day = the_day(ended.valid_until or "")
        before = _("{act} was in force up to and including {day}.", act=ended.act.title, day=day)
    return Assessment(
        Status.UNCOVERED,
        sentences(reason, before),
        None,
        None,
        tuple(dict.fromkeys(grounds)),
        any(each.by_roles for each in named),
        tuple(dict.fromkeys(rows)),
        shortfalls=frozenset({Shortfall.SAFEGUARD_MISSING}),
    )


_Gate = Callable[[_Read], Assessment | None]
_BEFORE: tuple[_Gate, ...] = (_unknown_place, _before_the_tables, _no_third_country)
_GATES: tuple[_Gate, ...] = (
    _adequate,
    _safeguarded,
    _unsettled,
    _unclear,
    _under_the_exporters_law,
    _adequate_if_covered,
    _derogation,
    _perhaps_standing_in,
    _lapsed,
    _importer_unknown,
    _uncovered,
)
_KIND = {
    RegimeKind.EU_MEMBER: _("EU member state"),
    RegimeKind.EU_TERRITORY: _("territory of an EU member state"),
    RegimeKind.EEA_MEMBER: _("in the European Economic Area"),
    RegimeKind.TRANSITION: _("transition period"),
}
_PAPERS = {
    DerogationPaper.EXPLICIT_CONSENT: _("It needs explicit consent after information on the risks."),
    DerogationPaper.AUTHORITY_TOLD: _("The supervisory authority has to be told."),
    DerogationPaper.PERSONS_TOLD: _("The persons concerned have to be told."),
    DerogationPaper.RECORDED_ASSESSMENT: _(
        "The assessment and the safeguards belong into the record of processing activities (Art. 49(6) GDPR)."
    ),
}


# What a reason adds


def _onward(case: Case) -> Iterator[str]:
    if case.outside:
        yield _("{sender} is outside the EEA, so this is an onward transfer (Art. 44 GDPR).", sender=case.sender.name)


def _beside(read: _Read, decided: Assessment) -> Iterator[str]:
    """What is named and does not carry, and what is known of the list, as far as the reason has not said it."""
    for each in read.coverages:
        if each.covered in _TOLD_BESIDE and each.reason and each.reason not in decided.reason:
            yield each.reason
    for stand in read.stands:
        carries_onward = Shortfall.ONWARD_TRANSFER in decided.shortfalls and stand.tool.id in decided.rows
        if stand.standing is not Standing.USABLE and not carries_onward and stand.reason not in decided.reason:
            yield stand.reason
    if decided.status not in {Status.ADEQUATE, Status.SAFEGUARDED, Status.ADEQUATE_IF_COVERED}:
        yield from _look(read)


_TOLD_BESIDE = LEFT_OR_NEVER_ON | {Covered.INELIGIBLE, Covered.EXCLUDED}


def _look(read: _Read) -> Iterator[str]:
    """That a look at the list may change the answer, where nobody looked."""
    found = read.covered(Covered.NOTHING_SAID)
    if found is not None and read.case.importer_known:
        yield _(
            "Nobody looked whether {name} is on the list of {act}; a look may change this answer.",
            name=read.case.importer.name,
            act=found.regime.act.title,
        )


def _with_own_rows(case: Case, found: Assessment) -> Assessment:
    """An assessment that says so where it rests on rows of law that this register added or changed."""
    own = [row for row in found.rows if row in case.law.own] if case.law.own else []
    if not own:
        return found
    titles = dict.fromkeys(title for row in own for title in _titles(case, row))
    said = _("It rests on a rule of law that this register added or changed itself: {rows}.", rows=joined(", ", titles))
    return replace(found, reason=sentences(found.reason, said))


def _titles(case: Case, row: str) -> Iterator[str]:
    if row in case.law.tools:
        yield case.law.tools[row].name
    places = {case.country, *case.outside}
    yield from (r.act.title for place in places for r in case.law.regimes.get(place, ()) if r.id == row)


def _naming(case: Case, tool: Tool) -> Iterator[str]:
    """Ids of the decisions on the country that name a list."""
    return (row.id for row in case.law.regimes.get(case.country, ()) if row.listing == tool.id)


def _in_doubt(case: Case) -> Regime | None:
    """The row that says that it is in doubt whether the place is a third country; None: there is none."""
    return next((regime for regime in case.regimes if regime.kind is RegimeKind.UNSETTLED), None)


def _doubt(regime: Regime) -> str:
    country = beginning(the_country(regime.country))
    note = regime.note or ""
    return _("{country}: whether this is a third country is in doubt. {note}", country=country, note=note)


def _legacy(stand: Stand) -> str:
    tool = stand.tool
    if tool.new_until is None or stand.named.case.law_day <= tool.new_until:
        return ""
    until = the_day(tool.valid_until) if tool.valid_until else _("further notice")
    day = the_day(tool.new_until)
    return _(", as the contract is from no later than {day}, up to and including {until}", day=day, until=until)


def _from_terms(stand: Stand) -> str:
    reliance = stand.named.reliance
    if reliance.inherited and reliance.fallback:
        return _("It stands in by the standard terms of the service, while nothing else carries.")
    if reliance.inherited:
        return _("It comes from the standard terms of the service.")
    return _("It stands in while nothing else carries.") if reliance.fallback else ""


def _scope(regime: Regime) -> str:
    return "" if regime.scope == "all" else _(" (scope: {scope})", scope=law_name(regime.scope))


def _by(regime: Regime, status: Status, reason: str, grounds: Grounds = ()) -> Assessment:
    rows = (regime.id,) if regime.listing is None else (regime.id, regime.listing)
    return Assessment(status, reason, regime.act.cited, None, (*grounds, *said_of_row(regime)), rows=rows)
