"""Rows of law: acts, regimes of countries, transfer tools, events, duties to tell, what has to be recorded."""

from __future__ import annotations

from dataclasses import dataclass

from graphsvc.model.evidence import Evidence, read_evidence
from graphsvc.model.words import Capacity, Day, DutyTowards, Reach, RegimeKind, Sector, Shortfall, ToolKind, ToolKnown
from graphsvc.told import Title, tell


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act or judgment, as it is cited, such as "Decision (EU) 2016/1250", and its CELEX number.

    Attributes:
        title: How it is cited.
        celex: Its CELEX number; None: it has none.
        supposed: It does not exist: a what-if supposes it.
    """

    title: str
    celex: str | None = None
    supposed: bool = False

    def __str__(self) -> str:
        return tell("{title} (CELEX {celex})", title=self.title, celex=self.celex) if self.celex else self.title

    @property
    def cited(self) -> str | None:
        """The act as a line names it; nothing for one that does not exist."""
        return None if self.supposed else str(self)


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
        note: What a reader should know; of one that is unsettled, the doubt.
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
    note: str | None = None
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
            note=body.get("note"),
            evidence=read_evidence(body),
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
        known: `none`: no approved instrument of this kind is known; None: this is one.
        known_on: Day of the look that found none.
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
    known: ToolKnown | None = None
    known_on: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Tool:
        """Read one entry of `tools`."""
        return cls(
            id=body["id"],
            name=Title(body["name"]),
            kind=ToolKind(body["kind"]),
            article=Title(body["article"]),
            act=_act(body["act"]),
            role_pairs=frozenset(body.get("role_pairs", ())),
            valid_from=body.get("valid_from"),
            new_until=body.get("new_until"),
            valid_until=body.get("valid_until"),
            assessment_from=body.get("assessment_from"),
            ended_by=_act(body["ended_by"]) if "ended_by" in body else None,
            known=ToolKnown(body["known"]) if "known" in body else None,
            known_on=body.get("known_on"),
            evidence=read_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which the law changed or may change.

    Attributes:
        id: Slug.
        date: The day.
        title: What happens.
        act: The act behind it; None: none is recorded.
        evidence: Where it is said.
    """

    id: str
    date: Day
    title: str
    act: Act | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Event:
        """Read one entry of `events`."""
        act = _act(body["act"]) if "act" in body else None
        return cls(body["id"], body["date"], Title(body["title"]), act, read_evidence(body))


@dataclass(frozen=True, slots=True)
class Duty:
    """That somebody has to tell somebody else of a breach, and by when (such as Art. 33(1): 72 hours).

    Attributes:
        id: Slug.
        article: The article it rests on.
        name: What has to be done, in a few words.
        who: In which capacity somebody has the duty.
        whom: Whom to tell.
        within: Length of time as ISO 8601 writes it; None: without undue delay, no number is set.
        clock: From when the time runs, in words.
        condition: When the duty is there or falls away, in words; None: always.
        act: The act behind it.
        valid_from: First day.
        valid_until: Last day; None: open.
        evidence: Where it is said.
    """

    id: str
    article: str
    name: str
    who: Capacity
    whom: DutyTowards
    clock: str
    act: Act
    valid_from: Day
    valid_until: Day | None = None
    within: str | None = None
    condition: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Duty:
        """Read one entry of `duties`."""
        return cls(
            id=body["id"],
            article=Title(body["article"]),
            name=Title(body["name"]),
            who=Capacity.PROCESSOR if body["who"] == "processor" else Capacity.CONTROLLER,
            whom=DutyTowards(body["whom"]),
            clock=Title(body["clock"]),
            act=_act(body["act"]),
            valid_from=body["valid_from"],
            valid_until=body.get("valid_until"),
            within=body.get("within"),
            condition=Title(body["condition"]) if "condition" in body else None,
            evidence=read_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class Requirement:
    """That something has to be said, recorded or arranged (such as Art. 30(1)(f): time limits for erasure).

    Attributes:
        id: Slug.
        kind: What is found where it is not met.
        who: In which capacity somebody has to meet it.
        article: The article it rests on.
        weight: How much depends on it, from 1 to 5: our own judgment, no law.
        act: The act behind it.
        valid_from: First day on which it is asked.
        valid_until: Last day; None: open.
        evidence: Where it is said.
    """

    id: str
    kind: Shortfall
    who: Capacity
    article: str
    weight: int
    act: Act
    valid_from: Day
    valid_until: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Requirement:
        """Read one entry of `requirements`."""
        return cls(
            id=body["id"],
            kind=Shortfall(body["kind"]),
            who=Capacity.PROCESSOR if body["who"] == "processor" else Capacity.CONTROLLER,
            article=Title(body["article"]),
            weight=body["weight"],
            act=_act(body["act"]),
            valid_from=body["valid_from"],
            valid_until=body.get("valid_until"),
            evidence=read_evidence(body),
        )


def _act(body: dict) -> Act:
    return Act(Title(body["title"]), body.get("celex"))
