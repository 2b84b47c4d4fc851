"""What tests of the engines share."""

from __future__ import annotations

from dataclasses import dataclass

from graphsvc.graph.bolt import Address, Bolt

BATCH = 10_000


@dataclass(frozen=True)
class Engine:
    """A graph database that tests may fill and empty."""

    name: str
    bolt: Bolt
    address: Address


def empty(bolt: Bolt) -> None:
    """Remove every node, in transactions of a size that any engine bears."""
    query = f"MATCH (n) WITH n LIMIT {BATCH} DETACH DELETE n RETURN count(*) AS removed"
    while bolt.write(lambda transaction: transaction.run(query))[0]["removed"]:
        continue
