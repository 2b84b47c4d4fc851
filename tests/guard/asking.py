"""Asks everything on an engine, with several processes at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial

from flask.testing import FlaskClient

from graphsvc.graph.bolt import Address, Bolt
from graphsvc.graph.store import Store
from graphsvc.service import collect_seldom
from tests.guard.asked import Case, cases
from tests.guard.hashes import Hashed, hashed, keep
from tests.guard.register import client, loaded, stop_clock
from tests.guard.texts import is_answer, text_of

TOGETHER = 4
"""So many are asked one after the other by one process: the forms of a picture come from one answer."""


@dataclass(frozen=True)
class Answered:
    """One answer.

    Attributes:
        name: What was asked.
        hashes: Of its text.
        is_answer: It is no problem.
    """

    name: str
    hashes: Hashed
    is_answer: bool


def ask_engine(engine: str, only: str, processes: int) -> Iterator[Answered]:
    """Ask everything whose name holds a word.

    Args:
        engine: A word of ENGINES.
        only: The word; empty: everything.
        processes: How many ask at once.
    """
    with loaded(engine) as address:
        with Bolt(address) as bolt:
            wanted = [case for case in cases(client(Store(bolt))) if only in case.name]
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, context, initializer=_begin) as pool:
            yield from pool.map(partial(_ask_at, address), wanted, chunksize=TOGETHER)


def ask(wanted: Iterable[Case], asker: FlaskClient) -> Iterator[Answered]:
    """Ask some things one after the other, in this process."""
    for case in wanted:
        text = text_of(case, asker)
        found = hashed(text)
        keep(text, found.whole)
        yield Answered(case.name, found, is_answer(text))


def _begin() -> None:
    collect_seldom()
    stop_clock()


def _ask_at(address: Address, case: Case) -> Answered:
    return next(ask([case], _client(address)))


@cache
def _client(address: Address) -> FlaskClient:
    return client(Store(Bolt(address)))
