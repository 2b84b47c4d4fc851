"""Linked data, read by a JSON-LD processor: it says what the Turtle says, and nothing has to be fetched for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NoReturn

import pytest
from pyld import jsonld
from rdflib import Graph

from graphsvc.questions.handover import Handover
from tests.unit.test_dpv_export import CONTROLLERS, everybody, of_seed, written

QUADS = "application/n-quads"


@pytest.fixture(autouse=True)
def nothing_is_fetched() -> Iterator[None]:
    def refused(address: str, _: object) -> NoReturn:
        pytest.fail(f"{address} is asked for")

    before = jsonld.get_document_loader()
    jsonld.set_document_loader(refused)
    yield
    jsonld.set_document_loader(before)


def as_triples(found: Handover) -> set[tuple]:
    """What a JSON-LD processor makes of the JSON-LD."""
    quads = jsonld.to_rdf(json.loads(written(found, "jsonld")), {"format": QUADS})
    # Quads of the one graph without a name: triples.
    return set(Graph().parse(data=quads, format="nt"))


@pytest.mark.parametrize("controller", ["everybody", *CONTROLLERS])
def test_both_forms_say_the_same_to_a_processor_of_each(controller: str):
    found = everybody() if controller == "everybody" else of_seed(controller)
    triples = as_triples(found)
    assert triples == set(Graph().parse(data=written(found), format="turtle"))
    assert len(triples) > 40


def test_nothing_is_lost_when_it_is_expanded_or_normalised():
    body = json.loads(written(everybody(), "jsonld"))
    nodes = {node["@id"] for node in jsonld.expand(body)}
    assert nodes == {node["@id"] for node in body["@graph"]}
    normal = jsonld.normalize(body, {"algorithm": "URDNA2015", "format": QUADS}).splitlines()
    assert len({*normal}) == len(as_triples(everybody()))
