"""What documents say: activities, flows and the tools they rely on, services, parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graphsvc.model.evidence import Evidence, evidence_for, read_evidence
from graphsvc.model.identity import Identity
from graphsvc.model.records import Contract, LegalGround, Measure, Retention, SubProcessorList
from graphsvc.model.texts import text_in
from graphsvc.model.uses import Condition, ServiceRetention, StandardTerms, several
from graphsvc.model.words import UNKNOWN, Capacity, Covers, Day, Role, Sector


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
        covered: Whether the evidence says that this recipient is on the list; None: it says nothing of that.
        assessed: Day of the transfer impact assessment; None: none is recorded.
        evidence: Where this is said; empty: where the flow is said.
        fallback: It stands in only while nothing else carries.
        authorised: Day on which an authority authorised it (Art. 46(3)); None: not recorded.
        authority: That authority.
        joint_activity: The two sides are engaged in a joint economic activity (Art. 4(20)).
        inherited: Nobody says so of the flow: it comes from the standard terms of the service that receives.
    """

    tool: str
    valid_from: Day | None = None
    valid_until: Day | None = None
    concluded: Day | None = None
    covered: bool | None = None
    assessed: Day | None = None
    evidence: tuple[Evidence, ...] = ()
    fallback: bool = False
    authorised: Day | None = None
    authority: str | None = None
    joint_activity: bool = False
    inherited: bool = False

    @classmethod
    def from_body(cls, body: dict) -> Reliance:
        """Read one entry of a flow's `tools`."""
        authorised = body.get("authorised") or {}
        return cls(
            tool=body["tool"],
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            concluded=body.get("concluded"),
            covered=body.get("covered"),
            assessed=(body.get("transfer_impact_assessment") or {}).get("date"),
            evidence=read_evidence(body),
            fallback=body.get("fallback", False),
            authorised=authorised.get("day"),
            authority=authorised.get("authority"),
            joint_activity=body.get("joint_activity", False),
        )


@dataclass(frozen=True, slots=True)
class Assertion:
    """That somebody says of a company that it is on a list.

    Attributes:
        by: Who says so.
        company: Of which company; None: of the party itself.
        day: When; None: not recorded.
    """

    by: str
    company: str | None = None
    day: Day | None = None


@dataclass(frozen=True, slots=True)
class Certification:
    """That a company is, was or is not on the list of an adequacy decision, for a time (Art. 45).

    Attributes:
        tool: Id of the list.
        valid_from: First day; None: not recorded.
        valid_until: Last day; None: not recorded.
        checked: Day on which somebody looked at the list; None: nobody did.
        found: Whether that look found the company.
        asserted: Who says so, where nobody looked.
        covers: Which data it covers; empty: not recorded.
        concluded: Day of signature, for what older documents say here.
        evidence: Where this is said; empty: where the party is said.
    """

    tool: str
    valid_from: Day | None = None
    valid_until: Day | None = None
    checked: Day | None = None
    found: bool = True
    asserted: Assertion | None = None
    covers: frozenset[Covers] = frozenset()
    concluded: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Certification:
        """Read one entry of a party's `certifications`."""
        said = body.get("asserted")
        return cls(
            tool=body["tool"],
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            checked=body.get("checked"),
            found=body.get("found", True),
            asserted=Assertion(said["by"], said.get("company"), said.get("day")) if said else None,
            covers=frozenset(map(Covers, several(body.get("covers")))),
            concluded=body.get("concluded"),
            evidence=read_evidence(body),
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
        only_if: On what use of the sending service the flow depends; None: on none that is recorded as data.
        place_conditions: On what each of some places depends; the others depend on nothing.
        importer_under_gdpr: Whether the recipient is itself under the GDPR for this processing (Art. 3).
        product: The product that the row of a list of several products names; None: none.
        publication: Whether it puts the data on a page for everybody to read (C-101/01); its host is a flow of its own.
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
    only_if: Condition | None = None
    place_conditions: tuple[tuple[str, Condition], ...] = ()
    importer_under_gdpr: bool = False
    product: str | None = None
    publication: bool = False

    @classmethod
    def from_body(cls, body: dict) -> Flow:
        """Read one entry of `flows`."""
        carries = body.get("carries")
        places = body.get("places", ())
        return cls(
            id=body["id"],
            sender=body["from"],
            recipient=body["to"],
            role=Role(body["role"]),
            carries=None if carries is None else data_items(carries),
            places=tuple(dict.fromkeys(place_code(place) for place in places)),
            seat_counts=body.get("seat_access", True),
            tools=tuple(map(Reliance.from_body, body.get("tools", ()))),
            contract=Contract.from_body(body["contract"]) if "contract" in body else None,
            purpose=body.get("purpose"),
            condition=text_in(body["condition"]) if "condition" in body else None,
            announced=body.get("announced"),
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            evidence=read_evidence(body),
            only_if=Condition.from_body(body["only_if"]) if "only_if" in body else None,
            place_conditions=_conditions_of(places),
            importer_under_gdpr=body.get("importer_under_gdpr", False),
            product=body.get("product"),
            publication=body.get("publication", False),
        )


def place_code(place: str | dict) -> str:
    """The country code of an entry of `places`, which is a code or `{country, only_if}`."""
    return place if isinstance(place, str) else place["country"]


def _conditions_of(places: Iterable[str | dict]) -> tuple[tuple[str, Condition], ...]:
    """On what each place depends; one that is also given without a condition depends on nothing."""
    always = {place_code(place) for place in places if isinstance(place, str) or "only_if" not in place}
    return tuple(
        (place["country"], Condition.from_body(place["only_if"]))
        for place in places
        if not isinstance(place, str) and place["country"] not in always
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
        certifications: What is known of its being on a list, such as the EU-US framework's.
        legal_name: Its name in a register of organisations; None: not recorded.
        aliases: Other names that people use.
        contact: How to reach it; None: not recorded.
        representative: Its representative in the EU (Art. 27); None: none is recorded.
        officer: Whether a data protection officer is appointed (Art. 37); None: not recorded.
        measures: Its security measures (Art. 32).
        retention: How long it keeps what an activity of it has no rule of its own for.
        financial: Whether it is a financial undertaking as the Wft defines it (Art. 42 UAVG); None: not recorded.
        evidence: Where it is said.
        members: Of one that several ids of the register stand for: each of them as it was said, itself first.
        identities: The decisions by which they are one.
    """

    id: str
    name: str
    established_in: tuple[str, ...] = ()
    sector: Sector | None = None
    parents: tuple[tuple[str, Day | None, Day | None], ...] = ()
    certifications: tuple[Certification, ...] = ()
    legal_name: str | None = None
    aliases: tuple[str, ...] = ()
    contact: str | None = None
    representative: str | None = None
    officer: bool | None = None
    measures: tuple[Measure, ...] = ()
    retention: tuple[Retention, ...] = ()
    financial: bool | None = None
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
            certifications=tuple(map(Certification.from_body, body.get("certifications", ()))),
            legal_name=body.get("legal_name"),
            aliases=tuple(body.get("aliases", ())),
            contact=body.get("contact"),
            representative=body.get("representative"),
            officer=(body.get("officer") or {}).get("appointed"),
            measures=tuple(map(Measure.from_body, body.get("measures", ()))),
            retention=tuple(map(Retention.from_body, body.get("retention", ()))),
            financial=body.get("financial_undertaking"),
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
        options: For each key (`region`, `plan`, `feature`) the words by which its use can be told.
        terms: Its standard terms; None: none are recorded.
        retention: How long it keeps what its customers send it.
        evidence: Where it is said.
    """

    id: str
    name: str
    provider: str = UNKNOWN
    purpose: str | None = None
    sub_processors: SubProcessorList | None = None
    aliases: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    terms: StandardTerms | None = None
    retention: tuple[ServiceRetention, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Service:
        """Read one entry of `services`."""
        published = body.get("sub_processor_list")
        return cls(
            id=body["id"],
            name=text_in(body["name"]),
            provider=body.get("provider", UNKNOWN),
            purpose=body.get("purpose"),
            sub_processors=None if published is None else SubProcessorList.from_body(published),
            aliases=tuple(body.get("aliases", ())),
            options={key: tuple(words) for key, words in body.get("options", {}).items()},
            terms=StandardTerms.from_body(body["terms"]) if "terms" in body else None,
            retention=tuple(map(ServiceRetention.from_body, body.get("retention", ()))),
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
            name=text_in(body["name"]),
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
