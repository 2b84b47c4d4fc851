"""What a controller says in public, what a reader noticed, and the documents that all of it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from graphsvc.model.evidence import Evidence, read_evidence
from graphsvc.model.words import ClaimKind, Day, Severity, SourceKind


@dataclass(frozen=True, slots=True)
class Source:
    """A document that facts come from.

    Attributes:
        id: Slug.
        title: Its title.
        publisher: Who published it.
        kind: What kind of document it is; None: not recorded.
        version: Its version as it says it.
        date: Its own day.
        read_on: Day on which somebody read it for the register.
        url: Where it is.
    """

    id: str
    title: str
    publisher: str
    kind: SourceKind | None = None
    version: str | None = None
    date: Day | None = None
    read_on: Day | None = None
    url: str | None = None

    @classmethod
    def from_body(cls, body: dict) -> Source:
        """Read one entry of `sources`."""
        return cls(
            id=body["id"],
            title=body["title"],
            publisher=body["publisher"],
            kind=SourceKind(body["kind"]) if "kind" in body else None,
            version=body.get("version"),
            date=body.get("date"),
            read_on=body.get("read_on"),
            url=body.get("url"),
        )


@dataclass(frozen=True, slots=True)
class Check:
    """A claim in a form that can be held against the facts; what a kind does not need is empty.

    Attributes:
        kind: What is claimed.
        countries: Country codes that the claim is about.
        parties: Ids of parties.
        services: Ids of services.
        tool: Id of a transfer tool.
        purposes: Ids of purposes.
        categories: Ids of data categories.
        activities: Ids of activities that the claim is restricted to; empty: all of the party's.
        period: Length of time as ISO 8601 writes it.
    """

    kind: ClaimKind
    countries: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    tool: str | None = None
    purposes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    period: str | None = None

    @classmethod
    def from_body(cls, body: dict) -> Check:
        """Read the `check` of a claim."""
        lists = ("countries", "parties", "services", "purposes", "categories", "activities")
        return cls(
            kind=ClaimKind(body["kind"]),
            tool=body.get("tool"),
            period=body.get("period"),
            **{key: tuple(body.get(key, ())) for key in lists},
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """Something a party says in public about its flows, in our own words.

    Attributes:
        id: Slug.
        party: Id of the party that says it.
        text: What it says.
        check: Its checkable form; None: no machine can judge it.
        valid_from: First day; None: open.
        valid_until: Last day; None: open.
        evidence: Where it is said; evidence for `check` says how sure the reading is.
    """

    id: str
    party: str
    text: str
    check: Check | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Claim:
        """Read one entry of `claims`."""
        return cls(
            id=body["id"],
            party=body["party"],
            text=body["text"],
            check=Check.from_body(body["check"]) if "check" in body else None,
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            evidence=read_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader noticed that no machine can judge.

    Attributes:
        id: Slug.
        party: Id of the party it is about.
        text: What was noticed.
        severity: How much is at stake.
        claims: Ids of the claims that it speaks against.
        evidence: The places on both sides.
    """

    id: str
    party: str
    text: str
    severity: Severity
    claims: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Remark:
        """Read one entry of `remarks`."""
        claims = tuple(body.get("claims", ()))
        severity = Severity(body["severity"])
        return cls(body["id"], body["party"], body["text"], severity, claims, read_evidence(body))
