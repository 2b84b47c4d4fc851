"""What a question wants of the register: whose, of which days, how far, and how much at the most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphsvc.answers.network import EVERYBODY, Scope
from graphsvc.model import CHAIN_ENDS_AT, Day


class TooMuch(Exception):
    """A question reaches more than it may."""


@dataclass(frozen=True)
class Towards:
    """The part of the register that leads to some services, by nothing but ids.

    Attributes:
        ends: The services.
        through: They, and everything from which data can reach one of them.
    """

    ends: frozenset[str]
    through: frozenset[str]

    def has(self, flow: dict[str, Any]) -> bool:
        """Whether a flow leads there: above the services a chain only goes on through those that pass data on."""
        return flow["to"] in self.ends or (flow["to"] in self.through and flow["role"] not in CHAIN_ENDS_AT)


@dataclass(frozen=True)
class Wish:
    """What to fetch.

    Attributes:
        on: The day.
        scope: The controllers that the asker may see.
        activities: Only these; None: all of them.
        beyond: Also behind independent controllers and authorities.
        also: Services whose own flows are fetched too, though nothing may reach them.
        papers: Also claims and remarks of the controllers, and the sources of everything.
        parties: Parties that are fetched too, with the groups that they are part of.
        until: Another day: everything that is so on some day from the first to this one; None: the one day only.
        towards: Only what leads to some services; None: everything.
        most: How many activities and flows may be fetched together; None: any number.
    """

    on: Day
    scope: Scope = EVERYBODY
    activities: tuple[str, ...] | None = None
    beyond: bool = False
    also: frozenset[str] = frozenset()
    papers: bool = False
    parties: frozenset[str] = frozenset()
    until: Day | None = None
    towards: Towards | None = None
    most: int | None = None

    @property
    def days(self) -> dict[str, Day]:
        """The days as queries take them."""
        return {"on": self.on, "until": self.until or self.on}

    @property
    def asked(self) -> set[str] | None:
        """The controllers that may be seen, whether or not they do anything that day; None: everybody."""
        ids = self.scope.ids
        return None if ids is None else set(ids)
