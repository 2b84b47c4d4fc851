"""The transfer table as a person reads it."""

from __future__ import annotations

import io

from rich.console import Console

from graphsvc import terminal
from graphsvc.answers import plain
from graphsvc.answers.transfers import Filters, transfers
from graphsvc.model import Status
from tests.builders import activity, flow, network, party, service


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
