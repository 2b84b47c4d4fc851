"""Linked data: read again by rdflib it says what the answers say, in terms that DPV has."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, Graph, Namespace, URIRef
from rdflib import Literal as RdfLiteral

import graphsvc.exports
from bench.registers import DAY
from bench.whole import laid
from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.identities.merging import merged
from graphsvc.answers.network import Network
from graphsvc.exports.dpv_facts import facts
from graphsvc.exports.dpv_terms import PREFIXES
from graphsvc.exports.parts import SIZE
from graphsvc.exports.registry import EXPORTS
from graphsvc.model import UNKNOWN, Activity, Flow, Identity, Party, Role, Sameness, Service, Status
from graphsvc.questions.handover import Handover, HandoverQuestion
from tests.builders import activity, evidence, flow, law, network, order, party, seed, service, vocabulary

# The JSON-LD parser of rdflib 7 warns of itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
ON = "2026-11-24"
CONTROLLERS = ("connectis", "infactor", "itfixe", "perfacilis", "perfony")
DPV, GS = Namespace(PREFIXES["dpv"]), Namespace(PREFIXES["gs"])
FORMS = {"ttl": "turtle", "jsonld": "json-ld"}
ASSUMED = [evidence(basis="assumed")]
SCC = {"tool": "scc-2021-m2", "concluded": "2023-01-02", "transfer_impact_assessment": {"date": "2024-05-06"}}
TERMS = {
    "dpv": [
        "Authority",
        "ContractualTerms",
        "ControllerProcessorAgreement",
        "CrossBorderTransfer",
        "DataController",
        "DataProcessor",
        "DataSubProcessor",
        "DataSubject",
        "DataTransferLegalBasis",
        "Disclose",
        "JointDataControllers",
        "JointDataControllersAgreement",
        "LegalBasis",
        "LegalEntity",
        "Location",
        "OrganisationalMeasure",
        "PersonalData",
        "PersonalDataProcess",
        "Purpose",
        "Service",
        "SpecialCategoryPersonalData",
        "StorageDuration",
        "SubProcessorAgreement",
        "TechnicalMeasure",
        "TechnicalOrganisationalMeasure",
        "hasContact",
        "hasCountry",
        "hasDataController",
        "hasDataExporter",
        "hasDataImporter",
        "hasDataProcessor",
        "hasDataSubject",
        "hasLegalBasis",
        "hasLegalMeasure",
        "hasName",
        "hasOrganisationalMeasure",
        "hasPersonalData",
        "hasProcess",
        "hasProcessing",
        "hasPurpose",
        "hasRecipient",
        "hasRecipientDataController",
        "hasService",
        "hasServiceProvider",
        "hasStorageCondition",
        "hasTechnicalMeasure",
        "hasTechnicalOrganisationalMeasure",
        "hasThirdCountry",
        "isSubsidiaryOf",
    ],
    "eu-gdpr": [
        "A45-3",
        "A46-2-a",
        "A46-2-b",
        "A46-2-c",
        "A46-2-d",
        "A46-2-e",
        "A46-2-f",
        "A46-3-a",
        "A46-3-b",
        "A49-1-a",
        "A49-1-b",
        "A49-1-c",
        "A49-1-d",
        "A49-1-e",
        "A49-1-f",
        "A49-1-g",
        "A49-2",
        "AdHocContractualClauses",
        "BindingCorporateRules",
        "CertificationMechanismsForDataTransfers",
        "CodesOfConductForDataTransfers",
        "DataTransferTool",
        "SCCByCommission",
        "SCCBySupervisoryAuthority",
    ],
}
"""The terms that were read in DPV 2.0 and its EU GDPR extension, besides those of the vocabulary of the seed data."""


@cache
def shapes() -> Graph:
    return Graph().parse(Path(graphsvc.exports.__file__).parent / "dpv.shapes.ttl")


def written(found: Handover, word: str = "ttl", language: str = "en") -> bytes:
    return b"".join(EXPORTS["dpv"].formats[word].stream(found, language))


def read(found: Handover, word: str = "ttl") -> Graph:
    return Graph().parse(data=written(found, word), format=FORMS[word])


def faults(graph: Graph) -> str:
    conforms, _, told = validate(graph, shacl_graph=shapes(), inference="none", advanced=False)
    return "" if conforms else told


def of_seed(controller: str, on: str = ON) -> Handover:
    """What is handed over of a controller of the seed data; everything in it, as no question is asked here."""
    found = Network.of(
        *(on, law(), order()),
        (each for each in map(Activity.from_body, seed("activities")) if each.controller == controller),
        map(Flow.from_body, seed("flows")),
        map(Service.from_body, seed("services")),
        map(Party.from_body, seed("parties")),
        vocabulary(),
    )
    return Handover(HandoverQuestion(on, controller), 7, found, found.party(controller))


def shop(*flows: dict, on: str = ON, **more: Any) -> Handover:
    """A shop whose mail goes to a mailer in the US, and from there to whoever the flows say."""
    data = more.pop("data", ["customer name", "patient health-data"])
    found = network(
        [flow("mail", "mailer", places=["US"], tools=[SCC], contract={"kind": "art28"}), *flows],
        [
            activity("mail", "shop", data, purposes=["newsletter"], **more),
            activity("lists", "mail-inc", ["customer name"], acts_as="processor", on_behalf_of=["shop"]),
        ],
        [service("mailer", "mail-inc"), service("hosting", "host-ltd"), service("nobody")],
        [
            party("shop", "NL", measures=[{"text": "Locked <doors>", "kind": "organisational", "evidence": ASSUMED}]),
            party("mail-inc", "US", part_of=[{"party": "parent"}]),
            *(party("host-ltd", "BR"), party("parent", "US"), party("bank", "NL")),
        ],
        on,
    )
    return Handover(HandoverQuestion(on, "shop"), 7, found, found.party("shop"))


def everybody(on: str = ON) -> Handover:
    """Every role, and transfers on every kind of footing."""
    flows = [
        flow("mailer", "hosting", "sub_processor", places=["BR"], seat_access=False, contract={"kind": "art28"}),
        flow("mail", "nobody", "unknown", evidence=ASSUMED),
        *(
            flow("mail", f"{role.value.replace('_', '-')}-service", role.value, places=["EEA"], seat_access=False)
            for role in Role
        ),
        *(
            flow("mail", f"to-{tool}", places=["IN"], tools=[{"tool": tool, **more}], seat_access=False)
            for tool, more in (
                *((tool, {}) for tool in ("bcr-p", "code", "cert", "sa-scc", "art49-a", "art49-2", "scc-2010-c2p")),
                ("adhoc", {"authorised": {"day": "2020-01-01", "authority": "AP"}}),
            )
        ),
        flow("mail", "japan", places=["JP"], seat_access=False),
    ]
    return shop(*flows, on=on)


@pytest.mark.parametrize("controller", CONTROLLERS)
@pytest.mark.parametrize("on", ["2019-01-01", "2022-06-01", ON])
def test_every_controller_of_the_seed_data_conforms_to_the_shapes(controller: str, on: str):
    assert faults(read(of_seed(controller, on))) == ""


@pytest.mark.parametrize("on", ["2020-07-15", "2021-08-01", ON])
def test_every_role_and_footing_conforms_to_the_shapes(on: str):
    assert faults(read(everybody(on))) == ""


TRANSFERS = """
    SELECT ?activity ?flow ?exporter ?importer ?country ?status ?basis WHERE {
        ?transfer a gs:Transfer ; gs:activity ?activity ; gs:flow ?flow ; gs:status ?status ; gs:basis ?basis ;
            dpv:hasDataExporter ?exporter ; dpv:hasDataImporter ?importer .
        OPTIONAL { ?transfer dpv:hasThirdCountry ?country }
    }"""
ROLES = """
    SELECT ?flow ?role ?party WHERE {
        ?flow a gs:Flow ; gs:recipientRole ?role ;
            dpv:hasDataProcessor|dpv:hasRecipientDataController|dpv:hasRecipient ?party .
    }"""
DATA = """
    SELECT ?flow ?subject ?category WHERE {
        ?flow a gs:Flow ; dpv:hasPersonalData [ gs:subject ?subject ; gs:category ?category ] .
    }"""
IN_DPV = {
    Role.PROCESSOR: "DataProcessor",
    Role.SUB_PROCESSOR: "DataSubProcessor",
    Role.JOINT_CONTROLLER: "JointDataControllers",
    Role.INDEPENDENT_CONTROLLER: "DataController",
    Role.AUTHORITY: "Authority",
    Role.UNKNOWN: "role-unknown",
}


def asked(graph: Graph, question: str) -> set[tuple[str, ...]]:
    """What a SPARQL question finds: the last part of each IRI, without prefixes of ours."""
    return {tuple(_short(value) for value in row) for row in graph.query(question, initNs=PREFIXES)}


def _short(value: URIRef | RdfLiteral | None) -> str:
    if value is None or isinstance(value, RdfLiteral):
        return UNKNOWN if value is None else str(value)
    return str(value).rpartition("#")[2].rpartition(":")[2].removeprefix("status-").removeprefix("basis-")


@pytest.mark.parametrize("word", FORMS)
@pytest.mark.parametrize("controller", CONTROLLERS)
def test_what_is_read_again_is_what_the_answers_say(controller: str, word: str):
    found = of_seed(controller)
    graph = read(found, word)
    assert asked(graph, TRANSFERS) == {
        (
            *(line.passage.activity.id, line.passage.flow.id, line.passage.exporter.id, line.passage.importer.id),
            *(line.country, line.status.value.replace("_", "-"), line.basis.value.replace("_", "-")),
        )
        for line in found.transfers
    }
    passages = found.passages
    assert asked(graph, ROLES) == {(p.flow.id, IN_DPV[p.flow.role], p.importer.id) for p in passages}
    assert asked(graph, DATA) == {(p.flow.id, item.subject, item.category) for p in passages for item in p.items}


def test_both_forms_say_the_same():
    found = everybody()
    assert set(read(found, "ttl")) == set(read(found, "jsonld"))


def test_a_transfer_stands_on_the_article_that_carries_it_and_on_nothing_else():
    graph = read(everybody())
    question = """
        SELECT ?flow ?basis WHERE {
            ?transfer a gs:Transfer ; gs:flow ?flow .
            OPTIONAL { ?transfer dpv:hasLegalBasis ?basis }
        }
    """
    bases = dict(asked(graph, question))
    assert bases == {
        "mail-mailer": "A46-2-c",
        **{
            "mail-to-bcr-p": "A46-2-b",
            "mail-to-cert": "A46-2-f",
        },
        # No approved instrument of these kinds is known.
        **{"mail-to-code": UNKNOWN, "mail-to-sa-scc": UNKNOWN},
        **{"mail-to-adhoc": "A46-3-a", "mail-to-art49-a": "A49-1-a", "mail-to-art49-2": "A49-2", "mail-japan": UNKNOWN},
        **{"mail-to-scc-2010-c2p": UNKNOWN, "mailer-hosting": "A45-3", "mail-nobody": UNKNOWN},
    }
    old = read(
        shop(flow("mail", "old", places=["IN"], tools=[{"tool": "scc-2010-c2p"}], seat_access=False), on="2020-01-01")
    )
    assert dict(asked(old, question))["mail-old"] == "scc-2010-c2p"
    assert (URIRef("urn:graphsvc:tool:scc-2010-c2p"), RDF.type, DPV.DataTransferLegalBasis) in old


def test_every_term_is_one_that_dpv_has():
    known = {PREFIXES[prefix] + name for prefix, names in TERMS.items() for name in names}
    sections = ("data_categories", "subject_categories", "purposes", "legal_bases")
    words = (entry["dpv"].partition(":") for section in sections for entry in seed(section) if "dpv" in entry)
    known |= {PREFIXES[prefix] + name for prefix, _, name in words}
    graph = read(everybody())
    for controller in CONTROLLERS:
        graph += read(of_seed(controller))
    used = {str(node) for triple in graph for node in triple if str(node).startswith("https://w3id.org/dpv")}
    assert {node for node in used if not node.startswith(PREFIXES["loc"])} - known == {"https://w3id.org/dpv"}
    places = {node.removeprefix(PREFIXES["loc"]) for node in used if node.startswith(PREFIXES["loc"])}
    assert places >= {"NL", "US", "EEA"}
    assert all(len(place) == 2 or place == "EEA" for place in places)


def test_a_word_without_a_term_is_one_of_ours_below_the_nearest_that_has_one():
    found = network(
        [flow("mail", "mailer")],
        [activity("mail", "shop", ["customer form-of-address"])],
        [service("mailer")],
        [party("shop")],
    )
    graph = read(Handover(HandoverQuestion(ON, "shop"), 7, found, found.party("shop")))
    ours = URIRef("urn:graphsvc:category:form-of-address")
    skos = Namespace(PREFIXES["skos"])
    assert [*graph.objects(ours, skos.broader)] == [URIRef(PREFIXES["pd"] + "Identifying")]
    assert len([*graph.objects(ours, URIRef(PREFIXES["rdfs"] + "label"))]) == 2


def test_what_no_source_says_is_marked():
    data = [{"subject": "customer", "category": "name", "evidence": ASSUMED}]
    bases = [{"id": "consent", "evidence": [evidence(basis="inferred")]}, {"id": "contract"}]
    graph = read(shop(flow("mail", "nobody", evidence=ASSUMED), data=data, legal_bases=bases))
    marked = asked(graph, "SELECT ?what WHERE { <urn:graphsvc:activity:mail> gs:notStated ?what }")
    assert marked == {("name",), ("A6-1-a",)}
    assert asked(graph, "SELECT ?basis WHERE { <urn:graphsvc:flow:mail-nobody> gs:basis ?basis }") == {("assumed",)}
    assert asked(graph, "SELECT ?basis WHERE { <urn:graphsvc:party:unknown> gs:basis ?basis }") == {("unknown",)}
    assert asked(
        graph, "SELECT ?basis ?text WHERE { ?m a dpv:OrganisationalMeasure ; gs:basis ?basis ; dct:description ?text }"
    ) == {("assumed", "Locked <doors>")}


def test_one_node_says_what_it_was_made_from():
    graph = read(shop())
    assert asked(
        graph, "SELECT ?on ?law ?revision WHERE { ?x dct:date ?on ; gs:law ?law ; gs:revision ?revision }"
    ) == {(ON, "seed", "7")}


BREAKS = {
    "no name": "DELETE WHERE { <urn:graphsvc:party:mail-inc> dpv:hasName ?x }",
    "no status": "DELETE WHERE { ?t gs:status ?x }",
    "a status that there is not": (
        "DELETE { ?t gs:status ?x } INSERT { ?t gs:status gs:status-fine } WHERE { ?t gs:status ?x }"
    ),
    "a safeguard that nothing names": (
        "DELETE { ?t dpv:hasLegalBasis ?x } WHERE { ?t a gs:Transfer ; dpv:hasLegalBasis ?x }"
    ),
    "an article that does not fit": (
        "DELETE { ?t dpv:hasLegalBasis ?x } INSERT { ?t dpv:hasLegalBasis eu-gdpr:A45-3 } "
        "WHERE { ?t a gs:Transfer ; dpv:hasLegalBasis ?x }"
    ),
    "a basis for what stands on nothing": (
        "INSERT { ?t dpv:hasLegalBasis eu-gdpr:A46-2-c } WHERE { ?t gs:status gs:status-unknown }"
    ),
    "two roles": "INSERT { ?f gs:recipientRole dpv:Authority } WHERE { ?f a gs:Flow }",
    "a role without who has it": (
        "DELETE { ?f dpv:hasDataProcessor ?x } WHERE { ?f a gs:Flow ; dpv:hasDataProcessor ?x }"
    ),
    "no data": "DELETE WHERE { <urn:graphsvc:flow:mail-mailer> dpv:hasPersonalData ?x }",
    "data of nobody": "DELETE WHERE { ?d dpv:hasDataSubject ?x }",
    "no marks": "DELETE WHERE { ?x gs:basis ?y }",
    "a mark that there is not": "INSERT { ?x gs:basis gs:basis-certain } WHERE { ?x a gs:Activity }",
    "no controller": "DELETE WHERE { <urn:graphsvc:activity:mail> dpv:hasDataController ?x }",
    "no place": "DELETE WHERE { ?t dpv:hasThirdCountry ?x }",
    "no day": "DELETE WHERE { ?x dct:date ?on }",
    "a revision that is no number": (
        'DELETE { ?x gs:revision ?y } INSERT { ?x gs:revision "7" } WHERE { ?x gs:revision ?y }'
    ),
}


@pytest.mark.parametrize("change", BREAKS)
def test_the_shapes_refuse_a_graph_with(change: str):
    graph = read(shop(flow("mail", "nobody", "unknown")))
    assert faults(graph) == ""
    before = len(graph), set(graph)
    graph.update(BREAKS[change], initNs=PREFIXES)
    assert (len(graph), set(graph)) != before
    assert faults(graph)


def test_nothing_has_no_name_and_the_context_needs_no_network():
    text = written(everybody()).decode()
    assert "_:" not in text
    assert "[ " not in text
    body = json.loads(written(everybody(), "jsonld"))
    assert body["@context"] == PREFIXES
    assert all(not node["@id"].startswith("_:") for node in body["@graph"])


def test_names_and_ids_cannot_break_out_of_the_form():
    strange = 'x> . <urn:evil> a <urn:x> "\\ \n\u2028 \x07 }'
    found = network(
        [flow("mail", "mailer", places=["US"])],
        [activity("mail", "shop", ["customer name"]) | {"name": strange}],
        [service("mailer", "a:b/<c> d") | {"name": strange}],
        [party("shop", "NL"), party("a:b/<c> d", "US") | {"name": strange}],
        ON,
    )
    handover = Handover(HandoverQuestion(ON, "shop"), 7, found, found.party("shop"))
    for word in FORMS:
        graph = read(handover, word)
        node = URIRef("urn:graphsvc:party:a%3Ab%2F%3Cc%3E%20d")
        assert [*map(str, graph.objects(node, DPV.hasName))] == [strange.replace("\x07", "\ufffd")]
        assert (URIRef("urn:evil"), None, None) not in graph


def test_a_party_that_is_one_with_another_has_its_other_ids_too():
    found = network(
        [flow("mail", "mailer", places=["US"])],
        [activity("mail", "shop", ["customer name"])],
        [service("mailer", "mail")],
        [party("shop", "NL"), party("mail", "US"), party("mail-inc", "US")],
        ON,
    )
    same = Identities.of([Identity("one", "mail-inc", "mail", Sameness.SAME, "The same number")])
    found = merged(found, same)
    graph = read(Handover(HandoverQuestion(ON, "shop"), 7, found, found.party("shop")))
    one, other = (URIRef(f"urn:graphsvc:party:{name}") for name in ("mail-inc", "mail"))
    assert [*graph.subject_objects(OWL.sameAs)] == [(one, other)]
    assert (other, None, None) not in graph
    assert (None, DPV.hasDataImporter, one) in graph


@pytest.mark.parametrize("word", FORMS)
def test_a_large_register_is_written_part_by_part_and_nothing_is_said_twice(word: str):
    found = Handover(HandoverQuestion(DAY), 7, laid(100), None)
    parts = [*EXPORTS["dpv"].formats[word].stream(found, "en")]
    assert len(parts) > 5
    assert max(map(len, parts)) < 3 * SIZE
    said = [fact for part in facts(found) for fact in part]
    assert len(said) == len({*said}) == len(Graph().parse(data=b"".join(parts), format=FORMS[word]))


def test_only_footings_that_stand_on_something_have_terms():
    graph = read(everybody())
    for transfer in graph.subjects(RDF.type, GS.Transfer):
        stands = graph.value(transfer, GS.status) in {
            GS[f"status-{status}"] for status in (Status.ADEQUATE, Status.SAFEGUARDED, Status.DEROGATION)
        }
        assert bool([*graph.objects(transfer, DPV.hasLegalBasis)]) == stands
