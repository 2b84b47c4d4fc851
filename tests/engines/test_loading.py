"""Loading documents into a graph: what is written, what is swept, what is refused, and two at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bench.registers import register as large_register
from graphsvc import register
from graphsvc.errors import GraphsvcError, InvalidDocument, NotFound
from graphsvc.graph.bolt import Bolt
from graphsvc.graph.store import Store
from graphsvc.graph.versions import version_text
from graphsvc.questions import TransfersQuestion, ask_transfers
from tests.api.builders import (
    CLIENT_EMAIL,
    Entry,
    activity,
    bakery,
    counts,
    document,
    edges,
    everything,
    evidence,
    faults,
    flow,
    ids,
    knowledge,
    load,
    party,
    read,
    said,
    service,
    source,
    vocabulary,
    word,
)
from tests.engines.support import Engine, empty
from tests.examples import share

POST = party("post")
PHONE = {"subject": "client", "category": "phone"}


@pytest.fixture
def bolt(engine: Engine) -> Bolt:
    """An empty register that knows a few words."""
    start_anew(engine.bolt)
    return engine.bolt


def start_anew(bolt: Bolt) -> None:
    empty(bolt)
    Store(bolt).prepare()
    load(bolt, vocabulary())


def revision(bolt: Bolt) -> int:
    return Store(bolt).state().revision


# Counting


def test_a_first_load_counts_everything_as_added(bolt: Bolt):
    outcome = load(bolt, bakery())
    assert counts(outcome) == {"added": said(bakery()), "changed": 0, "removed": 0, "same": 0}
    assert outcome.counts["added"] == {"sources": 1, "parties": 2, "services": 1, "activities": 1, "flows": 1}


def test_loading_twice_changes_nothing(bolt: Bolt):
    load(bolt, bakery())
    before = everything(bolt)
    outcome = load(bolt, bakery())
    assert counts(outcome) == {"added": 0, "changed": 0, "removed": 0, "same": said(bakery())}
    assert everything(bolt) == before


def test_of_thousands_of_edges_to_a_few_nodes_none_is_left_behind_and_none_is_drawn_twice(bolt: Bolt):
    """As large as this, since ArcadeDB passes over some of them from here on."""
    empty(bolt)
    Store(bolt).prepare()
    large = large_register(10_000)
    load(bolt, large)
    for entry in large["flows"][:1_000]:
        entry["purpose"] = "another one"
    assert counts(load(bolt, large))["changed"] == 1_000
    edges_of = "MATCH (flow:Flow)-[edge:CARRIES]->(item) WITH flow.id AS flow, item.id AS item, count(edge) AS times"
    assert bolt.read(f"{edges_of} WHERE times > 1 RETURN flow, item ORDER BY flow, item") == []
    large["flows"] = large["flows"][1_000:]
    assert counts(load(bolt, large))["removed"] == 1_000


def test_the_same_facts_in_another_order_change_nothing(bolt: Bolt):
    load(bolt, bakery())
    before = knowledge(bolt)
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in reversed(bakery().items())}
    assert counts(load(bolt, turned)) == {"added": 0, "changed": 0, "removed": 0, "same": said(bakery())}
    assert knowledge(bolt) == before


def test_a_changed_document_changes_just_what_differs_and_sweeps_the_rest(bolt: Bolt):
    load(bolt, bakery())
    changed = bakery(
        parties=[party("bakery", established_in=["BE"]), party("post", established_in=["US"]), party("printer")],
        flows=[],
    )
    outcome = load(bolt, changed)
    assert {what: dict(found) for what, found in outcome.counts.items()} == {
        "added": {"parties": 1},
        "changed": {"parties": 1},
        "removed": {"flows": 1},
        "same": {"sources": 1, "parties": 1, "services": 1, "activities": 1},
    }
    assert edges(bolt, "ESTABLISHED_IN") == {("bakery", "BE"), ("post", "US")}
    assert ids(bolt, "Flow") == set()
    assert edges(bolt, "SENDS") == set()


def test_a_load_that_changes_something_raises_the_revision_by_one(bolt: Bolt):
    before = revision(bolt)
    assert load(bolt, bakery()).revision == before + 1 == revision(bolt)
    assert load(bolt, bakery()).revision == before + 1 == revision(bolt)
    assert load(bolt, bakery(flows=[])).revision == before + 2 == revision(bolt)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"role": "sub_processor"}, "sub_processor"),
        ({"valid_from": "2024-01-01"}, "2024-01-01"),
        ({"places": ["GB"]}, "GB"),
    ],
)
def test_a_changed_flow_is_what_it_says_now(bolt: Bolt, change: Entry, expected: str):
    load(bolt, bakery())
    load(bolt, bakery(flows=[flow("newsletter-letters", "newsletter", "letters") | change]))
    assert expected in bolt.read("MATCH (f:Flow) RETURN f.body AS body")[0]["body"]
    assert edges(bolt, "CARRIES") == set()
    assert edges(bolt, "LOCATED_IN") == {("newsletter-letters", code) for code in change.get("places", [])}
    assert edges(bolt, "TO") == {("newsletter-letters", "letters")}
    assert edges(bolt, "SENDS") == {("newsletter", "newsletter-letters")}


def test_what_is_left_out_now_is_gone_from_the_node(bolt: Bolt):
    load(bolt, bakery(flows=[flow("f", "newsletter", "letters", valid_from="2024-01-01", valid_until="2025-01-01")]))
    load(bolt, bakery(flows=[flow("f", "newsletter", "letters")]))
    assert bolt.read("MATCH (f:Flow) RETURN f.valid_from AS start, f.valid_until AS end") == [
        {"start": None, "end": None}
    ]


def test_data_items_live_as_long_as_somebody_uses_them(bolt: Bolt):
    load(bolt, bakery(activities=[activity("newsletter", "bakery", CLIENT_EMAIL, PHONE)]))
    assert ids(bolt, "DataItem") == {"client/email", "client/phone"}
    load(bolt, bakery())
    assert ids(bolt, "DataItem") == {"client/email"}
    load(bolt, bakery(activities=[activity("newsletter", "bakery")], flows=[]))
    assert ids(bolt, "DataItem") == set()


def test_documents_may_refer_to_each_other_when_they_are_loaded_together(bolt: Bolt):
    ours = document("ours", parties=[party("us")], activities=[activity("a", "us")], flows=[flow("f", "a", "theirs-1")])
    theirs = document("theirs", parties=[party("them")], services=[service("theirs-1", "them")])
    with pytest.raises(InvalidDocument):
        load(bolt, ours)
    assert counts(load(bolt, ours, theirs))["added"] == said(ours) + said(theirs)
    assert edges(bolt, "TO") == {("f", "theirs-1")}


def test_services_may_send_to_each_other_in_a_circle(bolt: Bolt):
    load(
        bolt,
        document("circle", services=[service("a"), service("b")], flows=[flow("ab", "a", "b"), flow("ba", "b", "a")]),
    )
    assert edges(bolt, "TO") == {("ab", "b"), ("ba", "a")}


# Several documents about one thing


def two_about_post(ours: Entry, theirs: Entry) -> tuple[Entry, Entry]:
    return document("ours", parties=[party("post", **ours)]), document("theirs", parties=[party("post", **theirs)])


def post(bolt: Bolt) -> Entry:
    return json.loads(bolt.read("MATCH (p:Party {id: 'post'}) RETURN p.body AS body")[0]["body"])


def test_what_two_documents_say_of_one_party_is_joined(bolt: Bolt):
    load(bolt, *two_about_post({"established_in": ["NL"], "town": "Delft"}, {"established_in": ["US", "NL"]}))
    assert post(bolt)["established_in"] == ["NL", "US"]
    assert post(bolt)["town"] == "Delft"
    assert edges(bolt, "ESTABLISHED_IN") == {("post", "NL"), ("post", "US")}


def test_joining_does_not_depend_on_the_order_of_loading(bolt: Bolt):
    ours, theirs = two_about_post(
        {"established_in": ["NL"], "note": "One."}, {"established_in": ["US"], "note": "Two.", "town": "Delft"}
    )
    found = []
    for order in ((ours, theirs), (theirs, ours)):
        start_anew(bolt)
        for entry in order:
            load(bolt, entry)
        found.append(knowledge(bolt))
    start_anew(bolt)
    load(bolt, theirs, ours)
    assert found[0] == found[1] == knowledge(bolt)


def test_taking_one_document_away_keeps_what_the_other_one_says(bolt: Bolt):
    ours, theirs = two_about_post({"established_in": ["NL"], "town": "Delft"}, {"established_in": ["US"]})
    load(bolt, ours, theirs)
    outcome = register.remove(bolt, "ours")
    assert counts(outcome)["removed"] == 2
    assert "town" not in post(bolt)
    assert edges(bolt, "ESTABLISHED_IN") == {("post", "US")}
    register.remove(bolt, "theirs")
    assert ids(bolt, "Party") == set()


def test_an_edge_goes_with_the_one_document_that_stated_it(bolt: Bolt):
    group = party("group")
    ours = document("ours", parties=[group, party("post", part_of=[{"party": "group"}])])
    theirs = document("theirs", parties=[party("post")])
    load(bolt, ours, theirs)
    assert edges(bolt, "PART_OF") == {("post", "group")}
    load(bolt, document("ours", parties=[group]))
    assert edges(bolt, "PART_OF") == set()
    assert ids(bolt, "Party") == {"group", "post"}


@pytest.mark.parametrize("together", [True, False], ids=["in one load", "one after the other"])
def test_a_contradiction_names_both_documents_and_changes_nothing(bolt: Bolt, together: bool):
    ours, theirs = two_about_post({"town": "Delft"}, {"town": "Breda"})
    if not together:
        load(bolt, ours)
    before = everything(bolt)
    with pytest.raises(InvalidDocument) as error:
        load(bolt, *((ours, theirs) if together else (theirs,)))
    assert faults(error) == {
        ("/parties/0/town", "says 'Breda', but the document 'ours' says 'Delft' of 'post'; make them agree")
    }
    assert everything(bolt) == before


def test_a_contradiction_can_be_mended_by_loading_both_anew(bolt: Bolt):
    ours, theirs = two_about_post({"town": "Delft"}, {"town": "Delft"})
    load(bolt, ours, theirs)
    load(bolt, *two_about_post({"town": "Breda"}, {"town": "Breda"}))
    assert post(bolt)["town"] == "Breda"


@pytest.mark.parametrize(
    ("section", "entry", "key", "values"),
    [
        ("services", service("letters"), "purpose", ("Letters", "Parcels")),
        ("sources", source("paper"), "date", ("2024-01-01", "2025-01-01")),
    ],
)
def test_services_and_sources_are_shared_too(bolt: Bolt, section: str, entry: Entry, key: str, values: tuple[str, str]):
    one, other = ({**entry, key: value} for value in values)
    load(bolt, document("ours", **{section: [source(), one] if section == "sources" else [one]}))
    with pytest.raises(InvalidDocument, match="1 fault"):
        load(bolt, document("theirs", **{section: [source(), other] if section == "sources" else [other]}))
    load(bolt, document("theirs", **{section: [source(), entry] if section == "sources" else [entry]}))


# What others need


@pytest.mark.parametrize(
    ("kept", "swept", "path", "named"),
    [
        ({"activities": [activity("a", "us")]}, {"parties": [party("us")]}, "/parties", "'a' of the document 'ours'"),
        ({"flows": [flow("f", "x", "s")]}, {"services": [service("x"), service("s")]}, "/services", "'f'"),
        ({"parties": [party("p", evidence=evidence("paper"))]}, {"sources": [source("paper")]}, "/sources", "'p'"),
        ({"services": [service("s", "p")]}, {"parties": [party("p")]}, "/parties", "'s'"),
        ({"parties": [party("p", part_of=[{"party": "g"}])]}, {"parties": [party("g")]}, "/parties", "'p'"),
        (
            {"parties": [party("us")], "activities": [activity("a", "us", {"subject": "guest", "category": "email"})]},
            {"subject_categories": [word("guest")]},
            "/subject_categories",
            "'guest/email'",
        ),
        (
            {"parties": [party("us")], "activities": [activity("a", "us", purposes=["fun"])]},
            {"purposes": [word("fun")]},
            "/purposes",
            "'a' of the document 'ours'",
        ),
        (
            {"services": [service("x"), service("s")], "flows": [flow("f", "x", "s", tools=[{"tool": "scc"}])]},
            {"tools": [{"id": "scc", "name": "SCC", "kind": "safeguard", "article": "46", "act": {"title": "SCC"}}]},
            "/tools",
            "'f' of the document 'ours'",
        ),
    ],
)
def test_what_others_refer_to_cannot_be_removed(bolt: Bolt, kept: Entry, swept: Entry, path: str, named: str):
    for entry in swept.get("tools", []):
        entry["evidence"] = evidence()
    load(bolt, document("theirs", **{"sources": [source()], **swept}), document("ours", **kept))
    before = everything(bolt)
    for remove in (lambda: register.remove(bolt, "theirs"), lambda: load(bolt, document("theirs"))):
        with pytest.raises(InvalidDocument) as error:
            remove()
        assert {fault.path for fault in error.value.faults} == {path}
        assert all("cannot be removed" in fault.message for fault in error.value.faults)
        assert any(named in fault.message for fault in error.value.faults)
        assert everything(bolt) == before


def test_a_thing_may_go_together_with_what_refers_to_it(bolt: Bolt):
    load(bolt, bakery())
    load(bolt, document("bakery-register", parties=[party("bakery")]))
    assert (ids(bolt, "Party"), ids(bolt, "Service"), ids(bolt, "Flow")) == ({"bakery"}, set(), set())


def test_an_entry_may_move_from_one_document_to_another_in_one_load(bolt: Bolt):
    people = document("people", parties=[party("us")], services=[service("s")])
    one, other = activity("a", "us", CLIENT_EMAIL), activity("b", "us")
    load(bolt, people, document("first", activities=[one, other]), document("second", flows=[flow("f", "a", "s")]))
    moved = (document("first", activities=[other]), document("second", activities=[one], flows=[flow("f", "a", "s")]))
    assert counts(load(bolt, *moved)) == {"added": 0, "changed": 1, "removed": 0, "same": 4}
    then = knowledge(bolt)
    assert counts(load(bolt, *moved)) == {"added": 0, "changed": 0, "removed": 0, "same": 5}
    start_anew(bolt)
    load(bolt, people, *moved)
    assert knowledge(bolt) == then


@pytest.mark.parametrize(
    "other",
    [
        {"activities": [activity("a", "us")]},
        {"services": [service("a")]},
    ],
    ids=["activity", "service"],
)
@pytest.mark.parametrize("together", [True, False], ids=["in one load", "one after the other"])
def test_an_id_belongs_to_one_document(bolt: Bolt, other: Entry, together: bool):
    ours = document("ours", parties=[party("us")], activities=[activity("a", "us")])
    if not together:
        load(bolt, ours)
    with pytest.raises(InvalidDocument) as error:
        load(bolt, *([ours] if together else []), document("theirs", **other))
    [(path, message)] = faults(error)
    assert path == f"/{next(iter(other))}/0/id"
    assert "'a' is used by the document 'ours' already" in message or "'a' is used in activities already" in message


def test_one_document_twice_in_a_load_is_refused(bolt: Bolt):
    with pytest.raises(InvalidDocument, match="1 fault"):
        load(bolt, bakery(), bakery())


# All or nothing


def test_a_bad_document_changes_nothing_and_takes_the_good_ones_with_it(bolt: Bolt):
    load(bolt, bakery())
    before = everything(bolt)
    with pytest.raises(InvalidDocument):
        load(bolt, document("good", parties=[party("good")]), bakery(parties=[party("bakery", established_in=["UK"])]))
    assert everything(bolt) == before


def test_a_load_that_fails_in_the_middle_is_undone(bolt: Bolt):
    before = everything(bolt)

    def stumble(done: int, _: int) -> None:
        if done > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        register.load(bolt, [read(bakery())], stumble)
    assert everything(bolt) == before
    assert counts(load(bolt, bakery()))["added"] == said(bakery())


def test_all_faults_of_all_documents_are_told_at_once(bolt: Bolt):
    first = document("first", services=[service("s", "nobody")], flows=[flow("f", "s", "t"), flow("f", "s", "s")])
    second = document("second", parties=[party("p", established_in=["UK"])], activities=[activity("s", "p")])
    with pytest.raises(InvalidDocument) as error:
        load(bolt, first, second)
    assert {path for path, _ in faults(error)} == {
        "/services/0/provider",
        "/flows/0/to",
        "/flows/1/id",
        "/parties/0/established_in/0",
        "/activities/0/id",
    }


@pytest.mark.parametrize(
    ("entry", "path", "message"),
    [
        (bakery(flows=[flow("f", "newsletter", "leters")]), "/flows/0/to", "there is no service 'leters'"),
        (bakery(flows=[flow("f", "newsletter", "leters")]), "/flows/0/to", "did you mean 'letters'?"),
        (bakery(flows=[flow("f", "newsleter", "letters")]), "/flows/0/from", "did you mean 'newsletter'?"),
        (bakery(flows=[flow("f", "post", "letters")]), "/flows/0/from", "there is no activity or service 'post'"),
        (
            bakery(activities=[activity("newsletter", "bakery", {"subject": "client", "category": "emial"})]),
            "/activities/0/data/0/category",
            "there is no data category 'emial' in this document or in the register; did you mean 'email'?",
        ),
        (
            bakery(activities=[activity("newsletter", "bakery", {"subject": "clients", "category": "email"})]),
            "/activities/0/data/0/subject",
            "did you mean 'client'?",
        ),
        (
            bakery(parties=[party("bakery", established_in=["UK"]), party("post")]),
            "/parties/0/established_in/0",
            "'GB'",
        ),
        (
            bakery(parties=[party("bakery", established_in=["EL"]), party("post")]),
            "/parties/0/established_in/0",
            "'GR'",
        ),
        (
            bakery(parties=[party("bakery", established_in=["ZZ"]), party("post")]),
            "/parties/0/established_in/0",
            "'ZZ'",
        ),
        (
            bakery(parties=[party("bakery", evidence=evidence("x")), party("post")]),
            "/parties/0/evidence/0/source",
            "'x'",
        ),
        (bakery(activities=[activity("newsletter", "baker")]), "/activities/0/controller", "did you mean 'bakery'?"),
        (
            bakery(flows=[flow("f", "newsletter", "letters", tools=[{"tool": "scc"}])]),
            "/flows/0/tools/0/tool",
            "there is no transfer tool 'scc'",
        ),
    ],
)
def test_a_reference_to_nothing_names_the_nearest_there_is(bolt: Bolt, entry: Entry, path: str, message: str):
    with pytest.raises(InvalidDocument) as error:
        load(bolt, entry)
    assert any(found == path and message in text for found, text in faults(error)), faults(error)


# Every version is kept


def kept(bolt: Bolt, key: str, number: int) -> bytes:
    return bolt.read_many(lambda transaction: version_text(transaction, key, number)).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"document: {id: d, title: plain}\n",
        "# Übersicht ✓ 𝄞\ndocument: {id: d, title: 'Größe'}\n".encode(),
        b"\xef\xbb\xbfdocument: {id: d, title: byte order mark}",
        b"document:\r\n  id: d\r\n  title: Windows\r\n",
        b'{"document": {"id": "d", "title": "JSON"}}   \n\n',
        b"document: {id: d, title: long}\n" + b"".join(b"# %d\n" % number for number in range(200_000)),
    ],
    ids=["plain", "unicode", "byte order mark", "windows", "json", "large"],
)
def test_a_version_can_be_had_again_byte_for_byte(bolt: Bolt, content: bytes):
    load(bolt, content)
    assert kept(bolt, "d", 1) == content


def test_every_version_of_a_document_is_kept_also_after_its_removal(bolt: Bolt):
    texts = [f"document: {{id: d, title: Version {number}}}\n" for number in range(1, 4)]
    for text in texts:
        load(bolt, text)
    register.remove(bolt, "d")
    load(bolt, texts[0])
    versions = Store(bolt).versions("d")
    assert [(row["number"], row["action"]) for row in versions] == [
        (1, "loaded"),
        (2, "loaded"),
        (3, "loaded"),
        (4, "removed"),
        (5, "loaded"),
    ]
    assert [kept(bolt, "d", number).decode() for number in (1, 2, 3, 5)] == [*texts, texts[0]]
    assert versions[0]["hash"] == versions[4]["hash"] != versions[1]["hash"]
    with pytest.raises(NotFound):
        kept(bolt, "d", 6)


def test_removing_a_document_that_is_not_there_changes_nothing(bolt: Bolt):
    before = everything(bolt)
    with pytest.raises(NotFound):
        register.remove(bolt, "nothing")
    assert everything(bolt) == before


def test_removing_the_last_document_leaves_no_knowledge_but_the_countries(bolt: Bolt):
    load(bolt, bakery())
    register.remove(bolt, "bakery-register")
    register.remove(bolt, "words")
    assert {json.loads(row)["labels"][0] for row in knowledge(bolt)[0]} == {"Country"}
    assert knowledge(bolt)[1] == []


# Two at once


def at_once(*work: Callable[[], object]) -> list[BaseException | None]:
    """Run functions in threads that begin together; what each of them raised."""
    begin = threading.Barrier(len(work))
    raised: list[BaseException | None] = [None] * len(work)

    def run(place: int) -> None:
        begin.wait()
        try:
            work[place]()
        except GraphsvcError as error:
            raised[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return raised


def register_of(name: str, size: int = 40) -> Entry:
    """A register of its own that shares a party, a service and data items with all others."""
    return document(
        f"{name}-register",
        parties=[party(name), party("post", established_in=["US"])],
        services=[service("letters", "post"), *(service(f"{name}-s{n}") for n in range(size))],
        activities=[activity(f"{name}-a", name, CLIENT_EMAIL, PHONE)],
        flows=[flow(f"{name}-f{n}", f"{name}-a", f"{name}-s{n}", CLIENT_EMAIL) for n in range(size)],
    )


def test_two_loads_at_once_both_end_well(bolt: Bolt):
    names = ["ada", "bob", "cleo", "dan"]
    assert at_once(*(lambda name=name: load(bolt, register_of(name)) for name in names)) == [None] * len(names)
    together = knowledge(bolt)
    assert revision(bolt) == 1 + len(names)
    start_anew(bolt)
    for name in names:
        load(bolt, register_of(name))
    assert knowledge(bolt) == together


def test_two_versions_of_one_document_at_once_leave_one_of_them_whole(bolt: Bolt):
    versions = [register_of("ada", size) for size in (10, 30)]
    assert at_once(*(lambda v=version: load(bolt, v) for version in versions)) == [None, None]
    found = knowledge(bolt)
    assert [row["number"] for row in Store(bolt).versions("ada-register")] == [1, 2]
    possible = []
    for version in versions:
        start_anew(bolt)
        load(bolt, version)
        possible.append(knowledge(bolt))
    assert found in possible


def test_the_same_document_twice_at_once_is_loaded_once(bolt: Bolt):
    assert at_once(lambda: load(bolt, bakery()), lambda: load(bolt, bakery())) == [None, None]
    assert len(Store(bolt).versions("bakery-register")) == 1


def test_questions_asked_during_a_load_see_all_of_it_or_nothing(bolt: Bolt):
    load(bolt, register_of("ada", 5))
    totals: set[int] = set()
    loaded = threading.Event()

    def ask() -> None:
        store = Store(bolt)
        while not loaded.is_set():
            totals.add(ask_transfers(store, TransfersQuestion("2024-01-01")).page(0, 0)[0].lines)

    def change() -> None:
        for _ in range(3):
            for size in (40, 5):
                load(bolt, register_of("ada", size))
        loaded.set()

    try:
        assert at_once(ask, change) == [None, None]
    finally:
        loaded.set()
    assert totals <= {5, 40}


def test_removing_and_needing_at_once_leaves_a_whole_register(bolt: Bolt):
    theirs = document("theirs", parties=[party("them")], services=[service("theirs-1", "them")])
    ours = document("ours", parties=[party("us")], activities=[activity("a", "us")], flows=[flow("f", "a", "theirs-1")])
    load(bolt, theirs)
    raised = at_once(lambda: register.remove(bolt, "theirs"), lambda: load(bolt, ours))
    assert sum(isinstance(error, InvalidDocument) for error in raised) == 1
    assert edges(bolt, "TO") in (set(), {("f", "theirs-1")})
    assert (ids(bolt, "Service"), ids(bolt, "Flow")) in ((set(), set()), ({"theirs-1"}, {"f"}))


# Any sequence of loads

PLACES = some.lists(some.sampled_from(["NL", "US", "GB"]), unique=True, max_size=2)
ITEMS = some.lists(some.sampled_from([CLIENT_EMAIL, PHONE]), unique_by=lambda item: item["category"], max_size=2)


@some.composite
def small_documents(draw: some.DrawFn) -> Entry:
    """One of three documents that share parties, services and a source, and take activities from each other."""
    key = draw(some.sampled_from(["one", "two", "three"]))
    about = draw(some.lists(some.sampled_from(["p", "q"]), unique=True))
    parties = [party(name, established_in=draw(PLACES)) for name in about]
    services = [
        service(name, draw(some.sampled_from([None, "p", "q"])))
        for name in draw(some.lists(some.sampled_from(["s", "t"]), unique=True))
    ]
    activities = [
        activity(name, draw(some.sampled_from(["p", "q"])), *draw(ITEMS))
        for name in draw(some.lists(some.sampled_from(["a", "b"]), unique=True, max_size=1))
    ]
    flows = [
        flow(f"{key}-f", draw(some.sampled_from(["a", "b", "s"])), draw(some.sampled_from(["s", "t"])), *draw(ITEMS))
        for _ in range(draw(some.integers(0, 1)))
    ]
    return document(key, parties=parties, services=services, activities=activities, flows=flows)


LOADS = some.lists(small_documents(), min_size=1, max_size=3, unique_by=lambda entry: entry["document"]["id"])


@settings(max_examples=share(0.4), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.lists(
        some.lists(small_documents(), min_size=1, max_size=3, unique_by=lambda d: d["document"]["id"]), max_size=8
    )
)
def test_any_sequence_of_loads_ends_as_loading_the_last_versions_does(bolt: Bolt, loads: list[list[Entry]]):
    start_anew(bolt)
    last: dict[str, Entry] = {}
    for entries in loads:
        before = knowledge(bolt)
        try:
            load(bolt, *entries)
        except InvalidDocument:
            assert knowledge(bolt) == before
        else:
            last |= {entry["document"]["id"]: entry for entry in entries}
    found = knowledge(bolt)
    start_anew(bolt)
    if last:
        load(bolt, *last.values())
    assert knowledge(bolt) == found
