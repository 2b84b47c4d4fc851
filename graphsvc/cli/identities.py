"""Commands on who is who: what may be one, and what was decided."""

from __future__ import annotations

import click

from graphsvc import terminal
from graphsvc.cli.ask.common import format_option, show
from graphsvc.cli.common import main, register, says_errors, settings
from graphsvc.cli.documents import say_outcome
from graphsvc.model import Basis, Sameness
from graphsvc.questions.common import check
from graphsvc.questions.identities import IdentitiesQuestion, Kind, ask_identities
from graphsvc.register.deciding import Decision, decide, take_back
from graphsvc.service import opened


@main.command("identities")
@click.option("--party", multiple=True, help="Only about this party; may be given several times.")
@click.option("--kind", multiple=True, type=click.Choice([kind.value for kind in Kind]), help="Only these items.")
@format_option
@says_errors
def identities_command(party: tuple[str, ...], kind: tuple[str, ...], form: str) -> None:
    """Parties that may be one, with the reasons, the most likely first; then what was decided, with sources."""
    with register() as store:
        found = ask_identities(store, IdentitiesQuestion(party, tuple(map(Kind, kind))))
        show(found, form, lambda: terminal.identities(found.head(), found.rows()))


@main.command("merge")
@click.argument("party")
@click.argument("other")
@click.option("--reason", required=True, help="Why, in words.")
@click.option("--different", is_flag=True, help="Say that they are not one, so that they are not proposed again.")
@click.option("--source", help="Id of a source that says so; else the decision itself is the source.")
@click.option("--locator", default="the decision", help="The place in the source.")
@click.option("--basis", type=click.Choice([basis.value for basis in Basis]), default=Basis.INFERRED.value)
@says_errors
def merge_command(party: str, other: str, reason: str, different: bool, basis: str, **given: str | None) -> None:
    """Say that OTHER is PARTY, whose id and name stay. Both stay as they are recorded; `unmerge` takes it back."""
    verdict = Sameness.DIFFERENT if different else Sameness.SAME
    with opened(settings(), attach=True) as store:
        check(store, {"Party": [party, other], "Source": [given["source"]]})
        decision = Decision(party, other, verdict, reason, given["source"], given["locator"], Basis(basis))
        outcome = decide(store, decision)
    say_outcome(outcome)
    click.echo(f"document {decision.document}")


@main.command("unmerge")
@click.argument("party")
@click.argument("other")
@says_errors
def unmerge_command(party: str, other: str) -> None:
    """Take back what `merge` said about two parties; the versions of its document stay."""
    with opened(settings(), attach=True) as store:
        check(store, {"Party": [party, other]})
        say_outcome(take_back(store, party, other))
