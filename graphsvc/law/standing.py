"""How each transfer tool that is named stands on a day: it carries, that cannot be determined, or why it does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from graphsvc.law.case import Case, Grounds, Named
from graphsvc.law.reliance import TRANSFER_TOOLS, OnDay
from graphsvc.law.wording import the_country, the_day, the_pair
from graphsvc.model import Capacity, Shortfall, Tool, ToolKind
from graphsvc.translation import _, joined


class Standing(Enum):
    """Whether a flow can rely on a tool that it names, the best first."""

    USABLE = "usable"
    UNCLEAR = "unclear"
    MISFIT = "misfit"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Stand:
    """How a tool that a flow names stands.

    Attributes:
        named: The tool, and the flow that names it.
        standing: Whether the flow can rely on it.
        reason: Why, or why not, in a sentence.
        shortfall: What is missing, where that can be asked for.
        by_roles: Whether the pair of roles decided.
    """

    named: Named
    standing: Standing
    reason: str
    shortfall: Shortfall | None = None
    by_roles: bool = False

    @property
    def tool(self) -> Tool:
        """The tool."""
        return self.named.tool

    @property
    def carries_nothing(self) -> bool:
        """Whether it is one from standard terms that does not help, and that nobody named of this flow."""
        return self.named.reliance.inherited and self.standing in {Standing.MISFIT, Standing.LAPSED}


def stands(case: Case) -> tuple[Stand, ...]:
    """How every tool stands that the case names; of those from standard terms only what helps or may help."""
    found = (stand(named) for named in case.named)
    return tuple(each for each in found if not each.carries_nothing)


def standing(case: Case, tool: str) -> tuple[Standing, str, Grounds] | None:
    """Whether a case can rely on a tool, whatever else it relies on; None: the flow does not name the tool.

    Args:
        case: The flow, in front of the tables.
        tool: Id of the tool.

    Returns:
        The best that its reliances on the tool come to, why, and where that is said.
    """
    found = [stand(named) for named in case.named_of(*TRANSFER_TOOLS) if named.tool.id == tool]
    best = min(found, key=lambda each: _BEST_FIRST.index(each.standing), default=None)
    return None if best is None else (best.standing, best.reason, best.named.grounds)


_BEST_FIRST = tuple(Standing)


def stand(named: Named) -> Stand:
    """How one tool stands that a flow names."""
    tool, case = named.tool, named.case
    if tool.kind is ToolKind.NO_TRANSFER_TOOL:
        at_home = tool.law_of is not None and tool.law_of in case.outside
        gone = at_home and named.on_day is not OnDay.YES
        return Stand(named, Standing.MISFIT, why_lapsed(named) if gone else _no_tool(tool))
    if named.on_day not in {OnDay.YES, OnDay.CONTRACT_UNDATED}:
        return Stand(named, Standing.LAPSED, why_lapsed(named))
    if not named.concerned:
        reason = _("{tool} says nothing of recipients in {country}.", tool=tool.name, country=the_country(case.country))
        return Stand(named, Standing.MISFIT, reason)
    if tool.kind is ToolKind.SAFEGUARD and (found := _shortcoming(named)):
        return found
    return Stand(named, Standing.USABLE, _("{tool} could be relied on that day.", tool=tool.name))


def _shortcoming(named: Named) -> Stand | None:
    """What stands in the way of an Art. 46 tool whose days are right; None: nothing."""
    tool, case = named.tool, named.case
    if tool.known is not None:
        return Stand(named, Standing.MISFIT, _none_known(tool))
    if not named.fitting:
        if named.may_fit:
            return Stand(named, Standing.UNCLEAR, _role_open(named), Shortfall.ROLE_UNKNOWN, True)
        reason = _("{tool} is not made for a transfer {pair}.", tool=tool.name, pair=the_pair(case.pairs[0]))
        return Stand(named, Standing.MISFIT, reason, by_roles=True)
    in_a_group = case.same_group or named.reliance.joint_activity
    if not in_a_group and all(pair in tool.group_pairs for pair in named.fitting):
        return Stand(named, Standing.MISFIT, _no_group(tool), by_roles=True)
    return _not_enough(named)


def _not_enough(named: Named) -> Stand | None:
    """What a tool that fits still lacks; None: nothing."""
    tool, case = named.tool, named.case
    if tool.needs_authorisation and (found := _authorisation(named)):
        return found
    if tool.importer_not_under_gdpr and case.flow.importer_under_gdpr:
        return Stand(named, Standing.UNCLEAR, _importer_under_gdpr(tool))
    if named.on_day is OnDay.CONTRACT_UNDATED:
        reason = _(
            "{tool} is named, but the day of the contract is not recorded; only contracts concluded up to and including"
            " {day} may still rest on it.",
            tool=tool.name,
            day=the_day(tool.new_until or ""),
        )
        return Stand(named, Standing.UNCLEAR, reason)
    return None


def _authorisation(named: Named) -> Stand | None:
    """That the supervisory authority has not authorised a tool of Art. 46(3), as far as the register knows."""
    tool, day = named.tool, named.reliance.authorised
    if day is None:
        reason = _(
            "{tool} ({article}): an authorisation of the supervisory authority is needed, and none is recorded.",
            tool=tool.name,
            article=tool.article,
        )
        return Stand(named, Standing.UNCLEAR, reason, Shortfall.AUTHORISATION_MISSING)
    if named.case.on < day:
        authorised = the_day(day)
        reason = _(
            "{tool}: the authorisation of the supervisory authority is of {day} only.", tool=tool.name, day=authorised
        )
        return Stand(named, Standing.LAPSED, reason)
    return None


def _role_open(named: Named) -> str:
    if named.case.capacities[1] is Capacity.UNKNOWN:
        return _(
            "{tool} is named, but whether it fits cannot be determined: the role of the recipient is not known.",
            tool=named.tool.name,
        )
    return _(
        "{tool} is named, but whether it fits cannot be determined: the role of the sender is not known.",
        tool=named.tool.name,
    )


def _no_tool(tool: Tool) -> str:
    if tool.law_of is None:
        return _("{tool} is no tool for transfers under the GDPR.", tool=tool.name)
    return _(
        "{tool} is a tool of the law of {country}, for exporters there, and not of the GDPR.",
        tool=tool.name,
        country=the_country(tool.law_of),
    )


def _none_known(tool: Tool) -> str:
    if tool.known_on is None:
        return _("{tool}: no approved instrument of this kind is known.", tool=tool.name)
    return _(
        "{tool}: no approved instrument of this kind is known (looked for on {day}).",
        tool=tool.name,
        day=the_day(tool.known_on),
    )


def _no_group(tool: Tool) -> str:
    return _(
        "{tool}: binding rules hold inside one group (Art. 4(20), 47 GDPR); none is recorded for these two.",
        tool=tool.name,
    )


def _importer_under_gdpr(tool: Tool) -> str:
    return _(
        "{tool} is not made for a recipient that is itself under the GDPR for this processing ({article}).",
        tool=tool.name,
        article=tool.importer_article or tool.article,
    )


def ended_by(tool: Tool) -> str:
    """The act that decides when a tool has ended: the one that ended it, with the one it ended."""
    return _("{by}, ending {act}", by=str(tool.ended_by), act=str(tool.act)) if tool.ended_by else str(tool.act)


def why_lapsed(named: Named) -> str:
    """Why a tool that is named cannot be relied on, on the day, in a sentence."""
    tool, name = named.tool, named.tool.name
    match named.on_day:
        case OnDay.NO_LONGER_RELIED_ON:
            until = the_day(named.reliance.valid_until or "")
            return _("{tool} was relied on up to and including {day}.", tool=name, day=until)
        case OnDay.ENDED:
            by = joined("", (" (", tool.ended_by.title, ")")) if tool.ended_by else ""
            return _(
                "{tool} is named, but could be relied on up to and including {day} only{by}.",
                tool=name,
                day=the_day(tool.valid_until or ""),
                by=by,
            )
        case OnDay.NOT_YET:
            begins = max(filter(None, (tool.valid_from, named.reliance.valid_from)))
            return _("{tool} is named, but cannot be relied on before {day}.", tool=name, day=the_day(begins))
        case _:
            return _(
                "{tool} is named, but only contracts concluded up to and including {day} may still rest on it.",
                tool=name,
                day=the_day(tool.new_until or ""),
            )
