"""The words of graphsvc as values: who, what, to whom, where, resting on which tool and which source.

Days are texts as ISO 8601 writes them (`2018-05-25`): they sort, and both engines agree on them.
Nothing here knows a database, a clock or a file.
"""

from graphsvc.model.evidence import (
    Evidence,
    basis_of,
    evidence_for,
    weakest,
)
from graphsvc.model.facts import (
    UNKNOWN_PARTY,
    Activity,
    DataItem,
    Flow,
    Party,
    Reliance,
    Service,
    data_items,
)
from graphsvc.model.law import (
    Act,
    Regime,
    Tool,
)
from graphsvc.model.words import (
    CAPACITY_OF,
    CHAIN_ENDS_AT,
    INSIDE,
    UNKNOWN,
    Basis,
    Capacity,
    Day,
    Reach,
    RegimeKind,
    Role,
    Sector,
    Status,
    ToolKind,
    in_force,
    severity,
    worst,
)

__all__ = [
    "CAPACITY_OF",
    "CHAIN_ENDS_AT",
    "INSIDE",
    "UNKNOWN",
    "UNKNOWN_PARTY",
    "Act",
    "Activity",
    "Basis",
    "Capacity",
    "DataItem",
    "Day",
    "Evidence",
    "Flow",
    "Party",
    "Reach",
    "Regime",
    "RegimeKind",
    "Reliance",
    "Role",
    "Sector",
    "Service",
    "Status",
    "Tool",
    "ToolKind",
    "basis_of",
    "data_items",
    "evidence_for",
    "in_force",
    "severity",
    "weakest",
    "worst",
]
