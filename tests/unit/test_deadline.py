"""A question has a time until its answer begins: everything that works on it stops then, or says how far it got."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import networkx
import pytest

from bench.registers import DAY, register
from graphsvc.answers.changes.differences import changes
from graphsvc.answers.claims.findings import findings
from graphsvc.answers.concentration.hitting import smallest
from graphsvc.answers.dates.ahead import ahead
from graphsvc.answers.exposure.exposed import exposure
from graphsvc.answers.gaps.worklist import gaps
from graphsvc.answers.holders import holders
from graphsvc.answers.lines import Wanted, every_line
from graphsvc.answers.network import Network
from graphsvc.answers.overview import standings
from graphsvc.answers.paths.chains import paths
from graphsvc.answers.picture.levels import Picture, View
from graphsvc.answers.recipients import recipients
from graphsvc.answers.tick import ENDLESS, ticking
from graphsvc.answers.what_if.comparison import what_if
from graphsvc.answers.what_if.suppositions import suppositions
from graphsvc.deadline import Deadline
from graphsvc.errors import QuestionTooDear
from graphsvc.model.changes import Drop, Target, TargetKind
from graphsvc.tabular import begun, csv_lines
from tests.builders import network
from tests.concentrating import replaced


class Clock:
    """A clock that goes on by a second whenever somebody looks."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 1
        return self.seconds


def whole() -> Network:
    """A register of 60 flows with a circle, as one controller's questions fetch it."""
    said = register(60)
    flows = [{key: value for key, value in flow.items() if key != "tools"} for flow in said["flows"]]
    return network(flows, said["activities"], said["services"], said["parties"], on=DAY)


def dropped(found: Network) -> list[object]:
    tried = suppositions(found, [Drop(target=Target(TargetKind.PARTY, "party-hub-0"))])
    return [changed for outcome in what_if(found, tried) for changed in outcome.changed]


QUESTIONS: dict[str, Callable[[Network], object]] = {
    "transfers": lambda found: list(every_line(found)),
    "holders": lambda found: list(holders(found, Wanted())),
    "exposure": lambda found: exposure(found, frozenset(found.services)),
    "gaps": lambda found: gaps(found, "P2Y"),
    "claims": findings,
    "changes": lambda found: changes(found, found),
    "concentration": replaced,
    "overview": lambda found: list(standings(found)),
    "picture": lambda found: Picture(found, View()),
    "recipients": recipients,
    "dates": lambda found: ahead(found, "2029-01-01", 365),
    "what-if": dropped,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_stops_when_its_time_is_over(question: str) -> None:
    found = whole()
    needed = Clock()
    QUESTIONS[question](replace(found, tick=Deadline(math.inf, needed)))
    with pytest.raises(QuestionTooDear):
        QUESTIONS[question](replace(found, tick=Deadline(needed.seconds / 2, Clock())))


class Late:
    """Whoever can say how far it got has to, from the start."""

    def __call__(self) -> None:
        """Go on."""

    def is_late(self) -> bool:
        return True


def test_whom_to_replace_is_a_bound_that_says_so_when_half_of_the_time_is_over() -> None:
    found = replaced(replace(whole(), tick=Late()))
    exact = replaced(whole())
    assert exact.exact
    assert found.left == 0
    assert found.lower_bound <= len(exact.parties) <= len(found.parties)
    assert found.exact == (found.lower_bound == len(found.parties))


def test_the_solver_does_not_begin_when_half_of_the_time_is_over() -> None:
    sets = [frozenset({1, 2}), frozenset({2, 3})]
    assert smallest(sets, 100, Late()).chosen is None
    assert smallest(sets, 100).chosen == {2}


def test_a_search_for_chains_says_that_it_was_ended_when_half_of_the_time_is_over() -> None:
    found = replace(whole(), tick=Late())
    activities = [activity.id for activity in found.activities]
    chains = paths(found, activities, frozenset({"hub-0"}), most=10)
    assert (chains.found, chains.complete) == ((), False)
    assert paths(whole(), activities, frozenset({"hub-0"}), most=10).found


@pytest.mark.parametrize(
    "walk",
    [
        lambda graph: networkx.immediate_dominators(graph, 0),
        lambda graph: networkx.descendants(graph, 0),
        lambda graph: list(networkx.strongly_connected_components(graph)),
        lambda graph: networkx.maximum_flow(graph, 0, 199, residual=graph),
    ],
    ids=["dominators", "descendants", "circles", "flow"],
)
def test_a_walk_of_a_library_stops_too(walk: Callable[[networkx.DiGraph], object]) -> None:
    graph = networkx.path_graph(200, create_using=networkx.DiGraph)
    networkx.set_edge_attributes(graph, 1, "capacity")
    with pytest.raises(QuestionTooDear):
        walk(ticking(graph, Deadline(50, Clock())))
    assert sorted(ticking(graph, ENDLESS).edges) == sorted(graph.edges)


def test_the_refusal_names_the_limit_the_setting_and_what_to_do() -> None:
    deadline = Deadline(2, Clock())
    deadline()
    deadline()
    with pytest.raises(QuestionTooDear, match=r"2 s \(GRAPHSVC_ANSWER_SECONDS\).*name a controller.*raise the setting"):
        deadline()


def test_a_database_is_given_what_is_left_and_never_nothing() -> None:
    deadline = Deadline(2, Clock())
    assert [deadline.left, deadline.left, deadline.left] == [1, 0.001, 0.001]
    assert Deadline().left is None


def test_searches_are_to_end_after_half_of_the_time() -> None:
    deadline = Deadline(4, Clock())
    assert [deadline.is_late() for _ in range(3)] == [False, False, True]
    assert not Deadline().is_late()


def rows(deadline: Deadline, made: list[int]) -> Iterator[dict[str, int]]:
    """Ten rows, of which each takes a second."""
    try:
        for number in range(10):
            deadline()
            made.append(number)
            yield {"number": number}
    finally:
        made.append(-1)


def test_a_table_that_has_begun_is_not_cut() -> None:
    deadline, made = Deadline(2, Clock()), []
    lines = list(begun(csv_lines(rows(deadline, made), ["number"]), deadline.lift))
    assert len(lines) == 11


def test_what_comes_before_the_first_row_of_a_table_is_stopped_before_anything_is_sent() -> None:
    deadline, made = Deadline(0.5, Clock()), []
    with pytest.raises(QuestionTooDear):
        begun(csv_lines(rows(deadline, made), ["number"]), deadline.lift)


def test_a_table_whose_reader_goes_away_makes_no_more_rows() -> None:
    deadline, made = Deadline(2, Clock()), []
    lines = begun(csv_lines(rows(deadline, made), ["number"]), deadline.lift)
    assert [next(lines) for _ in range(3)] == ["number\r\n", "0\r\n", "1\r\n"]
    lines.close()
    assert made == [0, 1, -1]


def test_a_table_without_rows_is_its_names() -> None:
    assert list(begun(csv_lines([], ["number"]), Deadline().lift)) == ["number\r\n"]
