"""The two questions over HTTP: transfers, and holders with their reverse."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields, validate

from graphsvc.answers import plain
from graphsvc.api import answers as shapes
from graphsvc.api.common import (
    TABLE_FORMS,
    AskedQuery,
    Blueprint,
    Several,
    answer,
    as_csv,
    as_json,
    day_of,
    paged,
    store,
    wants_csv,
    window,
)
from graphsvc.imports.fields import Word
from graphsvc.model import Status
from graphsvc.questions import (
    Holders,
    HoldersQuestion,
    TransfersQuestion,
    ask_holders,
    ask_transfers,
)

questions = Blueprint("questions", __name__, description="What the register answers, on any day")

TRANSFER_COLUMNS = [
    "controller",
    "controller_id",
    "activity",
    "activity_id",
    "exporter",
    "exporter_id",
    "importer",
    "importer_id",
    "service",
    "service_id",
    "role",
    "country",
    "status",
    "reason",
    "act",
    "transfer_impact_assessment",
    "data",
    "chain",
    "depth",
    "condition",
    "own_processing",
    "widening",
    "parents_outside",
    "basis",
    "sources",
]
HOLDER_COLUMNS = [
    "controller",
    "controller_id",
    "party",
    "party_id",
    "service",
    "service_id",
    "role",
    "countries",
    "status",
    "data",
    "activities",
    "chain",
    "depth",
    "basis",
    "sources",
]


class AboutData(AskedQuery):
    """The part of a question that says whose data and which."""

    controller = Several(fields.String(), metadata={"description": "Id of a controller; may be given several times."})
    category = fields.String(metadata={"description": "Id of a data category; narrower ones are included."})
    subject = fields.String(metadata={"description": "Id of a data-subject category; narrower ones are included."})


class TransfersQuery(AboutData):
    """The query of `/transfers`."""

    activity = fields.String(metadata={"description": "Id of an activity."})
    status = Several(Word(Status), metadata={"description": "Footings to show; all but `inside` when left out."})
    country = fields.String(
        validate=validate.Length(min=2, max=7), metadata={"description": "A country code, or `unknown`."}
    )
    beyond = fields.Boolean(
        load_default=False,
        metadata={"description": "Also show what independent controllers and authorities do next, marked as such."},
    )


class HoldingsQuery(AboutData):
    """The query of `/holders` and of `/parties/{id}/holdings`."""


@questions.get("/transfers")
@questions.arguments(TransfersQuery, location="query")
@questions.answers(shapes.TransfersAnswer, table=True, paged=True)
def transfers(query: dict[str, Any]) -> Response:
    """Which flows are third-country transfers on a day, and on which legal footing.

    One line for each activity, flow and third country. With `status=inside` the recipients that no third
    country is involved with.
    """
    question = TransfersQuestion(
        on=day_of(query),
        controllers=tuple(query.get("controller", ())),
        activity=query.get("activity"),
        status=tuple(map(Status, query.get("status", ()))),
        country=query.get("country"),
        category=query.get("category"),
        subject=query.get("subject"),
        beyond=query["beyond"],
    )

    def make(_: object) -> Response:
        found = ask_transfers(store(), question)
        if wants_csv(query):
            return as_csv(found.rows(), TRANSFER_COLUMNS, f"transfers-{question.on}", query)
        totals, lines = found.page(*window(query))
        body = {
            "on": question.on,
            "law": found.network.law.version,
            "total": totals.lines,
            "by_status": {status.value: totals.by_status[status] for status in Status},
            "by_country": dict(sorted(totals.by_country.items())),
            "items": list(map(plain.transfer, lines)),
        }
        return paged(as_json(body), query, totals.lines)

    return answer(query, make, question.on, TABLE_FORMS)


@questions.get("/holders")
@questions.arguments(HoldingsQuery, location="query")
@questions.answers(shapes.HoldersAnswer, table=True, paged=True)
def holders(query: dict[str, Any]) -> Response:
    """Which parties hold which data on a day, where, in which role, through which shortest chain."""
    return _holdings(query, None)


@questions.get("/parties/<string:party>/holdings")
@questions.arguments(HoldingsQuery, location="query")
@questions.answers(shapes.HoldersAnswer, table=True, paged=True)
def holdings(query: dict[str, Any], party: str) -> Response:
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
    return answer(query, lambda _: _shown(query, ask_holders(store(), question)), question.on, TABLE_FORMS)


def _shown(query: dict[str, Any], found: Holders) -> Response:
    if wants_csv(query):
        return as_csv(found.rows(), HOLDER_COLUMNS, f"holders-{found.question.on}", query)
    total, held = found.page(*window(query))
    body = {
        "on": found.question.on,
        "law": found.network.law.version,
        "total": total,
        "items": [plain.holding(found.network, one) for one in held],
    }
    return paged(as_json(body), query, total)
