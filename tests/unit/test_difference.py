"""What a new version of a document changes, and what several documents say together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphsvc.imports.difference import Conflict, differences, together
from graphsvc.imports.entry import kept_small
from graphsvc.imports.schemas import SECTIONS
from tests.builders import document, flow, party, service

entries = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["DE", "NL", "US"]))


def of(countries: dict[str, str]) -> dict:
    return kept_small(document(parties=[party(name, country) for name, country in countries.items()]))


def test_what_is_new_changed_gone_and_the_same_is_told_apart() -> None:
    before = of({"gone": "DE", "moved": "DE", "stays": "DE"})
    after = of({"moved": "NL", "new": "DE", "stays": "DE"})
    found = differences(before, after)["parties"]
    assert [entry.id for entry in found.added] == ["new"]
    assert [entry.value["established_in"] for entry in found.changed] == [["NL"]]
    assert [entry.value["established_in"] for entry in found.replaced] == [["DE"]]
    assert [entry.id for entry in found.removed] == ["gone"]
    assert found.same == 1


def test_the_order_of_entries_and_keys_is_no_difference() -> None:
    one, other = party("one", "DE"), party("other", "NL")
    turned = dict(reversed(one.items()))
    found = differences(kept_small({"parties": [one, other]}), kept_small({"parties": [other, turned]}))
    assert not any(found.values())
    assert found["parties"].same == 2


def test_the_order_of_a_list_is_a_difference() -> None:
    one, other = (flow("a", "b", places=places) for places in (["DE", "NL"], ["NL", "DE"]))
    assert len(differences(kept_small({"flows": [one]}), kept_small({"flows": [other]}))["flows"].changed) == 1


@given(entries, entries)
def test_counts_add_up(before: dict[str, str], after: dict[str, str]) -> None:
    found = differences(of(before), of(after))
    assert found.keys() == {*SECTIONS}
    parties = found["parties"]
    assert len(parties.added) + len(parties.changed) + parties.same == len(after)
    assert len(parties.removed) + len(parties.replaced) + parties.same == len(before)
    assert [entry.id for entry in parties.changed] == [entry.id for entry in parties.replaced]
    assert bool(parties) == (before != after)
    assert parties.same == sum(before[key] == after.get(key) for key in before)


@given(entries, entries)
def test_going_back_is_the_same_difference_the_other_way_round(before: dict[str, str], after: dict[str, str]) -> None:
    there, back = (differences(of(one), of(other))["parties"] for one, other in ((before, after), (after, before)))
    assert there.same == back.same
    assert {entry.id for entry in there.added} == {entry.id for entry in back.removed}
    assert {entry.id for entry in there.changed} == {entry.id for entry in back.changed}


@given(entries)
def test_a_document_that_stays_and_one_that_goes(countries: dict[str, str]) -> None:
    assert not any(differences(of(countries), of(countries)).values())
    gone = differences(of(countries), {})["parties"]
    assert (len(gone.removed), len(gone.written), gone.same) == (len(countries), 0, 0)


def test_several_documents_join_what_they_say() -> None:
    joined, conflicts = together(
        {
            "b": {"id": "x", "name": "X", "established_in": ["DE", "NL"], "note": "Second."},
            "a": {"id": "x", "established_in": ["NL"], "note": "First.", "sector": "public"},
        }
    )
    assert not conflicts
    assert joined == {
        "id": "x",
        "name": "X",
        "sector": "public",
        "established_in": ["NL", "DE"],
        "note": "First. Second.",
    }


def test_two_values_of_one_key_are_a_conflict_that_names_both_documents() -> None:
    _, conflicts = together({"b": service("x", "two"), "a": service("x", "one")})
    assert conflicts == [Conflict("provider", "a", "b", ("one", "two"))]


@given(st.permutations("abc"))
def test_the_order_of_documents_does_not_matter(documents: list[str]) -> None:
    said = {
        name: {"id": "x", "established_in": [country]} for name, country in zip("abc", ["DE", "NL", "US"], strict=True)
    }
    assert together({name: said[name] for name in documents}) == together(said)
