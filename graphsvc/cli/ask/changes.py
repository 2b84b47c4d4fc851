"""`graphsvc ask changes`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.answers.changes.causes import CauseKind
from graphsvc.answers.changes.differences import Kind
from graphsvc.cli.ask.common import ask, controller_option, forms_option, language_option, on_option, show
from graphsvc.cli.common import DAY, day, register, says_errors
from graphsvc.exports.changes import feed, mail, title
from graphsvc.questions import ChangesQuestion, VersionsQuestion, ask_changes, ask_versions, period

KINDS = click.Choice([kind.value for kind in Kind])
CAUSES = click.Choice([cause.value for cause in CauseKind])


@ask.command("changes")
@click.option("--from", "start", type=DAY, help="The one day; a year before the other when left out.")
@click.option("--to", "end", type=DAY, help="The other day; today when left out.")
@controller_option
@click.option("--kind", multiple=True, type=KINDS, help="Only this kind of change; may be given several times.")
@click.option("--cause", multiple=True, type=CAUSES, help="Only changes with this cause.")
@click.option("--document", help="Id of a document: compare two of its versions instead, on the day --on.")
@click.option("--from-version", type=click.IntRange(0), help="The one version; 0 is before there was any.")
@click.option("--to-version", type=click.IntRange(0), help="The other version; the last one when left out.")
@on_option
@forms_option("text", "atom")
@language_option
@says_errors
def changes_command(
    controller: tuple[str, ...], kind: tuple[str, ...], document: str | None, form: str, lang: str, **rest: Any
) -> None:
    """What changed between two days, or between two versions of a document, for whom, and why."""
    kinds = tuple(map(Kind, kind))
    _refuse(OF_VERSIONS if document is None else OF_DAYS, rest, document is None)
    with register() as store:
        if document is None:
            start, end = period(_text(rest["start"]), _text(rest["end"]))
            found = ask_changes(
                store, ChangesQuestion(start, end, controller, kinds, tuple(map(CauseKind, rest["cause"])))
            )
        else:
            numbers = (rest["from_version"], rest["to_version"])
            found = ask_versions(store, VersionsQuestion(document, day(rest["on"]), *numbers, controller, kinds))
        more = {"text": lambda: mail(found, lang), "atom": lambda: feed(found, lang)}
        show(found, form, lambda: terminal.changes(found.rows(), title(found, "en"), found.law), more)


OF_DAYS = ("start", "end", "cause")
OF_VERSIONS = ("from_version", "to_version", "on")


def _refuse(names: tuple[str, ...], given: dict[str, Any], needs_document: bool) -> None:
    """Refuse options of the one question in the other."""
    found = [name for name in names if given[name] not in (None, ())]
    if found:
        option = {"start": "--from", "end": "--to"}.get(found[0], "--" + found[0].replace("_", "-"))
        raise click.UsageError(f"{option} {'needs' if needs_document else 'does not go with'} --document")


def _text(on: Any) -> str | None:
    return on.date().isoformat() if on else None
