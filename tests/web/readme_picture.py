"""`make picture`: the README's picture of the page, made from the seed data."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.api.conftest import serving
from tests.checkout import ROOT
from tests.web.browser import FLAGS, find

PICTURE = ROOT / "docs" / "explorer.png"
VIEW = "/?controller=connectis&on=2020-07-16&lang=en&theme=light&show=picture"
FLOW = "&select=flow:connectis-website-statistics-google-analytics"
SIZE = {"width": 1280, "height": 860}


def main() -> None:
    """Make it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), "--seed") as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        page = browser.new_page(viewport=SIZE, locale="en-GB")
        page.goto(f"http://127.0.0.1:{running.port}{VIEW}{FLOW}")
        expect(page.locator("#details")).to_contain_text("Privacyverklaring", timeout=60_000)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"made {PICTURE.relative_to(ROOT)}, {PICTURE.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
