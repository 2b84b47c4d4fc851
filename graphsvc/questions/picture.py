"""What is there to see of a controller, an activity, a kind of data or a party on a day, level by level?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from graphsvc.answers.lines import Wanted
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.picture import plain
from graphsvc.answers.picture.levels import Picture, TooManyLines, View
from graphsvc.errors import PictureTooLarge
from graphsvc.graph.store import Store
from graphsvc.graph.wish import TooMuch, Wish
from graphsvc.model import UNKNOWN, Day, Role, Status
from graphsvc.model.changes import Change
from graphsvc.questions.common import Answer, Plain, check
from graphsvc.questions.what_if import WhatIfQuestion, ask_what_if

MOST = 20_000
"""Activities and flows that a picture may reach: what it takes of them is known before more is fetched."""
MOST_LINES = 200_000
"""Lines that these may come to: the data of an activity makes one of a flow for each country it reaches."""


@dataclass(frozen=True)
class PictureQuestion:
    """What is there to see on a day?

    Attributes:
        on: The day.
        controllers: Ids of controllers; empty: all.
        activity: Id of one activity.
        party: Only what leads to services of this party.
        service: Only what leads to this service.
        status: Only flows on these footings; empty: all.
        countries: Only flows that reach these countries; empty: all.
        roles: Only recipients in these roles; empty: all.
        category: Only this data category and narrower ones.
        subject: Only this data-subject category and narrower ones.
        depth: How many levels; None: as many as have few flows.
        opened: Activities and services whose flows are shown whatever the depth.
        beyond: Also behind independent controllers and authorities.
        changes: What is supposed; the picture is that of a register in which it is so.
    """

    on: Day
    controllers: tuple[str, ...] = ()
    activity: str | None = None
    party: str | None = None
    service: str | None = None
    status: tuple[Status, ...] = ()
    countries: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    category: str | None = None
    subject: str | None = None
    depth: int | None = None
    opened: tuple[str, ...] = ()
    beyond: bool = False
    changes: tuple[Change, ...] = ()

    def view(self, ends: frozenset[str] | None) -> View:
        """What the picture leaves out, when only what leads to some services is asked for."""
        return View(
            Wanted(self.category, self.subject),
            frozenset(self.status),
            frozenset(self.countries),
            frozenset(self.roles),
            self.depth,
            frozenset(self.opened),
            self.beyond,
            ends,
        )


@dataclass(frozen=True)
class PictureAnswer(Answer):
    """The picture: one row for each flow that is asked for and shown."""

    question: PictureQuestion
    picture: Picture
    columns = (
        *("flow", "from", "from_id", "to", "to_id", "exporter", "importer", "role", "status", "countries"),
        *("controllers", "activities", "data", "chain", "depth", "purpose", "condition", "contract", "tools"),
        *("valid_from", "valid_until", "own_processing", "widening", "parents_outside", "basis", "sources"),
    )

    def head(self) -> Plain:
        """The day, the law, what there is at each depth, and what the flows shown connect."""
        picture = self.picture
        return {
            "on": self.question.on,
            "law": picture.network.law.version,
            "depth": picture.depth,
            "levels": [plain.level(level) for level in picture.levels],
            "by_status": {status.value: count for status, count in picture.by_status.items()},
            "nodes": [plain.node(node) for node in picture.nodes()],
            "ways": [plain.flow(drawn) for drawn in picture.ways],
        }

    def rows(self) -> Iterator[Plain]:
        """Every flow that is asked for and shown, as plain values."""
        return map(plain.flow, self.picture.flows)


def ask_picture(store: Store, question: PictureQuestion, scope: Scope = EVERYBODY) -> PictureAnswer:
    """Answer a question about a picture, within what the asker may see.

    Raises:
        NotFound: the question names something that is not in the register.
        PictureTooLarge: it reaches more than fits in one picture.
    """
    check(
        store,
        {
            "Party": [*question.controllers, question.party],
            "Activity": [question.activity],
            "Service": [question.service],
            "Country": question.countries,
            "DataCategory": [question.category],
            "SubjectCategory": [question.subject],
        },
    )
    with bounded():
        network = _supposed(store, question, scope) if question.changes else _fetched(store, question, scope)
        ends = _ends(store, question)
        if question.party == UNKNOWN:
            ends = frozenset(service.id for service in network.services.values() if service.provider == UNKNOWN)
        return PictureAnswer(question, Picture(network, question.view(ends), MOST_LINES))


@contextmanager
def bounded() -> Iterator[None]:
    """Refuse a picture as soon as it is seen to reach too much, before the rest is fetched.

    Raises:
        PictureTooLarge: it does.
    """
    try:
        yield
    except (TooMuch, TooManyLines):
        raise PictureTooLarge(
            f"this picture reaches more than {MOST:,} activities and flows, or {MOST_LINES:,} lines about them: ask "
            "for one controller, activity, service or party; transfers, holders and the overview have no such limit"
        ) from None


def _fetched(store: Store, question: PictureQuestion, scope: Scope) -> Network:
    """What the question reaches."""
    narrowed = scope.narrowed_to(question.controllers or None)
    ends = None if question.party == UNKNOWN else _ends(store, question)
    if ends is not None and question.activity is None and not question.beyond:
        return store.network_above(question.on, ends, narrowed, most=MOST)
    activities = (question.activity,) if question.activity else None
    return store.networks([Wish(question.on, narrowed, activities, question.beyond, most=MOST)])[0]


def _supposed(store: Store, question: PictureQuestion, scope: Scope) -> Network:
    """What it would reach if the changes were made."""
    asked = question.controllers or tuple(found["id"] for found in store.controllers())
    after = ask_what_if(store, WhatIfQuestion(question.on, question.changes, asked), scope).after(MOST)
    if question.activity is None:
        return after
    return replace(after, activities=tuple(each for each in after.activities if each.id == question.activity))


def _ends(store: Store, question: PictureQuestion) -> frozenset[str] | None:
    """The services that everything has to lead to; None: anything may be shown."""
    if question.service is not None:
        return frozenset((question.service,))
    if question.party is not None:
        return frozenset(service.id for service in store.services_of(question.party))
    return None
