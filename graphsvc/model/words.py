"""The words of closed lists: roles, capacities, sectors, regimes, footings, and days."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

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


def worst(statuses: Iterable[Status]) -> Status:
    """The status that a summary shows. Raises ValueError when there is none."""
    return min(statuses, key=_SEVERITY.__getitem__)


def severity(status: Status) -> int:
    """Place of a status in the order worst first, from 0."""
    return _SEVERITY[status]


def in_force(on: Day, valid_from: Day | None, valid_until: Day | None) -> bool:
    """Whether a day lies in a period; both ends count, an absent end is open."""
    return (valid_from is None or valid_from <= on) and (valid_until is None or on <= valid_until)
