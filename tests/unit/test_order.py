"""The order of the vocabulary: which word includes which, what items have in common, what a flow lists too much."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.order import ANYTHING, Order
from graphsvc.model import UNKNOWN, DataItem
from tests.builders import items, order, order_of

WORDS = [f"w{number}" for number in range(6)]
SUBJECTS = ["data-subject", "customer", "client", "consumer", "employee", UNKNOWN]
CATEGORIES = ["personal-data", "contact-data", "email-address", "postal-address", "company-address", UNKNOWN]

some_items = st.frozensets(st.builds(DataItem, st.sampled_from(SUBJECTS), st.sampled_from(CATEGORIES)), max_size=4)
some_words = st.dictionaries(st.sampled_from(WORDS), st.lists(st.sampled_from(WORDS), max_size=3))


def covered(found: frozenset[DataItem], words: Order | None = None) -> frozenset[DataItem]:
    """Every item that items stand for: themselves and all narrower ones."""
    narrower = (DataItem(subject, category) for subject in SUBJECTS for category in CATEGORIES)
    return frozenset(one for one in narrower if any((words or order()).includes(broad, one) for broad in found))


@pytest.mark.parametrize(
    ("broad", "narrow", "includes"),
    [
        ("contact-data", "email-address", True),
        ("personal-data", "email-address", True),
        ("email-address", "email-address", True),
        ("email-address", "contact-data", False),
        ("email-address", "telephone-number", False),
        ("postal-address", "company-address", True),
        ("professional-data", "company-address", True),
        (UNKNOWN, "email-address", True),
        ("email-address", UNKNOWN, False),
        (UNKNOWN, UNKNOWN, True),
        ("no-such-word", "no-such-word", True),
        ("no-such-word", "email-address", False),
    ],
)
def test_a_category_includes_itself_and_what_is_narrower(broad: str, narrow: str, includes: bool) -> None:
    assert order().includes_category(broad, narrow) is includes


@pytest.mark.parametrize(
    ("arriving", "carried", "passing"),
    [
        (items("client name"), None, items("client name")),
        (items("client name"), items("client name"), items("client name")),
        (items("client name"), items("client age"), items()),
        (items("client name"), items("employee name"), items()),
        (items("client contact-data"), items("client email-address"), items("client email-address")),
        (items("client email-address"), items("client contact-data"), items("client email-address")),
        (items("customer email-address"), items("client contact-data"), items("client email-address")),
        (items("client contact-data"), items("customer email-address"), items("client email-address")),
        (items("client name", "client age"), items("client name", "client gender"), items("client name")),
        (
            items("client contact-data"),
            items("client contact-data", "client email-address"),
            items("client contact-data", "client email-address"),
        ),
        (frozenset({ANYTHING}), items("patient health-data"), items("patient health-data")),
        (frozenset({ANYTHING}), None, frozenset({ANYTHING})),
        (items(), items("client name"), items()),
        (items(), None, items()),
    ],
)
def test_what_passes_a_flow_is_the_narrower_of_what_arrives_and_what_it_carries(
    arriving: frozenset[DataItem], carried: frozenset[DataItem] | None, passing: frozenset[DataItem]
) -> None:
    assert order().meet(arriving, carried) == passing


@pytest.mark.parametrize(
    ("arriving", "carried", "too_much"),
    [
        (items("client name"), None, items()),
        (items("client name"), items("client name"), items()),
        (items("client name"), items("client age"), items("client age")),
        (items("client contact-data"), items("client email-address"), items()),
        (items("client email-address"), items("client contact-data"), items("client contact-data")),
        (items("customer name"), items("client name", "employee name"), items("employee name")),
        (frozenset({ANYTHING}), items("patient health-data"), items()),
        (items(), items("client name"), items("client name")),
    ],
)
def test_a_flow_lists_too_much_what_nothing_that_arrives_includes(
    arriving: frozenset[DataItem], carried: frozenset[DataItem] | None, too_much: frozenset[DataItem]
) -> None:
    assert order().widening(arriving, carried) == too_much


@given(some_items, some_items)
def test_it_does_not_matter_which_side_arrives(one: frozenset[DataItem], other: frozenset[DataItem]) -> None:
    assert order().meet(one, other) == order().meet(other, one)


@given(some_items)
def test_what_meets_itself_stands_for_the_same_data(one: frozenset[DataItem]) -> None:
    assert covered(order().meet(one, one)) == covered(one)
    assert one <= order().meet(one, one)


@given(some_items, some_items)
def test_what_passes_is_exactly_what_both_sides_stand_for(one: frozenset[DataItem], other: frozenset[DataItem]) -> None:
    passing = order().meet(one, other)
    assert covered(passing) == covered(one) & covered(other)
    assert passing <= covered(one) & covered(other)


@given(some_items, some_items, some_items)
def test_three_flows_in_any_order_pass_the_same_data(
    one: frozenset[DataItem], other: frozenset[DataItem], third: frozenset[DataItem]
) -> None:
    meet = order().meet
    assert covered(meet(meet(one, other), third)) == covered(meet(one, meet(other, third)))


@given(some_items, some_items, some_items)
def test_it_does_not_matter_whether_items_arrive_together_or_one_after_the_other(
    first: frozenset[DataItem], second: frozenset[DataItem], carried: frozenset[DataItem]
) -> None:
    assert order().meet(first | second, carried) == order().meet(first, carried) | order().meet(second, carried)


@given(some_items, some_items)
def test_what_a_flow_lists_either_passes_or_is_too_much(
    arriving: frozenset[DataItem], carried: frozenset[DataItem]
) -> None:
    too_much = order().widening(arriving, carried)
    assert too_much <= carried
    assert covered(carried - too_much) <= covered(arriving)
    assert bool(too_much) == (not covered(carried) <= covered(arriving))


@given(some_words)
def test_words_include_what_lies_below_them_also_in_a_circle(broader: dict[str, list[str]]) -> None:
    graph = networkx.DiGraph([(word, above) for word, all_above in broader.items() for above in all_above])
    graph.add_nodes_from(WORDS)
    found = order_of(broader, broader)
    for word in WORDS:
        above = networkx.descendants(graph, word) | {word}
        assert {other for other in WORDS if found.includes_category(other, word)} == above
        assert {other for other in WORDS if found.includes_subject(other, word)} == above


@given(some_words, st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_words_in_a_circle_have_something_in_common(broader: dict[str, list[str]], one: str, other: str) -> None:
    found = order_of(broader)
    passing = found.meet(items(f"s {one}"), items(f"s {other}"))
    assert bool(passing) == (found.includes_category(one, other) or found.includes_category(other, one))
