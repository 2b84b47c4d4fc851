"""Who is who, on every engine: what is decided about parties, and what is refused."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable

import pytest

from graphsvc import register
from graphsvc.deadline import Deadline
from graphsvc.errors import InvalidDocument, QuestionTooDear
from graphsvc.graph.bolt import Bolt
from graphsvc.graph.store import Store
from graphsvc.imports import comparing
from graphsvc.model import TooCommon
from graphsvc.questions import (
    ChangesQuestion,
    ConcentrationQuestion,
    ExposureQuestion,
    HoldersQuestion,
    TransfersQuestion,
    VersionsQuestion,
    ask_changes,
    ask_concentration,
    ask_exposure,
    ask_holders,
    ask_transfers,
    ask_versions,
)
from graphsvc.questions.handover import HandoverQuestion, ask_handover
from graphsvc.questions.identities import IdentitiesQuestion, ask_identities
from graphsvc.questions.served import ask_served
from tests.api.builders import ids
from tests.builders import ON, Entry, activity, document, evidence, flow, party, read, service
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


# Read


def people() -> Entry:
    """Two ids of one company, and two controllers."""
    return document(
        "people",
        parties=[party("aws", "US"), party("amazon", "IE"), party("shop", "NL"), party("bakery", "BE")],
        services=[service("cloud", "aws"), service("storage", "amazon")],
    )


def flows() -> Entry:
    return document(
        "flows",
        activities=[activity("letters", "shop"), activity("bread", "bakery")],
        flows=[
            flow("letters", "cloud", places=["US"], valid_from="2021-01-01"),
            flow("bread", "storage", places=["IE"]),
            flow("cloud", "storage", "sub_processor", places=["IE"]),
        ],
    )


def answers(store: Store) -> list[str]:
    """What a few questions answer, byte for byte."""
    asked = (
        ask_transfers(store, TransfersQuestion(ON)),
        ask_holders(store, HoldersQuestion(ON)),
        ask_holders(store, HoldersQuestion(ON, party="amazon")),
        ask_exposure(store, ExposureQuestion(ON, party="amazon")),
        ask_concentration(store, ConcentrationQuestion(ON)),
        ask_changes(store, ChangesQuestion("2020-01-01", ON)),
    )
    return [json.dumps(answer.body()) for answer in asked] + [json.dumps(store.controllers())]


def test_a_decision_taken_back_leaves_every_answer_as_it_was(bolt: Bolt) -> None:
    store = Store(bolt)
    load(bolt, people(), flows())
    before = answers(store)
    load(bolt, document("who", identities=[decided("aws", "amazon"), decided("shop", "bakery")]))
    merged = answers(store)
    assert [one != other for one, other in zip(before, merged, strict=True)] == [True] * len(before)
    assert json.loads(merged[-1]) == [{"id": "shop", "name": "shop"}]
    assert store.one("Party", "amazon")["id"] == "amazon"
    register.remove(bolt, "who")
    assert answers(store) == before
    load(bolt, document("who", identities=[decided("aws", "amazon", "different")]))
    assert answers(store) == before


def test_the_order_of_loading_does_not_matter(bolt: Bolt) -> None:
    bodies = [people(), flows(), document("who", identities=[decided("aws", "amazon"), decided("shop", "bakery")])]
    found = []
    for order in ((0, 1, 2), (0, 2, 1)):
        empty(bolt)
        store = Store(bolt)
        store.prepare()
        for place in order:
            load(bolt, bodies[place])
        found.append(answers(store))
    assert found[0] == found[1]


def test_versions_of_a_document_tell_what_a_decision_changed(bolt: Bolt) -> None:
    load(bolt, people(), flows())
    load(bolt, document("who", identities=[decided("aws", "amazon")]))

    def told(before: int, after: int) -> set[tuple[str, str, str, str]]:
        found = ask_versions(Store(bolt), VersionsQuestion("who", ON, before, after))
        return {(r["kind"], r["controller"]["id"], r["service"]["id"], r["importer"]["id"]) for r in found.rows()}

    gained = told(0, 1)
    assert gained >= {
        ("holder_lost", "bakery", "storage", "amazon"),
        ("holder_gained", "bakery", "storage", "aws"),
        ("place_gained", "bakery", "storage", "aws"),
    }
    assert told(1, 1) == set()
    register.remove(bolt, "who")
    assert told(0, 1) == gained


def test_what_is_handed_over_is_of_the_whole_party_whichever_id_is_named(bolt: Bolt) -> None:
    load(bolt, people(), flows(), document("who", identities=[decided("aws", "amazon")]))
    store = Store(bolt)
    for question in (ask_handover, ask_served):
        found = [question(store, HandoverQuestion(ON, controller=key)) for key in ("aws", "amazon")]
        assert [each.controller.id for each in found] == ["aws", "aws"]
        assert found[0].network == found[1].network


# Proposals


def proposed(outcome: register.Outcome) -> list[tuple[str, str, str]]:
    return [(each.party, each.other, each.sure.value) for each in outcome.proposals]


def test_a_load_proposes_what_may_be_one_and_merges_nothing(bolt: Bolt) -> None:
    aws = party("aws", identifiers=lei(LEI), domains=["www.aws.example"], aliases=["Amazon Web Services, Inc."])
    first = load(bolt, document("one", parties=[aws, party("post") | {"name": "Post B.V."}, party("poste")]))
    assert proposed(first) == []
    more = [
        party("amazon-web-services"),
        party("azon", identifiers=lei(LEI)),
        party("cloud", domains=["aws.example"]),
        party("post-nl") | {"name": "POST"},
        party("nobody"),
    ]
    bolt_before = ids(bolt, "Party")
    outcome = load(bolt, document("two", parties=more))
    assert proposed(outcome) == [
        ("aws", "azon", "high"),
        ("amazon-web-services", "aws", "medium"),
        ("aws", "cloud", "medium"),
        ("post", "post-nl", "medium"),
    ]
    assert ids(bolt, "Party") == bolt_before | {entry["id"] for entry in more}
    assert ids(bolt, "Identity") == set()
    assert proposed(load(bolt, document("two", parties=more))) == []


def test_parties_of_one_load_are_held_against_each_other(bolt: Bolt) -> None:
    one, two = document("one", parties=[party("post")]), document("two", parties=[party("post-2") | {"name": "Post"}])
    assert proposed(load(bolt, one, two)) == [("post", "post-2", "medium")]


def test_what_too_many_have_in_common_is_told_by_a_load_and_by_the_question(bolt: Bolt) -> None:
    def at_one_domain(first: int, last: int) -> list[Entry]:
        return [party(f"p-{number}", domains=["many.example"]) for number in range(first, last)]

    def told(common: Iterable[TooCommon]) -> list[tuple[str, str, int]]:
        return [(each.kind.value, each.mark, each.parties) for each in common]

    first = load(bolt, document("one", parties=at_one_domain(0, 50)))
    assert (first.proposals_total, len(first.proposals), first.common) == (1225, 200, ())
    for number in (51, 52):
        outcome = load(bolt, document(f"d-{number}", parties=at_one_domain(number - 1, number)))
        # The one that comes 52nd finds 51 there.
        assert (proposed(outcome), told(outcome.common)) == ([], [("domain", "many.example", 51)])
    answer = ask_identities(Store(bolt), IdentitiesQuestion())
    assert (list(answer.rows()), told(answer.common)) == ([], [("domain", "many.example", 52)])
    load(bolt, document("other", parties=[party("other")]))
    for key, number in (("p-1", 1), ("other", 0)):
        assert len(ask_identities(Store(bolt), IdentitiesQuestion((key,))).common) == number


def test_where_the_time_was_over_whoever_asks_again_goes_on_from_there(
    bolt: Bolt, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(bolt, document("one", parties=[party(f"p-{number}", aliases=[f"Post {number // 2}"]) for number in range(60)]))
    monkeypatch.setattr(comparing, "AT_ONCE", 5)
    store, read = Store(bolt), [0]
    for seconds in range(100, 1_000, 10):
        ticks = itertools.count()
        try:
            found = store.within(Deadline(seconds, lambda ticks=ticks: next(ticks))).proposals()
            break
        except QuestionTooDear as stopped:
            read.append(int(re.search(r"(\d+) parties have been read", str(stopped))[1]))
    assert 0 < read[1] < 60
    assert read == sorted(read)
    assert list(found.proposals()) == list(Store(bolt).proposals().proposals())
    assert len(found) == 30


def test_a_dry_run_proposes_too_and_leaves_no_mark(bolt: Bolt) -> None:
    load(bolt, document("one", parties=[party("post")]))
    marks = ids(bolt, "Mark")
    outcome, _ = register.rehearse(bolt, [read(document("two", parties=[party("post-2") | {"name": "Post"}]))])
    assert proposed(outcome) == [("post", "post-2", "medium")]
    assert ids(bolt, "Mark") == marks


def test_a_proposal_that_was_decided_does_not_come_back(bolt: Bolt) -> None:
    load(bolt, document("one", parties=[party("post")]))
    again = document("two", parties=[party("post-2", note="First") | {"name": "Post"}])
    assert proposed(load(bolt, again)) == [("post", "post-2", "medium")]
    for verdict in ("different", "same"):
        load(bolt, document("who", identities=[decided("post", "post-2", verdict)]))
        again["parties"][0]["note"] = verdict
        assert proposed(load(bolt, again)) == []
    register.remove(bolt, "who")
    again["parties"][0]["note"] = "Last"
    assert proposed(load(bolt, again)) == [("post", "post-2", "medium")]


def test_marks_follow_what_all_documents_say(bolt: Bolt) -> None:
    def marks() -> set[str]:
        return {key.partition(" ")[2] for key in ids(bolt, "Mark") if key.startswith("post ")}

    load(bolt, document("one", parties=[party("post", aliases=["Mail"])]))
    load(bolt, document("two", parties=[party("post", domains=["post.example"])]))
    assert marks() == {"name:post", "name:mail", "domain:post.example"}
    load(bolt, document("one", parties=[party("post")]))
    assert marks() == {"name:post", "domain:post.example"}
    register.remove(bolt, "two")
    assert marks() == {"name:post"}
    register.remove(bolt, "one")
    assert marks() == set()


def test_a_register_that_an_older_graphsvc_wrote_gets_its_marks(bolt: Bolt) -> None:
    load(bolt, document("one", parties=[party("post"), party("cloud", domains=["cloud.example"])]))
    marks = ids(bolt, "Mark")
    bolt.write(lambda transaction: transaction.run("MATCH (mark:Mark) DELETE mark"))
    bolt.write(lambda transaction: transaction.run("MATCH (r:Register) SET r.layout = 4"))
    Store(bolt).prepare()
    assert ids(bolt, "Mark") == marks
    assert proposed(load(bolt, document("two", parties=[party("post-2") | {"name": "Post"}]))) == [
        ("post", "post-2", "medium")
    ]


def test_one_document_after_the_other_or_together_proposes_the_same_in_the_end(bolt: Bolt) -> None:
    bodies = [document(f"d{n}", parties=[party(f"post-{n}") | {"name": "Post"}]) for n in range(3)]
    together = proposed(load(bolt, *bodies))
    empty(bolt)
    Store(bolt).prepare()
    one_by_one = [pair for body in reversed(bodies) for pair in proposed(load(bolt, body))]
    assert sorted(one_by_one) == sorted(together)
    assert len(together) == 3


def test_a_load_that_was_cut_off_before_its_marks_gets_them_at_the_next_start(
    bolt: Bolt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "mark_parties", lambda *_: None)
    load(bolt, document("one", parties=[party("post")]))
    monkeypatch.undo()
    assert ids(bolt, "Mark") == set()
    Store(bolt).prepare()
    assert proposed(load(bolt, document("two", parties=[party("post-2") | {"name": "Post"}]))) == [
        ("post", "post-2", "medium")
    ]
