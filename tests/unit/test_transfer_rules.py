"""The rules of chapter V, case by case: what is recorded on a day, the right answer, and what its reason has to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from graphsvc.law.assess import Assessment, assess
from graphsvc.law.case import Case
from graphsvc.law.certified import last_day_shown
from graphsvc.law.tables import Law
from graphsvc.model import (
    UNKNOWN_PARTY,
    Act,
    Capacity,
    Certification,
    Flow,
    Party,
    Regime,
    RegimeKind,
    Shortfall,
    Tool,
    ToolKind,
)
from tests.builders import Entry, filled, flow, law

TODAY = "2026-11-30"
DPF, SHIELD = "eu-us-dpf", "eu-us-privacy-shield"
M1, M2, M3, OLD = "scc-2021-m1", "scc-2021-m2", "scc-2021-m3", "scc-2010-c2p"


@dataclass(frozen=True)
class Rule:
    """A case and its answer.

    Attributes:
        name: What it shows.
        country: Where the importer is.
        status: The right status.
        tools: What the flow names.
        on: The day.
        says: What the reason has to contain, the first of it at the beginning.
        never: What it must not contain.
        missing: What is still to be found out.
        act: Part of the act that decided; None: not looked at.
        importer: What is recorded of the importer.
        sender: What is recorded of the sender.
        seat: Where the sender is.
        sent: What else is recorded of the flow.
        case: What else the case has.
        tables: The law; None: that of the seed data.
    """

    name: str
    country: str
    status: str
    tools: tuple[str | Entry, ...] = ()
    on: str = TODAY
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    act: str | None = None
    role: str = "processor"
    exporter: Capacity = Capacity.CONTROLLER
    importer: Entry = field(default_factory=dict)
    sender: Entry = field(default_factory=dict)
    seat: str = "NL"
    sent: Entry = field(default_factory=dict)
    case: Entry = field(default_factory=dict)
    tables: Law | None = None

    @property
    def answer(self) -> Assessment:
        """What the law function says."""
        return assess(self.as_case)

    @property
    def as_case(self) -> Case:
        """The case in front of the tables."""
        importer = a_party("Recipient", self.country, self.importer)
        sender = a_party("Sender", self.seat, self.sender)
        sent = flow_of(self.role, self.tools, self.sent)
        return Case(sent, self.exporter, importer, self.country, self.on, self.tables or law(), sender, **self.case)


def a_party(name: str, country: str, more: Entry) -> Party:
    """A party with a seat."""
    return Party.from_body(filled("parties", {"id": name.lower(), "name": name, "established_in": [country], **more}))


def flow_of(role: str, tools: Iterable[str | Entry], more: Entry) -> Flow:
    """A flow that names tools."""
    named = [{"tool": tool} if isinstance(tool, str) else tool for tool in tools]
    return Flow.from_body(flow("a", "s", role, tools=named, **more))


def entry(**more: Any) -> Entry:
    """An importer with one entry about the list of the framework in force."""
    return {"certifications": [{"tool": DPF, **more}]}


def entries(*found: Entry) -> Entry:
    """An importer with several of them."""
    return {"certifications": [{"tool": DPF, **each} for each in found]}


def asserted(day: str | None = None, company: str | None = None) -> Entry:
    """That a vendor says so."""
    return {"by": "Vendor", **({"day": day} if day else {}), **({"company": company} if company else {})}


def rows(*more: Regime) -> list[Regime]:
    """The regimes of the seed data and some more."""
    return [*(row for found in law().regimes.values() for row in found), *more]


def regime(name: str, country: str, kind: RegimeKind, since: str, **more: Any) -> Regime:
    """A row about a country."""
    return Regime(name, country, kind, Act(f"Act of {name}"), since, **more)


def tables(regimes: Iterable[Regime] = (), tools: Iterable[Tool] = (), **more: Any) -> Law:
    """The tables of the seed data with rows in place of those of the same id, or beside them."""
    named = {row.id: row for row in [*rows(), *regimes]}
    known = {tool.id: tool for tool in [*law().tools.values(), *tools]}
    return Law.of("changed", named.values(), known.values(), **more)


def the_regime(name: str) -> Regime:
    """A row of the seed data."""
    return next(row for row in rows() if row.id == name)


IN_DOUBT = tables([regime("nc-unsettled", "NC", RegimeKind.UNSETTLED, "2018-05-25", note="French law goes on there.")])
ENDED_ALONE = tables([replace(the_regime("us-dpf"), valid_until="2026-06-30", ended_by=Act("Judgment C-1/26"))])
LIST_ENDED_ALONE = tables(tools=[replace(law().tools[DPF], valid_until="2026-06-30", ended_by=Act("Judgment C-1/26"))])
OWN_DECISION = tables([regime("in-own", "IN", RegimeKind.ADEQUACY, "2026-01-01")], own=frozenset({"in-own"}))
OWN_TOOL = tables(
    tools=[Tool("house-rules", "House rules", ToolKind.SAFEGUARD, "Art. 46(3)(a) GDPR", Act("Approval 7"))],
    own=frozenset({"house-rules"}),
)

US, OFFICE = "US", {"sector": "public"}
LOOK = "a look may change this answer"
TOWN = {"sector": "public"}
SAFEGUARD_MISSING, LIST = frozenset({"safeguard_missing"}), frozenset({"list_not_checked"})
ASSESSMENT = frozenset({"assessment_missing"})
STANDING = frozenset({"derogation_standing"})

RULES = [
    # What is said against a recipient, and what is named and does not carry
    Rule("a certification that ended", US, "lapsed", importer=entry(valid_from="2023-09-01", valid_until="2025-01-01"),
         says=("The certification of Recipient ended on 1 January 2025.",), act="2023/1795", missing=SAFEGUARD_MISSING),
    Rule("the last day of a certification", US, "adequate", on="2025-01-01",
         importer=entry(valid_from="2023-09-01", valid_until="2025-01-01"),
         says=("Commission", "up to and including 1 January 2025")),
    Rule("not on the list, as the source of the flow says", US, "uncovered", ({"tool": DPF, "covered": False},),
         says=("No adequacy decision covers", "says that Recipient is not on the list"), never=(LOOK,),
         missing=SAFEGUARD_MISSING),
    Rule("closed clauses only", US, "lapsed", (OLD,), says=("Standard contractual clauses 2010", LOOK),
         missing=SAFEGUARD_MISSING),
    Rule("the wrong module only", US, "uncovered", (M3,), missing=SAFEGUARD_MISSING,
         says=("No adequacy decision covers this recipient in the United States, and nothing that is named carries",
               "is not made for a transfer from a controller to a processor", LOOK)),
    Rule("a UK tool only", US, "uncovered", ("uk-addendum",), missing=SAFEGUARD_MISSING,
         says=("No adequacy", "is a tool of the law of the United Kingdom, for exporters there", LOOK)),
    Rule("nothing named at all", US, "adequate_if_covered", missing=LIST, act="2023/1795",
         says=("Commission Implementing Decision (EU) 2023/1795", "Nothing on record shows that Recipient is on")),
    Rule("a former list only", US, "adequate_if_covered", (SHIELD,), missing=LIST,
         says=("Commission", "up to and including 15 July 2020 only (Judgment C-311/18 (Schrems II))")),
    Rule("a former list only, between the two", US, "lapsed", (SHIELD,), on="2022-01-01", act="C-311/18",
         missing=SAFEGUARD_MISSING),
    Rule("a certification that ended, with clauses that fit", US, "safeguarded", (M2,),
         importer=entry(valid_until="2025-01-01"), missing=ASSESSMENT,
         says=("Standard contractual clauses 2021", "The certification of Recipient ended on 1 January 2025.")),
    # Derogations
    Rule("explicit consent only", US, "derogation", ("art49-a",), act="2016/679",
         missing=STANDING | {"derogation_papers"},
         says=("Derogation: explicit consent", "explicit consent after information on the risks", LOOK)),
    Rule("a contract with the data subject, for a standing flow", US, "derogation", ("art49-b",), missing=STANDING,
         says=("Derogation: contract with", "occasional transfers only (recital 111)", "why no tool of Art. 46")),
    Rule("legal claims in a dispute only", US, "derogation", ("art49-e",), sent={"condition": "In a dispute"},
         missing=frozenset(), never=("why no tool",)),
    Rule("compelling legitimate interests", "IN", "derogation", ("art49-2",),
         missing=STANDING | {"derogation_papers"},
         says=("Derogation", "authority has to be told", "persons concerned have to be told", "Art. 49(6)")),
    Rule("consent asked by a municipality", "IN", "derogation", ("art49-a",), sender=TOWN,
         says=("Derogation", "not for an authority that uses its public powers (Art. 49(3))"),
         missing=STANDING | {"derogation_papers"}),
    Rule("a derogation beside the word of the vendor", US, "adequate_if_covered", ("art49-a",),
         importer=entry(asserted=asserted("2024-02-01")), missing=LIST,
         says=("Commission", "Vendor says, as of 1 February 2024, that Recipient is on the list; nobody looked.")),
    # The word against the look
    Rule("a vendor's word for another company of its group", US, "adequate_if_covered", missing=LIST,
         importer=entry(asserted=asserted("2024-02-01", "Recipient LLC")), says=("Com", "that Recipient LLC is")),
    Rule("an entry without any day", US, "adequate_if_covered", importer=entry(), missing=LIST,
         says=("Commission", "without a day; nobody looked")),
    Rule("a look at the list, on the day a year later", US, "adequate", importer=entry(checked="2025-11-30"),
         says=("Commission", "Recipient was seen on the list on 30 November 2025.")),
    Rule("a look at the list, a year and a day later", US, "adequate_if_covered", importer=entry(checked="2025-11-29"),
         says=("Commission", "last seen on the list on 29 November 2025, more than a year before"), missing=LIST),
    Rule("a look counts from the first day of the entry", US, "adequate", on="2024-01-01",
         importer=entry(checked="2024-06-01", valid_from="2023-09-01")),
    Rule("a look does not count before it, without a first day", US, "adequate_if_covered", on="2024-05-31",
         importer=entry(checked="2024-06-01"), missing=LIST),
    Rule("a first day alone counts for a year", US, "adequate", on="2024-09-01",
         importer=entry(valid_from="2023-09-01")),
    Rule("and not for longer", US, "adequate_if_covered", on="2024-09-02", importer=entry(valid_from="2023-09-01"),
         says=("Commission", "from 1 September 2023, more than a year before"), missing=LIST),
    Rule("a look that found nothing", US, "uncovered", importer=entry(checked="2026-03-01", found=False),
         says=("No adequacy", "Recipient was not found on the list on 1 March 2026."), missing=SAFEGUARD_MISSING),
    Rule("a look that found nothing, after one that did", US, "uncovered", missing=SAFEGUARD_MISSING,
         importer=entries({"checked": "2026-02-01"}, {"checked": "2026-03-01", "found": False})),
    Rule("a look that found it, after one that did not", US, "adequate",
         importer=entries({"checked": "2026-03-01"}, {"checked": "2026-02-01", "found": False})),
    Rule("a later word after the end", US, "adequate_if_covered", missing=LIST,
         importer=entries({"valid_until": "2025-01-01"}, {"asserted": asserted("2025-06-01")})),
    Rule("an earlier word before the end", US, "lapsed", missing=SAFEGUARD_MISSING,
         importer=entries({"valid_until": "2025-01-01"}, {"asserted": asserted("2024-06-01")})),
    Rule("a renewal before the end of the entry before", US, "adequate",
         importer=entries({"valid_from": "2024-12-01", "valid_until": "2025-12-01"},
                          {"valid_from": "2025-11-01", "valid_until": "2026-12-01"})),
    Rule("the flow's own word that it is on the list, without the year", US, "adequate",
         ({"tool": DPF, "covered": True, "valid_from": "2023-10-01"},), says=("Commission", "The source of this flow")),
    # Data of the employment relationship
    Rule("data of employees, and a certification for other data", US, "uncovered", case={"employment": True},
         importer=entry(checked="2026-06-01", covers=["non_hr"]), missing=SAFEGUARD_MISSING,
         says=("No adequacy", "does not cover data of the employment relationship (supplemental principle 9",
               "disputed between the EDPB and the US Department of Commerce")),
    Rule("the same recipient, other data", US, "adequate", importer=entry(checked="2026-06-01", covers=["non_hr"])),
    Rule("data of employees, and a certification that covers it", US, "adequate", case={"employment": True},
         importer=entry(checked="2026-06-01", covers=["hr", "non_hr"])),
    Rule("data of employees, and nothing said of what is covered", US, "adequate_if_covered", missing=LIST,
         importer=entry(checked="2026-06-01"), case={"employment": True},
         says=("Commission", "whether this one does is not recorded")),
    Rule("data of employees inside the group: no dispute", US, "uncovered", missing=SAFEGUARD_MISSING,
         importer=entry(checked="2026-06-01", covers=["non_hr"]), case={"employment": True, "same_group": True},
         never=("disputed",)),
    Rule("data of employees under the former framework", US, "adequate_if_covered", on="2019-01-01", missing=LIST,
         importer={"certifications": [{"tool": SHIELD, "valid_from": "2018-06-01", "valid_until": "2019-06-01"}]},
         case={"employment": True}),
    # Art. 46, one by one
    Rule("an approved code", "IN", "uncovered", ("code",), missing=SAFEGUARD_MISSING,
         says=("No adequacy", "no approved instrument of this kind is known (looked for on 22 November 2026)")),
    Rule("clauses of an authority", "IN", "uncovered", ("sa-scc",), missing=SAFEGUARD_MISSING),
    Rule("ad hoc clauses, not authorised", "IN", "unknown", ("adhoc",), missing=frozenset({"authorisation_missing"}),
         says=("Ad hoc contractual clauses (Art. 46(3)(a) GDPR): an authorisation", "none is recorded")),
    Rule("ad hoc clauses, authorised", "IN", "safeguarded", missing=ASSESSMENT,
         tools=({"tool": "adhoc", "authorised": {"day": "2025-05-01", "authority": "AP"}},)),
    Rule("ad hoc clauses, authorised later", "IN", "lapsed", on="2025-04-30", missing=SAFEGUARD_MISSING,
         tools=({"tool": "adhoc", "authorised": {"day": "2025-05-01", "authority": "AP"}},),
         says=("Ad hoc contractual clauses: the authorisation of the supervisory authority is of 1 May 2025 only.",)),
    Rule("binding rules between strangers", "IN", "uncovered", ("bcr-c",), missing=SAFEGUARD_MISSING,
         says=("No adequacy", "binding rules hold inside one group (Art. 4(20), 47 GDPR); none is recorded")),
    Rule("binding rules inside a group", "IN", "safeguarded", ("bcr-c",), case={"same_group": True},
         missing=ASSESSMENT),
    Rule("binding rules in a joint activity", "IN", "safeguarded", missing=ASSESSMENT,
         tools=({"tool": "bcr-c", "joint_activity": True},)),
    Rule("binding rules of the processor's group", "IN", "safeguarded", ("bcr-p",), missing=ASSESSMENT,
         says=("Binding corporate rules, processor", "Recommendations 1/2026, so far a draft")),
    Rule("binding rules between processors of two groups", "IN", "uncovered", ("bcr-p",),
         exporter=Capacity.PROCESSOR, role="sub_processor", missing=SAFEGUARD_MISSING),
    Rule("binding rules between processors of one group", "IN", "safeguarded", ("bcr-p",), missing=ASSESSMENT,
         exporter=Capacity.PROCESSOR, role="sub_processor", case={"same_group": True}, never=("1/2026",)),
    Rule("a municipality to a foreign authority", "IN", "safeguarded", ("public-instr",), role="authority", sender=TOWN,
         missing=ASSESSMENT, says=("Legally binding instrument", "from a public body to a public body")),
    Rule("a company to a foreign authority by the same instrument", "IN", "uncovered", ("public-instr",),
         role="authority", missing=SAFEGUARD_MISSING,
         says=("No adequacy", "is not made for a transfer from a controller to a public body")),
    Rule("module 1 to a public body", "IN", "safeguarded", (M1,), role="authority", missing=ASSESSMENT),
    Rule("module 1 to a public body as a controller", "IN", "safeguarded", (M1,), role="independent_controller",
         importer=OFFICE, missing=ASSESSMENT),
    Rule("module 2 from a municipality", "IN", "safeguarded", (M2,), sender=TOWN, missing=ASSESSMENT),
    Rule("an arrangement between public bodies, not authorised", "IN", "unknown", ("public-admin",), role="authority",
         sender=TOWN, missing=frozenset({"authorisation_missing"})),
    # Sectors and purposes
    Rule("a charity in Japan", "JP", "adequate", importer={"sector": "non_profit"}),
    Rule("a credit bureau in Japan", "JP", "adequate", importer={"sector": "credit_information"}),
    Rule("a newspaper in Japan", "JP", "adequate_if_covered", importer={"sector": "press"}, missing=LIST,
         says=("Commission", "the press and professional writers")),
    Rule("a ministry in Japan", "JP", "uncovered", importer=OFFICE, missing=SAFEGUARD_MISSING,
         says=("No adequacy", "does not cover an organisation of the kind that Recipient is")),
    Rule("a party in Korea", "KR", "adequate_if_covered", importer={"sector": "political"}, missing=LIST),
    Rule("a university in Korea", "KR", "adequate", importer={"sector": "academic"}),
    Rule("a ministry in the United States", US, "uncovered", importer=OFFICE, missing=SAFEGUARD_MISSING,
         says=("No adequacy", "Federal Trade Commission"), never=(LOOK,)),
    Rule("a charity in the United States", US, "uncovered", importer={"sector": "non_profit"},
         missing=SAFEGUARD_MISSING),
    Rule("a charity there that says it is certified", US, "uncovered", missing=SAFEGUARD_MISSING,
         importer={"sector": "non_profit", **entry(asserted=asserted("2026-01-01"))}),
    Rule("a charity there that was seen on the list", US, "adequate",
         importer={"sector": "non_profit", **entry(checked="2026-01-01")}),
    Rule("a charity there whose days nobody looked up", US, "uncovered", missing=SAFEGUARD_MISSING,
         importer={"sector": "non_profit", **entry(valid_from="2026-01-01", valid_until="2026-12-31")}),
    Rule("an authority of the United States is a public body", US, "uncovered", role="authority",
         missing=SAFEGUARD_MISSING),
    # Onward transfers
    Rule("a processor in the United Kingdom, by the UK agreement", "IN", "adequate_if_covered", ("uk-idta",),
         exporter=Capacity.PROCESSOR, seat="GB", missing=frozenset({"onward_transfer"}), act="2021/1772",
         says=("UK International Data Transfer Agreement", "onward transfers are kept", "Art. 28(3)(a) and (4)",
               "Sender is outside the EEA"), never=("and not of the GDPR",)),
    Rule("the same before the UK agreement", "IN", "uncovered", ("uk-idta",), on="2022-03-20",
         exporter=Capacity.PROCESSOR, seat="GB", missing=SAFEGUARD_MISSING,
         says=("No adequacy", "cannot be relied on before 21 March 2022")),
    Rule("the same from the controller itself", "IN", "uncovered", ("uk-idta",), seat="GB",
         case={"direct": True}, missing=SAFEGUARD_MISSING, never=("outside the EEA",)),
    Rule("the UK agreement from the Netherlands", "IN", "uncovered", ("uk-idta",), exporter=Capacity.PROCESSOR,
         missing=SAFEGUARD_MISSING, says=("No adequacy", "for exporters there, and not of the GDPR")),
    Rule("the UK bridge to the United States", US, "adequate_if_covered", ("uk-us-bridge",),
         exporter=Capacity.PROCESSOR, seat="GB", missing=frozenset({"onward_transfer"}), act="2021/1772"),
    Rule("the UK bridge to India", "IN", "uncovered", ("uk-us-bridge",), exporter=Capacity.PROCESSOR,
         seat="GB", missing=SAFEGUARD_MISSING),
    Rule("a Swiss tool from Switzerland", "IN", "adequate_if_covered", ("ch-scc",), exporter=Capacity.PROCESSOR,
         seat="CH", missing=frozenset({"onward_transfer"}), act="2000/518"),
    Rule("a Swiss tool from the United Kingdom", "IN", "uncovered", ("ch-scc",), exporter=Capacity.PROCESSOR,
         seat="GB", missing=SAFEGUARD_MISSING),
    Rule("an onward transfer without any tool", "IN", "uncovered", exporter=Capacity.PROCESSOR,
         seat="GB", says=("No adequacy", "Sender is outside the EEA, so this is an onward transfer"),
         missing=SAFEGUARD_MISSING),
    Rule("an onward transfer by clauses that fit", "IN", "safeguarded", (M3,), exporter=Capacity.PROCESSOR,
         role="sub_processor", seat="US", says=("Standard", "outside the EEA"), missing=ASSESSMENT),
    # Days
    Rule("old clauses whose contract has no day", "IN", "unknown", (OLD,), on="2022-06-01",
         says=("Standard contractual clauses 2010", "the day of the contract is not recorded", "26 September 2021")),
    Rule("old clauses of a flow that began before", "IN", "safeguarded", (OLD,), on="2022-06-01",
         sent={"valid_from": "2020-01-01"}, says=("Standard", "no later than 26 September 2021"), missing=ASSESSMENT),
    Rule("a decision ended, its list forgotten", US, "lapsed", ({"tool": DPF, "covered": True},), tables=ENDED_ALONE,
         act="C-1/26", missing=SAFEGUARD_MISSING, says=("EU-US Data Privacy Framework list", "30 June 2026 only")),
    Rule("the same on its last day", US, "adequate", ({"tool": DPF, "covered": True},), on="2026-06-30",
         tables=ENDED_ALONE),
    Rule("a list ended, its decision forgotten", US, "lapsed", ({"tool": DPF, "covered": True},), act="C-1/26",
         tables=LIST_ENDED_ALONE, missing=SAFEGUARD_MISSING),
    Rule("a decision that has ended is named where nothing is left", US, "uncovered", on="2022-01-01",
         says=("No adequacy", "(Privacy Shield) was in force up to and including 15 July 2020."),
         missing=SAFEGUARD_MISSING),
    Rule("one true row about an earlier time", "DE", "unknown", on="2017-01-01",
         tables=tables([regime("hr-member", "HR", RegimeKind.EU_MEMBER, "2013-07-01")], complete_from="2018-05-25"),
         says=("The legal rules begin on 25 May 2018, so they say nothing of this day.",)),
    # Places in doubt, importers under the GDPR, rows of one's own
    Rule("a place in doubt", "NC", "unknown", tables=IN_DOUBT, missing=frozenset({"country_unsettled"}),
         says=("New Caledonia: whether this is a third country is in doubt. French law goes on there.",)),
    Rule("a place in doubt, and clauses that fit", "NC", "safeguarded", (M2,), tables=IN_DOUBT, missing=ASSESSMENT,
         says=("Standard", "in doubt")),
    Rule("a place in doubt, and the wrong module", "NC", "unknown", (M3,), tables=IN_DOUBT,
         missing=frozenset({"country_unsettled"}), says=("New Caledonia", "is not made for a transfer")),
    Rule("a place in doubt, and a derogation", "NC", "unknown", ("art49-a",), tables=IN_DOUBT,
         missing=frozenset({"country_unsettled"})),
    Rule("an importer that is under the GDPR itself", "IN", "unknown", (M2,), sent={"importer_under_gdpr": True},
         says=("Standard contractual clauses 2021", "itself under the GDPR for this processing (Art. 1(1) and")),
    Rule("the same with binding rules of its group", "IN", "safeguarded", ("bcr-p", M2), missing=ASSESSMENT,
         sent={"importer_under_gdpr": True}, says=("Binding", "is not made for a recipient that is itself")),
    Rule("the same under a decision", "GB", "adequate", (M2,), sent={"importer_under_gdpr": True}),
    Rule("the same with a derogation alone", "IN", "derogation", ("art49-e",), missing=STANDING,
         sent={"importer_under_gdpr": True}),
    Rule("a decision of this register's own", "IN", "adequate", tables=OWN_DECISION,
         says=("Act of in-own covers", "added or changed itself: Act of in-own.")),
    Rule("a tool of this register's own", "IN", "safeguarded", ("house-rules",), tables=OWN_TOOL,
         says=("House rules", "added or changed itself: House rules.")),
    Rule("beside rows of this register's own, others say nothing of them", "IN", "safeguarded", (M2,), tables=OWN_TOOL,
         never=("added or changed itself",), missing=ASSESSMENT),
    # What stands in
    Rule("a tool that stands in while nobody looked at the list", US, "safeguarded",
         (DPF, {"tool": M2, "fallback": True}),
         says=("Standard", "It stands in while nothing else carries."), missing=ASSESSMENT),
    Rule("a tool that stands in while the list is shown", US, "adequate",
         ({"tool": DPF, "covered": True}, {"tool": M2, "fallback": True}), never=("stands in",)),
    Rule("a tool that stands in after the end of a decision", US, "safeguarded",
         ({"tool": SHIELD, "covered": True}, {"tool": OLD, "fallback": True}), on="2020-07-16", missing=ASSESSMENT,
         says=("Standard", "15 July 2020 only")),
    # Processed abroad by a recipient in the EEA
    Rule("processed abroad, nobody known there, nothing named", US, "unknown", case={"processed_abroad": True},
         missing=frozenset({"importer_unknown"}), says=("Who receives the data in the United States is not known",)),
    Rule("processed abroad, under a decision for everyone", "GB", "adequate", case={"processed_abroad": True}),
    Rule("processed abroad, under a list that has ended", US, "lapsed", ({"tool": SHIELD, "covered": True},),
         on="2022-01-01", case={"processed_abroad": True}, act="C-311/18", missing=SAFEGUARD_MISSING),
    Rule("processed abroad, the wrong module", "IN", "unknown", (M3,), case={"processed_abroad": True},
         missing=frozenset({"importer_unknown"}), says=("Who receives", "is not made for a transfer")),
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_gives_the_right_answer_and_says_why(rule: Rule) -> None:
    case = rule.as_case
    if rule.case.get("processed_abroad"):
        case = replace(case, importer=UNKNOWN_PARTY)
    found = assess(case)
    assert found.status == rule.status, found.reason
    assert found.shortfalls == set(map(Shortfall, rule.missing)), found.reason
    assert found.reason.startswith(rule.says[0] if rule.says else ""), found.reason
    assert [each for each in rule.says if each not in found.reason] == [], found.reason
    assert [each for each in rule.never if each in found.reason] == [], found.reason
    assert rule.act is None or rule.act in (found.act or "")


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_an_assessment_names_the_rows_of_law_that_decided() -> None:
    found = {rule.name: rule.answer.rows for rule in RULES}
    assert found["closed clauses only"] == (OLD,)
    assert found["nothing named at all"] == ("us-dpf", DPF)
    assert found["a former list only, between the two"] == (SHIELD, "us-privacy-shield")
    assert found["a charity in Japan"] == ("jp-adequacy",)
    assert found["a processor in the United Kingdom, by the UK agreement"] == ("gb-adequacy-2025-renewal", "uk-idta")
    assert found["a decision that has ended is named where nothing is left"] == ("us-privacy-shield",)


def test_a_tool_of_the_recipients_own_flow_counts_for_the_roles_of_that_flow() -> None:
    abroad = Party("abroad", "Company abroad", ("US",))
    own = Rule("", US, "", (M3,), role="sub_processor", exporter=Capacity.PROCESSOR).as_case
    to_recipient = replace(Rule("", US, "").as_case, importer=abroad, processed_abroad=True)
    found = assess(replace(to_recipient, beside=(own,)))
    assert (found.status, found.rows) == ("safeguarded", (M3,))
    assert "from a processor to a processor" in found.reason
    # Alone the same module would not fit the flow to the recipient.
    alone = replace(to_recipient, flow=replace(to_recipient.flow, tools=own.flow.tools))
    assert assess(alone).status == "uncovered"


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ({"checked": "2025-03-01"}, "2026-03-01"),
        ({"checked": "2024-02-29"}, "2025-02-28"),
        ({"checked": "2025-03-01", "valid_until": "2025-06-01"}, "2025-06-01"),
        ({"valid_from": "2025-03-01"}, "2026-03-01"),
        ({"valid_from": "2020-03-01", "valid_until": "2026-06-01"}, "2026-06-01"),
        ({"asserted": {"by": "Vendor", "day": "2025-03-01"}}, None),
        ({"checked": "2025-03-01", "found": False}, None),
        ({}, None),
    ],
)
def test_a_look_and_a_first_day_count_for_a_year(days: Entry, last: str | None) -> None:
    assert last_day_shown(Certification.from_body({"tool": DPF, **days})) == last


def test_tools_and_entries_in_another_order_give_the_same_answer_in_the_same_words() -> None:
    for rule in RULES:
        case = rule.as_case
        turned = replace(
            case,
            flow=replace(case.flow, tools=case.flow.tools[::-1]),
            importer=replace(case.importer, certifications=case.importer.certifications[::-1]),
        )
        assert assess(turned) == assess(case), rule.name
