"""The Flask app: blueprints, problems, who may ask, and the pages that explain."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import swagger_ui
from flask import Flask, Response, abort, render_template_string, request, send_from_directory
from flask_smorest import Api
from werkzeug.exceptions import Forbidden, HTTPException

from graphsvc import __version__
from graphsvc.api import answers as shapes
from graphsvc.api import explorer, pictures, problems
from graphsvc.api.changes import changes
from graphsvc.api.claims import claims
from graphsvc.api.concentration import concentration
from graphsvc.api.dates import dates
from graphsvc.api.documents import documents
from graphsvc.api.exports import exports
from graphsvc.api.exposure import exposure
from graphsvc.api.gaps import gaps
from graphsvc.api.health import health
from graphsvc.api.holders import holders
from graphsvc.api.identities import identities
from graphsvc.api.imports import imports
from graphsvc.api.overview import overview
from graphsvc.api.paths import paths
from graphsvc.api.picture import picture
from graphsvc.api.recipients import recipients
from graphsvc.api.things import things
from graphsvc.api.transfers import transfers
from graphsvc.api.what_if import what_if
from graphsvc.graph.store import Store
from graphsvc.settings import Settings

PREFIX = "/api/v1"
BLUEPRINTS = (
    transfers,
    holders,
    changes,
    dates,
    picture,
    overview,
    exposure,
    claims,
    paths,
    what_if,
    concentration,
    recipients,
    gaps,
    identities,
    things,
    documents,
    imports,
    exports,
    health,
)
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
SWAGGER = Path(swagger_ui.__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'"
)


class OurApi(Api):
    """flask-smorest's API with our errors."""

    ERROR_SCHEMA = shapes.Problem

    def _register_responses(self) -> None:
        """Describe every error as a problem, not as plain JSON."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = problems.MEDIA_TYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def handle_http_exception(self, error: HTTPException) -> Response:  # type: ignore[override]
        """Turn an HTTP error into a problem."""
        return problems.of_http(error)


def make_app(settings: Settings, store: Store | None) -> Flask:
    """Put the app together.

    Args:
        settings: What the operator chose.
        store: The register; None: the app can only describe itself.
    """
    app = Flask("graphsvc", static_folder=None)
    app.config |= {
        "MAX_CONTENT_LENGTH": settings.max_document + 1024,
        "MAX_DOCUMENT": settings.max_document,
        "ANSWER_SECONDS": settings.answer_seconds,
        "API_TITLE": "graphsvc",
        "API_VERSION": __version__,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": PREFIX,
        "OPENAPI_JSON_PATH": "openapi.json",
        "API_SPEC_OPTIONS": {"info": {"description": DESCRIPTION}},
    }
    app.extensions["graphsvc"] = store
    app.json.sort_keys = False  # type: ignore[attr-defined]
    api = OurApi(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint, url_prefix=PREFIX)
    problems.register(app)
    own_name = f"[{settings.host}]" if ":" in settings.host else settings.host
    app.before_request(_only_from_here(LOCAL_NAMES | {own_name}))
    app.after_request(_with_headers)
    explorer.register(app)
    pictures.register(app)
    app.add_url_rule("/api/docs", "docs", _docs)
    app.add_url_rule("/api/docs/<path:name>", "docs_file", _docs_file)
    app.add_url_rule("/problems/<slug>", "problem", _problem)
    return app


def described(settings: Settings) -> dict[str, Any]:
    """The OpenAPI document, without a register."""
    app = make_app(settings, None)
    return app.test_client().get(f"{PREFIX}/openapi.json").get_json()


def _only_from_here(names: frozenset[str]) -> Callable[[], None]:
    """Refuse what a page of another site could send: there is no login, so a browser must not be its hand.

    A foreign Host is DNS rebinding; a foreign Origin is another site's script or form.
    """

    def check() -> None:
        if _host_name(request.host) not in names:
            known = ", ".join(sorted(names))
            abort(421, f"This service answers to {known} only, not to {request.headers.get('Host', '')!r}.")
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2] != request.host:
            raise Forbidden("Requests from pages of other sites are refused.")

    return check


def _host_name(host: str) -> str:
    """The name in a Host header, without the port; werkzeug has made it empty when it cannot be one."""
    return re.sub(r":[0-9]*$", "", host).lower()


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _docs() -> Response:
    page = Response(DOCS, content_type="text/html; charset=utf-8")
    page.headers["Content-Security-Policy"] = DOCS_POLICY
    return page


def _docs_file(name: str) -> Response:
    if name == "start.js":
        return Response(DOCS_SCRIPT, content_type="text/javascript; charset=utf-8")
    return send_from_directory(SWAGGER, name, max_age=86_400)


def _problem(slug: str) -> Response:
    known = problems.explained()
    if slug not in known:
        abort(404)
    title, text = known[slug]
    return Response(
        render_template_string(PROBLEM, slug=slug, title=title, text=text), content_type="text/html; charset=utf-8"
    )


DESCRIPTION = """
Who processes whose personal data, through which chain, where, and on which legal footing: on any day, with the
act and the source behind every line. Every question takes the parameter `on` (a day, today when left out).
Errors are `application/problem+json` (RFC 9457).
"""
PROBLEM = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{{ title }}</title>
<h1>{{ title }}</h1><p><code>{{ slug }}</code></p><p>{{ text }}</p></html>
"""
DOCS = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>graphsvc API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>
"""
DOCS_SCRIPT = """SwaggerUIBundle({url: "/api/v1/openapi.json", dom_id: "#swagger-ui", deepLinking: true,
validatorUrl: null, queryConfigEnabled: false});
"""
