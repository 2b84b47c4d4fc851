"""The words of closed lists: roles, capacities, sectors, regimes, footings, and days."""

from __future__ import annotations

import datetime
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

ACTING_FOR_OTHERS = frozenset({Role.PROCESSOR, Role.SUB_PROCESSOR})
"""Who processes on behalf of whoever sends, under a contract of Art. 28."""
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
    UNSETTLED = "unsettled"


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


class ToolKnown(StrEnum):
    """What is known of instruments of a kind that the law allows (Art. 46(2)(d) to (f))."""

    NONE = "none"


class DerogationPaper(StrEnum):
    """What has to be on paper before data moves under a derogation (Art. 49)."""

    EXPLICIT_CONSENT = "explicit_consent"
    AUTHORITY_TOLD = "authority_told"
    PERSONS_TOLD = "persons_told"
    RECORDED_ASSESSMENT = "recorded_assessment"


class Covers(StrEnum):
    """Which data a certification covers: of people in the employment relationship, or of others."""

    HR = "hr"
    NON_HR = "non_hr"


class MayBe(StrEnum):
    """What a category of data that may hold anything can turn out to hold (Art. 9(1) and Art. 10)."""

    SPECIAL = "special"
    CRIMINAL = "criminal"


class Applies(StrEnum):
    """How standard terms come to apply: with the main agreement, or by an act of the customer."""

    BY_ITSELF = "by_itself"
    ON_ACCEPTANCE = "on_acceptance"


class ListScope(StrEnum):
    """What a published list of sub-processors is about: the service, or several products together."""

    SERVICE = "service"
    SEVERAL = "several"


class SourceKind(StrEnum):
    """What kind of document a source is."""

    PRIMARY = "primary"
    COPY = "copy"
    EXTRACT = "extract"
    THIRD_PARTY = "third_party"
    LAW = "law"
    PRESS = "press"


class RetentionKind(StrEnum):
    """How exact a retention period is."""

    EXACT = "exact"
    MAXIMUM = "maximum"
    EVENT = "event"
    CRITERIA = "criteria"
    NOT_STATED = "not_stated"


class ContractKind(StrEnum):
    """What lies under a flow."""

    ART_28 = "art28"
    ART_26 = "art26"
    TERMS = "terms"
    NONE = "none"


class ClaimKind(StrEnum):
    """The checkable form of a claim."""

    NO_THIRD_COUNTRY = "no_third_country"
    ONLY_COUNTRIES = "only_countries"
    NO_RECIPIENT = "no_recipient"
    ONLY_RECIPIENTS = "only_recipients"
    RELIES_ON = "relies_on"
    NO_TRACKING = "no_tracking"
    NO_DATA = "no_data"
    RETENTION = "retention"
    ONLY_PURPOSES = "only_purposes"
    THIRD_COUNTRY = "third_country"
    LAWFUL_TRANSFERS = "lawful_transfers"


class Verdict(StrEnum):
    """What the facts say of a claim."""

    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot_tell"
    NOT_CHECKABLE = "not_checkable"
    HOLDS = "holds"


class Severity(StrEnum):
    """How much is at stake, most first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Shortfall(StrEnum):
    """What a document or a record can fall short of; each has rows of law that say since when it is asked."""

    UNTRUE_CLAIM = "untrue_claim"
    COUNTRY_NOT_NAMED = "country_not_named"
    TOOL_NOT_NAMED = "tool_not_named"
    RECIPIENT_LEFT_OUT = "recipient_left_out"
    RECIPIENT_NOT_NAMED = "recipient_not_named"
    TOOL_NOT_IN_FORCE = "tool_not_in_force"
    RECIPIENT_UNNAMED = "recipient_unnamed"
    PLACE_UNKNOWN = "place_unknown"
    SAFEGUARD_MISSING = "safeguard_missing"
    ASSESSMENT_MISSING = "assessment_missing"
    CONTRACT_MISSING = "contract_missing"
    CONTRACT_NOT_RECORDED = "contract_not_recorded"
    ARRANGEMENT_MISSING = "arrangement_missing"
    ROLE_UNKNOWN = "role_unknown"
    SUB_PROCESSORS_UNANNOUNCED = "sub_processors_unannounced"
    LIST_INCOMPLETE = "list_incomplete"
    WIDENING = "widening"
    LEGAL_BASIS_MISSING = "legal_basis_missing"
    SPECIAL_CONDITION_MISSING = "special_condition_missing"
    CRIMINAL_GROUND_MISSING = "criminal_ground_missing"
    RETENTION_MISSING = "retention_missing"
    PURPOSES_MISSING = "purposes_missing"
    DATA_MISSING = "data_missing"
    RECIPIENTS_MISSING = "recipients_missing"
    MEASURES_MISSING = "measures_missing"
    CONTROLLERS_MISSING = "controllers_missing"
    CONTACT_MISSING = "contact_missing"
    REPRESENTATIVE_MISSING = "representative_missing"
    OFFICER_NOT_RECORDED = "officer_not_recorded"
    RESTS_ON_ASSUMED = "rests_on_assumed"
    PLACE_UNCONFIRMED = "place_unconfirmed"
    PLACE_UNCONFIRMED_OWN = "place_unconfirmed_own"
    ELSEWHERE = "elsewhere"
    TERMS_NOT_CONFIRMED = "terms_not_confirmed"
    CONDITION_OPEN = "condition_open"
    LIST_OLD = "list_old"
    LIST_UNSCOPED = "list_unscoped"
    IDENTIFIER_GROUND_MISSING = "identifier_ground_missing"
    SOURCE_OLD = "source_old"
    SOURCE_UNDATED = "source_undated"
    LIST_NOT_CHECKED = "list_not_checked"
    IMPORTER_UNKNOWN = "importer_unknown"
    DEROGATION_STANDING = "derogation_standing"
    DEROGATION_PAPERS = "derogation_papers"
    AUTHORISATION_MISSING = "authorisation_missing"
    ONWARD_TRANSFER = "onward_transfer"
    COUNTRY_UNSETTLED = "country_unsettled"


SILENCES = (
    Shortfall.COUNTRY_NOT_NAMED,
    Shortfall.TOOL_NOT_NAMED,
    Shortfall.RECIPIENT_LEFT_OUT,
    Shortfall.RECIPIENT_NOT_NAMED,
    Shortfall.TOOL_NOT_IN_FORCE,
)
"""What the answer about claims finds in documents; of the rest, but for untrue claims, the answer about gaps."""
GAPS = tuple(kind for kind in Shortfall if kind not in {*SILENCES, Shortfall.UNTRUE_CLAIM})


class Completeness(StrEnum):
    """Whether a list of sub-processors is whole."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class DutyTowards(StrEnum):
    """Whom a breach has to be told (Art. 33 and 34)."""

    CONTROLLER = "controller"
    AUTHORITY = "authority"
    DATA_SUBJECTS = "data_subjects"


class DutyAbout(StrEnum):
    """What a detail of a duty is about: what a notice says, in which steps, what is kept, who is competent."""

    CONTENTS = "contents"
    PHASES = "phases"
    RECORD = "record"
    COMPETENCE = "competence"


class ExceptFor(StrEnum):
    """Whom a national law takes out of a duty; each is a flag of a party."""

    FINANCIAL_UNDERTAKING = "financial_undertaking"


class EventState(StrEnum):
    """How far something is that is to come or undecided."""

    IN_FORCE = "in_force"
    ADOPTED = "adopted"
    ANNOUNCED = "announced"
    PENDING = "pending"
    OPEN = "open"


class Status(StrEnum):
    """The footing of one flow towards one country on one day, worst first."""

    UNCOVERED = "uncovered"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"
    DEROGATION = "derogation"
    ADEQUATE_IF_COVERED = "adequate_if_covered"
    INSIDE_UNCONFIRMED = "inside_unconfirmed"
    SAFEGUARDED = "safeguarded"
    ADEQUATE = "adequate"
    INSIDE = "inside"
    NO_TRANSFER = "no_transfer"


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


def days_after(day: Day, days: int = 1) -> Day:
    """The day some days later, or earlier when `days` is negative; the calendar's last day has none after it."""
    try:
        return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()
    except OverflowError:
        return day
