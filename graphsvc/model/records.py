"""Parts of what documents say: contracts, retention, legal grounds, measures, published lists."""

from __future__ import annotations

from dataclasses import dataclass

from graphsvc.model.evidence import Evidence, read_evidence
from graphsvc.model.texts import text_in
from graphsvc.model.words import Completeness, ContractKind, Day, ListScope, RetentionKind, in_force


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract behind a flow. Kind `none` says that there is none.

    Attributes:
        kind: Art. 28, Art. 26, general terms, or none.
        title: Its title; None: not recorded.
        date: Day it was concluded.
        notice_days: Days in advance that a new sub-processor is announced (Art. 28(2)); None: not recorded.
        objection_days: Days after the announcement in which one may object; None: not recorded.
        valid_from: First day; None: open.
        valid_until: Last day; None: open.
        evidence: Where it is said; empty: where the flow is said.
        inherited: Nobody says so of the flow: it comes from the standard terms of the service that receives.
    """

    kind: ContractKind
    title: str | None = None
    date: Day | None = None
    notice_days: int | None = None
    objection_days: int | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    evidence: tuple[Evidence, ...] = ()
    inherited: bool = False

    @property
    def begins(self) -> Day | None:
        """The first day on which it holds: the one recorded, else the day it was concluded; None: open."""
        return self.valid_from or self.date

    def holds(self, on: Day) -> bool:
        """Whether it is in force on a day."""
        return in_force(on, self.begins, self.valid_until)

    @classmethod
    def from_body(cls, body: dict) -> Contract:
        """Read the `contract` of a flow."""
        return cls(
            kind=ContractKind(body["kind"]),
            title=body.get("title"),
            date=body.get("date"),
            notice_days=body.get("notice_days"),
            objection_days=body.get("objection_days"),
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            evidence=read_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class SubProcessorList:
    """The list of sub-processors that a provider publishes for a service (Art. 28(2) and (4)).

    Attributes:
        url: Where it is.
        date: Its own day.
        complete: Whether the register has the whole of it.
        notice_days: Days in advance that a new sub-processor is announced; None: not recorded.
        objection_days: Days after the announcement in which one may object; None: not recorded.
        scope: Whether it is about the service, or about several products together.
    """

    url: str | None = None
    date: Day | None = None
    complete: Completeness = Completeness.UNKNOWN
    notice_days: int | None = None
    objection_days: int | None = None
    scope: ListScope = ListScope.SERVICE

    @classmethod
    def from_body(cls, body: dict) -> SubProcessorList:
        """Read the `sub_processor_list` of a service."""
        return cls(
            body.get("url"),
            body.get("date"),
            Completeness(body.get("complete", Completeness.UNKNOWN)),
            body.get("notice_days"),
            body.get("objection_days"),
            ListScope(body.get("scope", ListScope.SERVICE)),
        )


@dataclass(frozen=True, slots=True)
class LegalGround:
    """A legal basis of Art. 6(1), or a condition of Art. 9(2), that an activity rests on.

    Attributes:
        id: Id of the word.
        evidence: Where it is said; empty: where the activity is said.
    """

    id: str
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> LegalGround:
        """Read one entry of `legal_bases` or `special_conditions`."""
        return cls(body["id"], read_evidence(body))


@dataclass(frozen=True, slots=True)
class Retention:
    """How long something is kept.

    Attributes:
        what: What is kept.
        kind: How exact it is.
        period: Length of time as ISO 8601 writes it; None: no length.
        from_event: From when it runs, or what ends it, in words.
        evidence: Where it is said.
    """

    what: str
    kind: RetentionKind
    period: str | None = None
    from_event: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Retention:
        """Read one entry of `retention`."""
        kind = RetentionKind(body["kind"])
        event = text_in(body["from_event"]) if "from_event" in body else None
        return cls(text_in(body["what"]), kind, body.get("period"), event, read_evidence(body))


@dataclass(frozen=True, slots=True)
class Measure:
    """A security measure (Art. 32).

    Attributes:
        text: What is done.
        kind: `technical` or `organisational`; None: not recorded.
        evidence: Where it is said.
    """

    text: str
    kind: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Measure:
        """Read one entry of `measures`."""
        return cls(text_in(body["text"]), body.get("kind"), read_evidence(body))
