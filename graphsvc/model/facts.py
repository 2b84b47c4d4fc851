"""What documents say: activities, flows and the tools they rely on, services, parties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from graphsvc.model.evidence import Evidence, evidence_for, read_evidence
from graphsvc.model.identity import Identity
from graphsvc.model.records import Contract, LegalGround, Measure, Retention, SubProcessorList
from graphsvc.model.words import UNKNOWN, Capacity, Day, Role, Sector


class DataItem(NamedTuple):
    """A data-subject category and a personal-data category, both ids: whose data, and which."""

    subject: str
    category: str


@dataclass(frozen=True, slots=True)
class Reliance:
    """That a flow relies on a transfer tool, from a day until a day.

    Attributes:
        tool: Id of the tool.
        valid_from: First day of reliance; None: as long as the flow.
        valid_until: Last day of reliance.
        concluded: Day the clauses were signed, which decides whether an old set may still be used.
        covered: Whether the evidence says that this recipient is covered (certified, on the list).
        assessed: Day of the transfer impact assessment; None: none is recorded.
        evidence: Where this is said; empty: where the flow is said.
    """

    tool: str
    valid_from: Day | None = None
    valid_until: Day | None = None
    concluded: Day | None = None
    covered: bool = False
    assessed: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Reliance:
        """Read one entry of a flow's `tools`, or of a party's `certifications`."""
        return cls(
            body["tool"],
            body.get("valid_from"),
            body.get("valid_until"),
            body.get("concluded"),
            body.get("covered", False),
            (body.get("transfer_impact_assessment") or {}).get("date"),
            read_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class Flow:
    """A disclosure of data items from an activity, or from a service, to a service.

    Attributes:
        id: Slug.
        sender: Id of the activity or service that sends.
        recipient: Id of the service that receives.
        role: What the recipient is in this flow.
        carries: The items it lists; None: whatever arrives.
        places: Country codes where the recipient keeps or reads the data; empty: unknown.
        seat_counts: Whether the recipient's seat is a place of access (it is, unless a source says not).
        tools: The transfer tools relied on.
        contract: The contract behind it; None: none is recorded.
        purpose: What for, in words; None: not recorded.
        condition: When the flow happens only in some cases, which.
        announced: Day on which the sender announced it to its customers (Art. 28(2)); None: not recorded.
        valid_from: First day; None: open.
        valid_until: Last day; None: open.
        evidence: Where it is said.
    """

    id: str
    sender: str
    recipient: str
    role: Role
    carries: frozenset[DataItem] | None = None
    places: tuple[str, ...] = ()
    seat_counts: bool = True
    tools: tuple[Reliance, ...] = ()
    contract: Contract | None = None
    purpose: str | None = None
    condition: str | None = None
    announced: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Flow:
        """Read one entry of `flows`."""
        carries = body.get("carries")
        return cls(
            id=body["id"],
            sender=body["from"],
            recipient=body["to"],
            role=Role(body["role"]),
            carries=None if carries is None else data_items(carries),
            places=tuple(body.get("places", ())),
            seat_counts=body.get("seat_access", True),
            tools=tuple(map(Reliance.from_body, body.get("tools", ()))),
            contract=Contract.from_body(body["contract"]) if "contract" in body else None,
            purpose=body.get("purpose"),
            condition=body.get("condition"),
            announced=body.get("announced"),
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            evidence=read_evidence(body),
        )


def data_items(entries: Iterable[dict]) -> frozenset[DataItem]:
    """Read a list of `{subject, category}`."""
    return frozenset(DataItem(entry["subject"], entry["category"]) for entry in entries)


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation.

    Attributes:
        id: Slug.
        name: What people call it.
        established_in: Country codes of its seat or seats; empty: unknown.
        sector: What kind of organisation; None: not recorded.
        parents: (party id, from, until) of the groups it is part of.
        certifications: Dated evidence that it is covered by a list, such as the EU-US framework's.
        legal_name: Its name in a register of organisations; None: not recorded.
        aliases: Other names that people use.
        contact: How to reach it; None: not recorded.
        representative: Its representative in the EU (Art. 27); None: none is recorded.
        officer: Whether a data protection officer is appointed (Art. 37); None: not recorded.
        measures: Its security measures (Art. 32).
        evidence: Where it is said.
        members: Of one that several ids of the register stand for: each of them as it was said, itself first.
        identities: The decisions by which they are one.
    """

    id: str
    name: str
    established_in: tuple[str, ...] = ()
    sector: Sector | None = None
    parents: tuple[tuple[str, Day | None, Day | None], ...] = ()
    certifications: tuple[Reliance, ...] = ()
    legal_name: str | None = None
    aliases: tuple[str, ...] = ()
    contact: str | None = None
    representative: str | None = None
    officer: bool | None = None
    measures: tuple[Measure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    members: tuple[Party, ...] = ()
    identities: tuple[Identity, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Party:
        """Read one entry of `parties`."""
        sector = body.get("sector")
        return cls(
            id=body["id"],
            name=body["name"],
            established_in=tuple(body.get("established_in", ())),
            sector=None if sector is None else Sector(sector),
            parents=tuple((e["party"], e.get("valid_from"), e.get("valid_until")) for e in body.get("part_of", ())),
            certifications=tuple(map(Reliance.from_body, body.get("certifications", ()))),
            legal_name=body.get("legal_name"),
            aliases=tuple(body.get("aliases", ())),
            contact=body.get("contact"),
            representative=body.get("representative"),
            officer=(body.get("officer") or {}).get("appointed"),
            measures=tuple(map(Measure.from_body, body.get("measures", ()))),
            evidence=read_evidence(body),
        )


UNKNOWN_PARTY = Party(UNKNOWN, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Service:
    """What a party provides and what has sub-processors.

    Attributes:
        id: Slug.
        name: What people call it.
        provider: Id of the party that provides it; `unknown` when nobody told us.
        purpose: What it is for, in words; None: not recorded.
        sub_processors: The list of sub-processors that its provider publishes; None: none is recorded.
        aliases: Other names that people use.
        evidence: Where it is said.
    """

    id: str
    name: str
    provider: str = UNKNOWN
    purpose: str | None = None
    sub_processors: SubProcessorList | None = None
    aliases: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Service:
        """Read one entry of `services`."""
        published = body.get("sub_processor_list")
        return cls(
            id=body["id"],
            name=body["name"],
            provider=body.get("provider", UNKNOWN),
            purpose=body.get("purpose"),
            sub_processors=None if published is None else SubProcessorList.from_body(published),
            aliases=tuple(body.get("aliases", ())),
            evidence=read_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class Activity:
    """A processing activity: one row of an Art. 30(1) record (or of an Art. 30(2) one).

    Attributes:
        id: Slug.
        name: What people call it.
        controller: Id of the party that answers for the activity.
        capacity: Whether that party acts as controller (Art. 30(1)) or as processor (Art. 30(2)).
        on_behalf_of: For a processor: ids of the controllers it acts for, as far as they are recorded.
        data: The data items it uses.
        purposes: Ids of its purposes.
        legal_bases: The legal bases of Art. 6(1) it rests on.
        special_conditions: The conditions of Art. 9(2) it rests on.
        retention: How long what is kept.
        measures: Security measures of its own.
        valid_from: First day; None: open.
        valid_until: Last day; None: open.
        evidence: Where it is said.
        data_evidence: For data items that have evidence of their own: where those are said.
    """

    id: str
    name: str
    controller: str
    capacity: Capacity = Capacity.CONTROLLER
    on_behalf_of: tuple[str, ...] = ()
    data: frozenset[DataItem] = frozenset()
    purposes: tuple[str, ...] = ()
    legal_bases: tuple[LegalGround, ...] = ()
    special_conditions: tuple[LegalGround, ...] = ()
    retention: tuple[Retention, ...] = ()
    measures: tuple[Measure, ...] = ()
    valid_from: Day | None = None
    valid_until: Day | None = None
    evidence: tuple[Evidence, ...] = ()
    data_evidence: tuple[tuple[DataItem, tuple[Evidence, ...]], ...] = ()

    def evidence_of(self, item: DataItem) -> tuple[Evidence, ...]:
        """Where it is said that it uses a data item."""
        own = tuple(evidence for known, found in self.data_evidence if known == item for evidence in found)
        return own or evidence_for(self.evidence, "data")

    @classmethod
    def from_body(cls, body: dict) -> Activity:
        """Read one entry of `activities`."""
        return cls(
            id=body["id"],
            name=body["name"],
            controller=body["controller"],
            capacity=Capacity.PROCESSOR if body.get("acts_as") == "processor" else Capacity.CONTROLLER,
            on_behalf_of=tuple(body.get("on_behalf_of", ())),
            data=data_items(body.get("data", ())),
            purposes=tuple(body.get("purposes", ())),
            legal_bases=tuple(map(LegalGround.from_body, body.get("legal_bases", ()))),
            special_conditions=tuple(map(LegalGround.from_body, body.get("special_conditions", ()))),
            retention=tuple(map(Retention.from_body, body.get("retention", ()))),
            measures=tuple(map(Measure.from_body, body.get("measures", ()))),
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            evidence=read_evidence(body),
            data_evidence=_data_evidence(body.get("data", ())),
        )


def _data_evidence(entries: Iterable[dict]) -> tuple[tuple[DataItem, tuple[Evidence, ...]], ...]:
    return tuple((DataItem(e["subject"], e["category"]), read_evidence(e)) for e in entries if "evidence" in e)
