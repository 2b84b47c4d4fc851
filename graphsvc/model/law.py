"""Rows of law: acts, regimes of countries, transfer tools, events, duties to tell, what has to be recorded."""

from __future__ import annotations

from dataclasses import dataclass

from graphsvc.model.evidence import Evidence, read_evidence
from graphsvc.model.words import (
    Capacity,
    Day,
    DerogationPaper,
    DutyAbout,
    DutyTowards,
    EventState,
    ExceptFor,
    Reach,
    RegimeKind,
    Sector,
    Shortfall,
    ToolKind,
    ToolKnown,
)
from graphsvc.translation import _, law_name


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
        return _("{title} (CELEX {celex})", title=self.title, celex=self.celex) if self.celex else self.title

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
        purpose_sectors: Sectors that are left out for some purposes only, so that the purpose decides.
        purpose_note: Which purposes these are; None: there are no such sectors.
        ineligible_sectors: With reach LISTED: sectors that cannot be on the list, or hardly ever.
        ineligible_note: Why they cannot; None: there are no such sectors.
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
    purpose_sectors: frozenset[Sector] = frozenset()
    purpose_note: str | None = None
    ineligible_sectors: frozenset[Sector] = frozenset()
    ineligible_note: str | None = None
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
            purpose_sectors=frozenset(map(Sector, body.get("purpose_sectors", ()))),
            purpose_note=_title(body, "purpose_note"),
            ineligible_sectors=frozenset(map(Sector, body.get("ineligible_sectors", ()))),
            ineligible_note=_title(body, "ineligible_note"),
            listing=body.get("listing"),
            ended_by=_act(body["ended_by"]) if "ended_by" in body else None,
            note=_title(body, "note"),
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
        law_of: The country whose own law it is a tool of, for exporters there; None: it is one of the GDPR.
        reaches: The countries that it is about; empty: all.
        needs_authorisation: Whether the supervisory authority has to authorise it (Art. 46(3)).
        group_pairs: Pairs of roles for which both sides have to be of one group (Art. 47).
        doubt_pairs: Pairs of roles for which it is in doubt whether it fits.
        doubt: What the doubt is; None: there is none.
        importer_not_under_gdpr: Whether it is made for importers that are not under the GDPR for this processing.
        importer_article: Where that is said.
        occasional: Whether it is for occasional transfers only (recital 111).
        not_for_public_powers: Whether authorities cannot use it in the exercise of public powers (Art. 49(3)).
        papers: What has to be on paper before data moves under it (Art. 49).
        hr_separate: Of a list: whether data of the employment relationship needs a certification that covers it.
        hr_article: Where that is said.
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
    law_of: str | None = None
    reaches: frozenset[str] = frozenset()
    needs_authorisation: bool = False
    group_pairs: frozenset[str] = frozenset()
    doubt_pairs: frozenset[str] = frozenset()
    doubt: str | None = None
    importer_not_under_gdpr: bool = False
    importer_article: str | None = None
    occasional: bool = False
    not_for_public_powers: bool = False
    papers: tuple[DerogationPaper, ...] = ()
    hr_separate: bool = False
    hr_article: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Tool:
        """Read one entry of `tools`."""
        return cls(
            id=body["id"],
            name=law_name(body["name"]),
            kind=ToolKind(body["kind"]),
            article=law_name(body["article"]),
            act=_act(body["act"]),
            role_pairs=frozenset(body.get("role_pairs", ())),
            valid_from=body.get("valid_from"),
            new_until=body.get("new_until"),
            valid_until=body.get("valid_until"),
            assessment_from=body.get("assessment_from"),
            ended_by=_act(body["ended_by"]) if "ended_by" in body else None,
            known=ToolKnown(body["known"]) if "known" in body else None,
            known_on=body.get("known_on"),
            law_of=body.get("law_of"),
            reaches=frozenset(body.get("reaches", ())),
            needs_authorisation=body.get("needs_authorisation", False),
            group_pairs=frozenset(body.get("group_pairs", ())),
            doubt_pairs=frozenset(body.get("doubt_pairs", ())),
            doubt=_title(body, "doubt"),
            importer_not_under_gdpr=body.get("importer_not_under_gdpr", False),
            importer_article=_title(body, "importer_article"),
            occasional=body.get("occasional", False),
            not_for_public_powers=body.get("not_for_public_powers", False),
            papers=tuple(map(DerogationPaper, body.get("papers", ()))),
            hr_separate=body.get("hr_separate", False),
            hr_article=_title(body, "hr_article"),
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
        state: How far it is, of something to come or undecided; None: it happened on its day.
        read_on: The day on which the state was read.
        evidence: Where it is said.
    """

    id: str
    date: Day
    title: str
    act: Act | None = None
    state: EventState | None = None
    read_on: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Event:
        """Read one entry of `events`."""
        act = _act(body["act"]) if "act" in body else None
        return cls(
            id=body["id"],
            date=body["date"],
            title=law_name(body["title"]),
            act=act,
            state=EventState(body["state"]) if "state" in body else None,
            read_on=body.get("read_on"),
            evidence=read_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class DutyDetail:
    """What the law says beside a duty: what a notice says, in which steps, what is kept, who is competent.

    Attributes:
        about: Which of these.
        article: The article.
        text: What it says, in a sentence.
    """

    about: DutyAbout
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class DutyException:
    """That a national law takes somebody out of a duty, from a day on.

    Attributes:
        of: Whom, as a flag of the party.
        applies_in: The country where the controller is established.
        article: The article it rests on.
        act: The act behind it.
        valid_from: First day.
        valid_until: Last day; None: open.
        note: What goes on to apply all the same.
        evidence: Where it is said.
    """

    of: ExceptFor
    applies_in: str
    article: str
    act: Act
    valid_from: Day
    valid_until: Day | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> DutyException:
        """Read one entry of `exceptions` of a duty."""
        return cls(
            of=ExceptFor(body["of"]),
            applies_in=body["applies_in"],
            article=law_name(body["article"]),
            act=_act(body["act"]),
            valid_from=body["valid_from"],
            valid_until=body.get("valid_until"),
            note=_title(body, "note"),
            evidence=read_evidence(body),
        )


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
        applies_in: The country whose controllers have it; None: every one under the GDPR.
        exceptions: Whom national laws take out of it.
        details: What the law says beside it, such as what the notice holds.
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
    applies_in: str | None = None
    exceptions: tuple[DutyException, ...] = ()
    details: tuple[DutyDetail, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Duty:
        """Read one entry of `duties`."""
        return cls(
            id=body["id"],
            article=law_name(body["article"]),
            name=law_name(body["name"]),
            who=Capacity.PROCESSOR if body["who"] == "processor" else Capacity.CONTROLLER,
            whom=DutyTowards(body["whom"]),
            clock=law_name(body["clock"]),
            act=_act(body["act"]),
            valid_from=body["valid_from"],
            valid_until=body.get("valid_until"),
            within=body.get("within"),
            condition=_title(body, "condition"),
            applies_in=body.get("applies_in"),
            exceptions=tuple(map(DutyException.from_body, body.get("exceptions", ()))),
            details=tuple(
                DutyDetail(DutyAbout(row["about"]), law_name(row["article"]), law_name(row["text"]))
                for row in body.get("details", ())
            ),
            evidence=read_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class Requirement:
    """That something has to be said, recorded or arranged (such as Art. 30(1)(f): time limits for erasure).

    Attributes:
        id: Slug.
        kind: What is found where it is not met; None: no gap rests on it, texts cite it.
        who: In which capacity somebody has to meet it.
        article: The article it rests on.
        weight: How much depends on it, from 1 to 5: our own judgment, no law.
        act: The act behind it.
        valid_from: First day on which it is asked.
        valid_until: Last day; None: open.
        name: What is asked, in a sentence; None: the kind says it.
        applies_in: The country whose controllers it is asked of; None: every one under the GDPR.
        evidence: Where it is said.
    """

    id: str
    kind: Shortfall | None
    who: Capacity
    article: str
    weight: int
    act: Act
    valid_from: Day
    valid_until: Day | None = None
    name: str | None = None
    applies_in: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Requirement:
        """Read one entry of `requirements`."""
        return cls(
            id=body["id"],
            kind=Shortfall(body["kind"]) if "kind" in body else None,
            who=Capacity.PROCESSOR if body["who"] == "processor" else Capacity.CONTROLLER,
            article=law_name(body["article"]),
            weight=body["weight"],
            act=_act(body["act"]),
            valid_from=body["valid_from"],
            valid_until=body.get("valid_until"),
            name=_title(body, "name"),
            applies_in=body.get("applies_in"),
            evidence=read_evidence(body),
        )


def _act(body: dict) -> Act:
    return Act(law_name(body["title"]), body.get("celex"))


def _title(body: dict, key: str) -> str | None:
    return law_name(body[key]) if key in body else None
