"""What a flow has from the standard terms of the service that receives (Art. 28(3), Art. 46). Pure.

Contract and tools come each for itself: a flow with a contract keeps its own, and so does a flow with any tool, even
one that has ended. Only tools that stand in while nothing else carries come beside lists of adequacy decisions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graphsvc.law.tables import Law
from graphsvc.model import (
    ACTING_FOR_OTHERS,
    Applies,
    Basis,
    Contract,
    ContractKind,
    Day,
    Evidence,
    Flow,
    Reliance,
    Role,
    Service,
    StandardTerms,
    ToolKind,
    evidence_for,
)

_CONTRACT_FOR = {ContractKind.ART_28: ACTING_FOR_OTHERS, ContractKind.ART_26: frozenset({Role.JOINT_CONTROLLER})}


def under_terms(flow: Flow, service: Service, terms_since: Day | None, on: Day, law: Law) -> Flow:
    """A flow as it counts on a day, under the standard terms of the service that receives.

    Args:
        flow: The flow as documents say it.
        service: The service that receives.
        terms_since: The day since which whoever engages the service is under its terms, by a use; None: not recorded.
        on: The day.
        law: The tables, for the kinds of the tools.

    Returns:
        The flow with the contract and the tools that it has from the terms, marked `inherited` and inferred; the flow
        itself when it has none from them.
    """
    terms = service.terms
    if terms is None or not _apply(terms, terms_since, on):
        return flow
    contract = flow.contract or _contract(flow, service, terms, terms_since)
    tools = (*flow.tools, *_tools(flow, service, terms, terms_since, law))
    if contract is flow.contract and len(tools) == len(flow.tools):
        return flow
    return replace(flow, contract=contract, tools=tools)


def _apply(terms: StandardTerms, terms_since: Day | None, on: Day) -> bool:
    """Whether the terms apply on a day; those that need an act of the customer, from the day of that act on."""
    if not terms.holds(on) or (terms_since is not None and on < terms_since):
        return False
    return terms.applies is Applies.BY_ITSELF or terms_since is not None


def _contract(flow: Flow, service: Service, terms: StandardTerms, since: Day | None) -> Contract | None:
    kind = terms.contract
    if kind is None or kind is ContractKind.NONE or flow.role not in _CONTRACT_FOR.get(kind, {flow.role}):
        return None
    return Contract(
        kind,
        terms.title,
        notice_days=terms.notice_days,
        objection_days=terms.objection_days,
        valid_from=_first(terms, since),
        valid_until=terms.valid_until,
        evidence=_inferred(service, terms),
        inherited=True,
    )


def _tools(flow: Flow, service: Service, terms: StandardTerms, since: Day | None, law: Law) -> Iterable[Reliance]:
    own = [law.tools[reliance.tool].kind for reliance in flow.tools]
    if any(kind is not ToolKind.ADEQUACY_LIST for kind in own):
        return
    for entry in terms.tools:
        if entry.fallback or not own:
            yield Reliance(
                entry.tool,
                valid_from=_first(terms, since),
                valid_until=terms.valid_until,
                evidence=_inferred(service, terms),
                fallback=entry.fallback,
                inherited=True,
            )


def _first(terms: StandardTerms, since: Day | None) -> Day | None:
    """The first day on which the terms apply, as far as it is recorded."""
    return max(filter(None, (terms.valid_from, since)), default=None)


def _inferred(service: Service, terms: StandardTerms) -> tuple[Evidence, ...]:
    """Where the terms are said: that they apply to this flow is no more than inferred from it."""
    said = terms.evidence or evidence_for(service.evidence, "terms")
    return tuple(
        replace(item, about=frozenset(), basis=Basis.ASSUMED if item.basis is Basis.ASSUMED else Basis.INFERRED)
        for item in said
    )
