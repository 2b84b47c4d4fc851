"""JSON that is read entry by entry is read as the standard library reads it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as some

from graphsvc.imports.json_text import read_json

scalars = some.none() | some.booleans() | some.integers() | some.text(max_size=5)
values = some.recursive(
    scalars,
    lambda below: some.lists(below, max_size=4) | some.dictionaries(some.text(max_size=3), below, max_size=4),
    max_leaves=20,
)


def as_it_is(value: Any) -> Any:
    return value


def read_or_refused(read: Any, text: str) -> tuple[str, Any]:
    try:
        return "read", read(text)
    except json.JSONDecodeError as error:
        return "refused", error.lineno


@given(values, some.sampled_from([None, 0, 3]))
def test_a_value_is_read_back(value: Any, indent: int | None) -> None:
    assert read_json(json.dumps(value, indent=indent), as_it_is) == value


@given(values.map(json.dumps), some.integers(0, 200), some.sampled_from(["", ",", "]", "}", "[", '"', "\n", "x", ":"]))
@example('{"a": [1]}', 8, ",")
@example('{"a": [1]}', 7, ",")
@example('{"a": [1]}', 10, "x")
@example('{"a": []}', 6, " ")
@example('{"a": [', 0, "")
@example('{"a": [1', 0, "")
@example('{"a":', 0, "")
def test_a_text_that_was_tampered_with_is_read_or_refused_as_the_standard_library_does(
    text: str, place: int, put: str
) -> None:
    changed = text[:place] + put + text[place + 1 :]
    expected = read_or_refused(json.loads, changed)
    try:
        assert read_or_refused(lambda given: read_json(given, as_it_is), changed) == expected
    except ValueError as error:
        assert "is given twice" in str(error)


def test_each_entry_of_a_list_of_the_outermost_mapping_is_put_away_as_soon_as_it_is_read() -> None:
    seen: list[Any] = []

    def keep(entry: Any) -> int:
        seen.append(entry)
        return len(seen)

    text = '{"head": {"list": [7]}, "flows": [{"a": [1, 2]}, "x"], "empty": [ ], "one": 5}'
    assert read_json(text, keep) == {"head": {"list": [7]}, "flows": [1, 2], "empty": [], "one": 5}
    assert seen == [{"a": [1, 2]}, "x"]
