"""What is lacking and what is claimed: gaps and findings name what exists, each once, in a stable order."""

from __future__ import annotations

from hypothesis import strategies as st

from graphsvc.answers.claims.findings import FindingKind
from tests import plain_search as plain
from tests.asking import Tell
from tests.builders import Entry, seed
from tests.laws.common import law
from tests.registers import CONTROLLERS


@law
def every_gap_names_things_that_exist_and_none_is_told_twice_and_the_order_is_stable(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    found = tell(body).gaps(on)
    assert len({gap.id for gap in found}) == len(found)
    flows = {flow["id"]: flow for flow in plain.flows_on(body, on)}
    activities = {activity["id"]: activity for activity in plain.activities_on(body, on)}
    sources = {source["id"] for source in (*body["sources"], *seed("sources"))}
    for gap in found:
        assert gap.controller.id in {activity["controller"] for activity in activities.values()} | {*CONTROLLERS}
        assert {activities[key]["controller"] for key in gap.activities} <= {gap.controller.id}
        assert gap.activity is None or activities[gap.activity.id]["controller"] == gap.controller.id
        assert {flows[key]["to"] for key in gap.flows} <= {recipient.service.id for recipient in gap.recipients}
        for recipient in gap.recipients:
            assert plain.provider_of(body, recipient.service.id) == recipient.party.id
        if gap.flows:
            assert set(gap.countries) <= set().union(*(plain.countries_of(body, flows[key]) for key in gap.flows))
        assert {each.source for each in gap.sources} <= sources
    told = [(gap.id, gap.weight, gap.chain, gap.flows, sorted(gap.data)) for gap in found]
    assert [gap.rank for gap in found] == sorted(gap.rank for gap in found)
    again = tell(turned(body)).gaps(on)
    assert [(gap.id, gap.weight, gap.chain, gap.flows, sorted(gap.data)) for gap in again] == told


def turned(body: Entry) -> Entry:
    """The same document with every section the other way round."""
    return {name: part[::-1] if isinstance(part, list) else part for name, part in body.items()}


@law
def each_claim_has_one_finding_and_the_facts_against_it_exist(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    found = tell(body).findings(on)
    assert len({finding.id for finding in found}) == len(found)
    told = sorted(finding.id for finding in found if finding.kind is FindingKind.CLAIM)
    assert told == sorted(claim["id"] for claim in body["claims"])
    activities = {activity["id"] for activity in plain.activities_on(body, on)}
    held = {service for _, service, _, _ in plain.holdings(body, on)}
    for fact in (fact for finding in found for fact in (*finding.against, *finding.unknown)):
        assert set(fact.activities) <= activities
        assert fact.service is None or fact.service.id in held
        assert fact.importer is None or fact.importer.id == plain.provider_of(body, fact.service.id)
    again = tell(turned(body)).findings(on)
    assert [(finding.id, finding.verdict, finding.against) for finding in again] == [
        (finding.id, finding.verdict, finding.against) for finding in found
    ]
