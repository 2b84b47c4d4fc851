"""Which flows are third-country transfers on a day, and on which footing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from graphsvc.answers.lines import Line, Wanted, every_line
from graphsvc.answers.network import Network
from graphsvc.model import Role, Status


@dataclass(frozen=True)
class Filters:
    """What a question about transfers leaves out.

    Attributes:
        status: Only these footings; empty: everything but `inside`.
        countries: Only these countries; empty: any.
        roles: Only recipients in these roles; empty: any.
        data: Only this data.
        beyond: Also what lies behind independent controllers and authorities, marked as such.
    """

    status: frozenset[Status] = frozenset()
    countries: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    data: Wanted = field(default_factory=Wanted)
    beyond: bool = False

    def keep(self, line: Line) -> bool:
        """Whether a line belongs to the answer."""
        wanted = line.status in self.status if self.status else line.status is not Status.INSIDE
        return (
            wanted
            and (not self.countries or line.country in self.countries)
            and (not self.roles or line.passage.flow.role in self.roles)
        )


@dataclass
class Totals:
    """How many lines there are, by status and by country."""

    by_status: Counter[Status] = field(default_factory=Counter)
    by_country: Counter[str] = field(default_factory=Counter)

    @property
    def lines(self) -> int:
        """All lines."""
        return self.by_status.total()

    def count(self, line: Line) -> None:
        """Add a line."""
        self.by_status[line.status] += 1
        self.by_country[line.country] += 1

    def add(self, other: Totals) -> None:
        """Add the lines of others."""
        self.by_status.update(other.by_status)
        self.by_country.update(other.by_country)


def transfers(network: Network, filters: Filters) -> Iterator[Line]:
    """The transfers in a network, activity by activity, each activity's nearest flows first.

    Args:
        network: What was fetched.
        filters: What to leave out.

    Returns:
        One line for each activity, flow and third country; order is stable.
    """
    return filter(filters.keep, every_line(network, filters.data, filters.beyond))
