"""Runs the cases in cases/*.yaml: documents, questions and the answers, the same on every engine.

A case is a sentence, what it is given (sections of the document format; evidence, names and ids of flows are filled
in, and `common/cast.yaml` describes what it only uses) and what is asked. A cell of a row is the id of a thing, a
word, a list of words, or for a chain the ids along it. Rows are compared as sets; with `ordered` in their order, and
with `at_least` there may be more of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from graphsvc import register
from graphsvc.answers.changes.differences import Kind
from graphsvc.answers.dates.day_ahead import DateKind
from graphsvc.answers.network import Scope
from graphsvc.graph.store import Store
from graphsvc.imports.documents import Document
from graphsvc.imports.text import parse
from graphsvc.imports.what_if import Origin, written
from graphsvc.model import UNKNOWN, Shortfall, Status
from graphsvc.questions import (
    ChangesQuestion,
    ClaimsQuestion,
    ConcentrationAnswer,
    ConcentrationQuestion,
    DatesQuestion,
    ExposureQuestion,
    GapsQuestion,
    HoldersQuestion,
    Paths,
    PathsQuestion,
    RecipientsQuestion,
    TransfersQuestion,
    WhatIfQuestion,
    ask_changes,
    ask_claims,
    ask_concentration,
    ask_dates,
    ask_exposure,
    ask_gaps,
    ask_holders,
    ask_paths,
    ask_recipients,
    ask_transfers,
    ask_what_if,
)
from graphsvc.service import seed_files
from tests.builders import LARGEST, ON, Entry, document, prefixed, read
from tests.conftest import ENGINES
from tests.engines.support import Engine, empty

FOLDER = Path(__file__).parent / "cases"
GIVEN = ("sources", "parties", "services", "activities", "flows", "claims", "remarks", "identities", "regimes", "tools")
TODAY = "2026-11-22"
COLUMNS = {
    "transfers": ("service", "country", "status"),
    "holders": ("party", "service", "data"),
    "reach": ("flow",),
    "exposure": ("controller", "data"),
    "calls": ("step", "who", "whom", "article"),
    "may_be_exposed": ("controller", "recipients", "listed"),
    "claims": ("id", "verdict"),
    "against": ("about", "country"),
    "paths": ("path", "data"),
    "no_path": ("reason",),
    "changes": ("kind", "service", "before", "after", "cause"),
    "dates": ("day", "kind", "subject"),
    "what_if": ("kind", "service", "country", "status_before", "status_after"),
    "cut_off": ("activity", "services", "entirely"),
    "no_longer_holds": ("controller", "service", "data"),
    "would_hold": ("controller", "service", "data"),
    "without_effect": ("change",),
    "concentration": ("party", "services", "behind"),
    "countries": ("country", "behind", "status"),
    "cycles": ("parties", "services", "flows_among"),
    "longest_chains": ("controller", "depth", "chain"),
    "replacement": ("size", "exact", "lower_bound", "left", "unknown_left"),
    "replaced": ("party", "services"),
    "recipients": ("name", "role"),
    "gaps": ("kind", "about"),
}
QUESTIONS = tuple(COLUMNS)


@dataclass(frozen=True)
class Case:
    """One case of a file.

    Attributes:
        file: Name of the file; what its cases are given is one document of that name.
        id: Name of the file and place in it; its things have this before their ids.
        sentence: What it shows.
        body: As it is written.
    """

    file: str
    id: str
    sentence: str
    body: Entry

    @property
    def on_seed(self) -> bool:
        """Whether it asks the seed data rather than what it is given."""
        return not any(self.body.get(section) for section in GIVEN)

    @cached_property
    def sections(self) -> dict[str, list[Entry]]:
        """What it is given, with what it uses of the cast, under ids of its own."""
        given = {section: [*self.body.get(section, ())] for section in GIVEN}
        found = prefixed(document(self.id, **_with_cast(given)), self.id)
        return {section: found[section] for section in GIVEN if section in found}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of what it is given, as the register has them."""
        if self.on_seed:
            return frozenset()
        return frozenset(entry["id"] for entries in self.sections.values() for entry in entries)


def _cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for place, body in enumerate(_parsed(path)["cases"], start=1):
            yield Case(path.stem, f"{path.stem}-{place}", body["case"], body)


@cache
def _parsed(path: Path) -> Entry:
    return parse(path.read_bytes(), LARGEST, str(path))


def _with_cast(given: dict[str, list[Entry]]) -> dict[str, list[Entry]]:
    """Adds those of the cast that something refers to and nothing describes: activities, services, then parties."""
    cast = _parsed(FOLDER / "common" / "cast.yaml")
    for section in ("activities", "services", "parties"):
        described = {entry["id"] for entry in given[section]}
        used = set(_words(given)) - described
        given[section] += [entry for entry in cast[section] if entry["id"] in used]
    return given


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _words(each)


CASES = tuple(_cases())
FILES = sorted({case.file for case in CASES if not case.on_seed})


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Store]:
    """A register with the seed data and what every case is given, each case with ids of its own."""
    empty(engine.bolt)
    found = Store(engine.bolt)
    found.prepare()
    register.load(engine.bolt, _documents())
    yield found
    empty(engine.bolt)


def _documents() -> list[Document]:
    """The seed data, and what the cases of each file are given."""
    return [*register.read_files(seed_files(), LARGEST), *(read(_document(file)) for file in FILES)]


def _document(file: str) -> Entry:
    """What the cases of one file are given."""
    sections: dict[str, list[Entry]] = {}
    for case in CASES:
        if case.file == file and not case.on_seed:
            for section, entries in case.sections.items():
                sections.setdefault(section, []).extend(entries)
    return {"document": {"id": file, "title": f"Cases of {file}"}, **sections}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id}: {case.sentence}")
def test_the_answer_is_right_on_every_engine(store: Store, case: Case) -> None:
    for asked in case.body["ask"]:
        kind = next(key for key in QUESTIONS if key in asked)
        columns = tuple(asked.get("columns", COLUMNS[kind]))
        found = [tuple(_cell(row, column, case) for column in columns) for row in _ask(store, kind, asked[kind], case)]
        expected = [tuple(map(_frozen, row)) for row in asked["rows"]]
        if asked.get("ordered"):
            assert found == expected, asked
        elif asked.get("at_least"):
            assert Counter(found) >= Counter(expected), asked
        else:
            assert Counter(found) == Counter(expected), asked


def test_loading_everything_again_changes_nothing(store: Store) -> None:
    before, told = store.state(), _everything(store)
    outcome = register.load(store.bolt, _documents())
    assert {what for what, counts in outcome.counts.items() if counts} == {"same"}
    assert store.state() == before
    assert _everything(store) == told


def test_the_order_in_which_things_are_loaded_does_not_matter(store: Store) -> None:
    told = _everything(store)
    for file in FILES[:3]:
        register.remove(store.bolt, file)
    assert len(_everything(store)) < len(told)
    for file in reversed(FILES[:3]):
        turned = {key: value[::-1] if isinstance(value, list) else value for key, value in _document(file).items()}
        register.load(store.bolt, [read(turned)])
    assert _everything(store) == told


def test_what_a_party_holds_is_what_the_answer_about_everybody_says_of_it(store: Store) -> None:
    told = list(ask_holders(store, HoldersQuestion(TODAY)).rows())
    parties = sorted({row["party"]["id"] for row in told} - {UNKNOWN})
    assert len(parties) > 100
    for party in parties[::8]:
        own = list(ask_holders(store, HoldersQuestion(TODAY, party=party)).rows())
        assert own == [row for row in told if row["party"]["id"] == party], party


def _everything(store: Store) -> list[Entry]:
    """Every line about everybody on a day."""
    return list(ask_transfers(store, TransfersQuestion(TODAY, status=tuple(Status))).rows())


def test_no_case_is_skipped_and_every_engine_runs_all_of_them(request: pytest.FixtureRequest) -> None:
    assert set(ENGINES) >= {"embedded", "neo4j_5_26_30", "neo4j_2026_08_1"}
    here = [item for item in request.session.items if item.path == Path(__file__)]
    assert not [item.name for item in here for mark in ("skip", "skipif", "xfail") if item.get_closest_marker(mark)]
    for case in CASES:
        keys = {"case", "on", "ask", *GIVEN}
        assert case.body.keys() <= keys, f"{case.id} has keys that mean nothing: {case.body.keys() - keys}"
        assert case.body["ask"], f"{case.id} asks nothing"


def test_every_case_has_a_sentence_of_its_own() -> None:
    assert not [sentence for sentence, times in Counter(case.sentence for case in CASES).items() if times > 1]


def _ask(store: Store, kind: str, asked: Entry, case: Case) -> Iterator[Entry]:
    """The rows of an answer."""
    asked = {key: _given_id(value, case) for key, value in asked.items()}
    scope = Scope(frozenset(asked.pop("scope"))) if "scope" in asked else Scope()
    on = asked.pop("on", case.body.get("on", ON))
    if "controller" in asked:
        asked["controllers"] = asked.pop("controller")
    asked = {key: tuple(value) if isinstance(value, list) else value for key, value in asked.items()}
    if "controllers" in asked and isinstance(asked["controllers"], str):
        asked["controllers"] = (asked["controllers"],)
    return _ASK[kind](store, on, asked, scope)


def _transfers(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    status = tuple(map(Status, asked.pop("status", Status)))
    if "country" in asked:
        asked["countries"] = (asked.pop("country"),)
    return ask_transfers(store, TransfersQuestion(on, status=status, **asked), scope).rows()


def _holders(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    return ask_holders(store, HoldersQuestion(on, **asked), scope).rows()


def _exposure(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    return ask_exposure(store, ExposureQuestion(on, **asked), scope).rows()


def _calls(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    """The call list of an answer about exposure."""
    return ask_exposure(store, ExposureQuestion(on, unnamed=False, **asked), scope).table()


def _may_be_exposed(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    """The controllers with recipients that nobody named; of a case, since those of other cases are there too."""
    return iter(ask_exposure(store, ExposureQuestion(on, **asked), scope).head()["may_be_exposed"])


def _paths(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    return _path_answer(store, on, asked, scope).rows()


def _no_path(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    """The head of an answer about paths: why there is none."""
    return iter([_path_answer(store, on, asked, scope).head()])


def _path_answer(store: Store, on: str, asked: Entry, scope: Scope) -> Paths:
    words = {"from": "source", "to": "target", "from_service": "source_service", "to_service": "target_service"}
    return ask_paths(store, PathsQuestion(on, **{words.get(key, key): value for key, value in asked.items()}), scope)


def _what_if(show: Callable[[Entry], list[Entry]]) -> Callable[[Store, str, Entry, Scope], Iterator[Entry]]:
    """A list of the answer of a what-if; the register stays as it is."""

    def rows(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
        before = store.state()
        body = {"changes": [*asked["changes"]], "on": on}
        if "controllers" in asked:
            body["controller"] = [*asked["controllers"]]
        found = ask_what_if(store, WhatIfQuestion.of(written(body, Origin())), scope).body()
        assert store.state() == before
        return iter(show(found))

    return rows


def _concentration(store: Store, on: str, asked: Entry, scope: Scope) -> ConcentrationAnswer:
    accepted = tuple(map(Status, asked.pop("accept", ())))
    return ask_concentration(store, ConcentrationQuestion(on, accepted=accepted, **asked), scope)


def _part(*names: str) -> Callable[[Store, str, Entry, Scope], Iterator[Entry]]:
    """Asks for a list within the head of an answer about concentration."""

    def ask(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
        found: Any = _concentration(store, on, asked, scope).head()
        for name in names:
            found = found[name]
        return iter(found if isinstance(found, list) else [found])

    return ask


def _recipients(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    [controller] = asked.pop("controllers")
    return ask_recipients(store, RecipientsQuestion(on, controller, **asked), scope).rows()


def _reach(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    """The flows that are fetched, from activities or towards the services of a party."""
    narrowed = scope.narrowed_to(asked.get("controllers"))
    if "party" in asked:
        services = [service.id for service in store.services_of(asked["party"])]
        found = store.network_above(on, services, narrowed)
    else:
        found = store.network(on, narrowed, asked.get("activities"), asked.get("beyond", False))
    return ({"flow": flow.id} for flows in found.flows.values() for flow in flows)


def _claims(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    return ask_claims(store, ClaimsQuestion(on, **asked), scope).rows()


def _gaps(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    kinds = tuple(map(Shortfall, asked.pop("kind", ())))
    return ask_gaps(store, GapsQuestion(on, kind=kinds, **asked), scope).rows()


def _against(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    """The facts against one claim."""
    claim = asked.pop("claim")
    return (fact for row in _claims(store, on, asked, scope) if row["id"] == claim for fact in row["against"])


def _dates(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    start, end = asked.pop("from", on), asked.pop("to")
    kinds = tuple(map(DateKind, asked.pop("kind", ())))
    return ask_dates(store, DatesQuestion(start, end, kinds=kinds, **asked), scope).rows()


def _changes(store: Store, on: str, asked: Entry, scope: Scope) -> Iterator[Entry]:
    start, end = asked.pop("from"), asked.pop("to", on)
    kinds = tuple(map(Kind, asked.pop("kind", ())))
    return ask_changes(store, ChangesQuestion(start, end, kinds=kinds, **asked), scope).rows()


_ASK: dict[str, Callable[[Store, str, Entry, Scope], Iterator[Entry]]] = {
    "transfers": _transfers,
    "holders": _holders,
    "reach": _reach,
    "exposure": _exposure,
    "calls": _calls,
    "may_be_exposed": _may_be_exposed,
    "claims": _claims,
    "against": _against,
    "paths": _paths,
    "no_path": _no_path,
    "changes": _changes,
    "dates": _dates,
    "what_if": _what_if(lambda found: found["changed"]),
    "cut_off": _what_if(lambda found: found["cut_off"]),
    "no_longer_holds": _what_if(lambda found: found["holdings"]["lost"]),
    "would_hold": _what_if(lambda found: found["holdings"]["gained"]),
    "without_effect": _what_if(lambda found: found["without_effect"]),
    "concentration": lambda *asked: _concentration(*asked).rows(),
    "countries": _part("countries"),
    "cycles": _part("cycles"),
    "longest_chains": _part("longest_chains"),
    "replacement": _part("replacement"),
    "replaced": _part("replacement", "parties"),
    "recipients": _recipients,
    "gaps": _gaps,
}


def _given_id(value: Any, case: Case) -> Any:
    """An id of the case as the register has it."""
    if isinstance(value, list):
        return [_given_id(each, case) for each in value]
    if isinstance(value, dict):
        return {key: _given_id(each, case) for key, each in value.items()}
    return f"{case.id}.{value}" if f"{case.id}.{value}" in case.ids else value


def _cell(row: Entry, column: str, case: Case) -> Any:
    value = _COLUMNS[column](row) if column in _COLUMNS else row[column]
    if isinstance(value, dict):
        value = value["id"]
    return _frozen(_short(value, case))


def _short(value: Any, case: Case) -> Any:
    """What the case calls it."""
    if isinstance(value, list | tuple):
        return [_short(each, case) for each in value]
    return value.replace(f"{case.id}.", "") if isinstance(value, str) else value


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def _data(entries: Iterable[Entry]) -> list[str]:
    return [f"{entry['subject']} {entry['category']}" for entry in entries]


def _mark(item: Entry) -> str:
    """`!` for each mark of an item, `?` for what may be."""
    marks = {True: "!", None: "?", False: ""}
    return "".join(marks[item[key]] for key in ("special", "criminal", "vulnerable"))


def _chain(row: Entry) -> str:
    return _steps(row["chain"])


def _steps(chain: list[Entry]) -> str:
    return " > ".join([step["from"] for step in chain] + [step["to"] for step in chain[-1:]])


def _about(fact: Entry) -> str:
    """What a fact is about: a recipient, a tool, a country or an activity; of a gap the end of its id."""
    if "to_do" in fact:
        activity, recipients = fact["activity"], [found["service"]["id"] for found in fact["recipients"]]
        return activity["id"] if activity else fact["document"] or " ".join(recipients) or fact["controller"]["id"]
    return fact["service"]["id"] if fact["service"] else fact["tool"] or fact["country"] or fact["activities"][0]


def _act(row: Entry) -> str | None:
    return _number(row["act"])


def _number(act: str | None) -> str | None:
    """The number of an act or a judgment, or its whole name when it has none."""
    found = re.search(r"C-\d+/\d+|\d{4}/\d+", act or "")
    return found.group() if found else act


_COLUMNS: dict[str, Callable[[Entry], Any]] = {
    "known_as": lambda row: [each["id"] for each in row["party"].get("also_known_as", ())],
    "one_by": lambda row: [each["reason"] for each in row["party"].get("one_by", ())],
    "cause": lambda row: row["cause"]["kind"],
    "acts": lambda row: [_number(act) for act in row["cause"]["acts"]],
    "data": lambda row: _data(row["data"]),
    "data_lost": lambda row: _data(row["data_lost"]),
    "parents_before": lambda row: [f"{group['id']} {group['country']}" for group in row["parents_outside_before"]],
    "parents_after": lambda row: [f"{group['id']} {group['country']}" for group in row["parents_outside_after"]],
    "chain_before": lambda row: _steps(row["chain_before"]),
    "chain_after": lambda row: _steps(row["chain_after"]),
    "act_before": lambda row: _number(row["act_before"]),
    "act_after": lambda row: _number(row["act_after"]),
    "supposes": lambda row: "what if: " in (row["reason_after"] or ""),
    "widening": lambda row: _data(row["widening"]),
    "chain": _chain,
    "flow": lambda row: row["flow"] if "flow" in row else row["chain"][-1]["flow"],
    "act": _act,
    "names": lambda row: [row[key]["name"] for key in ("controller", "activity", "importer", "service")],
    "assessed": lambda row: row["transfer_impact_assessment"],
    "locators": lambda row: [source["locator"] for source in row["sources"] if source["source"].endswith("book")],
    "path": _chain,
    "matches": lambda row: [f"{item['subject']} {item['category']} {item['match']}" for item in row["data"]],
    "in_words": lambda row: [f"{item['category_in_words']} ({item['subject_in_words']})" for item in row["data"]],
    "places": lambda row: [f"{place['name']}: {place['status']}" for place in row["countries"]],
    "purposes": lambda row: [purpose["name"] for purpose in row["purposes"]],
    "through": lambda row: [service["id"] for service in row["through"]],
    "statuses": lambda row: [step["status"] for step in row["steps"]],
    "exposed": lambda row: [f"{item['subject']} {item['category']}{_mark(item)}" for item in row["data"]],
    "at_stake": lambda row: [row["special"], row["criminal"], row["vulnerable"]],
    "services": lambda row: [service["id"] for service in row["services"]],
    "activities": lambda row: [a["id"] if isinstance(a, dict) else a for a in row["activities"]],
    "chains": lambda row: list(map(_chain, row["chains"])),
    "without_contract": lambda row: [
        f"{call['who']['id']} {call['whom']['id']} {call['contract_state']}" for call in row["without_contract"]
    ],
    "recipients": lambda row: [found["service"]["id"] for found in row["recipients"]],
    "contract": lambda row: row["contract"] and [row["contract"]["kind"], row["contract"]["date"]],
    "about": _about,
    "stated": lambda row: sorted({each["locator"] for each in row["sources"] if "-statement" in each["source"]}),
    "against": lambda row: sorted({_about(fact) for fact in row["against"]}),
    "said": lambda row: sorted({source["locator"] for source in row["sources"]}),
    "elsewhere": lambda row: sorted({each["locator"] for fact in row["against"] for each in fact["sources"]}),
    "remarks": lambda row: [remark["id"] for remark in row["remarks"]],
    "behind": lambda row: [row["controllers"], row["activities" if "activities" in row else "parties"], row["pairs"]],
    "parties": lambda row: [each["id"] for each in row["parties"]],
    "flows_among": lambda row: [step["flow"] for step in row["flows"]],
    "why_it": lambda row: [_chain(row["proof"]), row["proof"]["country"], row["proof"]["status"]],
    "parents_outside": lambda row: [f"{group['id']} {group['country']}" for group in row["parents_outside"]],
}
