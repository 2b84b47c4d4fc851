"""Chromium for the tests of the page: where it is, and how it comes to machines that have none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
"""A browser that asks nobody for anything; without the sandbox, which needs rights that a container does not give."""


def find() -> str | None:
    """The browser's path; None: this machine has none."""
    given = os.environ.get("CHROMIUM")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


def bring() -> str | None:
    """Install Debian's Chromium where that can be done without asking; its path, or None."""
    if find() is None and shutil.which("apt-get") and os.geteuid() == 0:
        print("installing Chromium for the tests of the page ...", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet)
    return find()


if __name__ == "__main__":
    if bring() is None:
        print("no Chromium here: the tests of the page are skipped (in CI: fail)", file=sys.stderr)
