"""The command that prints the OpenAPI document, for tools that make clients of it."""

from __future__ import annotations

import json

import click

from graphsvc.cli.common import main, says_errors, settings


@main.command("openapi")
@says_errors
def openapi_command() -> None:
    """Print the OpenAPI document of the HTTP API."""
    from graphsvc.api.app import described

    click.echo(json.dumps(described(settings()), indent=2, ensure_ascii=False))
