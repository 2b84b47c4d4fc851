"""How documents say that services are used: what is loaded, and what is refused with its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graphsvc import register
from graphsvc.errors import InvalidDocument
from graphsvc.graph.store import Store
from graphsvc.service import seed_files
from tests.builders import LARGEST, Entry, activity, document, filled, flow, party, read, service
from tests.engines.support import Engine, empty


@pytest.fixture(scope="module")
def bare(engine: Engine) -> Iterator[Store]:
    """A register with the vocabulary and the law, as every register has them."""
    empty(engine.bolt)
    found = Store(engine.bolt)
    found.prepare()
    files = [file for file in seed_files() if file.parent.name in {"law", "vocabulary"}]
    register.load(engine.bolt, register.read_files(files, LARGEST))
    yield found
    empty(engine.bolt)


def use(name: str = "shop-tickets", **more: object) -> Entry:
    return filled("uses", {"id": name, "by": "shop", "service": "tickets"} | more)


def shop(*uses: Entry, name: str = "shop-register", **flow_keys: object) -> Entry:
    """A shop that uses a ticket system, which hands tickets to a model."""
    return document(
        name,
        parties=[party("shop", "NL"), party("vendor", "NL")],
        services=[
            service("tickets", "vendor", options={"region": ["eu", "us"], "plan": ["basic"], "feature": ["ai"]}),
            service("model", "vendor"),
        ],
        activities=[activity("support", "shop", ["customer name"])],
        flows=[
            flow("support", "tickets", places=[{"country": "IE", "only_if": {"region": "eu"}}, "NL"]),
            flow("tickets", "model", "sub_processor", **({"only_if": {"feature": "ai"}} | flow_keys)),
        ],
        uses=uses,
    )


def faults(store: Store, *documents: Entry) -> dict[str, str]:
    with pytest.raises(InvalidDocument) as refused:
        register.load(store.bolt, list(map(read, documents)))
    return {fault.path: fault.message for fault in refused.value.faults}


def test_a_use_is_fetched_with_what_its_controller_reaches(bare: Store):
    register.load(bare.bolt, [read(shop(use(region="eu", features={"off": ["ai"]}, **{"for": "support"})))])
    network = bare.network("2026-11-30")
    assert [(each.id, each.region, each.off, each.purposes) for each in network.uses] == [
        ("shop-tickets", ("eu",), frozenset({"ai"}), ("support",))
    ]
    sent = {flow.id: flow for flows in network.flows.values() for flow in flows}
    assert sent["support-tickets"].places == ("IE", "NL")
    assert [place for place, _ in sent["support-tickets"].place_conditions] == ["IE"]
    assert sent["tickets-model"].only_if.words == {"feature": ("ai",)}
    register.remove(bare.bolt, "shop-register")
    assert bare.network("2026-11-30").uses == ()


def test_a_use_of_another_day_is_not_fetched(bare: Store):
    register.load(bare.bolt, [read(shop(use(region="eu", valid_until="2024-12-31")))])
    assert bare.network("2025-01-01").uses == ()
    assert len(bare.network("2024-12-31").uses) == 1
    register.remove(bare.bolt, "shop-register")


@pytest.mark.parametrize(
    ("more", "path", "words"),
    [
        ({"region": "mars"}, "/uses/0/region", "it declares eu, us"),
        ({"plan": "gold"}, "/uses/0/plan", "it declares basic"),
        ({"features": {"on": ["voice"]}}, "/uses/0/features/on/feature", "it declares ai"),
        ({"features": {"on": ["ai"], "off": ["ai"]}}, "/uses/0/features", "on and off at once"),
    ],
)
def test_a_word_that_the_service_does_not_declare_is_refused(bare: Store, more: Entry, path: str, words: str):
    assert words in faults(bare, shop(use(**more)))[path]


def test_a_condition_in_words_that_the_service_does_not_declare_is_refused(bare: Store):
    assert "'mars' is no region" in faults(bare, shop(only_if={"region": ["eu", "mars"]}))["/flows/1/only_if/region"]


def test_what_an_activity_sends_has_no_condition_as_data(bare: Store):
    found = shop()
    found["flows"][0]["only_if"] = {"region": "eu"}
    assert "say it in `condition`" in faults(bare, found)["/flows/0/only_if"]


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ({"region": "eu"}, {"region": "us"}, "region"),
        ({"plan": "basic", "for": "support"}, {"features": {"on": ["ai"]}}, None),
        ({"features": {"on": ["ai"]}}, {"features": {"off": ["ai"]}}, "features"),
        ({"terms_since": "2024-01-01"}, {"terms_since": "2024-01-02"}, "terms_since"),
        ({"region": "eu", "valid_until": "2024-12-31"}, {"region": "us", "valid_from": "2025-01-01"}, None),
    ],
)
def test_two_uses_that_differ_of_one_service_purpose_and_day_are_refused(
    bare: Store, one: Entry, other: Entry, key: str | None
):
    found = shop(use("first", **one), use("second", **other))
    if key is None:
        register.load(bare.bolt, [read(found)])
        register.remove(bare.bolt, "shop-register")
    else:
        assert "make them agree" in faults(bare, found)[f"/uses/1/{key}"]


def test_a_use_that_another_document_contradicts_is_refused(bare: Store):
    register.load(bare.bolt, [read(shop(use(region="eu")))])
    second = document("second", uses=[use("second", region="us")])
    assert "'shop-tickets' in the document 'shop-register'" in faults(bare, second)["/uses/0/region"]
    register.remove(bare.bolt, "shop-register")
