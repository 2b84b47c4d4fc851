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
