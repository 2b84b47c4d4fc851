"""A register that is exported and loaded again is the same register, on whichever engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.registers import register as made_by_chance
from graphsvc.deadline import Deadline
from graphsvc.errors import DocumentTooLarge, InvalidDocument, NotFound, QuestionTooDear
from graphsvc.exports.registry import EXPORTS
from graphsvc.graph.bolt import Bolt
from graphsvc.graph.store import Store
from graphsvc.questions import HandoverQuestion, TransfersQuestion, ask_transfers
from graphsvc.questions.holders import HoldersQuestion, ask_holders
from graphsvc.register import load, read_documents, read_files
from graphsvc.service import seed_files
from graphsvc.text import digest
from tests.api.builders import (
    bakery,
    document,
    evidence,
    faults,
    flow,
    knowledge,
    party,
    read,
    service,
    vocabulary,
)
from tests.engines.support import Engine, empty

ON = "2026-11-24"
LARGEST = 50_000_000
ODD = [
    "# A remark first\n---\ndocument: {id: odd-1, title: One}\nparties: []\n...\n",
    '\ufeff{"document": {"id": "odd-2", "title": "No line end, \\u00e9 and \\u2028"}}',
    "document:\n  id: odd-3\n  title: |\n    --- # graphsvc document odd-4 bytes=3 sha256=\n    # documents: 7\n\n\n",
]
"""Documents that a frame of lines could be taken in by."""


def filled(bolt: Bolt, *contents: bytes, files: list[Path] | None = None) -> Store:
    """An empty register into which documents are loaded together."""
    empty(bolt)
    store = Store(bolt)
    store.prepare()
    documents = [*read_files(files or [], LARGEST)]
    documents += [each for content in contents for each in read_documents(content, LARGEST)]
    load(bolt, documents)
    return store


def exported(store: Store, word: str, controller: str | None = None, activity: str | None = None) -> bytes:
    question = HandoverQuestion(ON, controller, activity)
    return b"".join(EXPORTS["graph"].written(store, question, word, "en").parts)


def answers(store: Store, *controllers: str) -> list[Any]:
    """What the questions about transfers and holders answer."""
    transfers = ask_transfers(store, TransfersQuestion(ON, controllers)).body()
    return [transfers, ask_holders(store, HoldersQuestion(ON, controllers)).body()]


def texts(store: Store) -> dict[str, str]:
    return {row["id"]: row["hash"] for row in store.all_documents()[1]}


@pytest.mark.parametrize("word", ["yaml", "json"])
def test_the_seed_data_is_the_same_register_on_another_engine_and_back(embedded: Engine, engine: Engine, word: str):
    first = filled(embedded.bolt, files=seed_files())
    known, answered, hashes, law = knowledge(embedded.bolt), answers(first), texts(first), first.state().law
    taken = exported(first, word)
    second = filled(engine.bolt, taken)
    assert knowledge(engine.bolt) == known
    assert answers(second) == answered
    assert (texts(second), second.state().law) == (hashes, law)
    back = exported(second, word)
    assert back.split(b"\n", 2)[2] == taken.split(b"\n", 2)[2]
    filled(embedded.bolt, back)
    assert knowledge(embedded.bolt) == known


def test_a_register_made_by_chance_is_the_same_on_another_engine(embedded: Engine, engine: Engine):
    made = json.dumps(made_by_chance(2_000, [300])).encode()
    first = filled(embedded.bolt, made)
    known, answered = knowledge(embedded.bolt), answers(first, "controller-reach-300")
    taken = exported(first, "yaml")
    second = filled(engine.bolt, taken)
    assert knowledge(engine.bolt) == known
    assert answers(second, "controller-reach-300") == answered
    assert answered[0]["total"] > 100


@pytest.mark.parametrize("word", ["yaml", "json"])
def test_every_text_comes_back_byte_for_byte(embedded: Engine, word: str):
    load_order = [vocabulary(), bakery(), document("others", parties=[party("bakery", note="Known to others too")])]
    contents = [*(json.dumps(each).encode() for each in load_order), *(text.encode() for text in ODD)]
    first = filled(embedded.bolt, *contents)
    known, hashes = knowledge(embedded.bolt), texts(first)
    assert set(hashes.values()) == set(map(digest, contents))
    taken = exported(first, word)
    second = filled(embedded.bolt, taken)
    assert texts(second) == hashes
    assert knowledge(embedded.bolt) == known
    if word == "json":
        assert {row["id"]: digest(row["text"]) for row in json.loads(taken)["documents"]} == hashes


def test_loading_an_export_into_its_own_register_changes_nothing(embedded: Engine):
    store = filled(embedded.bolt, *(json.dumps(each).encode() for each in (vocabulary(), bakery())))
    before = store.state()
    outcome = load(embedded.bolt, read_documents(exported(store, "yaml"), LARGEST))
    assert (outcome.total("added"), outcome.total("changed"), outcome.total("removed")) == (0, 0, 0)
    assert store.state() == before


def test_only_what_is_loaded_now_is_exported(embedded: Engine):
    store = filled(embedded.bolt, *(json.dumps(each).encode() for each in (vocabulary(), bakery())))
    load(embedded.bolt, [read(bakery(activities=[], flows=[]))])
    assert b"newsletter" not in exported(store, "json")


def test_an_export_is_made_a_document_at_a_time(embedded: Engine):
    store = filled(embedded.bolt, files=seed_files())
    parts = [*EXPORTS["graph"].written(store, HandoverQuestion(ON), "yaml", "en").parts]
    assert len(parts) > 2 * len(seed_files())
    assert max(map(len, parts)) == max(file.stat().st_size for file in seed_files())


def test_an_export_that_has_begun_is_not_cut(embedded: Engine):
    store = filled(embedded.bolt, *(json.dumps(each).encode() for each in (vocabulary(), bakery())))
    now = [0.0]
    hurried = store.within(Deadline(60, lambda: now[0]))
    parts = EXPORTS["graph"].written(hurried, HandoverQuestion(ON), "yaml", "en").parts
    now[0] = 61.0
    assert b"".join(parts) == exported(store, "yaml")
    with pytest.raises(QuestionTooDear):
        exported(store.within(Deadline(-1)), "yaml")


def test_a_bundle_in_yaml_is_yaml(embedded: Engine):
    store = filled(embedded.bolt, files=seed_files())
    found = [*yaml.load_all(exported(store, "yaml"), yaml.CSafeLoader)]
    assert [each["document"]["id"] for each in found] == sorted(texts(store))


def test_what_a_controller_reaches_is_a_document_with_the_same_answers(embedded: Engine):
    tables = [file for file in seed_files() if file.parent.name in ("law", "vocabulary")]
    store = filled(embedded.bolt, files=seed_files())
    controllers = [each["id"] for each in store.controllers()]
    answered = {controller: answers(store, controller) for controller in controllers}
    taken = {(each, word): exported(store, word, each) for each in controllers for word in ("yaml", "json")}
    revision = f"register revision {store.state().revision}"
    for controller in controllers:
        read_as = [read_documents(taken[controller, word], LARGEST)[0].body for word in ("yaml", "json")]
        assert read_as[0] == read_as[1]
        assert revision in read_as[0]["document"]["title"]
        alone = filled(embedded.bolt, taken[controller, "yaml"], files=tables)
        assert answers(alone, controller) == answered[controller]
        assert {activity["controller"] for activity in activities(alone)} == {controller}
    again = json.loads(exported(alone, "json", controller))
    assert again | {"document": {}} == json.loads(taken[controller, "json"]) | {"document": {}}


def activities(store: Store) -> list[dict[str, Any]]:
    return store.page("Activity", "", 0, 1000)[1]


def test_one_activity_is_taken_alone(embedded: Engine):
    store = filled(embedded.bolt, files=seed_files())
    body = json.loads(exported(store, "json", activity="perfacilis-tax"))
    assert [each["id"] for each in body["activities"]] == ["perfacilis-tax"]
    with pytest.raises(NotFound):
        exported(store, "json", activity="perfacilis-nothing")
    of_nobody = json.loads(exported(store, "json", "transip"))
    assert {each["id"] for each in of_nobody["parties"]} == {"team-blue", "transip"}
    assert "activities" not in of_nobody


def test_a_bundle_that_is_not_whole_or_was_changed_is_refused(embedded: Engine):
    store = filled(embedded.bolt, *(json.dumps(each).encode() for each in (vocabulary(), bakery())))
    for word in ("yaml", "json"):
        taken = exported(store, word)
        lines = taken.splitlines(keepends=True)
        for broken, said in (
            (taken.replace(b"Name of post", b"Name of Post"), "is not what was put into the bundle"),
            (b"".join(lines[:3]) + b"---\n" + b"".join(lines[3:]), "the bundle"),
            (b"".join(lines[:-2]), "the bundle"),
        ):
            with pytest.raises(InvalidDocument) as refused:
                read_documents(broken, LARGEST)
            [(path, message)] = faults(refused)
            assert path == ""
            assert said in message
        with pytest.raises(DocumentTooLarge):
            read_documents(taken, 100)


def test_parties_that_are_one_are_one_in_what_is_taken_out(embedded: Engine):
    one = {"id": "posts", "party": "post", "other": "posted", "verdict": "same", "reason": "One number"}
    bought = document(
        "bought",
        parties=[party("posted", established_in=["DE"]), party("apart", established_in=["DE"])],
        services=[service("parcels", "posted")],
        flows=[flow("newsletter-parcels", "newsletter", "parcels", places=["DE"])],
        identities=[one | {"evidence": evidence()}],
    )
    store = filled(embedded.bolt, *(json.dumps(each).encode() for each in (vocabulary(), bakery(), bought)))
    answered, taken = answers(store, "bakery"), exported(store, "json", "bakery")
    body = json.loads(taken)
    assert [each["id"] for each in body["identities"]] == ["posts"]
    assert {each["id"] for each in body["parties"]} == {"bakery", "post", "posted"}
    assert {each["id"]: each["provider"] for each in body["services"]} == {"letters": "post", "parcels": "posted"}
    alone = filled(embedded.bolt, json.dumps(vocabulary()).encode(), taken)
    assert answers(alone, "bakery") == answered
