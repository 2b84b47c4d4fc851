"""Who is who: that two parties of the register are one, or are not; and the numbers that registers give to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from graphsvc.model.evidence import Evidence, read_evidence


class Sameness(StrEnum):
    """What somebody decided about two parties."""

    SAME = "same"
    DIFFERENT = "different"


class Scheme(StrEnum):
    """Who gives the number: ISO 17442, the Dutch trade register, VAT in the EU, the registers of the EU joined."""

    LEI = "lei"
    KVK = "kvk"
    EU_VAT = "eu_vat"
    EUID = "euid"


ONE_EACH = (Scheme.LEI, Scheme.KVK)
"""Numbers of which an organisation has one: two different ones are two organisations."""


Rank = tuple[int, int, str, str]


class Identifier(NamedTuple):
    """A number of an organisation in a register, in its compact form."""

    scheme: Scheme
    number: str


@dataclass(frozen=True, slots=True)
class Identity:
    """That two parties of the register are one organisation, or are not.

    Attributes:
        id: Slug.
        party: The one; of two that are the same, the one whose id and name stay.
        other: The other one.
        verdict: Whether they are the same.
        reason: Why, in words.
        evidence: Where it is said.
    """

    id: str
    party: str
    other: str
    verdict: Sameness
    reason: str
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict) -> Identity:
        """Read one entry of `identities`."""
        parties = (body["party"], body["other"])
        return cls(body["id"], *parties, Sameness(body["verdict"]), body["reason"], read_evidence(body))


class Sureness(StrEnum):
    """How likely two parties are one, most likely first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class LikeKind(StrEnum):
    """What makes two parties look like one."""

    IDENTIFIER = "identifier"
    DOMAIN = "domain"
    NAME = "name"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Likeness:
    """One reason why two parties may be one.

    Attributes:
        kind: What it is about.
        sure: How much it says.
        text: The reason in words.
        score: How near two spellings are, from 0 to 100; None: that is not what it is about.
    """

    kind: LikeKind
    sure: Sureness
    text: str
    score: int | None = None


@dataclass(frozen=True, slots=True)
class TooCommon:
    """What so many parties have in common that they were not held against each other for it.

    Attributes:
        kind: What it is.
        key: It, as parties are marked with it.
        mark: It, to be read: a domain, a number, a name, or the consonants that spellings begin and end with.
        parties: How many have it, at the least.
        text: So in words.
    """

    kind: LikeKind
    key: str
    mark: str
    parties: int
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two parties that may be one; somebody has to decide.

    Attributes:
        party: Id of the one, the first in the order of ids.
        party_name: Its name.
        other: Id of the other one.
        other_name: Its name.
        reasons: Why, the most telling first; there is one at least.
    """

    party: str
    party_name: str
    other: str
    other_name: str
    reasons: tuple[Likeness, ...]

    @property
    def sure(self) -> Sureness:
        """How likely it is: as the most telling reason says."""
        return self.reasons[0].sure

    @property
    def rank(self) -> Rank:
        """Sorts proposals: the most likely first."""
        return [*Sureness].index(self.sure), -len(self.reasons), self.party, self.other
