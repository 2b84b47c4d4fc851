"""The command line imports what a command needs when it is called for, and nothing else."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import click
import pytest

from graphsvc.cli import ask, main
from graphsvc.cli.lazy import LazyGroup

SHARED = {"common", "lazy", "ask"}
"""Modules that are no command's own."""


def groups() -> list[LazyGroup]:
    return [main, main.get_command(click.Context(main), "ask")]


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.name)
def test_every_command_that_is_listed_is_there_under_its_name(group: LazyGroup):
    context = click.Context(group)
    names = group.list_commands(context)
    assert [group.get_command(context, name).name for name in names] == names
    assert group.get_command(context, "no-such-command") is None


def test_every_module_of_the_command_line_adds_a_command_that_is_listed():
    for group, path in zip(groups(), (sys.modules["graphsvc.cli"].__path__, ask.__path__), strict=True):
        context = click.Context(group)
        commands = [group.get_command(context, name) for name in group.list_commands(context)]
        homes = {
            command.callback.__wrapped__.__module__
            if hasattr(command.callback, "__wrapped__")
            else command.callback.__module__
            for command in commands
        }
        expected = {module.name for module in pkgutil.iter_modules(path)} - SHARED
        assert {home.rpartition(".")[2] for home in homes} - SHARED == expected


def test_loading_imports_no_spreadsheets_calendars_or_web_server():
    heavy = ("openpyxl", "icalendar", "docx", "pygraphviz", "fpdf", "flask")
    program = (
        "import sys; from graphsvc.cli import main; main(['load', '--help'], standalone_mode=False); "
        f"print('imported', sorted(set({heavy!r}) & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "imported []"
