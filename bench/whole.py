"""Asks what everybody is asked of a register in memory, beside a plain walk of the same graph by networkx.

python -m bench.whole FLOWS     in one process, one after the other; prints one JSON document

The register is laid into a network block by block, without an engine: loading a million flows would take far longer
than any question. The walk is what somebody would write who has networkx only: what comes from each controller to each
service, and from that who has which data of whom. It finds as many triples of a party, a controller and a data item as
the answer about concentration does, but knows no words that include others, roles, footings, evidence or chains.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import networkx
from rich.console import Console

from bench.registers import DAY, frame, parts
from graphsvc.answers.claims.findings import findings
from graphsvc.answers.gaps.worklist import gaps
from graphsvc.answers.network import Network, Papers
from graphsvc.answers.order import Order
from graphsvc.law.tables import Law
from graphsvc.model import (
    Activity,
    Claim,
    DataItem,
    Flow,
    Party,
    Regime,
    Requirement,
    Service,
    Source,
    Term,
    Tool,
    Vocabulary,
)
from graphsvc.questions import ConcentrationAnswer, ConcentrationQuestion
from graphsvc.questions.gaps import MAX_AGE
from graphsvc.questions.parts import Whole
from graphsvc.service import collect_seldom

WORDS = ("data_categories", "subject_categories", "purposes", "legal_bases")
MIB_OF_KIB = 1024
progress = Console(stderr=True, highlight=False)


@dataclass(frozen=True)
class Step:
    """What one step came to.

    Attributes:
        what: What was done.
        seconds: Processor time that it took: nothing here waits, and other programs do not count then.
        lines: How many lines, pairs or flows came of it.
        mebibytes: The most memory that the process has taken by then.
    """

    what: str
    seconds: float
    lines: int
    mebibytes: int


def laid(flows: int) -> Network:
    """A register of so many flows, laid into a network."""
    shared = frame(flows)
    found: dict[str, list] = defaultdict(list)
    kinds = {"parties": Party, "services": Service, "activities": Activity, "flows": Flow, "claims": Claim}
    _add(found, kinds, shared)
    for part in parts(flows):
        _add(found, kinds, part)
    law = Law.of(
        "bench",
        map(Regime.from_body, shared["regimes"]),
        map(Tool.from_body, shared["tools"]),
        requirements=map(Requirement.from_body, shared["requirements"]),
    )
    words = Vocabulary(*({entry["id"]: Term.from_body(entry) for entry in shared[section]} for section in WORDS))
    papers = Papers.of(found["claims"], (), map(Source.from_body, shared["sources"]))
    things = (found[section] for section in ("activities", "flows", "services", "parties"))
    return Network.of(DAY, law, Order.of(words), *things, words, papers)


def _add(found: dict[str, list], kinds: dict[str, type], part: dict[str, list]) -> None:
    for section, kind in kinds.items():
        found[section] += map(kind.from_body, part[section])


def walk(network: Network, graph: networkx.MultiDiGraph) -> int:
    """Who has which data of whom, in plain Python over a graph of networkx; how many such triples there are."""
    held: dict[str, set[tuple[str, DataItem]]] = defaultdict(set)
    for activity in network.activities:
        for service, items in _reached(graph, activity).items():
            held[network.services[service].provider].update((activity.controller, item) for item in items)
    return sum(map(len, held.values()))


def _reached(graph: networkx.MultiDiGraph, activity: Activity) -> dict[str, set[DataItem]]:
    """What comes to each service, level by level; words are taken as they are, none includes another one."""
    found: dict[str, set[DataItem]] = defaultdict(set)
    level = {activity.id: set(activity.data)}
    while level:
        after: dict[str, set[DataItem]] = defaultdict(set)
        for sender, items in level.items():
            for _, recipient, carries in graph.out_edges(sender, data="carries"):
                fresh = (items if carries is None else items & carries) - found[recipient]
                found[recipient] |= fresh
                if fresh:
                    after[recipient] |= fresh
        level = after
    return found


def drawn(network: Network) -> networkx.MultiDiGraph:
    """The flows as a graph of networkx."""
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(activity.id for activity in network.activities)
    flows = (flow for sent in network.flows.values() for flow in sent)
    graph.add_edges_from((flow.sender, flow.recipient, {"carries": flow.carries}) for flow in flows)
    return graph


def concentration(network: Network) -> int:
    """The whole answer, its head and every row of it; how many triples it found, as the walk does."""
    answer = ConcentrationAnswer(ConcentrationQuestion(DAY), Whole((network,)))
    answer.head()
    for _ in answer.rows():
        pass
    return sum(stand.pairs for stand in answer.found.concentration.stands.values())


def measured(flows: int) -> Iterator[Step]:
    """Do everything, one after the other."""
    made: list[Network] = []
    yield _step("lay the register into memory", lambda: made.append(laid(flows)) or flows)
    network = made[0]
    graphs: list[networkx.MultiDiGraph] = []
    yield _step("draw it for networkx", lambda: graphs.append(drawn(network)) or graphs[0].number_of_edges())
    yield _step("walk by networkx", lambda: walk(network, graphs[0]))
    graphs.clear()
    yield _step("concentration", lambda: concentration(network))
    yield _step("claims", lambda: len(findings(network)))
    yield _step("gaps", lambda: len(gaps(network, MAX_AGE)))


def _step(what: str, work: Callable[[], int]) -> Step:
    gc.collect()
    began = time.process_time()
    lines = work()
    step = Step(what, time.process_time() - began, lines, memory())
    progress.print(f"  {what}: {step.seconds:,.1f} s, {lines:,} lines, {step.mebibytes:,} MiB")
    return step


def memory() -> int:
    """The most resident memory that this process has taken so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB_OF_KIB


if __name__ == "__main__":
    collect_seldom()
    sys.stdout.write(json.dumps([asdict(step) for step in measured(int(sys.argv[1]))]))
