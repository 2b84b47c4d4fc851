"""Registers of any size for measuring: made by chance from a seed, in the document format, and always the same.

A register is made of blocks. In a block one controller's activities send data to services, these to services of the
next level, and so on for three to eight levels; some flows lead back up, so there are circles, and the number of flows
into a service follows a power law. A block's controller reaches every flow of its block and no flow of another one, so
that what a question reaches and how large the register is can be chosen apart. What blocks share is a few large
services at the end of chains, as everybody's data ends up with the same hosts.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from graphsvc.imports.text import parse
from graphsvc.resources import resource

Entry = dict[str, Any]

DAY = "2024-06-01"
"""A day on which every flow of a generated register is valid."""
BLOCK = 1_000
"""Flows in each of the blocks that fill a register up."""
LARGEST = 1_000_000
"""Bytes of a file of the seed data."""
FLOWS_A_SERVICE = 5
ACTIVITIES = 3
HUBS = 20
TO_A_HUB, UPWARDS, LISTED = 0.10, 0.08, 0.25
"""Shares of the flows that lead to a shared host, that lead back up, and between services that list what they carry."""
PLACES = (("NL",), ("DE",), ("US",), ("GB",), ("IN",), ("NL", "US"), ())
SUBJECTS = ("customer", "employee", "visitor")
CATEGORIES = tuple(f"category-{number}" for number in range(8))
CHECKS: tuple[Entry, ...] = ({"kind": "no_third_country"}, {"kind": "only_countries", "countries": ["NL", "DE"]})
"""What each controller claims."""
FILLED = ("parties", "services", "activities", "flows", "claims")
"""Sections that blocks fill."""
EVIDENCE = [{"source": "bench-source", "locator": "section 1", "basis": "stated"}]


def register(flows: int, reaches: Sequence[int] = (), seed: int = 1) -> Entry:
    """A register as one document.

    Args:
        flows: How many flows it has in all.
        reaches: For each a controller `controller-reach-N` that reaches exactly N flows.
        seed: The same numbers and the same seed give the same register.
    """
    document = frame(flows)
    for part in parts(flows, reaches, seed):
        for section, entries in part.items():
            document[section] += entries
    return document


def parts(flows: int, reaches: Sequence[int] = (), seed: int = 1) -> Iterator[dict[str, list[Entry]]]:
    """The blocks of a register one by one, so that a large one need not be a document in memory first.

    Args:
        flows: How many flows it has in all.
        reaches: For each a controller `controller-reach-N` that reaches exactly N flows.
        seed: The same numbers and the same seed give the same register.
    """
    dice = random.Random(f"{flows} {list(reaches)} {seed}")
    rest = flows - sum(reaches)
    filling = [BLOCK] * (rest // BLOCK) + ([rest % BLOCK] if rest % BLOCK else [])
    names = [f"reach-{reach}" for reach in reaches] + [f"{number}" for number in range(len(filling))]
    for name, size in zip(names, [*reaches, *filling], strict=True):
        part: dict[str, list[Entry]] = {section: [] for section in FILLED}
        _Block(part, dice, name).fill(size)
        yield part


def write(path: Path, flows: int, reaches: Sequence[int] = (), seed: int = 1) -> Path:
    """Write a register to a file as JSON."""
    path.write_text(json.dumps(register(flows, reaches, seed)), encoding="utf-8")
    return path


class _Block:
    """One controller and what its data reaches."""

    def __init__(self, document: dict[str, list[Entry]], dice: random.Random, name: str) -> None:
        self._document = document
        self._dice = dice
        self._name = name
        self._numbers = itertools.count()
        self._items = _items(dice)

    def fill(self, size: int) -> None:
        """Add the activities, the services and exactly so many flows."""
        self._add_controller(min(ACTIVITIES, size))
        levels = self._services(size)
        senders = dict(self._tree(levels))
        for service, sender in senders.items():
            self._add_flow(sender, service)
        weights = [list(itertools.accumulate(1 / rank for rank in range(1, len(level) + 1))) for level in levels]
        for _ in range(size - len(senders)):
            self._add_flow(*self._chance(levels, weights))

    def _chance(self, levels: list[list[str]], weights: list[list[float]]) -> tuple[str, str]:
        """A flow from anywhere to a shared host, back up, or to a much used service of the next level."""
        dice = self._dice
        place = dice.choices(range(len(levels) - 1), [len(level) for level in levels[:-1]])[0]
        sender, share = dice.choice(levels[place]), dice.random()
        if place and share < TO_A_HUB:
            return sender, f"hub-{min(int(dice.paretovariate(1.0)), HUBS) - 1}"
        if place and share < TO_A_HUB + UPWARDS:
            return sender, dice.choice(levels[dice.randint(1, place)])
        return sender, dice.choices(levels[place + 1], cum_weights=weights[place + 1])[0]

    def _services(self, size: int) -> list[list[str]]:
        """The activities, and below them the services on each level: more of them the deeper, so that data spreads."""
        number = max(1, min(size, size // FLOWS_A_SERVICE))
        depth = min(self._dice.randint(3, 8), number)
        names = [self._add_service(f"service-{self._name}-{place}") for place in range(number)]
        cuts = [round(number * (level / depth) ** 1.5) for level in range(depth + 1)]
        cuts = [max(cut, level) for level, cut in enumerate(cuts)]
        below = [names[start:end] for start, end in itertools.pairwise(cuts)]
        return [self._activities, *below]

    def _tree(self, levels: list[list[str]]) -> Iterator[tuple[str, str]]:
        """For each service one sender on the level above, so that all of them are reached."""
        for above, level in itertools.pairwise(levels):
            yield from ((service, self._dice.choice(above)) for service in level)

    def _add_controller(self, activities: int) -> None:
        controller = self._add_party(f"controller-{self._name}", ["NL"])
        self._activities = [f"activity-{self._name}-{number}" for number in range(activities)]
        self._document["claims"] += [
            {"id": f"claim-{self._name}-{number}", "party": controller, "text": "A claim", "check": check}
            | {"evidence": EVIDENCE}
            for number, check in enumerate(CHECKS)
        ]
        self._document["activities"] += [
            {
                "id": activity,
                "name": f"Activity {activity}",
                "controller": controller,
                "purposes": ["running-the-business"],
                "legal_bases": [{"id": "contract"}],
                "data": self._items,
                "evidence": EVIDENCE,
            }
            for activity in self._activities
        ]

    def _add_service(self, name: str) -> str:
        place = self._dice.choice(PLACES)
        provider = self._add_party(f"party-{name}", [place[-1]] if place else [])
        self._document["services"].append(
            {"id": name, "name": f"Service {name}", "provider": provider, "evidence": EVIDENCE}
        )
        return name

    def _add_party(self, name: str, countries: list[str]) -> str:
        seat = {"established_in": countries} if countries else {}
        self._document["parties"].append({"id": name, "name": f"Party {name}", **seat, "evidence": EVIDENCE})
        return name

    def _add_flow(self, sender: str, recipient: str) -> None:
        dice = self._dice
        is_first = sender in self._activities
        flow: Entry = {
            "id": f"flow-{self._name}-{next(self._numbers)}",
            "from": sender,
            "to": recipient,
            "role": "processor" if is_first else "sub_processor",
            "valid_from": f"20{dice.randint(18, 23)}-0{dice.randint(1, 9)}-01",
            "evidence": EVIDENCE,
        }
        if is_first or dice.random() < LISTED:
            flow["carries"] = dice.sample(self._items, dice.randint(2, len(self._items)))
        if place := dice.choice(PLACES):
            flow["places"] = list(place)
            if set(place) & {"US", "IN"} and dice.random() < 0.6:
                flow["tools"] = [{"tool": "clauses", "concluded": flow["valid_from"]}]
        self._document["flows"].append(flow)


def _items(dice: random.Random) -> list[Entry]:
    pairs = [(subject, category) for subject in SUBJECTS for category in CATEGORIES]
    return [{"subject": subject, "category": category} for subject, category in dice.sample(pairs, 6)]


def frame(flows: int) -> Entry:
    """What every register has: its header, a small vocabulary and law, and the shared hosts."""
    hubs = [f"hub-{number}" for number in range(HUBS)]
    return {
        "document": {"id": "bench", "title": f"A register of {flows} flows"},
        "sources": [{"id": "bench-source", "title": "Made by chance", "publisher": "bench"}],
        "data_categories": [_word("anything")] + [_word(name, "anything") for name in CATEGORIES],
        "subject_categories": [_word("anybody")] + [_word(name, "anybody") for name in SUBJECTS],
        "purposes": [_word("running-the-business")],
        "legal_bases": [_word("contract")],
        "tools": [_clauses()],
        "regimes": [
            _regime("NL", "eu_member"),
            _regime("DE", "eu_member"),
            _regime("GB", "adequacy"),
            _regime("US", "adequacy", reach="listed", listing="clauses"),
        ],
        "requirements": _asked(),
        "claims": [],
        "parties": [
            {"id": f"party-{hub}", "name": f"Party {hub}", "established_in": ["US"], "evidence": EVIDENCE}
            for hub in hubs
        ],
        "services": [
            {"id": hub, "name": f"Service {hub}", "provider": f"party-{hub}", "evidence": EVIDENCE} for hub in hubs
        ],
        "activities": [],
        "flows": [],
    }


def _asked() -> list[Entry]:
    """What the law asks to be recorded and said: the rows of the seed data."""
    rows = parse((resource("seed_data") / "law" / "requirements.yaml").read_bytes(), LARGEST)["requirements"]
    return [row | {"evidence": EVIDENCE} for row in rows]


def _word(name: str, *broader: str) -> Entry:
    return (
        {"id": name, "name": {"en": name, "nl": name}, "broader": list(broader), "evidence": EVIDENCE}
        if (broader)
        else {"id": name, "name": {"en": name, "nl": name}, "evidence": EVIDENCE}
    )


def _clauses() -> Entry:
    return {
        "id": "clauses",
        "name": "Clauses",
        "kind": "safeguard",
        "article": "Art. 46(2)(c)",
        "act": {"title": "An act"},
        "valid_from": "2010-01-01",
        "evidence": EVIDENCE,
    }


def _regime(country: str, kind: str, **more: str) -> Entry:
    return {
        "id": f"regime-{country.lower()}",
        "country": country,
        "kind": kind,
        "act": {"title": "An act"},
        "valid_from": "2010-01-01",
        "evidence": EVIDENCE,
        **more,
    }
