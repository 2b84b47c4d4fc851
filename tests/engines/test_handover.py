"""What is handed over is of one revision of the register, on every engine."""

from __future__ import annotations

import pytest

from graphsvc.answers.network import Scope
from graphsvc.answers.served import served
from graphsvc.deadline import Deadline
from graphsvc.errors import NotFound
from graphsvc.exports.registry import EXPORTS
from graphsvc.graph.bolt import Bolt
from graphsvc.graph.store import Store
from graphsvc.questions import HandoverQuestion, TransfersQuestion, ask_handover, ask_transfers
from graphsvc.questions.served import ask_served
from tests.api.builders import CLIENT_EMAIL, activity, bakery, document, flow, load, party, service, vocabulary
from tests.engines.support import Engine, empty

ON = "2022-06-01"


def test_a_handover_says_which_revision_it_is_of_and_holds_what_the_questions_answer(engine: Engine):
    empty(engine.bolt)
    store = Store(engine.bolt)
    store.prepare()
    load(engine.bolt, vocabulary(), bakery())
    controller = store.controllers()[0]["id"]
    found = ask_handover(store, HandoverQuestion(ON, controller))
    assert found.made_from == {"on": ON, "law": found.network.law.version, "revision": store.state().revision}
    assert found.controller is not None
    assert found.controller.id == controller
    asked = ask_transfers(store, TransfersQuestion(ON, (controller,)))
    assert [line.passage.flow.id for line in found.transfers] == [line.passage.flow.id for line in asked.lines()]
    [activity, *_] = found.network.activities
    one = ask_handover(store, HandoverQuestion(ON, activity=activity.id))
    assert one.activity == activity
    assert one.controller == found.controller
    assert one.network.activities == (activity,)
    with pytest.raises(NotFound):
        ask_handover(store, HandoverQuestion(ON, "nobody"))


def test_the_record_of_a_processor_has_who_reaches_its_services_and_where_they_send_on(engine: Engine):
    empty(engine.bolt)
    store = Store(engine.bolt)
    store.prepare()
    sent_on = flow("letters-print", "letters", "print", role="sub_processor", places=["DE"])
    other = document(
        "other-register",
        parties=[party("press", established_in=["DE"]), party("shop", established_in=["NL"])],
        services=[service("print", "press"), service("elsewhere", "press")],
        activities=[
            activity("sorting", "post", acts_as="processor", on_behalf_of=["shop"]),
            activity("apart", "shop", CLIENT_EMAIL),
        ],
        flows=[sent_on, flow("apart-elsewhere", "apart", "elsewhere"), flow("sorting-print", "sorting", "print")],
    )
    load(engine.bolt, vocabulary(), bakery(), other)
    found = ask_served(store, HandoverQuestion(ON, "post"))
    assert found.controller is not None
    assert (found.controller.id, found.revision) == ("post", store.state().revision)
    rows = [(row.controller.id, row.controller.name, row.key) for row in served(found.network, "post")]
    assert rows == [("bakery", "Name of bakery", "letters"), ("shop", "Name of shop", "sorting")]
    onward = [sorted({line.passage.flow.id for line in row.onward}) for row in served(found.network, "post")]
    assert onward == [["letters-print"], ["sorting-print"]]
    # What has nothing to do with the party is not fetched.
    assert {activity.id for activity in found.network.activities} == {"newsletter", "sorting"}
    assert found.network.papers.sources.keys() == {"statement"}
    nobody = ask_served(store, HandoverQuestion(ON, "post"), Scope(frozenset({"shop"})))
    assert served(nobody.network, "post") == []
    with pytest.raises(NotFound):
        ask_served(store, HandoverQuestion(ON, "nobody"))


@pytest.mark.parametrize(("kind", "word"), [("dpv", "ttl"), ("dpv", "jsonld"), ("graph", "graphml"), ("graph", "gexf")])
def test_linked_data_and_graph_files_are_the_same_on_every_engine(
    embedded: Engine, engine: Engine, kind: str, word: str
):
    def written(bolt: Bolt) -> bytes:
        empty(bolt)
        store = Store(bolt)
        store.prepare()
        load(bolt, vocabulary(), bakery())
        asked = store.within(Deadline(3600))
        parts = EXPORTS[kind].written(asked, HandoverQuestion(ON, "bakery"), word, "en").parts
        # What has begun may take its time.
        assert asked.deadline.left is None
        return b"".join(parts)

    content = written(engine.bolt)
    assert b"newsletter-letters" in content
    assert content == written(embedded.bolt)
