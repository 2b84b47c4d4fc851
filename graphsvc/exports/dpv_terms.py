"""The terms of the W3C Data Privacy Vocabulary 2.x that an export uses, and our own where it has none."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import quote

import pycountry

from graphsvc.model import Basis, Role, Status, Term, Terms, Tool, ToolKind

OURS = "urn:graphsvc:"
PREFIXES = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "gs": f"{OURS}term:",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEMBERSHIPS = frozenset({"EEA", "EU"})
"""Places of LOC that are no countries."""
ROLES = {
    Role.PROCESSOR: ("dpv:DataProcessor", "dpv:hasDataProcessor"),
    Role.SUB_PROCESSOR: ("dpv:DataSubProcessor", "dpv:hasDataProcessor"),
    Role.JOINT_CONTROLLER: ("dpv:JointDataControllers", "dpv:hasRecipientDataController"),
    Role.INDEPENDENT_CONTROLLER: ("dpv:DataController", "dpv:hasRecipientDataController"),
    Role.AUTHORITY: ("dpv:Authority", "dpv:hasRecipient"),
    Role.UNKNOWN: ("gs:role-unknown", "dpv:hasRecipient"),
}
"""For each role its DPV class, and the property that leads from a process to who has it."""
CONTRACTS = {
    ("art28", Role.SUB_PROCESSOR): "dpv:SubProcessorAgreement",
    ("art28", None): "dpv:ControllerProcessorAgreement",
    ("art26", None): "dpv:JointDataControllersAgreement",
    ("terms", None): "dpv:ContractualTerms",
}
MEASURES = {
    "technical": ("dpv:TechnicalMeasure", "dpv:hasTechnicalMeasure"),
    "organisational": ("dpv:OrganisationalMeasure", "dpv:hasOrganisationalMeasure"),
    None: ("dpv:TechnicalOrganisationalMeasure", "dpv:hasTechnicalOrganisationalMeasure"),
}
FOOTED = {
    Status.ADEQUATE: frozenset({ToolKind.ADEQUACY_LIST}),
    Status.SAFEGUARDED: frozenset({ToolKind.SAFEGUARD}),
    Status.DEROGATION: frozenset({ToolKind.DEROGATION}),
}
"""The footings that stand on something, with the kinds of tool that it may be."""
_TOOLS = {
    "46(2)(b)": "eu-gdpr:BindingCorporateRules",
    "46(2)(c)": "eu-gdpr:SCCByCommission",
    "46(2)(d)": "eu-gdpr:SCCBySupervisoryAuthority",
    "46(2)(e)": "eu-gdpr:CodesOfConductForDataTransfers",
    "46(2)(f)": "eu-gdpr:CertificationMechanismsForDataTransfers",
    "46(3)(a)": "eu-gdpr:AdHocContractualClauses",
    "46(5)": "eu-gdpr:SCCByCommission",
}
_TERM = re.compile(r"(dpv|pd|loc|eu-gdpr):[A-Za-z0-9_-]+")
KNOWN = 1 << 14
"""What is kept of what was written lately: most of it comes again and again."""
_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
"""Names that may follow a prefix as they are, in Turtle and in JSON-LD."""
_POINT = re.compile(r"^Art\. (46|49)\((\d)\)(?:\((\w)\))?(?P<rest>.*)")


class Literal(NamedTuple):
    """A value that is no resource.

    Attributes:
        value: The value as text.
        kind: Its type as a word of `xsd`; None: a text.
        language: Of a text: which language it is in.
    """

    value: str
    kind: str | None = None
    language: str | None = None


@lru_cache(KNOWN)
def own(kind: str, *ids: str) -> str:
    """The IRI of something of the register: the same on every day; whatever an id holds is percent-encoded."""
    return OURS + ":".join([kind, *(quote(each, safe="") for each in ids)])


@lru_cache(KNOWN)
def iri(term: str) -> str:
    """A term written with a prefix, as a whole IRI; what has none of the prefixes stays as it is."""
    prefix, colon, name = term.partition(":")
    return PREFIXES[prefix] + name if colon and prefix in PREFIXES else term


@cache
def _namespaces() -> dict[str, str]:
    return {namespace: prefix for prefix, namespace in PREFIXES.items()}


@lru_cache(KNOWN)
def short(whole: str) -> str | None:
    """An IRI as a term with a prefix; None: it has none."""
    end = max(whole.rfind(sign) for sign in "#/:") + 1
    prefix = _namespaces().get(whole[:end])
    return f"{prefix}:{whole[end:]}" if prefix and _LOCAL.fullmatch(whole[end:]) else None


def of_status(status: Status) -> str:
    """Our term for a footing."""
    return f"gs:status-{status.value.replace('_', '-')}"


def of_basis(basis: Basis | str) -> str:
    """Our term for how directly something is said; `unknown` for what nobody told us."""
    return f"gs:basis-{basis.replace('_', '-')}"


def of_place(code: str) -> str | None:
    """The place of LOC with a code; None: it has none."""
    return f"loc:{code}" if code in MEMBERSHIPS or pycountry.countries.get(alpha_2=code) else None


def dpv_of(word: Term | None) -> str | None:
    """The DPV term of a word; None: it has none, or something that is no term of the vocabularies used here."""
    return word.dpv if word and word.dpv and _TERM.fullmatch(word.dpv) else None


def nearest(terms: Terms, word: Term) -> str | None:
    """The DPV term of the nearest broader word that has one."""
    level, seen = [word], {word.id}
    while level:
        level = [terms[key] for each in level for key in each.broader if key in terms and key not in seen]
        seen |= {each.id for each in level}
        if found := next(filter(None, map(dpv_of, level)), None):
            return found
    return None


def class_of(tool: Tool) -> str:
    """What a transfer tool is."""
    if tool.kind is ToolKind.SAFEGUARD:
        return next((found for point, found in _TOOLS.items() if point in tool.article), "eu-gdpr:DataTransferTool")
    return "dpv:DataTransferLegalBasis" if tool.kind is ToolKind.DEROGATION else "eu-gdpr:DataTransferTool"


def legal_basis_of(tool: Tool) -> str | None:
    """The term of Art. 45, 46 or 49 for what stands on a tool; None: DPV has none, as for Art. 46(5)."""
    if tool.kind is ToolKind.ADEQUACY_LIST:
        return "eu-gdpr:A45-3"
    found = _POINT.match(tool.article)
    if found is None:
        return None
    article, paragraph, point = found.group(1, 2, 3)
    if point:
        return f"eu-gdpr:A{article}-{paragraph}-{point}"
    return "eu-gdpr:A49-2" if article == "49" and "second subparagraph" in found["rest"] else None
