"""Holders over HTTP, and their reverse: what one party holds."""

from __future__ import annotations

from typing import Any

from flask import Response

from graphsvc.api import answers as shapes
from graphsvc.api.common import AboutData, Blueprint, answer_question, day_of, store
from graphsvc.questions import HoldersQuestion, ask_holders

holders = Blueprint("holders", __name__, description="Who holds which data, and what one party holds")


class HoldingsQuery(AboutData):
    """The query of `/holders` and of `/parties/{id}/holdings`."""


@holders.get("/holders")
@holders.arguments(HoldingsQuery, location="query")
@holders.answers(shapes.HoldersAnswer, table=True, paged=True)
def list_holders(query: dict[str, Any]) -> Response:
    """Which parties hold which data on a day, where, in which role, through which shortest chain."""
    return _holdings(query, None)


@holders.get("/parties/<string:party>/holdings")
@holders.arguments(HoldingsQuery, location="query")
@holders.answers(shapes.HoldersAnswer, table=True, paged=True)
def list_holdings(query: dict[str, Any], party: str) -> Response:
    """What one party holds on a day, and of which controllers."""
    return _holdings(query, party)


def _holdings(query: dict[str, Any], party: str | None) -> Response:
    question = HoldersQuestion(
        on=day_of(query),
        controllers=tuple(query.get("controller", ())),
        category=query.get("category"),
        subject=query.get("subject"),
        party=party,
    )
    return answer_question(query, lambda: ask_holders(store(), question), question.on, "holders")
