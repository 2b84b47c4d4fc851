"""What is handed over is of one revision of the register, on every engine."""

from __future__ import annotations

import pytest

from graphsvc.errors import NotFound
from graphsvc.graph.store import Store
from graphsvc.questions import HandoverQuestion, TransfersQuestion, ask_handover, ask_transfers
from tests.api.builders import bakery, load, vocabulary
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
