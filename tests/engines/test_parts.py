"""Questions over everything are read part by part: the answer is that of the whole, and never whole in memory."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bench.registers import DAY, EVIDENCE, register
from graphsvc.answers.network import Network, Scope
from graphsvc.errors import EngineUnavailable, PictureTooLarge
from graphsvc.exports import drawing
from graphsvc.exports.registry import EXPORTS
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import Flow, Status
from graphsvc.model.changes import Change, Drop, Target, TargetKind, WithdrawTool
from graphsvc.questions import (
    Answer,
    ChangesQuestion,
    ClaimsQuestion,
    ConcentrationQuestion,
    DatesQuestion,
    ExposureQuestion,
    GapsQuestion,
    HandoverQuestion,
    HoldersQuestion,
    OverviewQuestion,
    PictureQuestion,
    TransfersQuestion,
    WhatIf,
    WhatIfQuestion,
    ask_changes,
    ask_claims,
    ask_concentration,
    ask_dates,
    ask_exposure,
    ask_gaps,
    ask_holders,
    ask_overview,
    ask_picture,
    ask_transfers,
    ask_what_if,
    parts,
    picture,
)
from graphsvc.questions.common import Plain, read_out
from graphsvc.register import load, remove
from tests.builders import document, party, read, seed
from tests.engines.support import Engine, empty

CONTROLLERS = range(10, 40)
FLOWS = 100
"""Flows that a part has in these tests."""


def what_if(store: Store, *changes: Change) -> WhatIf:
    return ask_what_if(store, WhatIfQuestion(DAY, changes))


QUESTIONS: dict[str, Callable[[Store], Answer]] = {
    "transfers": lambda store: ask_transfers(store, TransfersQuestion(DAY, status=tuple(Status))),
    "holders": lambda store: ask_holders(store, HoldersQuestion(DAY)),
    "holders of one party": lambda store: ask_holders(store, HoldersQuestion(DAY, party="party-hub-0")),
    "exposure": lambda store: ask_exposure(store, ExposureQuestion(DAY, service="hub-0")),
    "holders of what nobody named": lambda store: ask_holders(store, HoldersQuestion(DAY, party="unknown")),
    "gaps": lambda store: ask_gaps(store, GapsQuestion(DAY)),
    "claims": lambda store: ask_claims(store, ClaimsQuestion(DAY)),
    "what-if of law": lambda store: what_if(store, WithdrawTool("clauses")),
    "what-if without a party": lambda store: what_if(store, Drop(Target(TargetKind.PARTY, "party-hub-0"))),
    "overview": lambda store: ask_overview(store, OverviewQuestion(DAY)),
    "concentration": lambda store: ask_concentration(store, ConcentrationQuestion(DAY)),
    "dates": lambda store: ask_dates(store, DatesQuestion("2019-01-01", DAY)),
    "changes": lambda store: ask_changes(store, ChangesQuestion("2020-01-01", DAY)),
}


@pytest.fixture(scope="module")
def store(embedded: Engine) -> Iterator[Store]:
    """Thirty controllers whose chains end at the same hosts; some make claims, some recipients are not named."""
    empty(embedded.bolt)
    found = Store(embedded.bolt)
    found.prepare()
    said = register(sum(CONTROLLERS), list(CONTROLLERS))
    said["requirements"] = [row | {"evidence": EVIDENCE} for row in seed("requirements")]
    for service in said["services"][3::7]:
        del service["provider"]
    said["claims"] = [
        {
            "id": f"claim-{number}",
            "party": f"controller-reach-{number}",
            "text": "Nothing leaves the EEA.",
            "check": {"kind": "no_third_country"},
            "evidence": EVIDENCE,
        }
        for number in CONTROLLERS[::3]
    ]
    load(found.bolt, [read(said)])
    yield found
    empty(embedded.bolt)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small parts."""
    monkeypatch.setattr(parts, "FLOWS", FLOWS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_in_parts_of_one_controller_each_is_that_of_the_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch, question: str
):
    monkeypatch.setattr(parts, "FIRST", 10**6)
    whole = QUESTIONS[question](store)
    body, table = whole.body(), list(whole.table())
    assert body["total"] >= len(CONTROLLERS[::3])
    monkeypatch.undo()
    monkeypatch.setattr(parts, "FIRST", 1)
    monkeypatch.setattr(parts, "FLOWS", 1)
    assert len(list(parts.Parts(store, (Wish(DAY),)))) == len(CONTROLLERS)
    answer = QUESTIONS[question](store)
    assert answer.body() == body
    assert answer.body(3, 4) == second_page(body)
    assert list(answer.table()) == table
    assert list(read_out(answer.whole()).items()) == list(body.items())


LISTS = ("items", "changed", "cut_off", "gained", "lost")
"""What a page cuts."""


def second_page(body: Plain) -> Plain:
    return {
        key: second_page(value)
        if isinstance(value, dict)
        else value[3:7]
        if key in LISTS and isinstance(value, list)
        else value
        for key, value in body.items()
    }


class Alive:
    """Counts the networks that are in memory, each time that a part was fetched."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._seen: list[weakref.ref[Network]] = []
        self.most, self.parts = 0, 0
        fetch = Store.revised_all

        def counted(store: Store, wishes: list[Wish]) -> tuple[int, list[Network]]:
            revision, networks = fetch(store, wishes)
            self._seen += map(weakref.ref, networks)
            self.parts += 1
            self.most = max(self.most, sum(seen() is not None for seen in self._seen))
            return revision, networks

        monkeypatch.setattr(Store, "revised_all", counted)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("form", ["page", "table"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_never_more_than_two_parts_are_in_memory(
    store: Store, monkeypatch: pytest.MonkeyPatch, question: str, form: str
):
    alive = Alive(monkeypatch)
    answer = QUESTIONS[question](store)
    if form == "page":
        answer.body(0, 10)
    else:
        for _ in answer.table():
            continue
    days = 2 if question == "changes" else 1
    assert alive.parts > 2
    assert alive.most <= 2 * days


class Loading:
    """Loads something else right after a part was fetched, once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
        self.times = 1
        fetch = Store.revised_all

        def meanwhile(asked: Store, wishes: list[Wish]) -> tuple[int, list[Network]]:
            found = fetch(asked, wishes)
            if self.times:
                self.times -= 1
                load(store.bolt, [read(document("meanwhile", parties=[party("somebody", "NL")]))])
            return found

        monkeypatch.setattr(Store, "revised_all", meanwhile)


@pytest.fixture
def without_traces(store: Store) -> Iterator[None]:
    """Takes away what is loaded meanwhile."""
    yield
    remove(store.bolt, "meanwhile")


@pytest.mark.usefixtures("small", "without_traces")
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_page_begins_again_when_a_load_was_finished_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch, question: str
):
    expected = QUESTIONS[question](store).body(0, 5)
    loading = Loading(monkeypatch, store)
    assert QUESTIONS[question](store).body(0, 5) == expected
    assert loading.times == 0


@pytest.mark.usefixtures("small", "without_traces")
def test_what_is_read_more_than_once_stays_what_it_was_and_comes_part_by_part(store: Store):
    pinned = parts.Parts(store, (Wish(DAY),)).pinned()
    first = [(network.activities, network.flows, network.services, network.parties) for network in pinned.read()]
    assert len(first) > 5
    load(store.bolt, [read(document("meanwhile", parties=[party("somebody", "NL")]))])
    seen: list[weakref.ref[Network]] = []
    for network, expected in zip(pinned.read(), first, strict=True):
        assert (network.activities, network.flows, network.services, network.parties) == expected
        seen.append(weakref.ref(network))
        assert sum(each() is not None for each in seen) <= 2
    [some] = pinned.read({"controller-reach-12"})
    assert "controller-reach-12" in {activity.controller for activity in some.activities}
    assert pinned.controllers == {f"controller-reach-{number}" for number in CONTROLLERS}


@pytest.mark.usefixtures("small", "without_traces")
def test_rows_that_are_sent_already_end_with_an_error_when_a_load_was_finished_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    Loading(monkeypatch, store)
    sent: list[Any] = []
    with pytest.raises(EngineUnavailable, match="ask again"):
        sent.extend(QUESTIONS["transfers"](store).rows())


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: ask_picture(store, PictureQuestion(DAY)),
        lambda store: ask_picture(store, PictureQuestion(DAY, party="party-hub-0")),
        lambda store: EXPORTS["picture"].ask(store, HandoverQuestion(DAY)),
    ],
    ids=["everybody", "to one party", "export"],
)
def test_a_picture_of_too_much_is_refused_before_the_rest_is_fetched(
    store: Store, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Store], object]
):
    monkeypatch.setattr(picture, "MOST", 120)
    monkeypatch.setattr(drawing, "MOST", 120)
    read, fetched = Flow.from_body, []
    monkeypatch.setattr(Flow, "from_body", lambda body: fetched.append(body) or read(body))
    with pytest.raises(PictureTooLarge, match=r"more than 120 activities and flows.*ask for one controller"):
        ask(store)
    assert len(fetched) <= 120
    one = ask_picture(store, PictureQuestion(DAY, controllers=("controller-reach-12",)))
    assert len(one.picture.all) == 12


def test_a_picture_of_too_many_lines_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(picture, "MOST_LINES", 100)
    with pytest.raises(PictureTooLarge, match="100 lines about them"):
        ask_picture(store, PictureQuestion(DAY))


@pytest.mark.usefixtures("small")
def test_a_scope_is_never_left(store: Store):
    scope = Scope(frozenset({"controller-reach-12", "controller-reach-30"}))
    found = ask_transfers(store, TransfersQuestion(DAY, status=tuple(Status)), scope)
    assert {row["controller"]["id"] for row in found.rows()} == scope.controllers
