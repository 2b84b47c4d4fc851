"""Puts into the wheel what the code reads beside it in a checkout, where `graphsvc.resources` looks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

RESOURCES = ("cypher", "seed_data", "docs/problems.md")
PAGE = "web/dist"


class ResourcesHook(BuildHookInterface):
    """Maps the resources; the page is one of them when it has been built, as hatchling fails on what is not there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Choose what goes into a wheel; an editable one takes everything from the checkout."""
        if version == "editable":
            return
        paths = [*RESOURCES]
        if (Path(self.root) / PAGE / "manifest.json").is_file():
            paths.append(PAGE)
        else:
            self.app.display_warning(
                f"{PAGE} is not built: this wheel shows the plain page. `make wheel` builds it first."
            )
        build_data["force_include"] |= {path: f"graphsvc/_data/{path}" for path in paths}
