"""`python -m bench.page`: how soon the explorer shows a picture, and how smoothly it pans, in a real browser."""

from __future__ import annotations

import itertools
import json
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.asking import served
from bench.engines import Running, embedded
from graphsvc.graph.bolt import Bolt
from graphsvc.graph.store import Store
from graphsvc.service import load_seed
from graphsvc.settings import Settings
from tests.api.builders import document, evidence, flow, load, party, service, word
from tests.web.browser import FLAGS, find

SERVICES, FLOWS, LEVELS, ACTIVITIES = 2_000, 5_000, 6, 6
TIMES = 5
DRAG, STEPS = 400, 120
VIEWS = {
    "seed data, Perfacilis, all levels": "?controller=perfacilis&depth=99",
    "seed data, Connectis": "?controller=connectis&on=2020-07-16",
    "seed data, Perfacilis": "?controller=perfacilis",
    f"{SERVICES} services, {FLOWS} flows: first levels": "?controller=large",
    f"{SERVICES} services, {FLOWS} flows: all of it, beside its table": "?controller=large&depth=99",
}
FRAMES = """() => new Promise(done => {
  const times = []; const until = performance.now() + 2500;
  const tick = now => { times.push(now); now < until ? requestAnimationFrame(tick) : done(times); };
  requestAnimationFrame(tick);
})"""


def main() -> None:
    """Measure and print one line for each view."""
    print("| view | first picture | frames a second while panning | longest frame |")
    print("|---|---|---|---|")
    with _service() as address, _browser() as browser:
        for name, query in VIEWS.items():
            shown = sorted(_first_picture(browser, f"{address}/{query}") for _ in range(TIMES))
            rate, longest = _panning(browser, f"{address}/{query}")
            print(f"| {name} | {shown[len(shown) // 2]:.2f} s | {rate:.0f} | {longest:.0f} ms |", flush=True)


def large() -> dict[str, Any]:
    """A controller whose data spreads over many services, each reached from the level before; some flows lead back."""
    dice = random.Random(7)
    levels = [[f"large-{level}-{place}" for place in range(SERVICES // LEVELS)] for level in range(LEVELS)]
    levels[0] += [f"large-0-more-{place}" for place in range(SERVICES % LEVELS)]
    activities = [f"large-activity-{place}" for place in range(ACTIVITIES)]
    pairs = {(dice.choice(activities), each) for each in levels[0]}
    for above, below in itertools.pairwise(levels):
        pairs |= {(dice.choice(above), each) for each in below}
    everything = [each for level in levels for each in level]
    while len(pairs) < FLOWS:
        level = dice.randrange(LEVELS - 1)
        pairs.add((dice.choice(levels[level]), dice.choice(levels[level + 1])))
    places = (["NL"], ["DE"], ["US"], ["GB"], ["IN"], [])
    item = {"subject": "large-people", "category": "large-data"}
    return document(
        "large",
        subject_categories=[word("large-people")],
        data_categories=[word("large-data")],
        parties=[party("large", established_in=["NL"]), *(party(f"p-{each}") for each in everything)],
        services=[service(each, f"p-{each}", name=f"Service {each}") for each in everything],
        activities=[_activity(each, item) for each in activities],
        flows=[flow(f"{one}.{other}", one, other, places=dice.choice(places)) for one, other in sorted(pairs)],
    )


def _activity(key: str, item: dict[str, str]) -> dict[str, Any]:
    return {"id": key, "name": f"Activity {key}", "controller": "large", "data": [item], "evidence": evidence()}


@contextmanager
def _service() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, embedded(Path(folder)) as running:
        _fill(running)
        with served(running) as service:
            yield service.root.removesuffix("/api/v1")


def _fill(running: Running) -> None:
    with Bolt(running.address) as bolt:
        store = Store(bolt)
        store.prepare()
        load_seed(store, Settings())
        load(bolt, json.dumps(large()))


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield browser
        browser.close()


def _open(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_selector(".canvas canvas", state="attached")
    return page


def _first_picture(browser: Browser, address: str) -> float:
    """Seconds from the navigation until the picture is drawn."""
    page = _open(browser, address)
    mark = None
    while mark is None:
        mark = page.evaluate("performance.getEntriesByName('picture')[0]?.startTime ?? null")
    page.close()
    return mark / 1000


def _panning(browser: Browser, address: str) -> tuple[float, float]:
    """Frames a second, and the longest time between two, while a person drags the picture."""
    page = _open(browser, address)
    page.wait_for_load_state("networkidle")
    box = page.locator(".canvas").bounding_box()
    x, y = box["x"] + 8, box["y"] + 8
    before = page.locator(".canvas").screenshot()
    page.evaluate(f"window.frames_ = ({FRAMES})()")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(STEPS):
        page.mouse.move(x + DRAG * step / STEPS, y + DRAG * step / STEPS / 2)
    times = page.evaluate("window.frames_")
    page.mouse.up()
    if page.locator(".canvas").screenshot() == before:
        raise RuntimeError("the picture did not move")
    page.close()
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    return len(gaps) / (times[-1] - times[0]) * 1000, max(gaps)


if __name__ == "__main__":
    main()
