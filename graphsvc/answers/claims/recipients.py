"""Claims about recipients against the facts. Pure."""

from __future__ import annotations

from dataclasses import replace

from graphsvc.answers.claims.facts import Fact, recipients
from graphsvc.answers.claims.matter import ROLE, Matter, Outcome, recipient, told_recipient
from graphsvc.answers.lines import Line
from graphsvc.model import UNKNOWN, Basis, Role
from graphsvc.translation import _


def no_recipient(matter: Matter) -> Outcome:
    """Somebody receives nothing, through no chain; a recipient that nobody names may be the one.

    Further down a chain that is not stated all along it cannot be told: a list of sub-processors says that a company
    is used, not that this data reaches it.
    """
    about = matter.check.categories
    lines = [line for line in matter.lines if not about or matter.categories_in(about, line)]
    found = recipients((line for line in lines if matter.names(line)), _receives)
    against = tuple(fact for fact in found if len(fact.chain) == 1 or fact.basis is Basis.STATED)
    perhaps = tuple(replace(fact, reason=_may_receive(fact)) for fact in found if fact not in against)
    unnamed = [line for line in lines if not matter.names(line) and line.passage.importer.id == UNKNOWN]
    return Outcome(against, (*perhaps, *recipients(unnamed, _may_be_anybody)))


def only_recipients(matter: Matter) -> Outcome:
    """Nobody but some receive data from the controller itself; what these pass on is not what such a list is about.

    Whether data goes to somebody else at all cannot be told of a recipient without a name and without a role.
    """
    others = [line for line in matter.disclosures if not matter.names(line)]
    open_ones = [line for line in others if line.passage.importer.id == UNKNOWN and _has_no_role(line)]
    against = [line for line in others if not (line.passage.importer.id == UNKNOWN and _has_no_role(line))]
    return Outcome(recipients(against, _is_left_out), recipients(open_ones, _may_be_its_own))


def _has_no_role(line: Line) -> bool:
    return line.passage.flow.role is Role.UNKNOWN


def _receives(line: Line) -> str:
    return _("{recipient} receives data.", recipient=recipient(line))


def _may_receive(fact: Fact) -> str:
    return _("{recipient} receives data, perhaps.", recipient=told_recipient(fact.service, fact.importer))


def _may_be_anybody(line: Line) -> str:
    return _("{recipient}: nobody says who that is.", recipient=recipient(line))


def _is_left_out(line: Line) -> str:
    return _(
        "{recipient} receives data and is not on the list (role: {role}).",
        recipient=recipient(line),
        role=ROLE[line.passage.flow.role],
    )


def _may_be_its_own(line: Line) -> str:
    return _("{recipient}: nobody says who that is, or whether it is somebody else at all.", recipient=recipient(line))
