"""A browser, and the service with the seed data that it looks at; every page is watched for what must not happen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from graphsvc.api.explorer import BUILT
from tests.api.conftest import serving
from tests.checkout import ROOT
from tests.web.browser import FLAGS, find

IS_REQUIRED = bool(os.environ.get("CI"))
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
ARTEFACTS = ROOT / "artefacts"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOMENT, LONGEST_WAIT = 40, 120_000
"""Milliseconds."""
WIDE = {"width": 1440, "height": 900}


def _do_without(reason: str) -> None:
    (pytest.fail if IS_REQUIRED else pytest.skip)(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    path = find()
    if path is None:
        _do_without("there is no Chromium here: install it, or name it in CHROMIUM")
    if not (BUILT / "manifest.json").exists():
        _do_without("the page is not built: make page")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with the seed data; of one that runs already when PAGE_AT names it."""
    if running_already := os.environ.get("PAGE_AT"):
        yield running_already
        return
    with serving(tmp_path_factory.mktemp("page"), "--seed") as running:
        yield f"http://127.0.0.1:{running.port}"


@dataclass
class Visit:
    """A page in a browser, and what it did.

    Attributes:
        page: The page.
        base: The address of the service.
        errors: What its console complained of.
        elsewhere: Requests to other hosts.
        asking: Requests that are on their way.
    """

    page: Page
    base: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    asking: set[Request] = field(default_factory=set)

    def watch(self) -> None:
        """Note what must not happen."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._request)
        self.page.on("requestfinished", self._done)
        self.page.on("requestfailed", self._done)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)

    def _request(self, request: Request) -> None:
        self.asking.add(request)
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def _done(self, request: Request) -> None:
        self.asking.discard(request)

    def open(self, **view: Any) -> Page:
        """Open the page at a view, and wait until its answer is there."""
        self.page.goto(f"{self.base}/?{urlencode(view)}")
        self.settled()
        return self.page

    def settled(self) -> None:
        """Wait until nothing is being asked any more."""
        self.page.wait_for_selector("main h1")
        for _ in range(2):
            self._answered()
            expect(self.page.locator("[aria-busy=true]")).to_have_count(0, timeout=LONGEST_WAIT)

    def _answered(self) -> None:
        """Wait until no request is on its way, and the browser has had a moment to draw what came."""
        for _ in range(LONGEST_WAIT // MOMENT):
            self.page.wait_for_timeout(MOMENT)
            if not self.asking:
                return
        pytest.fail(f"still asking: {[request.url for request in self.asking]}")

    def axe(self) -> None:
        """Check what is shown against WCAG 2.2 AA."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
        )
        told = [(each["id"], [node["html"][:160] for node in each["nodes"]][:4]) for each in found["violations"]]
        assert not told


Opens = Callable[..., Visit]


@pytest.fixture
def visiting(browser: Browser, base: str) -> Iterator[Opens]:
    """Makes visits; at the end none of them may have complained or asked another host."""
    contexts: list[tuple[BrowserContext, Visit, bool]] = []

    def visit(address: str = base, may_complain: bool = False, **options: Any) -> Visit:
        context = browser.new_context(**{"viewport": WIDE, "locale": "en-GB", **options})
        context.set_default_timeout(LONGEST_WAIT)
        found = Visit(context.new_page(), address)
        found.watch()
        contexts.append((context, found, may_complain))
        return found

    yield visit
    for context, found, may_complain in contexts:
        context.close()
        assert may_complain or not found.errors, found.errors
        assert not found.elsewhere


@pytest.fixture
def visit(visiting: Opens) -> Visit:
    """One visit as usual."""
    return visiting()


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where pictures are kept that a person may look at."""
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS
