"""The words of graphsvc as values: who, what, to whom, where, resting on which tool and which source.

Days are texts as ISO 8601 writes them (`2018-05-25`): they sort, and both engines agree on them.
Nothing here knows a database, a clock or a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

UNKNOWN = "unknown"
"""The id of a party, and the code of a place, that nobody has told us. Never shown as fine."""

Day = str


class Basis(StrEnum):
    """How directly a source says a fact, strongest first."""

    STATED = "stated"
    PUBLIC_LIST = "public_list"
    INFERRED = "inferred"
    ASSUMED = "assumed"


class Role(StrEnum):
    """What a recipient is in one flow (GDPR Art. 4(7) to (9), 26, 28)."""

    PROCESSOR = "processor"
    SUB_PROCESSOR = "sub_processor"
    JOINT_CONTROLLER = "joint_controller"
    INDEPENDENT_CONTROLLER = "independent_controller"
    AUTHORITY = "authority"
    UNKNOWN = "unknown"


class Capacity(StrEnum):
    """In which capacity somebody sends or receives data: the two sides of a role pair such as C2P."""

    CONTROLLER = "C"
    PROCESSOR = "P"
    PUBLIC_BODY = "A"
    UNKNOWN = "?"


CAPACITY_OF = {
    Role.PROCESSOR: Capacity.PROCESSOR,
    Role.SUB_PROCESSOR: Capacity.PROCESSOR,
    Role.JOINT_CONTROLLER: Capacity.CONTROLLER,
    Role.INDEPENDENT_CONTROLLER: Capacity.CONTROLLER,
    Role.AUTHORITY: Capacity.PUBLIC_BODY,
    Role.UNKNOWN: Capacity.UNKNOWN,
}

CHAIN_ENDS_AT = frozenset({Role.INDEPENDENT_CONTROLLER, Role.AUTHORITY})
"""What these do next is their own processing. A role nobody told us does not end a chain."""


class Sector(StrEnum):
    """What kind of organisation a party is, as far as adequacy decisions tell them apart."""

    COMMERCIAL = "commercial"
    PUBLIC = "public"
    PUBLIC_SECURITY = "public_security"
    CREDIT_INFORMATION = "credit_information"
    RELIGIOUS = "religious"
    POLITICAL = "political"
    PRESS = "press"
    ACADEMIC = "academic"
    NON_PROFIT = "non_profit"


class RegimeKind(StrEnum):
    """What the law says of a country in a period."""

    EU_MEMBER = "eu_member"
    EU_TERRITORY = "eu_territory"
    EEA_MEMBER = "eea_member"
    TRANSITION = "transition"
    ADEQUACY = "adequacy"


INSIDE = frozenset({RegimeKind.EU_MEMBER, RegimeKind.EU_TERRITORY, RegimeKind.EEA_MEMBER, RegimeKind.TRANSITION})


class Reach(StrEnum):
    """Which recipients an adequacy decision covers."""

    EVERYONE = "everyone"
    SECTORS = "sectors"
    LISTED = "listed"


class ToolKind(StrEnum):
    """Kinds of transfer tool, by their article."""

    ADEQUACY_LIST = "adequacy_list"
    SAFEGUARD = "safeguard"
    DEROGATION = "derogation"
    NO_TRANSFER_TOOL = "no_transfer_tool"


class Status(StrEnum):
    """The footing of one flow towards one country on one day, worst first."""

    UNCOVERED = "uncovered"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"
    DEROGATION = "derogation"
    ADEQUATE_IF_COVERED = "adequate_if_covered"
    SAFEGUARDED = "safeguarded"
    ADEQUATE = "adequate"
    INSIDE = "inside"


_SEVERITY = {status: place for place, status in enumerate(Status)}
_STRENGTH = {basis: place for place, basis in enumerate(Basis)}


def worst(statuses: Iterable[Status]) -> Status:
    """The status that a summary shows. Raises ValueError when there is none."""
    return min(statuses, key=_SEVERITY.__getitem__)


def severity(status: Status) -> int:
    """Place of a status in the order worst first, from 0."""
    return _SEVERITY[status]


def weakest(bases: Iterable[Basis]) -> Basis:
    """The basis of a conclusion: that of its weakest step. Of no step at all: assumed."""
    return max(bases, key=_STRENGTH.__getitem__, default=Basis.ASSUMED)


class DataItem(NamedTuple):
    """A data-subject category and a personal-data category, both ids: whose data, and which."""

    subject: str
    category: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact comes from.

    Attributes:
        source: Id of the source.
        locator: Place in the source, such as "section 5.II".
        basis: How directly the source says it.
        about: Keys of the entry that this is about; empty: all of it.
    """

    source: str
    locator: str
    basis: Basis
    about: frozenset[str] = frozenset()

    @classmethod
    def from_body(cls, body: dict) -> Evidence:
        """Read one entry of an `evidence` list."""
        return cls(body["source"], body["locator"], Basis(body["basis"]), frozenset(body.get("for", ())))


def evidence_for(evidence: tuple[Evidence, ...], key: str) -> tuple[Evidence, ...]:
    """The evidence about one key of an entry: what names it, else what is about the whole entry."""
    named = tuple(item for item in evidence if key in item.about)
    return named or tuple(item for item in evidence if not item.about)


def basis_of(evidence: tuple[Evidence, ...]) -> Basis:
    """The basis of one fact: that of its strongest evidence; without any, assumed."""
    return min((item.basis for item in evidence), key=_STRENGTH.__getitem__, default=Basis.ASSUMED)


def _evidence(body: dict) -> tuple[Evidence, ...]:
    return tuple(map(Evidence.from_body, body.get("evidence", ())))


def in_force(on: Day, valid_from: Day | None, valid_until: Day | None) -> bool:
    """Whether a day lies in a period; both ends count, an absent end is open."""
    return (valid_from is None or valid_from <= on) and (valid_until is None or on <= valid_until)


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
            _evidence(body),
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
        contract: The contract behind it as the document has it; None: none is recorded.
        condition: When the flow happens only in some cases, which.
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
    contract: dict | None = None
    condition: str | None = None
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
            contract=body.get("contract"),
            condition=body.get("condition"),
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            evidence=_evidence(body),
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
        evidence: Where it is said.
    """

    id: str
    name: str
    established_in: tuple[str, ...] = ()
    sector: Sector | None = None
    parents: tuple[tuple[str, Day | None, Day | None], ...] = ()
    certifications: tuple[Reliance, ...] = ()
    evidence: tuple[Evidence, ...] = ()

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
            evidence=_evidence(body),
        )


UNKNOWN_PARTY = Party(UNKNOWN, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Service:
    """What a party provides and what has sub-processors.

    Attributes:
        id: Slug.
        name: What people call it.
        provider: Id of the party that provides it; `unknown` when nobody told us.
        evidence: Where it is said.
    """

    id: str
    name: str
    provider: str = UNKNOWN
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Service:
        """Read one entry of `services`."""
        return cls(body["id"], body["name"], body.get("provider", UNKNOWN), _evidence(body))


@dataclass(frozen=True, slots=True)
class Activity:
    """A processing activity: one row of an Art. 30(1) record (or of an Art. 30(2) one).

    Attributes:
        id: Slug.
        name: What people call it.
        controller: Id of the party that answers for the activity.
        capacity: Whether that party acts as controller (Art. 30(1)) or as processor (Art. 30(2)).
        data: The data items it uses.
        valid_from: First day; None: open.
        valid_until: Last day; None: open.
        evidence: Where it is said.
        data_evidence: For data items that have evidence of their own: where those are said.
    """

    id: str
    name: str
    controller: str
    capacity: Capacity = Capacity.CONTROLLER
    data: frozenset[DataItem] = frozenset()
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
            data=data_items(body.get("data", ())),
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            evidence=_evidence(body),
            data_evidence=_data_evidence(body.get("data", ())),
        )


def _data_evidence(entries: Iterable[dict]) -> tuple[tuple[DataItem, tuple[Evidence, ...]], ...]:
    return tuple((DataItem(e["subject"], e["category"]), _evidence(e)) for e in entries if "evidence" in e)


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act or judgment, as it is cited, such as "Decision (EU) 2016/1250", and its CELEX number."""

    title: str
    celex: str | None = None

    def __str__(self) -> str:
        return f"{self.title} (CELEX {self.celex})" if self.celex else self.title


@dataclass(frozen=True, slots=True)
class Regime:
    """What the law says of one country from a day until a day.

    Attributes:
        id: Slug.
        country: Country code.
        kind: EU or EEA member, transition, adequacy.
        scope: The scope in words, such as "recipients under the LGPD".
        reach: Whether everyone is covered, some sectors, or only who is on a list.
        sectors: With reach SECTORS: the sectors covered; a party of unknown sector may be covered.
        excluded: Sectors that are not covered, whatever the reach.
        listing: With reach LISTED: the tool whose list decides.
        act: The act behind it.
        valid_from: First day.
        valid_until: Last day; None: open.
        ended_by: The act or event that ended it.
        evidence: Where it is said.
    """

    id: str
    country: str
    kind: RegimeKind
    act: Act
    valid_from: Day
    valid_until: Day | None = None
    scope: str = "all"
    reach: Reach = Reach.EVERYONE
    sectors: frozenset[Sector] = frozenset()
    excluded: frozenset[Sector] = frozenset()
    listing: str | None = None
    ended_by: Act | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Regime:
        """Read one entry of `regimes`."""
        return cls(
            id=body["id"],
            country=body["country"],
            kind=RegimeKind(body["kind"]),
            act=_act(body["act"]),
            valid_from=body["valid_from"],
            valid_until=body.get("valid_until"),
            scope=body.get("scope", "all"),
            reach=Reach(body.get("reach", Reach.EVERYONE)),
            sectors=frozenset(map(Sector, body.get("sectors", ()))),
            excluded=frozenset(map(Sector, body.get("excluded_sectors", ()))),
            listing=body.get("listing"),
            ended_by=_act(body["ended_by"]) if "ended_by" in body else None,
            evidence=_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class Tool:
    """A transfer tool and the days on which it can be relied on.

    Attributes:
        id: Slug.
        name: What it is cited as.
        kind: List of an adequacy decision (Art. 45), safeguard (Art. 46), derogation (Art. 49), or none of them.
        article: The article it rests on.
        role_pairs: Pairs such as C2P that it fits; empty: any.
        act: The act behind it.
        valid_from: First day it can be relied on.
        new_until: Last day on which new contracts could use it.
        valid_until: Last day it can be relied on.
        assessment_from: First day from which it needs a transfer impact assessment; None: never.
        ended_by: The act or judgment that ended it.
        evidence: Where it is said.
    """

    id: str
    name: str
    kind: ToolKind
    article: str
    act: Act
    role_pairs: frozenset[str] = frozenset()
    valid_from: Day | None = None
    new_until: Day | None = None
    valid_until: Day | None = None
    assessment_from: Day | None = None
    ended_by: Act | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Tool:
        """Read one entry of `tools`."""
        return cls(
            id=body["id"],
            name=body["name"],
            kind=ToolKind(body["kind"]),
            article=body["article"],
            act=_act(body["act"]),
            role_pairs=frozenset(body.get("role_pairs", ())),
            valid_from=body.get("valid_from"),
            new_until=body.get("new_until"),
            valid_until=body.get("valid_until"),
            assessment_from=body.get("assessment_from"),
            ended_by=_act(body["ended_by"]) if "ended_by" in body else None,
            evidence=_evidence(body),
        )


def _act(body: dict) -> Act:
    return Act(body["title"], body.get("celex"))
