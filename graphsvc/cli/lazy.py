"""A group of commands that imports each when it is called for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own, which add them to it when they are imported.

    Together they need every library there is, from spreadsheets to graph algorithms: a start takes half the time and
    half the memory without those that the command at hand does not use.
    """

    def __init__(self, *args: Any, modules: Mapping[str, str], **options: Any) -> None:
        """Prepare.

        Args:
            modules: For each command the module that adds it.
        """
        super().__init__(*args, **options)
        self._modules = modules

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all commands, imported or not."""
        return sorted(self._modules)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """A command by its name; None: there is none."""
        if name in self._modules:
            import_module(self._modules[name])
        return super().get_command(context, name)
