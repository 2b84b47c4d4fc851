"""Recipients by name: who is one, whose data, and the text for an access request."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.holders import holders
from graphsvc.answers.lines import Wanted
from graphsvc.answers.network import Network
from graphsvc.answers.recipients import Match, is_third_country, match, recipients
from graphsvc.model import UNKNOWN, Role, Status
from graphsvc.questions.recipients_text import text
from graphsvc.questions.recipients_words import Words
from graphsvc.translation import LANGUAGES
from tests.builders import Entry, activity, evidence, flow, network, order, party, service

SERVICES = [f"s{number}" for number in range(5)]
DATA = ["client name", "customer town", "visitor ip-address", "data-subject backup-copies", f"{UNKNOWN} {UNKNOWN}"]
data_lists = st.lists(st.sampled_from(DATA), min_size=1, max_size=3, unique=True)
subjects = st.sampled_from([None, "client", "customer", "visitor", "employee"])


@st.composite
def some_flows(draw: st.DrawFn) -> list[Entry]:
    return [
        flow(
            draw(st.sampled_from(["a", "b", *SERVICES])),
            draw(st.sampled_from(SERVICES)),
            draw(st.sampled_from(Role)).value,
            id=f"f{number:02}",
            places=draw(st.lists(st.sampled_from(["DE", "US", "EEA", UNKNOWN]), max_size=2, unique=True)),
        )
        for number in range(draw(st.integers(1, 10)))
    ]


def shop(flows: list[Entry], data: list[str], on: str = "2022-06-01") -> Network:
    """Services s0 and s1 are of one party, s2 is the controller's own, nobody named the provider of s4."""
    providers = {"s0": "one", "s1": "one", "s2": "shop", "s3": "three", "s4": None}
    return network(
        flows,
        [activity("a", "shop", data, purposes=["newsletter"]), activity("b", "shop", data, acts_as="processor")],
        [service(name, provider) for name, provider in providers.items()],
        [party("shop", "NL"), party("one", "US", legal_name="One, Inc."), party("three", "DE")],
        on,
    )


@given(some_flows(), data_lists)
def test_recipients_are_the_holders_but_the_controller_itself(flows: list[Entry], data: list[str]) -> None:
    own = [entry for entry in flows if entry["from"] != "b"]
    held = {(h.party.id, h.service.id, h.role, item) for h in holders(shop(own, data), Wanted()) for item in h.items}
    told = {
        (recipient.party.id, line.passage.service.id, recipient.role, item)
        for recipient in recipients(shop(flows, data))
        for line in recipient.lines
        for item in line.items
    }
    assert told == {each for each in held if each[0] != "shop"}


@given(some_flows(), data_lists, subjects)
def test_a_category_of_people_only_leaves_out(flows: list[Entry], data: list[str], subject: str | None) -> None:
    found = shop(flows, data)
    every = {(r.party.id, r.role, item) for r in recipients(found) for item in r.items}
    asked = {(r.party.id, r.role, item) for r in recipients(found, subject) for item in r.items}
    assert asked == {each for each in every if match(found.order, subject, each[2].subject)}


@given(some_flows(), data_lists, subjects)
def test_named_recipients_come_first_then_the_nearest(flows: list[Entry], data: list[str], subject: str | None) -> None:
    found = recipients(shop(flows, data), subject)
    assert [(not r.named, r.depth) for r in found] == sorted((not r.named, r.depth) for r in found)
    assert all(len(r.through) == r.depth - 1 for r in found)


@given(some_flows(), data_lists, subjects, st.sampled_from(LANGUAGES))
def test_the_text_names_everybody_and_says_how_many_are_not_named(
    flows: list[Entry], data: list[str], subject: str | None, lang: str
) -> None:
    network_ = shop(flows, data)
    found, words = recipients(network_, subject), Words(network_, lang, subject)
    told = text(words, network_.party("shop"), found, True)
    for recipient in found:
        assert words.name(recipient) in told
        row = words.row(recipient)
        assert row["data_in_words"] or row["may_include"]
        assert row["places_in_words"] in told
    assert ("One, Inc." in told) == any(recipient.party.id == "one" for recipient in found)
    unnamed = sum(not recipient.named for recipient in found)
    assert (words.gettext("unnamed_count", count=unnamed) in told) == bool(unnamed)
    assert not re.search(r"[{}]|None", told)


@pytest.mark.parametrize(
    ("asked", "subject", "expected"),
    [
        (None, "client", Match.SAME),
        (None, UNKNOWN, Match.UNKNOWN),
        ("customer", "customer", Match.SAME),
        ("customer", "client", Match.NARROWER),
        ("client", "customer", Match.BROADER),
        ("client", "data-subject", Match.BROADER),
        ("client", UNKNOWN, Match.UNKNOWN),
        ("client", "visitor", None),
        ("visitor", "client", None),
    ],
)
def test_how_people_stand_to_those_asked_about(asked: str | None, subject: str, expected: Match | None) -> None:
    assert match(order(), asked, subject) is expected


@pytest.mark.parametrize(
    ("country", "on", "expected"),
    [
        ("US", "2022-06-01", True),
        ("DE", "2022-06-01", False),
        (UNKNOWN, "2022-06-01", None),
        ("US", "1950-01-01", None),
    ],
)
def test_a_third_country_is_one_only_when_somebody_knows(country: str, on: str, expected: bool | None) -> None:
    assert is_third_country(network([], on=on), country) is expected


def test_the_text_marks_what_is_not_known_and_what_nobody_said_directly() -> None:
    found = network(
        [
            flow("a", "s0", "unknown", evidence=[evidence(basis="inferred")]),
            flow("a", "s1", places=["DE"], condition="Only on request."),
            flow("s1", "s2", "sub_processor", places=["US"]),
        ],
        [activity("a", "shop", ["client name"])],
        [service("s0") | {"name": "Somebody's cloud"}, service("s1", "post"), service("s2", "far")],
        [party("shop", "NL"), party("post", "DE", legal_name="Post GmbH"), party("far", "US")],
    )
    told = text(Words(found, "en", "client"), found.party("shop"), recipients(found, "client"), False)
    assert told.splitlines()[1:] == [
        "- post (Post GmbH), as processor: Name. Place: Germany (inside the EEA). Purpose: not recorded. "
        "Only in some cases, in the words of the register: “Only on request”.",
        "- far, as sub-processor, by way of s1: Name. Place: United States (outside the EEA, with no adequacy decision "
        "or safeguard on record). Purpose: not recorded. Only in some cases, in the words of the register: "
        "“Only on request”.",
        "- a recipient that is not named (in the register: “Somebody's cloud”), in a role that is not known: Name. "
        "Place: a place that is not known. Purpose: not recorded.",
        "Not known of these recipients: the name (of 1); every place where they keep or read the data (of 1); "
        "the role (of 1).",
        "Not said directly by a source, but inferred or assumed in whole or in part: 1 that are not named.",
    ]


def test_without_recipients_the_text_says_that_there_is_none() -> None:
    found = network([], [activity("a", "shop", ["client name"])], parties=[party("shop", "NL")])
    told = text(Words(found, "nl"), found.party("shop"), [], False)
    assert told.startswith("In het register van verwerkingen van shop staan op 2022-06-01 geen ontvangers")


def test_every_footing_and_role_has_words() -> None:
    for lang in LANGUAGES:
        words = Words(network([]), lang)
        assert len({words.gettext(f"footing.{status.value}") for status in Status}) == len(Status)
        assert len({words.gettext(f"as.{role.value}") for role in Role}) == len(Role)


def test_a_recipient_reached_in_several_ways_is_not_said_to_be_reached_in_one() -> None:
    found = network(
        [flow("a", "s0"), flow("a", "s1"), flow("s0", "s2"), flow("s1", "s3")],
        [activity("a", "shop", ["client name"])],
        [service("s0", "one"), service("s1", "two"), service("s2", "three"), service("s3", "three")],
        [party(name, "DE") for name in ("one", "two", "three")],
    )
    told = text(Words(found, "en"), found.party("shop"), recipients(found), False)
    assert "three, as processor, by way of s0 among others:" in told
