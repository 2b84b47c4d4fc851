"""Two versions of a document held against each other, on every engine: whom it reaches, and what is different there."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from graphsvc import register
from graphsvc.answers.network import EVERYBODY, Scope
from graphsvc.errors import NotFound
from graphsvc.graph.store import Store
from graphsvc.questions import Changes, VersionsQuestion, ask_versions
from graphsvc.service import seed_files
from tests.builders import LARGEST, Entry, activity, document, flow, party, read, service
from tests.engines.support import Engine, empty

ON = "2024-06-01"
USES = [
    party("shop", "NL"),
    party("bakery", "BE"),
    party("school", "DE"),
    party("mailer", "US"),
]


@pytest.fixture(scope="module")
def tables(engine: Engine) -> Iterator[Store]:
    """A register with the law and the vocabulary, three controllers, and two of them with one mailer."""
    empty(engine.bolt)
    store = Store(engine.bolt)
    store.prepare()
    laws = [path for path in seed_files() if path.parent.name in {"law", "vocabulary"}]
    register.load(engine.bolt, [*register.read_files(laws, LARGEST), read(_controllers())])
    yield store
    empty(engine.bolt)


def _controllers() -> Entry:
    return document(
        "controllers",
        parties=USES,
        services=[service("mail", "mailer"), service("grades")],
        activities=[
            activity("letters", "shop", ["client name", "client email-address"]),
            activity("bread", "bakery", ["client name"]),
            activity("marks", "school", ["student name"]),
        ],
        flows=[
            flow("letters", "mail", contract={"kind": "art28", "objection_days": 14}),
            flow("bread", "mail"),
            flow("marks", "grades"),
        ],
    )


@pytest.fixture
def versions(tables: Store, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Loads versions of one document after each other; it is gone again afterwards."""
    name = f"list-{zlib.crc32(request.node.nodeid.encode())}"

    def load(*bodies: Entry) -> str:
        for body in bodies:
            register.load(tables.bolt, [read(body | {"document": body["document"] | {"id": name}})])
        return name

    yield load
    register.remove(tables.bolt, name)


def ask(store: Store, name: str, scope: Scope = EVERYBODY, **more: Any) -> Changes:
    return ask_versions(store, VersionsQuestion(name, more.pop("on", ON), **more), scope)


def told(found: Changes) -> list[tuple[str, ...]]:
    rows = found.rows()
    return [(row["kind"], row["controller"]["id"], row["service"]["id"], row["before"], row["after"]) for row in rows]


def mailers_list(*names: str, **more: Any) -> Entry:
    parties = [party("mailer", "US"), *(party(f"{name}-company", "IN") for name in names)]
    services = [service("mail", "mailer"), *(service(name, f"{name}-company") for name in names)]
    return document("list", parties=parties, services=services, flows=[_engages(name, **more) for name in names])


def _engages(name: str, **more: Any) -> Entry:
    return flow("mail", name, "sub_processor", places=["IN"], **more)


def test_a_new_sub_processor_is_told_to_every_controller_above_it_and_to_no_other(tables: Store, versions: Any):
    found = ask(tables, versions(mailers_list("cloud"), mailers_list("cloud", "helpdesk")))
    assert set(told(found)) >= {
        ("sub_processor_gained", "bakery", "helpdesk", None, "uncovered"),
        ("sub_processor_gained", "shop", "helpdesk", None, "uncovered"),
    }
    assert {row["controller"]["id"] for row in found.rows()} == {"shop", "bakery"}
    assert "marks" not in {activity.id for activity in found.versions.before.activities}, (
        "the school is not even fetched"
    )


def test_the_document_is_the_cause_with_the_time_of_its_later_version(tables: Store, versions: Any):
    name = versions(mailers_list("cloud"), mailers_list("cloud", "helpdesk"))
    recorded = tables.versions(name)[-1]["recorded"]
    for row in ask(tables, name).rows():
        assert row["cause"]["kind"] == "document"
        assert row["day"] == recorded[:10]
        assert row["cause"]["document"] == {"id": name, "from_version": 1, "to_version": 2, "recorded": recorded}


def test_until_when_one_may_object_follows_from_the_contract_and_the_time_of_recording(tables: Store, versions: Any):
    rows = list(ask(tables, versions(mailers_list("cloud"), mailers_list("cloud", "helpdesk"))).rows())
    windows = {
        row["controller"]["id"]: row["objection_window"] for row in rows if row["kind"] == "sub_processor_gained"
    }
    assert windows["shop"]["announced_by"] == "version"
    assert windows["shop"]["last_day"] > windows["shop"]["announced"]
    assert windows["bakery"]["last_day"] is None
    assert windows["bakery"]["unknown"] == "no contract and no published list records for how many days"


def test_a_list_that_is_dated_anew_announces(tables: Store, versions: Any):
    def dated(day: str, *names: str) -> Entry:
        body = mailers_list(*names)
        body["services"][0]["sub_processor_list"] = {"date": day, "objection_days": 30}
        return body

    found = ask(tables, versions(dated("2024-01-01", "cloud"), dated("2024-05-15", "cloud", "helpdesk")))
    windows = [row["objection_window"] for row in found.rows() if row["kind"] == "sub_processor_gained"]
    assert {(window["announced"], window["announced_by"], window["last_day"]) for window in windows} == {
        ("2024-05-15", "list", "2024-05-29"),
        ("2024-05-15", "list", "2024-06-14"),
    }


def test_what_a_version_says_no_longer_is_lost_though_the_register_has_forgotten_it(tables: Store, versions: Any):
    found = ask(tables, versions(mailers_list("cloud", "helpdesk"), mailers_list("cloud")))
    assert set(told(found)) >= {
        ("sub_processor_lost", "shop", "helpdesk", "uncovered", None),
        ("holder_lost", "shop", "helpdesk", "uncovered", None),
    }


def test_places_tools_and_footings_of_one_flow(tables: Store, versions: Any):
    before = mailers_list("cloud", tools=[])
    after = mailers_list("cloud", tools=[{"tool": "scc-2021-m3", "concluded": "2023-01-01"}])
    after["flows"][0]["places"] = ["IN", "BR"]
    found = ask(tables, versions(before, after), controllers=("shop",))
    assert set(told(found)) == {
        ("place_gained", "shop", "cloud", None, "safeguarded"),
        ("tool_gained", "shop", "cloud", None, "scc-2021-m3"),
        ("status_changed", "shop", "cloud", "uncovered", "safeguarded"),
    }


def test_two_older_versions_are_compared_as_they_were(tables: Store, versions: Any):
    name = versions(mailers_list("cloud"), mailers_list("cloud", "helpdesk"), mailers_list("phone"))
    found = ask(tables, name, before=1, after=2, controllers=("shop",))
    assert [row[:3] for row in told(found) if "sub" in row[0]] == [("sub_processor_gained", "shop", "helpdesk")]
    back = ask(tables, name, before=2, after=1, controllers=("shop",))
    assert [row[:3] for row in told(back) if "sub" in row[0]] == [("sub_processor_lost", "shop", "helpdesk")]


def test_before_the_first_version_there_was_nothing(tables: Store, versions: Any):
    name = versions(mailers_list("cloud"))
    found = ask(tables, name, controllers=("shop",))
    assert found.head()["document"]["from_version"] == 0
    assert [row[:3] for row in told(found) if "sub" in row[0]] == [("sub_processor_gained", "shop", "cloud")]


def test_a_party_that_moves_changes_the_footing_of_its_services(tables: Store, versions: Any):
    def seated(country: str) -> Entry:
        return document(
            "list",
            parties=[party("mailer", "US"), party("cloud-company", country)],
            services=[service("mail", "mailer"), service("cloud", "cloud-company")],
            flows=[flow("mail", "cloud", "sub_processor", places=["NL"])],
        )

    found = ask(tables, versions(seated("DE"), seated("IN")), controllers=("shop",))
    assert set(told(found)) == {
        ("place_gained", "shop", "cloud", None, "uncovered"),
        ("place_lost", "shop", "cloud", "inside", None),
    }


def test_what_other_documents_say_of_a_party_stays(tables: Store, versions: Any):
    found = ask(tables, versions(mailers_list("cloud"), mailers_list("cloud", "helpdesk")))
    assert found.versions.before.parties["mailer"].established_in == ("US",)
    assert found.versions.before.services["mail"].provider == "mailer"


def test_an_activity_that_only_an_older_version_has_is_lost_with_its_flows(tables: Store, versions: Any):
    with_one = document(
        "list",
        activities=[activity("gifts", "school", ["client name"])],
        flows=[flow("gifts", "mail")],
    )
    found = ask(tables, versions(with_one, document("list")))
    assert set(told(found)) == {
        ("flow_lost", "school", "mail", "unknown", None),
        ("holder_lost", "school", "mail", "unknown", None),
        ("place_lost", "school", "mail", "adequate_if_covered", None),
        ("place_lost", "school", "mail", "unknown", None),
    }


def test_rows_of_law_reach_whoever_sends_there(tables: Store, versions: Any):
    def regime(**more: Any) -> Entry:
        row = {"id": "in-adequacy", "country": "IN", "kind": "adequacy", "act": {"title": "A decision"}}
        return document("list", regimes=[row | {"valid_from": "2024-01-01"} | more])

    other = mailers_list("cloud")
    register.load(tables.bolt, [read(other | {"document": other["document"] | {"id": "other-list"}})])
    try:
        found = ask(tables, versions(regime(), regime(valid_until="2024-05-31")))
        assert set(told(found)) == {
            ("status_changed", "shop", "cloud", "adequate", "uncovered"),
            ("status_changed", "bakery", "cloud", "adequate", "uncovered"),
        }
    finally:
        register.remove(tables.bolt, "other-list")


def test_versions_that_differ_in_something_else_say_so_and_have_no_changes(tables: Store, versions: Any):
    def claiming(text: str) -> Entry:
        return document("list", claims=[{"id": "c1", "party": "shop", "text": text}])

    found = ask(tables, versions(claiming("Nothing leaves."), claiming("Little leaves.")))
    assert told(found) == []
    assert found.head()["document"]["differs"] == {"claims": {"added": 0, "changed": 1, "removed": 0}}


def test_within_a_scope_other_controllers_are_not_heard_of(tables: Store, versions: Any):
    name = versions(mailers_list("cloud"), mailers_list("cloud", "helpdesk"))
    assert {row[1] for row in told(ask(tables, name, Scope(frozenset({"bakery"}))))} == {"bakery"}
    assert told(ask(tables, name, Scope(frozenset({"school"})))) == []


def test_documents_and_versions_that_are_not_there_are_named(tables: Store, versions: Any):
    name = versions(mailers_list("cloud"))
    with pytest.raises(NotFound, match=f"there is no document '{name}x'.*did you mean '{name}'"):
        ask(tables, f"{name}x")
    with pytest.raises(NotFound, match=f"no version 7 of the document '{name}'; the last one is 1"):
        ask(tables, name, after=7)
