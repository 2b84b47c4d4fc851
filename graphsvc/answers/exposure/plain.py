"""Exposure as plain values: an item for each controller, and its call list."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.answers import plain
from graphsvc.answers.exposure.exposed import Exposed, Inflow, most_at_stake_first
from graphsvc.answers.exposure.notify import Call, End, Paper, Why
from graphsvc.answers.holders import Holding
from graphsvc.answers.lines import countries_of
from graphsvc.answers.marks import Marker
from graphsvc.answers.network import Network
from graphsvc.answers.plain import Plain
from graphsvc.answers.propagate import Items
from graphsvc.model import Activity, Capacity, Contract, Day, Duty, DutyTowards, Vocabulary, basis_of, label, weakest
from graphsvc.translation import LazyString, _, format_period

IN_SHORT = 6
"""Data items that a call names."""
IN_A_CELL = {True: "yes", None: "may be", False: "no"}
WHY = {
    Why.NO_LAW: _("No duty of law is in force on this day."),
    Why.UP_THE_CHAIN: _("Up the chain: its contract is with the party before it (Art. 28(4))."),
    Why.ROLE_UNKNOWN: _(
        "The role of the caller is not known: a processor has this duty, a controller its own instead."
    ),
    Why.OWN_CONTROLLER: _(
        "The caller holds this data as a controller of its own: its own duties apply, and Art. 33(2) gives it none to "
        "tell this controller."
    ),
    Why.JOINT: _(
        "Joint controllers: their arrangement (Art. 26) says which of them tells the authority and the people."
    ),
    Why.FOR_CLIENTS: _("It works for clients here that the register does not name: they are the controllers."),
}
PAPER = {
    Paper.NOT_RECORDED: _("no contract recorded"),
    Paper.NONE: _("the source says that there is no contract"),
    Paper.OTHER: _("what is recorded is not the contract that this role needs"),
    Paper.NOT_IN_FORCE: _("the contract that is recorded is not in force on this day"),
}
NOBODY = {
    DutyTowards.CONTROLLER: _("its clients, the controllers"),
    DutyTowards.AUTHORITY: _("the supervisory authority"),
    DutyTowards.DATA_SUBJECTS: _("the people concerned"),
}


def exposed(found: Exposed) -> Plain:
    """What of one controller is exposed."""
    network = found.network
    return {
        "controller": plain.party(network.party(found.controller)),
        "special": found.has("special"),
        "criminal": found.has("criminal"),
        "vulnerable": found.has("vulnerable"),
        "stake": _stake(found),
        "services": [plain.thing(service) for service in found.services],
        "roles": sorted({held.role.value for held in found.holdings}),
        "data": marked(found.items, found.marker),
        "countries": found.countries,
        "activities": [activity(each) for each in found.activities],
        "chains": [_inflow(network, inflow) for inflow in found.inflows],
        "depth": found.depth,
        "status": found.stake.status.value,
        "basis": found.basis.value,
        "sources": [plain.evidence(item) for item in found.sources],
        "notify": [call(network, each) for each in found.notify],
        "without_contract": [_lacking(network, each) for each in found.without_contract],
    }


def call_rows(found: Plain, on: Day, words: Vocabulary) -> Iterator[Plain]:
    """The call list for one controller, a row for each call.

    Args:
        found: What of it is exposed, as `exposed` makes it.
        on: The day.
        words: The words that data is told in.
    """
    marks = {mark: IN_A_CELL[found[mark]] for mark in ("special", "criminal", "vulnerable")}
    told = {"data": in_short(found["data"], words), "chain": found["chains"][0]["chain"]}
    about = {"on": on, "controller": found["controller"], **marks, **told}
    for each in found["notify"]:
        duty = each.pop("duty") or {}
        told = {"article": duty.get("article"), "what": duty.get("name"), "condition": duty.get("condition")}
        yield about | each | told | {"act": duty.get("act")}


def in_short(data: list[Plain], words: Vocabulary) -> str:
    """Data items, what is most at stake first, in a few words."""
    names = [
        f"{label(words.categories, item['category'])} ({label(words.subjects, item['subject'])})"
        for item in data[:IN_SHORT]
    ]
    more = f" and {len(data) - IN_SHORT} more" if len(data) > IN_SHORT else ""
    return ", ".join(names) + more


def marked(items: Items, marker: Marker) -> list[Plain]:
    """Data items with their marks, what is most at stake first."""
    return [
        {"subject": item.subject, "category": item.category} | marker(item)._asdict()
        for item in most_at_stake_first(items, marker)
    ]


def may_be(network: Network, controller: str, holdings: list[Holding], listed: bool) -> Plain:
    """That a controller has recipients that nobody named and that may be the party."""
    return {
        "controller": plain.party(network.party(controller)),
        "listed": listed,
        "count": len({held.service.id for held in holdings}),
        "recipients": [
            {
                "service": plain.thing(held.service),
                "purpose": held.service.purpose,
                "role": held.role.value,
                "countries": held.countries,
                "chain": plain.chain(held.shortest),
                "depth": len(held.shortest.chain),
                "basis": held.basis.value,
                "sources": [plain.evidence(item) for item in held.sources],
            }
            for held in holdings
        ],
    }


def activity(found: Activity) -> Plain:
    """An activity, and whether its party acts as controller or as processor (Art. 30(1) or (2))."""
    acts_as = "processor" if found.capacity is Capacity.PROCESSOR else "controller"
    return {"id": found.id, "name": found.name, "acts_as": acts_as}


def _stake(found: Exposed) -> Plain:
    stake = found.stake
    return {
        "special": stake.special,
        "may_be_special": stake.may_be_special,
        "criminal": stake.criminal,
        "vulnerable": stake.vulnerable,
        "items": stake.items,
        "subjects": stake.subjects,
    }


def _inflow(network: Network, inflow: Inflow) -> Plain:
    line = inflow.line
    passage = line.passage
    return {
        "activity": activity(passage.activity),
        "service": plain.thing(passage.service),
        "role": passage.flow.role.value,
        "data": plain.data(line.items),
        "countries": list(countries_of(network, passage.flow)),
        "chain": plain.chain(line),
        "depth": len(line.chain),
        "status": inflow.status.value,
        "condition": passage.flow.condition,
        "basis": inflow.basis.value,
        "sources": [plain.evidence(item) for item in inflow.sources],
    }


def call(network: Network, found: Call) -> Plain:
    """One call: who tells whom, under which duty and contract."""
    return {
        "step": found.step,
        "who": plain.party(found.who.party),
        "who_service": _service(network, found.who),
        "whom": plain.party(found.whom.party) if found.whom else {"id": None, "name": NOBODY[found.towards]},
        "whom_service": _service(network, found.whom),
        "towards": found.towards.value,
        "role": found.role.value if found.role else None,
        "duty": duty(found.duty),
        "by_when": by_when(found.duty),
        "why": WHY[found.why] if found.why else None,
        "flows": [flow.id for flow in found.flows],
        "contract": contract(found.contract),
        "contract_state": found.paper.value,
        "contract_note": PAPER.get(found.paper),
        "basis": weakest(basis_of(fact) for fact in found.grounds).value,
        "sources": [plain.evidence(item) for item in dict.fromkeys(e for fact in found.grounds for e in fact)],
    }


def _service(network: Network, end: End | None) -> Plain | None:
    service = network.services.get(end.service) if end and end.service else None
    return plain.thing(service) if service else None


def _lacking(network: Network, found: Call) -> Plain:
    whole = call(network, found)
    keys = ("who", "who_service", "whom", "whom_service", "role", "flows", "contract", "contract_state")
    return {key: whole[key] for key in (*keys, "contract_note")}


def contract(found: Contract | None) -> Plain | None:
    """A contract; None: none is recorded."""
    return {"kind": found.kind.value, "title": found.title, "date": found.date} if found else None


def duty(found: Duty | None) -> Plain | None:
    """A duty to tell, as its row of law says it."""
    if found is None:
        return None
    return {
        "id": found.id,
        "article": found.article,
        "name": found.name,
        "within": found.within,
        "clock": found.clock,
        "condition": found.condition,
        "act": str(found.act),
    }


def by_when(found: Duty | None) -> str | None:
    """Until when, in words; None: there is no duty."""
    if found is None:
        return None
    return (
        _("within {period}, {clock}", period=LazyString(format_period, found.within), clock=found.clock)
        if found.within
        else found.clock
    )
