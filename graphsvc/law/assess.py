"""`assess`: on which footing a flow reaches one country on one day (GDPR chapter V), by the tables.

The gates stand in the order in which Art. 44 to 49 are read: no third country, an adequacy decision
that covers the recipient (Art. 45), a safeguard (Art. 46), a decision that covers only some recipients
while nobody has shown that this one is covered, a derogation (Art. 49), a tool that is named and not
in force, nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graphsvc.law.case import Case, Grounds, said_of_row
from graphsvc.law.coverage import Covered, coverage
from graphsvc.law.reliance import TRANSFER_TOOLS
from graphsvc.law.standing import ended_by, why_lapsed
from graphsvc.law.tables import Law
from graphsvc.model import INSIDE, UNKNOWN, Capacity, Day, Flow, Party, Reach, Regime, Status, Tool, ToolKind
from graphsvc.translation import _, joined, law_name


@dataclass(frozen=True, slots=True)
class Assessment:
    """The status of a flow towards one country on one day, and what decided it.

    Attributes:
        status: The footing.
        reason: One or two sentences for a reader.
        act: The act or judgment that decided; None: there is none.
        transfer_impact_assessment: True recorded, False missing; None: this footing needs none.
        grounds: For each fact that decided, where it is said (rows of law, certifications, tools relied on).
        by_roles: Whether the pair of roles decided.
    """

    status: Status
    reason: str
    act: str | None = None
    transfer_impact_assessment: bool | None = None
    grounds: Grounds = ()
    by_roles: bool = False


def assess(flow: Flow, exporter: Capacity, importer: Party, country: str, on: Day, law: Law) -> Assessment:
    """Decide on which footing a flow reaches a country on a day.

    Args:
        flow: The flow, valid on the day.
        exporter: The capacity in which its sender sends (controller or processor).
        importer: The party that provides the receiving service.
        country: Where the recipient is, keeps or reads the data: a country code, or `unknown`.
        on: The day.
        law: The tables.

    Returns:
        The assessment by the first gate that decides.
    """
    case = Case(flow, exporter, importer, country, on, law)
    return next(found for gate in _GATES if (found := gate(case)))


def _unknown_place(case: Case) -> Assessment | None:
    if case.country != UNKNOWN:
        return None
    if case.importer.id == UNKNOWN:
        return Assessment(Status.UNKNOWN, _("No source names the recipient."))
    name = case.importer.name
    if case.importer.established_in:
        return Assessment(Status.UNKNOWN, _("No source says where {name} keeps or reads the data.", name=name))
    return Assessment(Status.UNKNOWN, _("No source says where {name} is established.", name=name))


def _before_the_tables(case: Case) -> Assessment | None:
    """The GDPR applies from a day on; before the first day of the tables nothing can be read off them."""
    begins = case.law.begins
    if begins is not None and begins <= case.law_day:
        return None
    if begins is None:
        return Assessment(Status.UNKNOWN, _("The law tables are empty, so they say nothing of this day."))
    reason = _("The law tables begin on {day}, so they say nothing of this day.", day=begins)
    return Assessment(Status.UNKNOWN, reason)


def _no_third_country(case: Case) -> Assessment | None:
    for regime in case.regimes:
        if regime.kind in INSIDE:
            reason = _(
                "{country} is no third country on this day ({kind}).", country=case.country, kind=_KIND[regime.kind]
            )
            return _by(regime, Status.INSIDE, reason)
    return None


def _adequate(case: Case) -> Assessment | None:
    for regime in case.regimes:
        covered, grounds = coverage(case, regime)
        if covered is Covered.YES:
            reason = _("{act} covers this recipient{scope}.", act=_the(regime), scope=_scope(regime))
            return _by(regime, Status.ADEQUATE, reason, grounds)
    return None


def _safeguarded(case: Case) -> Assessment | None:
    in_force = [pair for pair in case.relied_on(ToolKind.SAFEGUARD) if case.usable(*pair)]
    fitting = [pair for pair in in_force if case.fits(pair[1])]
    if not fitting:
        return _perhaps_safeguarded(case, [tool for _, tool in in_force if case.may_fit(tool)])
    reliance, tool = min(fitting, key=lambda pair: (case.assessed(*pair) is False, pair[1].id))
    assessed = case.assessed(reliance, tool)
    reason = _(
        "{tool} ({article}) can be relied on for {pair}{legacy}.",
        tool=tool.name,
        article=tool.article,
        pair=case.pair,
        legacy=_legacy(case, tool),
    )
    if assessed is False:
        reason = joined(" ", (reason, _("No transfer impact assessment is recorded.")))
    grounds = case.said_of(reliance, tool)
    return Assessment(Status.SAFEGUARDED, reason, str(tool.act), assessed, grounds, bool(tool.role_pairs))


def _perhaps_safeguarded(case: Case, tools: list[Tool]) -> Assessment | None:
    if not tools:
        return None
    name = tools[0].name
    if case.pair.endswith(Capacity.UNKNOWN):
        reason = _(
            "{tool} is named, but whether it fits cannot be told: the role of the recipient is not known.", tool=name
        )
    else:
        reason = _(
            "{tool} is named, but whether it fits cannot be told: the role of the sender is not known.", tool=name
        )
    return Assessment(Status.UNKNOWN, reason, by_roles=True)


def _adequate_if_covered(case: Case) -> Assessment | None:
    for regime in case.regimes:
        covered = coverage(case, regime)[0]
        if covered is Covered.MAYBE:
            reason = _(
                "{act} covers only some recipients{scope}; {missing}{void}.",
                act=_the(regime),
                scope=_scope(regime),
                missing=_missing(regime),
                void=_void(case),
            )
            return _by(regime, Status.ADEQUATE_IF_COVERED, reason)
    return None


def _derogation(case: Case) -> Assessment | None:
    for reliance, tool in case.relied_on(ToolKind.DEROGATION):
        if case.usable(reliance, tool):
            reason = _(
                "{tool} ({article}): an exception for single cases, to be read narrowly.",
                tool=tool.name,
                article=tool.article,
            )
            return Assessment(Status.DEROGATION, reason, str(tool.act), None, case.said_of(reliance, tool))
    return None


def _lapsed(case: Case) -> Assessment | None:
    named = case.relied_on(*TRANSFER_TOOLS)
    gone = [pair for pair in named if not case.usable(*pair) and case.concerns(pair[1])]
    if not gone:
        return None
    reliance, tool = min(gone, key=lambda pair: pair[1].id)
    act = ended_by(tool) if case.has_ended(tool) else str(tool.act)
    return Assessment(Status.LAPSED, why_lapsed(case, reliance, tool), act, None, case.said_of(reliance, tool))


def _uncovered(case: Case) -> Assessment:
    named = [*case.relied_on(*TRANSFER_TOOLS), *case.relied_on(ToolKind.NO_TRANSFER_TOOL)]
    if not named:
        reason = _(
            "{country} has no adequacy decision that covers this recipient, and no transfer tool is named.",
            country=case.country,
        )
        return Assessment(Status.UNCOVERED, reason)
    reliance, tool = named[0]
    misfit = {
        ToolKind.SAFEGUARD: _("does not fit {pair}", pair=case.pair),
        ToolKind.NO_TRANSFER_TOOL: _("is no tool for transfers under the GDPR"),
    }.get(tool.kind, _("says nothing of recipients in {country}", country=case.country))
    reason = _(
        "{country} has no adequacy decision that covers this recipient, and {tool} is named, but {misfit}.",
        country=case.country,
        tool=tool.name,
        misfit=misfit,
    )
    by_roles = tool.kind is ToolKind.SAFEGUARD
    grounds = case.said_of(reliance, tool)
    return Assessment(Status.UNCOVERED, reason, None, None, grounds, by_roles)


_GATES: tuple[Callable[[Case], Assessment | None], ...] = (
    _unknown_place,
    _before_the_tables,
    _no_third_country,
    _adequate,
    _safeguarded,
    _adequate_if_covered,
    _derogation,
    _lapsed,
    _uncovered,
)
_KIND = {
    "eu_member": _("EU member state"),
    "eu_territory": _("territory of an EU member state"),
    "eea_member": _("in the European Economic Area"),
    "transition": _("transition period"),
}


def _legacy(case: Case, tool: Tool) -> str:
    if tool.new_until is None or case.law_day <= tool.new_until:
        return ""
    until = tool.valid_until or _("further notice")
    return _(", as the contract is from before {day} or that day, until {until}", day=tool.new_until, until=until)


def _void(case: Case) -> str:
    """What to add when a list is named that is no longer in force."""
    lists = case.relied_on(ToolKind.ADEQUACY_LIST)
    names = [tool.name for _, tool in lists if case.has_ended(tool) and case.concerns(tool)]
    return _(" ({tool}, which is named, has ended)", tool=names[0]) if names else ""


def _missing(regime: Regime) -> str:
    if regime.reach is Reach.LISTED:
        return _("no dated evidence shows that this recipient is on the list")
    return _("what kind of organisation this recipient is is not recorded")


def _the(regime: Regime) -> str:
    return regime.act.title


def _scope(regime: Regime) -> str:
    return "" if regime.scope == "all" else _(" (scope: {scope})", scope=law_name(regime.scope))


def _by(regime: Regime, status: Status, reason: str, grounds: Grounds = ()) -> Assessment:
    return Assessment(status, reason, regime.act.cited, None, (*grounds, *said_of_row(regime)))
