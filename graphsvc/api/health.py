"""Whether the service lives, and whether it can answer."""

from __future__ import annotations

from typing import Any

from flask import Response

from graphsvc.api import answers as shapes
from graphsvc.api.common import Blueprint, Query, as_json, store

health = Blueprint("health", __name__, description="For whoever watches over the service")


@health.get("/health/live")
@health.arguments(Query, location="query")
@health.alt_response(200, schema=shapes.Health)
def live(_: dict[str, Any]) -> Response:
    """The process answers."""
    return as_json({"status": "live"})


@health.get("/health/ready")
@health.arguments(Query, location="query")
@health.alt_response(200, schema=shapes.Health)
@health.alt_response(503, schema=shapes.Problem, content_type="application/problem+json")
def ready(_: dict[str, Any]) -> Response:
    """The graph database answers, so questions can be asked."""
    state = store().state()
    engine = " ".join(store().bolt.server())
    return as_json({"status": "ready", "engine": engine, "revision": state.revision, "law": state.law})
