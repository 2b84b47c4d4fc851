"""The laws of every register through every engine: loaded as a document, asked as HTTP and the command line ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graphsvc import register
from graphsvc.graph.store import Store
from graphsvc.questions import VersionsQuestion, ask_versions
from graphsvc.service import seed_files
from tests.asking import Loaded
from tests.builders import LARGEST, Entry, read
from tests.engines.support import Engine, empty
from tests.examples import share
from tests.laws import LAWS
from tests.laws.changes import check_applied, state
from tests.registers import NAME, days, more_flows, registers, with_flows

EXAMPLES = share(0.3)
"""On each engine: a register is loaded once or a few times for all laws, which takes a second or more."""


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Store]:
    """A register with the law and the vocabulary; what a law tells it next takes the place of what it told before."""
    empty(engine.bolt)
    found = Store(engine.bolt)
    found.prepare()
    shared = [file for file in seed_files() if file.parent.name in ("law", "vocabulary")]
    register.load(engine.bolt, register.read_files(shared, LARGEST))
    yield found
    empty(engine.bolt)


some = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


class Telling:
    """Tells the register a document, unless it says just that."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: Entry | None = None

    def __call__(self, body: Entry) -> Loaded:
        """Load a document; what it said before, it no longer says."""
        if body != self._told:
            register.load(self._store.bolt, [read(body)])
            self._told = body
        return Loaded(self._store)


@some
@given(body=registers(), on=days, data=st.data())
def test_every_law_holds_of_every_register_on_every_engine(
    store: Store, body: Entry, on: str, data: st.DataObject
) -> None:
    tell = Telling(store)
    for law in LAWS:
        note(f"the law: {law.__name__}")
        law(tell, body, on, data)


@some
@given(body=registers(), on=days, data=st.data())
def test_the_changes_from_a_version_of_a_document_to_the_next_applied_to_the_one_give_the_other(
    store: Store, body: Entry, on: str, data: st.DataObject
) -> None:
    tell = Telling(store)
    kept = data.draw(st.lists(st.sampled_from(body["flows"]), unique_by=id) if body["flows"] else st.just([]))
    after = with_flows(body, kept + data.draw(more_flows(body)))
    was, now = (state(each, tell(each).lines(on), on) for each in (body, after))
    if store.versions(NAME)[-1]["hash"] == read(after).hash != read(body).hash:
        check_applied(was, list(ask_versions(store, VersionsQuestion(NAME, on)).changes()), now)
