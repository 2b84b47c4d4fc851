"""What is handed over as statements of W3C DPV: subject, property, value; nothing else is read or reckoned here.

Activities, flows and transfers are processes. A flow says whom the data goes to in which role and what of it passes; a
transfer is a line of the answer about transfers, with its footing. Inferred, assumed and unknown are marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphsvc.answers.lines import Line
from graphsvc.exports.assessment import Steps
from graphsvc.exports.dpv_terms import (
    CONTRACTS,
    FOOTED,
    MEASURES,
    ROLES,
    Literal,
    class_of,
    dpv_of,
    iri,
    legal_basis_of,
    nearest,
    of_basis,
    of_place,
    of_status,
    own,
)
from graphsvc.exports.words import WEAK
from graphsvc.imports.text import NO_TEXT
from graphsvc.model import (
    UNKNOWN,
    Activity,
    Basis,
    Capacity,
    DataItem,
    Evidence,
    Flow,
    LegalGround,
    Measure,
    Party,
    Role,
    Status,
    Term,
    Terms,
    Tool,
    basis_of,
)
from graphsvc.questions.handover import Handover
from graphsvc.translation import LANGUAGES, country_name, gettext, translate

Fact = tuple[str, str, str | Literal]
"""Subject and property as IRIs, and a value: an IRI or a literal."""


def facts(handover: Handover) -> Iterator[list[Fact]]:
    """Every statement, each once, in parts: about one activity or flow, and what it is the first to name.

    The order is stable, in a part that of subjects and properties.
    """
    return _Facts(handover).parts()


class _Facts:
    """Gathers the statements about one handover."""

    def __init__(self, handover: Handover) -> None:
        self._handover = handover
        self._network = handover.network
        self._found: dict[Fact, None] = {}
        self._told: set[str] = set()

    def parts(self) -> Iterator[list[Fact]]:
        """Every statement."""
        self._header()
        if self._handover.controller:
            self._party(self._handover.controller)
        yield self._taken()
        for activity in self._network.activities:
            self._activity(activity)
            yield self._taken()
        for lines in self._handover.lines_by_flow():
            self._flow(lines)
            for line in lines:
                if line.status is not Status.INSIDE:
                    self._transfer(line)
            yield self._taken()

    def _taken(self) -> list[Fact]:
        """What was found since it was taken last."""
        found, self._found = self._found, {}
        return sorted(found, key=lambda fact: (fact[0], fact[1], str(fact[2])))

    def _add(self, subject: str, term: str, *values: str | Literal | None) -> None:
        for value in values:
            if isinstance(value, Literal):
                value = value._replace(value=NO_TEXT.sub("\ufffd", value.value))
            if value is not None:
                self._found[subject, iri(term), iri(value) if isinstance(value, str) else value] = None

    def _is(self, subject: str, kind: str) -> None:
        """Say what something is; once, though many flows tell it."""
        if self._is_new(f"{subject} {kind}"):
            self._add(subject, "rdf:type", kind)

    def _is_new(self, subject: str) -> bool:
        """Whether nothing was said of something yet."""
        new = subject not in self._told
        self._told.add(subject)
        return new

    def _header(self) -> None:
        """What all of it was made from."""
        made = self._handover.made_from
        node = own("export", self._handover.name)
        revision, law = own("revision", str(made["revision"])), own("law", made["law"])
        self._add(node, "rdf:type", "prov:Entity")
        self._add(node, "dct:title", Literal(f"graphsvc: {self._handover.name}"))
        self._add(node, "dct:date", Literal(made["on"], "date"))
        self._add(node, "dct:conformsTo", "https://w3id.org/dpv")
        self._add(node, "gs:law", Literal(made["law"]))
        self._add(node, "gs:revision", Literal(str(made["revision"]), "integer"))
        self._add(node, "prov:wasDerivedFrom", revision, law)
        for each, title in ((revision, f"Register revision {made['revision']}"), (law, f"Law table {made['law']}")):
            self._add(each, "rdf:type", "prov:Entity")
            self._add(each, "dct:title", Literal(title))

    # Who and where

    def _party(self, found: Party) -> str:
        node = own("party", found.id)
        if not self._is_new(node):
            return node
        self._add(node, "rdf:type", "dpv:LegalEntity")
        name = gettext("en", "export.nobody_named") if found.id == UNKNOWN else found.name
        self._add(node, "dpv:hasName", Literal(name))
        self._add(node, "gs:basis", of_basis(UNKNOWN if found.id == UNKNOWN else basis_of(found.evidence)))
        self._add(node, "dpv:hasCountry", *map(self._place, found.established_in))
        if found.contact:
            self._add(node, "dpv:hasContact", Literal(found.contact))
        # The other ids of a party that somebody decided to be one with this one (docs/identities.md).
        others = (each.id for each in found.members if each.id != found.id)
        self._add(node, "owl:sameAs", *(own("party", each) for each in others))
        self._measures(node, found.measures)
        parents = {parent for parent, _, _ in found.parents}
        groups = [self._party(group) for group in self._network.groups(found.id) if group.id in parents]
        self._add(node, "dpv:isSubsidiaryOf", *groups)
        return node

    def _place(self, code: str) -> str:
        if term := of_place(code):
            return term
        node = own("place", code)
        if self._is_new(node):
            self._add(node, "rdf:type", "dpv:Location")
            self._add(node, "rdfs:label", *(Literal(country_name(lang, code), None, lang) for lang in LANGUAGES))
        return node

    def _service(self, key: str) -> str:
        node = own("service", key)
        if self._is_new(node):
            found = self._network.services[key]
            self._add(node, "rdf:type", "dpv:Service")
            self._add(node, "dct:title", Literal(found.name))
            self._add(node, "dpv:hasServiceProvider", self._party(self._network.provider(key)))
            self._add(node, "gs:basis", of_basis(basis_of(found.evidence)))
        return node

    def _measures(self, subject: str, measures: Iterable[Measure]) -> None:
        for number, measure in enumerate(measures, 1):
            kind, term = MEASURES.get(measure.kind, MEASURES[None])
            node = own("measure", *subject.split(":")[2:], str(number))
            self._add(subject, term, node)
            self._add(node, "rdf:type", kind)
            self._add(node, "dct:description", Literal(measure.text))
            self._add(node, "gs:basis", of_basis(basis_of(measure.evidence)))

    def _sources(self, subject: str, evidence: Iterable[Evidence]) -> None:
        for each in evidence:
            node = own("source", each.source)
            self._add(subject, "dct:source", node)
            found = self._network.papers.sources.get(each.source)
            if found and self._is_new(node):
                self._add(node, "dct:title", Literal(found.title))
                self._add(node, "dct:publisher", Literal(found.publisher))
                self._add(node, "dct:issued", Literal(found.date, "date") if found.date else None)

    # Words

    def _word(self, kind: str, terms: Terms, key: str, dpv_class: str) -> str:
        """A word: its DPV term, else a term of our own below the nearest broader one."""
        word = terms.get(key)
        if term := dpv_of(word):
            return term
        node = own(kind, key)
        if self._is_new(node):
            self._add(node, "rdf:type", dpv_class)
            self._add(node, "skos:broader", (nearest(terms, word) if word else None) or dpv_class)
            self._labels(node, word, key)
        return node

    def _labels(self, node: str, word: Term | None, key: str) -> None:
        names = word.names if word else {}
        self._add(node, "rdfs:label", *(Literal(names.get(lang, key), None, lang) for lang in LANGUAGES))

    def _item(self, item: DataItem) -> str:
        """Data of some people: an instance of its DPV term, with our own words beside it."""
        node, words = own("data", item.subject, item.category), self._network.vocabulary
        if self._is_new(node):
            category = self._word("category", words.categories, item.category, "dpv:PersonalData")
            self._add(node, "rdf:type", "dpv:PersonalData", category)
            found = words.categories.get(item.category)
            if found and found.special:
                self._add(node, "rdf:type", "dpv:SpecialCategoryPersonalData")
            subject = self._word("subject", words.subjects, item.subject, "dpv:DataSubject")
            self._add(node, "dpv:hasDataSubject", subject)
            self._add(node, "gs:category", Literal(item.category))
            self._add(node, "gs:subject", Literal(item.subject))
        return node

    def _ground(self, ground: LegalGround) -> str:
        return self._word("legal-basis", self._network.vocabulary.legal_bases, ground.id, "dpv:LegalBasis")

    # Processes

    def _process(self, node: str, kind: str, basis: Basis, items: Iterable[DataItem]) -> None:
        self._add(node, "rdf:type", "dpv:PersonalDataProcess", kind)
        self._add(node, "gs:basis", of_basis(basis))
        self._add(node, "dpv:hasPersonalData", *map(self._item, items))

    def _activity(self, found: Activity) -> None:
        node = own("activity", found.id)
        self._process(node, "gs:Activity", basis_of(found.evidence), found.data)
        self._add(node, "dct:title", Literal(found.name))
        owner = self._party(self._network.party(found.controller))
        if found.capacity is Capacity.PROCESSOR:
            self._add(node, "dpv:hasDataProcessor", owner)
            self._is(owner, "dpv:DataProcessor")
            owners = [self._party(self._network.party(each)) for each in found.on_behalf_of]
        else:
            owners = [owner]
        for each in owners:
            self._add(node, "dpv:hasDataController", each)
            self._is(each, "dpv:DataController")
        words = self._network.vocabulary
        self._add(
            node, "dpv:hasPurpose", *(self._word("purpose", words.purposes, p, "dpv:Purpose") for p in found.purposes)
        )
        grounds = (*found.legal_bases, *found.special_conditions)
        self._add(node, "dpv:hasLegalBasis", *map(self._ground, grounds))
        self._marks(node, found, grounds)
        self._retention(node, found)
        self._measures(node, found.measures)
        self._sources(node, found.evidence)

    def _marks(self, node: str, found: Activity, grounds: Iterable[LegalGround]) -> None:
        """What no source says directly of the parts of an activity."""
        weak = (item for item in found.data if basis_of(found.evidence_of(item)) in WEAK)
        self._add(node, "gs:notStated", *map(self._item, weak))
        self._add(node, "gs:notStated", *(self._ground(each) for each in grounds if self._is_weak(each)))

    @staticmethod
    def _is_weak(ground: LegalGround) -> bool:
        return bool(ground.evidence) and basis_of(ground.evidence) in WEAK

    def _retention(self, activity: str, found: Activity) -> None:
        for number, each in enumerate(found.retention, 1):
            node = own("retention", found.id, str(number))
            self._add(activity, "dpv:hasStorageCondition", node)
            self._add(node, "rdf:type", "dpv:StorageDuration")
            self._add(node, "dct:description", Literal(": ".join(filter(None, (each.what, each.from_event)))))
            self._add(node, "gs:period", Literal(each.period, "duration") if each.period else None)
            self._add(node, "gs:basis", of_basis(basis_of(each.evidence)))

    def _flow(self, lines: list[Line]) -> None:
        """A flow, with what passes it from any activity, and where it is kept or read."""
        passage = lines[0].passage
        flow, node = passage.flow, own("flow", passage.flow.id)
        items = frozenset().union(*(line.items for line in lines))
        self._process(node, "gs:Flow", basis_of(flow.evidence), items)
        self._add(node, "dpv:hasProcessing", "dpv:Disclose")
        self._add(node, "dpv:hasService", self._service(flow.recipient))
        for each in {line.passage.activity.id: line.passage for line in lines}.values():
            activity = own("activity", each.activity.id)
            self._add(activity, "dpv:hasProcess", node)
            self._add(node, "gs:sender", activity if flow.sender == each.activity.id else self._service(flow.sender))
        for line in lines:
            self._add(node, "dpv:hasCountry" if line.country != UNKNOWN else "gs:place", self._country(line))
        self._recipient(node, flow, self._party(passage.importer))
        self._contract(node, flow)
        self._add(node, "dct:description", Literal(flow.purpose) if flow.purpose else None)
        self._add(node, "gs:condition", Literal(flow.condition) if flow.condition else None)
        self._sources(node, flow.evidence)

    def _recipient(self, node: str, flow: Flow, recipient: str) -> None:
        role, term = ROLES[flow.role]
        self._add(node, "gs:recipientRole", role)
        self._add(node, term, recipient)
        self._labelled(role, f"role.{flow.role}")
        if flow.role is not Role.UNKNOWN:
            self._is(recipient, role)

    def _country(self, line: Line) -> str:
        return "gs:place-unknown" if line.country == UNKNOWN else self._place(line.country)

    def _contract(self, node: str, flow: Flow) -> None:
        if flow.contract is None:
            return
        kind = flow.contract.kind.value
        found = CONTRACTS.get((kind, flow.role)) or CONTRACTS.get((kind, None))
        if found is None:
            self._add(node, "gs:contract", "gs:contract-none")
            return
        contract = own("contract", flow.id)
        self._add(node, "dpv:hasLegalMeasure", contract)
        self._add(contract, "rdf:type", found)
        self._add(contract, "dct:title", Literal(flow.contract.title) if flow.contract.title else None)
        self._add(contract, "dct:date", Literal(flow.contract.date, "date") if flow.contract.date else None)

    def _transfer(self, line: Line) -> None:
        """One line of the answer about transfers."""
        passage, found = line.passage, Steps(line)
        node = own("transfer", passage.activity.id, passage.flow.id, line.country)
        self._process(node, "gs:Transfer", line.basis, line.items)
        self._add(own("activity", passage.activity.id), "dpv:hasProcess", node)
        self._add(node, "dpv:hasProcessing", "dpv:CrossBorderTransfer")
        self._add(node, "gs:activity", own("activity", passage.activity.id))
        self._add(node, "gs:flow", own("flow", passage.flow.id))
        self._add(node, "dpv:hasDataController", self._party(self._network.party(passage.activity.controller)))
        self._add(node, "dpv:hasDataExporter", self._party(passage.exporter))
        self._add(node, "dpv:hasDataImporter", self._party(passage.importer))
        self._add(node, "dpv:hasThirdCountry" if line.country != UNKNOWN else "gs:place", self._country(line))
        self._add(node, "gs:status", of_status(line.status))
        self._labelled(of_status(line.status), f"status.{line.status}")
        reason, act = line.assessment.reason, line.assessment.act
        self._add(node, "dct:description", *(Literal(translate(reason, lang), None, lang) for lang in LANGUAGES))
        self._add(node, "gs:act", *(Literal(translate(act, lang), None, lang) for lang in LANGUAGES if act))
        self._add(node, "gs:assessment", Literal(found.assessment))
        self._add(node, "gs:assessedOn", Literal(found.assessed_on, "date") if found.assessed_on else None)
        self._add(node, "gs:depth", Literal(str(len(line.chain)), "integer"))
        self._add(node, "gs:namesTool", *(self._tool(tool) for _, tool in found.named))
        self._add(node, "dpv:hasLegalBasis", *self._footing(line, [tool for _, tool in found.named]))
        self._sources(node, line.sources)

    def _footing(self, line: Line, named: Iterable[Tool]) -> set[str]:
        """What a transfer stands on: nothing where nothing that is named carries it on the day."""
        if line.status is Status.ADEQUATE:
            return {"eu-gdpr:A45-3"}
        kinds = FOOTED.get(line.status, frozenset())
        carrying = [tool for tool in named if tool.kind in kinds and str(tool.act) == line.assessment.act]
        return {legal_basis_of(tool) or self._tool(tool) for tool in carrying}

    def _tool(self, tool: Tool) -> str:
        node = own("tool", tool.id)
        if self._is_new(node):
            self._add(node, "rdf:type", class_of(tool))
            if tool.kind in FOOTED[Status.SAFEGUARDED] and legal_basis_of(tool) is None:
                self._add(node, "rdf:type", "dpv:DataTransferLegalBasis")
            self._add(node, "dct:title", Literal(tool.name))
            self._add(node, "gs:article", Literal(tool.article))
        return node

    def _labelled(self, term: str, key: str) -> None:
        """Say what a term of ours is called; those of DPV have labels of their own."""
        if term.startswith("gs:") and self._is_new(term):
            self._add(iri(term), "rdfs:label", *(Literal(gettext(lang, key), None, lang) for lang in LANGUAGES))
