"""Whole registers by chance, as documents: circles, unnamed recipients, days that end, flows that narrow and widen.

Everything in them is valid, though some of it is strange: ids at the edge of what an id may be, names that are code or
markup in some language, parties that own each other, services that send to themselves.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.builders import Entry, activity, document, evidence, flow, party, service

NAME = "laws"
"""Id of the document: a register that is drawn takes the place of the one before."""
CONTROLLERS = ("shop", "0")
OTHERS = ("p-1", "p.2", "z" * 120)
PARTIES = (*CONTROLLERS, *OTHERS)
ACTIVITIES = ("orders", "news-2.1", "9.9")
SERVICES = ("s1", "s-2", "s.3", "s4-is.long." + "y" * 100, "5")
NODES = (*ACTIVITIES, *SERVICES)
ROLES = (
    *("processor", "sub_processor", "processor", "sub_processor"),
    *("joint_controller", "independent_controller", "authority", "unknown"),
)
SUBJECTS = ("data-subject", "customer", "client", "employee")
CATEGORIES = ("personal-data", "contact-data", "email-address", "telephone-number", "health-data")
ITEMS = tuple({"subject": subject, "category": category} for subject in SUBJECTS for category in CATEGORIES)
COUNTRIES = ("NL", "DE", "NO", "US", "GB", "CH", "IN", "BR")
TOOLS = ("scc-2010-c2p", "scc-2021-m2", "scc-2021-m3", "eu-us-privacy-shield", "eu-us-dpf", "art49-a", "bcr-p")
DAYS = ("2018-05-25", "2020-07-15", "2020-07-16", "2021-06-27", "2022-12-27", "2023-07-10", "2026-11-24")
NAMES = (
    *("Jira", "Société générale de fichiers", "Ночь и день", "数据处理", "مزود", "🦉", "name\u200bless", "e\u0301"),
    *(
        "'); MATCH (n) DETACH DELETE n //",
        "`$id`",
        "{0} {name} %s",
        "<b>bold</b> & co",
        "=1+1",
        "null",
        "  ",
        "\\u0000",
    ),
)
names = st.sampled_from(NAMES) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
days = st.sampled_from(DAYS)
bases = st.sampled_from(["stated", "public_list", "inferred", "assumed"])
claim_checks = st.one_of(
    st.just({"kind": "no_third_country"}),
    st.just({"kind": "lawful_transfers"}),
    st.just({"kind": "no_tracking"}),
    st.builds(lambda found: {"kind": "only_countries", "countries": found}, st.just(["NL"])),
    st.builds(lambda found: {"kind": "no_recipient", "parties": [found]}, st.sampled_from(OTHERS)),
    st.builds(lambda found: {"kind": "only_recipients", "parties": [found]}, st.sampled_from(OTHERS)),
    st.builds(lambda found: {"kind": "relies_on", "tool": found}, st.sampled_from(TOOLS)),
    st.builds(lambda found: {"kind": "no_data", "categories": [found]}, st.sampled_from(CATEGORIES)),
)


def some_of(values: Any, most: int, least: int = 0) -> st.SearchStrategy[list]:
    """A few of some values, each once."""
    unique = (lambda item: item["subject"] + " " + item["category"]) if values is ITEMS else None
    return st.lists(st.sampled_from(values), min_size=least, max_size=most, unique_by=unique or (lambda value: value))


@st.composite
def dated(draw: st.DrawFn) -> Entry:
    """A validity; most often none."""
    first, last = draw(st.tuples(st.none() | days, st.none() | days)) if draw(st.integers(0, 3)) == 3 else (None, None)
    if first and last and first > last:
        first, last = last, first
    return {key: day for key, day in (("valid_from", first), ("valid_until", last)) if day}


@st.composite
def parties(draw: st.DrawFn) -> list[Entry]:
    """Every party: with no seat, one or two; some part of each other."""
    found = []
    for name in PARTIES:
        owners = draw(some_of([other for other in PARTIES if other != name], 1))
        more = {"part_of": [{"party": owner} | draw(dated()) for owner in owners]} if owners else {}
        certified = {"certifications": [{"tool": "eu-us-dpf", "covered": True}]} if draw(st.booleans()) else {}
        seats = draw(some_of(COUNTRIES, 2))
        found.append(party(name, established_in=seats, **more, **certified) | {"name": draw(names)})
    return found


@st.composite
def services(draw: st.DrawFn) -> list[Entry]:
    """Every service, some of them of nobody that is named, some of a controller."""
    owners = st.sampled_from([*PARTIES, None])
    return [service(name, draw(owners)) | {"name": draw(names)} for name in SERVICES]


@st.composite
def activities(draw: st.DrawFn) -> list[Entry]:
    """One to three activities of one or two controllers; what they use may not be known."""
    found = []
    for name in draw(some_of(ACTIVITIES, 3, 1)):
        more: Entry = {"acts_as": "processor"} if draw(st.integers(0, 5)) == 0 else {}
        more |= {"legal_bases": [{"id": "contract"}]} if draw(st.booleans()) else {}
        more |= {"purposes": ["service-provision"]} if draw(st.booleans()) else {}
        more |= {"name": draw(names)} | draw(dated())
        found.append(activity(name, draw(st.sampled_from(CONTROLLERS)), draw(some_of(ITEMS, 3))) | more)
    return found


@st.composite
def flows(draw: st.DrawFn, senders: list[str], most: int = 12, prefix: str = "f") -> list[Entry]:
    """Flows from activities and services to services; most go on where others lead, so that chains are long."""
    found: list[Entry] = []
    for number in range(draw(st.integers(0, most))):
        reached = [each["to"] for each in found[-3:]]
        found.append(draw(_one_flow(f"{prefix}{number}", [*senders, *reached * 3])))
    return found


@st.composite
def _one_flow(draw: st.DrawFn, key: str, senders: list[str]) -> Entry:
    more: Entry = {"places": places} if (places := draw(some_of([*COUNTRIES, "unknown"], 2))) else {}
    if carries := draw(st.just([]) | some_of(ITEMS, 3)):
        more["carries"] = carries
    if tools := draw(some_of(TOOLS, 2)):
        more["tools"] = [{"tool": tool} | draw(dated()) for tool in tools]
    if draw(st.integers(0, 3)) == 0:
        more["seat_access"] = False
    if draw(st.integers(0, 3)) == 0:
        more["contract"] = {"kind": "art28"} | draw(dated())
    sender, recipient = draw(st.sampled_from(senders)), draw(st.sampled_from(SERVICES))
    told = [evidence(f"page {key}", draw(bases))]
    return flow(sender, recipient, draw(st.sampled_from(ROLES)), id=key, evidence=told, **more, **draw(dated()))


@st.composite
def claims(draw: st.DrawFn) -> list[Entry]:
    """What controllers say in public."""
    return [
        {"id": f"claim-{number}", "party": draw(st.sampled_from(CONTROLLERS)), "text": draw(names), "check": check}
        | {"evidence": [evidence(f"claim {number}")]}
        for number, check in enumerate(draw(st.lists(claim_checks, max_size=2)))
    ]


@st.composite
def registers(draw: st.DrawFn, most: int = 12) -> Entry:
    """A register as one document.

    Args:
        most: How many flows it has at the most.
    """
    doing = draw(activities())
    return document(
        NAME,
        parties=draw(parties()),
        services=draw(services()),
        activities=doing,
        flows=draw(flows(senders_of(doing), most)),
        claims=draw(claims()),
    )


def senders_of(doing: list[Entry]) -> list[str]:
    """What can send: the activities, which are drawn more often, and the services."""
    return [entry["id"] for entry in doing] * 2 + [*SERVICES]


def more_flows(body: Entry) -> st.SearchStrategy[list[Entry]]:
    """Flows that can be added to a register."""
    return flows(senders_of(body["activities"]), 3, "more")


def with_flows(body: Entry, found: list[Entry]) -> Entry:
    """A register with these flows instead of its own."""
    return body | {"flows": found}
