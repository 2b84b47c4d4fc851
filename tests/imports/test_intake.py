"""Imports into a register: what a dry run shows, what a load writes, the next edition of a list."""

from __future__ import annotations

import pytest

from graphsvc.errors import DocumentTooLarge, InvalidDocument, InvalidQuestion
from graphsvc.graph.store import Store
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.intake import Taken, take_in
from graphsvc.questions import TransfersQuestion, ask_transfers
from graphsvc.register import remove
from tests.api.builders import (
    activity,
    bakery,
    counts,
    document,
    everything,
    flow,
    knowledge,
    load,
    party,
    service,
    vocabulary,
)
from tests.engines.support import Engine, empty
from tests.imports.support import LIMIT

LIST = "Vendor,Purpose,Location\nPost,Letters,US\nQuill,E-mail,DE\n"


@pytest.fixture
def store(engine: Engine) -> Store:
    """A register with a bakery that uses the letters of Post."""
    empty(engine.bolt)
    store = Store(engine.bolt)
    store.prepare()
    load(engine.bolt, vocabulary(), bakery())
    return store


def take(store: Store, text: str, dry_run: bool = False, **given: str) -> Taken:
    settings = ImportSettings(**({"publisher": "Post", "file": "list.csv"} | given))
    return take_in(store, "csv", [(text.encode(), settings)], LIMIT, dry_run)


def changed(taken: Taken, *sections: str) -> set[tuple[str, str, str]]:
    return {(one.what, one.section, one.id) for one in taken.changes if not sections or one.section in sections}


def test_a_dry_run_says_what_a_load_would_do_and_writes_nothing(store: Store):
    before = everything(store.bolt)
    dry = take(store, LIST, dry_run=True, publisher="Paperboat")
    assert everything(store.bolt) == before
    wet = take(store, LIST, publisher="Paperboat")
    assert counts(dry.outcome) == counts(wet.outcome)
    assert (dry.changes, dry.reports) == (wet.changes, wet.reports)
    assert dry.outcome.revision + 1 == wet.outcome.revision
    assert changed(dry, "flows") == {
        ("added", "flows", "list-paperboat-to-letters"),
        ("added", "flows", "list-paperboat-to-quill-services"),
    }
    assert {one.id for one in dry.changes if one.elsewhere} == {"post", "letters"}


def test_importing_a_file_twice_changes_nothing(store: Store):
    take(store, LIST, publisher="Paperboat")
    before = everything(store.bolt)
    again = take(store, LIST, publisher="Paperboat")
    assert counts(again.outcome) | {"same": 0} == {"added": 0, "changed": 0, "removed": 0, "same": 0}
    assert again.changes == ()
    assert everything(store.bolt) == before


def test_importing_again_after_another_list_that_names_the_same_company_changes_nothing(store: Store):
    take(store, LIST, publisher="Paperboat")
    take(store, "Vendor,Purpose\nQUILL Inc.,Fonts\n", publisher="Tidewater")
    before = everything(store.bolt)
    assert take(store, LIST, publisher="Paperboat").changes == ()
    assert everything(store.bolt) == before


def test_the_next_edition_replaces_the_one_before_and_shows_the_difference(store: Store):
    take(store, LIST, publisher="Paperboat")
    following = 'Vendor,Purpose,Location\nPost,Letters,"US, JP"\nNimbus,Hosting,IE\n'
    taken = take(store, following, publisher="Paperboat")
    assert changed(taken, "flows", "parties") == {
        ("changed", "flows", "list-paperboat-to-letters"),
        ("removed", "flows", "list-paperboat-to-quill-services"),
        ("added", "flows", "list-paperboat-to-nimbus-services"),
        ("removed", "parties", "quill"),
        ("added", "parties", "nimbus"),
    }
    [letters] = [one for one in taken.changes if one.id == "list-paperboat-to-letters"]
    assert (letters.before["places"], letters.after["places"]) == (["US"], ["US", "JP"])


def test_what_a_list_says_is_in_the_chains_of_those_who_use_the_service(store: Store):
    take(store, "Vendor,Purpose,Location\nNimbus,Sorting,India\n", service="letters")
    found = ask_transfers(store, TransfersQuestion("2024-01-01"))
    lines = {(line["importer"]["id"], line["country"], line["depth"]) for line in found.rows()}
    assert ("nimbus", "IN", 2) in lines


def test_a_list_can_be_taken_away_again(store: Store):
    before = knowledge(store.bolt)
    taken = take(store, LIST, publisher="Paperboat")
    remove(store.bolt, taken.outcome.documents[0])
    assert knowledge(store.bolt) == before


def test_a_flow_that_another_document_has_already_is_told(store: Store):
    load(
        store.bolt,
        document(
            "by-hand",
            parties=[party("them")],
            services=[service("theirs", "them")],
            flows=[flow("by-hand-1", "letters", "theirs", role="sub_processor")],
        ),
    )
    taken = take(store, "Vendor,Purpose\nName of them,x\n", service="letters")
    texts = [remark.text for remark in taken.reports[0].remarks]
    assert "the document by-hand says already that letters uses theirs; both are kept" in texts


def test_several_files_go_in_together_or_not_at_all(store: Store):
    before = everything(store.bolt)
    files = [
        (LIST.encode(), ImportSettings(publisher="Paperboat")),
        (b"no list\n", ImportSettings(publisher="Tidewater")),
    ]
    with pytest.raises(InvalidDocument):
        take_in(store, "csv", files, LIMIT)
    assert everything(store.bolt) == before
    taken = take_in(store, "csv", [files[0], (LIST.encode(), ImportSettings(publisher="Tidewater"))], LIMIT)
    assert taken.outcome.documents == ("list-paperboat", "list-tidewater")


def test_two_files_that_are_one_document_are_refused(store: Store):
    files = [(LIST.encode(), ImportSettings(publisher="Paperboat", file=name)) for name in ("a.csv", "b.csv")]
    with pytest.raises(InvalidDocument) as error:
        take_in(store, "csv", files, LIMIT)
    assert any("is also in a.csv" in str(fault) for fault in error.value.faults)


def test_a_publisher_is_needed_and_a_file_may_be_too_large(store: Store):
    with pytest.raises(InvalidQuestion, match="needs a publisher"):
        take(store, LIST, publisher="  ")
    with pytest.raises(DocumentTooLarge):
        take_in(store, "csv", [(LIST.encode(), ImportSettings(publisher="Post"))], 10)


def test_an_activity_with_the_id_of_a_new_service_is_a_fault_and_no_crash(store: Store):
    load(store.bolt, document("odd", activities=[activity("quill-services", "bakery")]))
    with pytest.raises(InvalidDocument) as error:
        take(store, LIST, publisher="Paperboat")
    assert any("quill-services" in fault.message for fault in error.value.faults)
