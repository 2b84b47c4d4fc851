"""Who is who, on every engine: what is decided about parties, and what is refused."""

from __future__ import annotations

import pytest

from graphsvc import register
from graphsvc.errors import InvalidDocument
from graphsvc.graph.bolt import Bolt
from graphsvc.graph.store import Store
from tests.builders import Entry, document, evidence, party, read
from tests.engines.support import Engine, empty

LEI, OTHER_LEI = "213800KUD8LAJWSQ9D15", "724500A93Z8V1MJK5349"


@pytest.fixture
def bolt(engine: Engine) -> Bolt:
    """An empty register."""
    empty(engine.bolt)
    Store(engine.bolt).prepare()
    return engine.bolt


def decided(one: str, other: str, verdict: str = "same", **more: str) -> Entry:
    """A decision on two parties."""
    key = f"{one}-{other}-{verdict}"
    return {
        "id": key,
        "party": one,
        "other": other,
        "verdict": verdict,
        "reason": "Seen",
        "evidence": [evidence()],
    } | more


def lei(number: str) -> list[Entry]:
    return [{"scheme": "lei", "number": number}]


def load(bolt: Bolt, *bodies: Entry) -> register.Outcome:
    return register.load(bolt, [read(body) for body in bodies])


def refused(bolt: Bolt, *bodies: Entry) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocument) as found:
        load(bolt, *bodies)
    return [(fault.path, fault.message) for fault in found.value.faults]


def test_a_decision_needs_parties_that_are_there_and_are_two(bolt: Bolt) -> None:
    load(bolt, document("people", parties=[party("aws"), party("amazon")]))
    [(path, message)] = refused(bolt, document("who", identities=[decided("aws", "amazom")]))
    assert path == "/identities/0/other" and "did you mean 'amazon'?" in message
    [(path, message)] = refused(bolt, document("who", identities=[decided("aws", "aws")]))
    assert (path, message) == ("/identities/0/other", "is the party itself; name the other one")
    assert load(bolt, document("who", identities=[decided("aws", "amazon")])).counts["added"]["identities"] == 1


def test_a_party_that_a_decision_speaks_of_stays(bolt: Bolt) -> None:
    people = document("people", parties=[party("aws"), party("amazon")])
    load(bolt, people, document("who", identities=[decided("aws", "amazon")]))
    [(path, message)] = refused(bolt, document("people", parties=[party("aws")]))
    assert path == "/parties" and "'amazon' cannot be removed" in message
    register.remove(bolt, "who")
    load(bolt, document("people", parties=[party("aws")]))


def test_a_party_has_one_lei(bolt: Bolt) -> None:
    load(bolt, document("one", parties=[party("aws", identifiers=lei(LEI))]))
    [(path, message)] = refused(bolt, document("two", parties=[party("aws", identifiers=lei(OTHER_LEI))]))
    assert path == "/parties/0"
    assert message == (f"'aws' has more than one LEI: {LEI} of 'aws'; {OTHER_LEI} of 'aws'; an organisation has one")
    load(bolt, document("two", parties=[party("aws", identifiers=lei(LEI.lower()))]))


def test_parties_with_different_numbers_are_not_one(bolt: Bolt) -> None:
    people = document("people", parties=[party("aws", identifiers=lei(LEI)), party("amazon"), party("azon")])
    load(bolt, people, document("who", identities=[decided("aws", "amazon")]))
    [(path, message)] = refused(bolt, document("more", parties=[party("amazon", identifiers=lei(OTHER_LEI))]))
    assert path == "/parties/0"
    assert message.startswith("'amazon', 'aws' cannot be one: they have more than one LEI")
    load(bolt, document("more", parties=[party("azon", identifiers=lei(OTHER_LEI))]))
    [(path, message)] = refused(bolt, document("who-else", identities=[decided("amazon", "azon")]))
    assert path == "/identities/0" and "'amazon', 'aws', 'azon' cannot be one" in message


def test_decisions_do_not_speak_against_each_other(bolt: Bolt) -> None:
    people = document("people", parties=[party("a"), party("b"), party("c")])
    load(bolt, people, document("who", identities=[decided("a", "b"), decided("a", "c", "different")]))
    [(path, message)] = refused(bolt, document("more", identities=[decided("b", "c")]))
    assert path == "/identities/0"
    assert message == (
        "'a-c-different' says that 'a', 'c' are different, but by 'a-b-same', 'b-c-same' they are the same; "
        "make them agree"
    )
    load(bolt, document("who", identities=[decided("a", "b")]))
    load(bolt, document("more", identities=[decided("b", "c")]))


def test_decisions_may_go_in_circles(bolt: Bolt) -> None:
    people = document("people", parties=[party("a"), party("b"), party("c")])
    circle = [decided("a", "b"), decided("b", "c"), decided("c", "a")]
    assert load(bolt, people, document("who", identities=circle)).counts["added"]["identities"] == 3
