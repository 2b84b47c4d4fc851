"""What a service offers, on what a step depends, how somebody uses a service, and its standard terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphsvc.model.evidence import Evidence, read_evidence
from graphsvc.model.records import Retention
from graphsvc.model.texts import text_in
from graphsvc.model.words import Applies, ContractKind, Day, in_force

KEYS = ("region", "plan", "feature")
"""What a use of a service can decide; the words for each are those that the service declares as its options."""


def several(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """A list of words that may be written as the one word that it holds."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


@dataclass(frozen=True, slots=True)
class Condition:
    """On what a step, or one of its places, depends; keys are joined by "and", the words of a key by "or".

    Attributes:
        words: For each key (`region`, `plan`, `feature`, `case`), the words of which one is enough.
        sentence: The same in a sentence; None: nobody wrote one.
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    sentence: str | None = None

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> Condition:
        """Read an `only_if`."""
        words = {key: several(value) for key, value in body.items() if key != "text"}
        return cls(words, text_in(body["text"]) if "text" in body else None)


@dataclass(frozen=True, slots=True)
class ServiceRetention:
    """How long a service keeps what its customers send it, as its provider says.

    Attributes:
        rule: What is kept, how long.
        only_if: On what use it depends; None: on none.
        categories: Ids of the data categories that it is about; empty: all.
        valid_from: First day; None: open.
        valid_until: Last day; None: open.
    """

    rule: Retention
    only_if: Condition | None = None
    categories: tuple[str, ...] = ()
    valid_from: Day | None = None
    valid_until: Day | None = None

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> ServiceRetention:
        """Read one entry of a service's `retention`."""
        return cls(
            rule=Retention.from_body(body),
            only_if=Condition.from_body(body["only_if"]) if "only_if" in body else None,
            categories=tuple(body.get("categories", ())),
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
        )


@dataclass(frozen=True, slots=True)
class Use:
    """How a controller or a processor uses a service, from a day until a day.

    Attributes:
        id: Slug.
        by: Id of the party that uses it.
        service: Id of the service.
        purposes: Ids of the activities, or of the services of the party, that it is used for; empty: all.
        region: The regions that were chosen; empty: not recorded.
        plan: The plan; None: not recorded.
        on: Features that are switched on.
        off: Features that are switched off.
        terms_since: Day since which the service's standard terms apply; None: not recorded.
        valid_from: First day; None: open.
        valid_until: Last day; None: open.
        evidence: Where it is said.
    """

    id: str
    by: str
    service: str
    purposes: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    plan: str | None = None
    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    terms_since: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> Use:
        """Read one entry of `uses`."""
        features = body.get("features") or {}
        return cls(
            id=body["id"],
            by=body["by"],
            service=body["service"],
            purposes=several(body.get("for")),
            region=several(body.get("region")),
            plan=body.get("plan"),
            on=frozenset(features.get("on", ())),
            off=frozenset(features.get("off", ())),
            terms_since=body.get("terms_since"),
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            evidence=read_evidence(body),
        )


@dataclass(frozen=True, slots=True)
class TermsTool:
    """A transfer tool that standard terms build in.

    Attributes:
        tool: Id of the tool.
        fallback: It applies only while nothing else carries.
    """

    tool: str
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class StandardTerms:
    """The processing agreement that a provider publishes for a service (Art. 28(3), 28(6)).

    Attributes:
        title: Its title.
        applies: Whether it applies by itself, or needs an act of the customer.
        contract: What it is to the customer; None: not recorded.
        tools: The transfer tools that it builds in; each counts only for the pair of roles that it fits.
        notice_days: Days in advance that a new sub-processor is announced (Art. 28(2)); None: not recorded.
        objection_days: Days after the announcement in which one may object; None: not recorded.
        valid_from: First day of this edition; None: open.
        valid_until: Last day; None: open.
        evidence: Where it is said; empty: where the service is said.
    """

    title: str
    applies: Applies
    contract: ContractKind | None = None
    tools: tuple[TermsTool, ...] = ()
    notice_days: int | None = None
    objection_days: int | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    evidence: tuple[Evidence, ...] = ()

    def holds(self, on: Day) -> bool:
        """Whether this edition is in force on a day."""
        return in_force(on, self.valid_from, self.valid_until)

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> StandardTerms:
        """Read the `terms` of a service."""
        return cls(
            title=body["title"],
            applies=Applies(body["applies"]),
            contract=ContractKind(body["contract"]) if "contract" in body else None,
            tools=tuple(TermsTool(entry["tool"], entry.get("fallback", False)) for entry in body.get("tools", ())),
            notice_days=body.get("notice_days"),
            objection_days=body.get("objection_days"),
            valid_from=body.get("valid_from"),
            valid_until=body.get("valid_until"),
            evidence=read_evidence(body),
        )
