"""The systems of a Fides manifest: own ones are activities, third parties are recipients, egress and ingress flows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.activities import Activities
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.fides_datasets import Datasets
from graphsvc.imports.foreign.fides_words import FidesWords
from graphsvc.imports.foreign.known import Register, key_of
from graphsvc.imports.foreign.names import Written, written
from graphsvc.imports.foreign.node import Node
from graphsvc.imports.foreign.recipients import Recipients, Target
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.retention import retention
from graphsvc.imports.foreign.statement import countries, flow_to, not_named
from graphsvc.imports.foreign.tools import tools_in
from graphsvc.imports.foreign.words import plain

ROLES = {"processor": "processor", "sub processor": "sub_processor", "controller": "independent_controller"}
TECHNICAL = (
    "id", "organization_fides_key", "tags", "meta", "fidesctl_meta", "fides_meta", "registry_id", "vendor_deleted_date",
    "version_added", "is_default", "created_at", "updated_at",
)  # fmt: skip


class System:
    """One system of a manifest.

    Attributes:
        node: What is said of it.
        key: Its key; its name when it has none.
        name: Its name.
        who: Its provider, when that is a third party.
        is_third_party: Whether somebody else provides it.
        activities: The activities that its declarations became.
    """

    def __init__(self, node: Node, controller: Written) -> None:
        self.node = node
        self.name = node["name"].name() or node["fides_key"].name()
        self.key = node["fides_key"].text() or self.name
        legal = node["legal_name"].name()
        other = bool(legal) and key_of(legal).base != key_of(controller.name).base
        kind = plain(node["system_type"].text())
        vendor = bool(node["vendor_id"].text())
        self.is_third_party = other or vendor or "third party" in kind or "vendor" in kind or "saas" in kind
        self.who = written(legal or self.name, node.place, [self.name] if legal else [])
        self.activities: list[tuple[Node, Entry]] = []
        for key in TECHNICAL:
            node[key].skip()

    @property
    def responsibility(self) -> str:
        """Controller, processor or sub-processor, in plain form; empty when nothing is said."""
        said = [one.text() for key in ("responsibility", "data_responsibility_title") for one in self.node[key].items()]
        return plain(said[0]) if said else ""


class Systems:
    """Adds the systems of a manifest to a document."""

    def __init__(
        self, root: Node, register: Register, recipients: Recipients, draft: Draft, words: FidesWords, notes: Notes
    ) -> None:
        self._register = register
        self._recipients = recipients
        self._draft = draft
        self._words = words
        self._notes = notes
        self._datasets = Datasets(root["dataset"], draft, words, notes)
        self._systems: dict[str, System] = {}
        self._targets: dict[str, Target] = {}

    def add(self, systems: Sequence[System], activities: Activities, controller: str) -> None:
        """Add every system, then what flows between them."""
        for system in systems:
            if self._systems.setdefault(system.key, system) is not system:
                self._notes.not_understood(system.node.place, "has the key of another system; not followed", system.key)
        for system in systems:
            if system.is_third_party:
                self._targets[system.key] = self._recipients.target(system.who)
            for declaration in system.node["privacy_declarations"].items():
                self._declaration(declaration, system, activities, controller)
        for system in systems:
            if system.is_third_party:
                for _, activity in system.activities:
                    self._to(activity["id"], system.key, system.node.place)
            for direction in ("egress", "ingress"):
                for flow in system.node[direction].items():
                    self._flow(flow, system, direction)
            self._abroad(system)
        self._datasets.say_unused()

    # Declarations

    def _declaration(self, node: Node, system: System, activities: Activities, controller: str) -> None:
        if not node.is_mapping:
            self._notes.not_understood(node.place, "a declaration was expected here", node.value)
            return
        for key in (*TECHNICAL, "data_qualifier"):
            node[key].skip()
        use = node["data_use"]
        name = " of ".join(filter(None, (node["name"].name() or use.name() or "Use", system.name)))
        activity = activities.add(name, controller, node.place)
        system.activities.append((node, activity))
        if word := self._words.word("data_uses", use):
            extend(activity, "purposes", [word])
        else:
            activities.note(activity, "Use, by the file", use.text(), use.place)
        subjects = self._words.words("data_subjects", node["data_subjects"].items())
        categories = self._words.words("data_categories", node["data_categories"].items())
        activities.data(activity, subjects, categories, node.place)
        self._grounds(node, activity, activities)
        if not system.is_third_party and system.responsibility in {"processor", "sub processor"}:
            activity["acts_as"] = "processor"
        references = [*node["dataset_references"].items(), *system.node["dataset_references"].items()]
        self._datasets.use(references, activity, categories)
        self._shared(node, activity)

    def _grounds(self, node: Node, activity: Entry, activities: Activities) -> None:
        for key in ("legal_basis_for_processing", "special_category_legal_basis"):
            if text := node[key].text():
                activities.legal_bases(activity, text, node[key].place)
        period = node["retention_period"]
        kept = retention(period.text(), "The data of this activity", self._draft.evidence(period.place))
        extend(activity, "retention", [kept] if kept else [])

    def _shared(self, node: Node, activity: Entry) -> None:
        """Third parties that a declaration names by their kind only."""
        kind = node["third_parties"].name()
        if node["data_shared_with_third_parties"].flag() or kind:
            place = node["third_parties"].place
            flow = not_named(self._recipients, self._draft, activity["id"], kind or "Third parties", place)
            self._notes.guessed(place, "third parties are not named here", kind)
            categories = self._words.words("data_categories", node["shared_categories"].items())
            self._carries(flow, activity, categories, place)

    # Flows

    def _flow(self, node: Node, system: System, direction: str) -> None:
        """One entry of egress or ingress."""
        other = node["fides_key"].text() if node.is_mapping else node.text()
        kind = node["type"].text().casefold() if node.is_mapping else "system"
        if not other:
            self._notes.not_understood(node.place, "names nothing that data goes to or comes from")
            return
        if kind in {"user", "dataset"} or other == "user":
            where = "the data subjects themselves" if "user" in (kind, other) else "a store of the organisation itself"
            self._notes.left_out(node.place, f"{where}: nobody else receives data", other)
            node["data_categories"].skip()
            return
        sender, target = (system.key, other) if direction == "egress" else (other, system.key)
        self._between(node, sender, target, direction)

    def _between(self, node: Node, sender: str, target: str, direction: str) -> None:
        receiver = self._systems.get(target)
        if receiver is not None and not receiver.is_third_party:
            where = "from outside" if sender not in self._systems or self._systems[sender].is_third_party else "inside"
            self._notes.left_out(node.place, f"comes {where} to a system of the organisation itself; no flow", target)
            node["data_categories"].skip()
            return
        categories = self._words.words("data_categories", node["data_categories"].items())
        source = self._systems.get(sender)
        if source is None:
            self._notes.not_understood(node.place, "the system that sends is not in this file", sender)
        elif source.is_third_party:
            self._to(self._targets[sender].id, target, node.place)
        else:
            for activity in self._senders(source, target, direction):
                self._carries(self._to(activity["id"], target, node.place), activity, categories, node.place)

    def _senders(self, source: System, target: str, direction: str) -> list[Entry]:
        """The activities of a system that send to a target: those that say so, else all of them."""
        saying = [(activity, {one.text() for one in node[direction].items()}) for node, activity in source.activities]
        named = [activity for activity, keys in saying if target in keys]
        if not source.activities:
            self._notes.not_understood(source.node.place, "sends data and declares no use of it; no flow is made")
        return named or [activity for activity, keys in saying if not keys] or [activity for activity, _ in saying]

    def _to(self, sender: str, key: str, place: str) -> Entry:
        system = self._systems.get(key)
        if system is None:
            self._notes.guessed(place, "the system that receives is not in this file; nobody knows whose it is", key)
            return not_named(self._recipients, self._draft, sender, key, place)
        role = ROLES.get(system.responsibility, "unknown")
        codes = [
            code
            for one in system.node["third_country_transfers"].items()
            for code in countries(one, self._register, self._notes)
        ]
        flow = flow_to(self._recipients, sender, self._targets[key], role, place, codes)
        if words := system.node["description"].sentence():
            self._draft.join(flow, "purpose", words, system.node.place)
        self._tools(flow, system)
        return flow

    def _tools(self, flow: Entry, system: System) -> None:
        node = system.node["legal_basis_for_transfers"]
        if text := node.text():
            tools = tools_in(text, node.place, self._register.tools, self._notes)
            extend(flow, "tools", ({"tool": tool} for tool in tools))
            self._draft.join(flow, "note", f"Basis of transfers, by the file: {text.rstrip('.')}.", node.place, " ")

    def _carries(self, flow: Entry, activity: Entry, categories: Iterable[str], place: str) -> None:
        """What a flow carries, where the file says so: those items of the activity."""
        wanted = set(categories)
        if not wanted:
            return
        items = [
            {"subject": item["subject"], "category": item["category"]}
            for item in activity.get("data", ())
            if item["category"] in wanted
        ]
        extend(flow, "carries", items)
        missing = wanted - {item["category"] for item in items}
        if missing:
            text = (
                f"sends data that its declaration does not name, so it is not taken over: {', '.join(sorted(missing))}"
            )
            self._notes.not_understood(place, text, activity["name"])

    def _abroad(self, system: System) -> None:
        """Third countries of a system of one's own: the file does not say who is there."""
        node = system.node["third_country_transfers"]
        if system.is_third_party or not node:
            return
        codes = [code for one in node.items() for code in countries(one, self._register, self._notes)]
        self._notes.guessed(node.place, "does not say who receives data there; taken as a recipient not named")
        for _, activity in system.activities:
            kind = f"Recipients abroad of {system.name}"
            flow = not_named(self._recipients, self._draft, activity["id"], kind, node.place, codes)
            self._tools(flow, system)
        if not system.activities:
            self._notes.not_understood(node.place, "the system declares no use of data; no flow is made")
