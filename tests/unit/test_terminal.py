"""The transfer table as a person reads it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from rich.console import Console, RenderableType

from graphsvc import terminal
from graphsvc.answers import plain
from graphsvc.answers.transfers import Filters, transfers
from graphsvc.model import Status
from graphsvc.terminal.common import first
from tests.builders import Entry, activity, flow, network, party, service


def printed(**options: object) -> str:
    found = network(
        [flow("news", "mail"), flow("mail", "cloud", "sub_processor")],
        [activity("news", "shop", ["customer email-address"])],
        [service("mail", "mailer"), service("cloud", "clouds")],
        [party("shop", "NL"), party("mailer", "IN"), party("clouds", "US")],
    )
    rows = map(plain.transfer, transfers(found, Filters(status=frozenset(Status))))
    out = Console(file=io.StringIO(), width=200)
    out.print(terminal.transfers(rows, found.on, "law-1", **options))
    return out.file.getvalue()


def test_each_footing_has_a_word_and_a_mark_and_the_summary_counts_the_bad_ones() -> None:
    text = printed()
    assert "!! uncovered" in text
    assert "law law-1" in text
    assert "uncovered, 2 unknown" in text


def test_the_short_table_shows_direct_recipients_and_counts_what_lies_behind() -> None:
    text = printed(direct_only=True)
    assert "cloud (" not in text
    assert "further down its chains" in text


def said(renderable: RenderableType) -> str:
    out = Console(file=io.StringIO(), width=200)
    out.print(renderable)
    return out.file.getvalue()


def gap(number: int) -> Entry:
    return {
        "weight": 5 if number < 900 else 4,
        "kind": "no_contract",
        "controller": {"name": f"shop {number}"},
        "what": "No contract",
        "to_do": "Record it",
        "article": "Art. 28 GDPR",
    }


def holding(number: int) -> Entry:
    named = {"name": f"shop {number}"}
    held = {"service": {"name": "mail"}, "party": {"name": "mailer"}, "role": "processor", "data": []}
    return held | {"controller": named, "status": "inside", "countries": ["NL"], "depth": 1}


def transfer(number: int) -> Entry:
    thing = {"id": f"shop-{number:04}", "name": f"shop {number}"}
    sent = {"service": thing, "importer": thing, "country": "US", "status": "lapsed", "reason": "r", "act": None}
    more = {"depth": 1, "transfer_impact_assessment": None, "basis": "stated"}
    return {"controller": thing, "activity": thing} | sent | more


@pytest.mark.parametrize(
    ("table", "row", "what", "summary"),
    [
        (lambda rows: terminal.gaps(rows, "day"), gap, "gaps", "1234 gaps: 900 of weight 5, 334 of weight 4."),
        (lambda rows: terminal.holders(rows, "day"), holding, "holdings", "1234 holdings."),
        (lambda rows: terminal.transfers(rows, "day", "law"), transfer, "rows", "1234 lines: 1234 lapsed"),
    ],
)
def test_a_long_table_shows_the_first_rows_says_so_and_counts_all(
    table: Callable[[Iterator[Entry]], RenderableType], row: Callable[[int], Entry], what: str, summary: str
) -> None:
    text = said(table(map(row, range(1_234))))
    assert "shop 999 " in text
    assert "shop 1000 " not in text
    assert f"The first 1,000 of 1,234 {what} are shown; --format csv or json has every one." in text
    assert summary in text
    assert "are shown" not in said(table(map(row, range(1_000))))


def test_of_rows_that_are_read_once_the_first_are_kept_and_all_are_counted() -> None:
    counted: list[int] = []
    rows = ({"number": number} for number in range(5))
    assert first(rows, lambda row: counted.append(row["number"]), most=2) == [{"number": 0}, {"number": 1}]
    assert counted == [0, 1, 2, 3, 4]
