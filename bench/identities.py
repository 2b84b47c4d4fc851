"""Who may be one in a register of many parties: loads it, asks, and says how long that took and what was found.

python -m bench.identities [PARTIES]    in the embedded graph; an answer has as long as GRAPHSVC_ANSWER_SECONDS says

Names are made by chance from a seed: stems of syllables, words of a trade, legal forms, abbreviations, own domains and
a few that very many share. Some hundred parties are there twice under another id and name, and those are known.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psutil
from rich.console import Console

from bench.engines import Memory, embedded
from graphsvc.deadline import Deadline
from graphsvc.errors import QuestionTooDear
from graphsvc.graph.store import Store
from graphsvc.imports.documents import read_document
from graphsvc.questions.identities import IdentitiesQuestion, ask_identities
from graphsvc.register import load
from graphsvc.service import collect_seldom, opened
from graphsvc.settings import Settings

Entry = dict[str, Any]
T = TypeVar("T")
PARTIES = 100_000
TWICE = 400
"""Parties that are there twice."""
ONSETS = (
    "b",
    "br",
    "c",
    "cl",
    "d",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "qu",
    "r",
    "s",
    "st",
    "t",
    "v",
)
VOWELS = ("a", "e", "i", "o", "u", "ai", "ee", "ou")
CODAS = ("", "", "", "l", "n", "r", "s", "x", "nd", "rk")
TRADES = (
    *(
        "Analytics",
        "Cloud",
        "Consulting",
        "Data",
        "Digital",
        "Finance",
        "Group",
        "Health",
        "Holding",
        "Hosting",
        "Labs",
    ),
    *("Logistics", "Mail", "Media", "Networks", "Partners", "Payments", "Services", "Software", "Solutions", "Systems"),
)
FORMS = ("", "", "B.V.", "N.V.", "GmbH", "AG", "Inc.", "LLC", "Ltd", "S.A.", "SAS", "AB", "S.p.A.")
COUNTRIES = ("NL", "NL", "DE", "FR", "BE", "US", "US", "GB", "IE", "SE", "IT")
SHARED = tuple(f"mail-{number}.example" for number in range(5))
"""Domains that everybody may have an address at."""
WITH_DOMAIN, AT_SHARED, WITH_ALIAS, WITH_TRADE = 0.6, 0.03, 0.1, 0.5
EVIDENCE = [{"source": "bench-source", "locator": "row", "basis": "stated"}]
console = Console(highlight=False)


@dataclass(frozen=True)
class People:
    """A register of parties.

    Attributes:
        document: It, in the document format.
        twice: The pairs of ids that are one, each in the order of ids.
    """

    document: Entry
    twice: frozenset[tuple[str, str]]


def people(number: int, seed: int = 1, twice: int = TWICE) -> People:
    """So many parties and, besides, some that are there twice; always the same for the same numbers."""
    dice = random.Random(f"{number} {twice} {seed}")
    parties = [_party(dice, place) for place in range(number)]
    again = {
        place: _again(dice, parties[place], kind % len(WAYS)) for kind, place in enumerate(_some(dice, number, twice))
    }
    pairs = frozenset(
        (min(one, other), max(one, other)) for one, other in ((parties[p]["id"], a["id"]) for p, a in again.items())
    )
    document = {
        "document": {"id": "bench-people", "title": f"A register of {number} parties"},
        "sources": [{"id": "bench-source", "title": "Made by chance", "publisher": "bench"}],
        "parties": [*parties, *again.values()],
    }
    return People(document, pairs)


def _some(dice: random.Random, number: int, twice: int) -> list[int]:
    return dice.sample(range(number), min(twice, number))


def _stem(dice: random.Random) -> str:
    syllables = (dice.choice(ONSETS) + dice.choice(VOWELS) + dice.choice(CODAS) for _ in range(dice.choice((2, 2, 3))))
    return "".join(syllables).capitalize()


def _party(dice: random.Random, place: int) -> Entry:
    stem = _stem(dice)
    trade = dice.choice(TRADES) if dice.random() < WITH_TRADE else ""
    name = " ".join(filter(None, (stem, trade, dice.choice(FORMS))))
    entry = {"id": f"p{place}", "name": name, "established_in": [dice.choice(COUNTRIES)], "evidence": EVIDENCE}
    chance = dice.random()
    if chance < AT_SHARED:
        entry["domains"] = [dice.choice(SHARED)]
    elif chance < WITH_DOMAIN:
        entry["domains"] = [f"{stem}{trade}-{place}.example".lower()]
    if dice.random() < WITH_ALIAS:
        entry["aliases"] = ["".join(dice.choices("ABCDEFGHIKLMNOPRSTVW", k=dice.choice((3, 4))))]
    return entry


def _again(dice: random.Random, entry: Entry, kind: int) -> Entry:
    """The same party as somebody else writes it down."""
    found = {"id": f"{entry['id']}-again", "name": entry["name"], "evidence": EVIDENCE}
    return found | WAYS[kind](dice, entry)


def _shouted(_: random.Random, entry: Entry) -> Entry:
    return {"name": entry["name"].upper().replace(".", "")}


def _misspelled(dice: random.Random, entry: Entry) -> Entry:
    name = entry["name"]
    place = min(4, len(name.split()[0]) - 1)
    return {"name": name[:place] + dice.choice("aeiou") + name[place:]}


def _abbreviated(_: random.Random, entry: Entry) -> Entry:
    return {"name": "".join(word[0] for word in entry["name"].split()) + entry["id"], "aliases": [entry["name"]]}


def _at_its_domain(_: random.Random, entry: Entry) -> Entry:
    entry["domains"] = [f"own-{entry['id']}.example"]
    return {"name": f"Called otherwise {entry['id']}", "domains": [f"www.own-{entry['id']}.example"]}


def _numbered(_: random.Random, entry: Entry) -> Entry:
    number = [{"scheme": "kvk", "number": f"{10_000_000 + int(entry['id'][1:])}"}]
    entry["identifiers"] = number
    return {"name": f"Called differently {entry['id']}", "identifiers": number}


WAYS: tuple[Callable[[random.Random, Entry], Entry], ...] = (
    *(_shouted, _misspelled, _abbreviated, _at_its_domain, _numbered),
)


def measure(number: int) -> None:
    """Load, ask twice, load one party more; print what each took."""
    made = people(number)
    content = json.dumps(made.document).encode()
    console.print(f"{number:,} parties, {len(made.twice)} twice, {len(content) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as name, embedded(Path(name)) as running:
        os.environ.update(running.environment)
        settings = Settings.from_environment(os.environ)
        with opened(settings) as store, Memory((), running.processes) as memory:
            document = read_document(content, len(content), "people.json")
            del content
            outcome = _timed("load all", running.processes, lambda: load(store.bolt, [document]))
            _say(outcome.as_dict())
            for _ in range(3):
                _timed("ask", running.processes, lambda: _ask(store, settings.answer_seconds, made))
            more = read_document(json.dumps(_more(made.document["parties"][0]["name"])).encode(), 10_000, "more.json")
            _say(_timed("load one more", running.processes, lambda: load(store.bolt, [more])).as_dict())
        console.print(f"  engine: {memory.most} MiB at the most")


def _more(name: str) -> Entry:
    return {
        "document": {"id": "bench-more", "title": "One more"},
        "parties": [{"id": "p0-once-more", "name": name, "evidence": EVIDENCE}],
    }


def _timed(what: str, engine: Sequence[psutil.Process], work: Callable[[], T]) -> T:
    """Do something and say how long it took, and how much of that two processors worked for it here and there."""
    began, here, there = time.perf_counter(), time.process_time(), _worked(engine)
    found = work()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    worked = f"{time.process_time() - here:,.1f} s of work, {_worked(engine) - there:,.1f} s of the engine"
    console.print(f"  {what}: {time.perf_counter() - began:,.2f} s ({worked}), {most:,} MiB at the most")
    return found


def _worked(processes: Sequence[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return sum(each.user + each.system for each in times)


def _ask(store: Store, seconds: float, made: People) -> None:
    try:
        answer = ask_identities(store.within(Deadline(seconds)), IdentitiesQuestion())
    except QuestionTooDear as stopped:
        console.print(f"    {stopped}")
        return
    _say(answer.head())
    _found(answer.rows(), made)


def _found(rows: Iterator[Entry], made: People) -> None:
    pairs = {(row["party"]["id"], row["other"]["id"]) for row in rows}
    console.print(f"  proposals: {len(pairs):,}; of those there twice: {len(pairs & made.twice)} of {len(made.twice)}")


def _say(head: Entry) -> None:
    told = {key: head[key] for key in ("proposals_total", "by_kind", "too_common_total") if key in head}
    console.print(f"    {json.dumps(told)}")


if __name__ == "__main__":
    collect_seldom()
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else PARTIES)
