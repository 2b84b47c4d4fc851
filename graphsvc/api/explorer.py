"""The page at `/`: what it shows without JavaScript, and the files that Vite built for browsers with it."""

from __future__ import annotations

import json
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, current_app, render_template_string, request, send_from_directory, url_for
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from graphsvc.api.common import LONGEST_PAGE, store
from graphsvc.api.pictures import picture_of
from graphsvc.clock import today
from graphsvc.errors import GraphsvcError
from graphsvc.exports.picture import looks
from graphsvc.imports.fields import Day
from graphsvc.questions import OverviewQuestion, PictureQuestion, ask_overview, require
from graphsvc.resources import resource
from graphsvc.translation import LANGUAGES, country_name, gettext, translate

API = "/api/v1"
BUILT = resource("web/dist")
ENTRY = "src/main.tsx"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
FOR_EVER = "public, max-age=31536000, immutable"
TEMPLATE = (Path(__file__).parent / "explorer.html").read_text(encoding="utf-8")
LISTED = 1_000
"""So many flows the page without JavaScript lists."""
COUNTED = 5_000
"""Up to this many flows the page without JavaScript counts them for each controller."""


def register(app: Flask) -> None:
    """Serve the page and what it is built of."""
    app.add_url_rule("/", "start", _start)
    app.add_url_rule("/assets/<path:name>", "assets", _asset)
    app.extensions["explorer"] = lru_cache(maxsize=64)(_answered)


def _start() -> Response:
    """The page: light when a browser builds it itself, whole when it is asked for plain or nothing has been built."""
    language, built = _language(), _built(BUILT / "manifest.json")
    is_plain = "plain" in request.args or built["script"] is None
    status = 200
    try:
        shown = _shown(request.args) if is_plain else _light(request.args, language)
    except GraphsvcError as error:
        shown, status = {"problem": error.args[0]}, error.status
    values = {
        **{"overview": None, "picture": None, "problem": None, "controllers": [], "asks": None},
        **translate(shown, language),
        **(built if not is_plain else {"script": None, "styles": built["styles"]}),
    }
    page = render_template_string(
        TEMPLATE,
        language=language,
        languages=LANGUAGES,
        looks=looks(),
        asked=request.args,
        is_built=built["script"] is not None,
        plain=url_for("start", **{**request.args.to_dict(), "plain": "1"}),
        on=_day(request.args) or today(),
        odd_day=None if _day(request.args) else request.args.get("on"),
        gettext=partial(gettext, language),
        country=partial(country_name, language),
        **values,
    )
    response = Response(page, status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Language"
    return response


def _language() -> str:
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def _day(asked: MultiDict[str, str]) -> str | None:
    """The day in the address; None when there is none that can be read: the page says which day it shows."""
    try:
        return Day().deserialize(asked.get("on", ""))
    except ValidationError:
        return None


def _shown(asked: MultiDict[str, str]) -> dict[str, Any]:
    """What the page shows of the register: a picture when a controller is chosen, else where each one stands."""
    state = store().state()
    on, controller = _day(asked) or today(), asked.get("controller", "")
    answered = current_app.extensions["explorer"]
    return answered(state.revision, on, controller) | {"controllers": store().controllers()}


SIMPLE = frozenset({"controller", "on", "lang", "theme", "show", "select"})
"""With only these in its address the page asks one thing first, which can be on its way before the page's script is."""


def _light(asked: MultiDict[str, str], language: str) -> dict[str, Any]:
    """What a browser needs that builds the page itself: nothing of the register but what it is going to ask first."""
    controller = asked.get("controller", "")
    if controller:
        require(store(), "Party", controller)
    if not asked.keys() <= SIMPLE:
        return {}
    about = {"on": _day(asked) or today(), **({"controller": controller} if controller else {})}
    if controller:
        about |= {} if language == LANGUAGES[0] else {"lang": language}
        about |= {"page_size": LONGEST_PAGE}
    return {"asks": f"{API}/{'picture' if controller else 'overview'}?{urlencode(about)}"}


def _answered(_revision: int, on: str, controller: str) -> dict[str, Any]:
    """The answer, once for each revision of the register."""
    if controller:
        return {"picture": picture_of(PictureQuestion(on, (controller,))).body(most=LISTED)}
    if store().total("Flow") > COUNTED:
        return {}
    return {"overview": ask_overview(store(), OverviewQuestion(on)).body()}


@lru_cache(maxsize=8)
def _manifest(path: Path, _changed: float) -> dict[str, Any]:
    entry = json.loads(path.read_text(encoding="utf-8"))[ENTRY]
    return {"script": f"/{entry['file']}", "styles": [f"/{name}" for name in entry.get("css", ())]}


def _built(path: Path) -> dict[str, Any]:
    """The files that a browser loads; none when the page has not been built."""
    return _manifest(path, path.stat().st_mtime) if path.exists() else {"script": None, "styles": []}


def _asset(name: str) -> Response:
    """A built file: its name changes with its content, so a browser may keep it for ever."""
    folder = BUILT / "assets"
    if not folder.is_dir():
        abort(404)
    response = send_from_directory(folder, name)
    response.headers["Cache-Control"] = FOR_EVER
    return response
