"""graphsvc: a dated, sourced graph of who processes whose personal data, and what of it leaves the EEA."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from flask import Flask

    from graphsvc.graph.store import Store
    from graphsvc.settings import Settings


def create_app(settings: Settings, store: Store) -> Flask:
    """The HTTP service over a register: the one place where it is put together.

    Args:
        settings: What the operator chose.
        store: The register, opened and prepared.
    """
    from graphsvc.api.app import make_app

    return make_app(settings, store)
