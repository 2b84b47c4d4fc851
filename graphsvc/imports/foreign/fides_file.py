"""Fides manifests (YAML): systems, their declarations and data flows become activities, services and flows."""

from __future__ import annotations

from typing import Any

import yaml

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.activities import Activities
from graphsvc.imports.foreign.clean import cannot_read
from graphsvc.imports.foreign.fides_systems import System, Systems
from graphsvc.imports.foreign.fides_words import FidesWords
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.names import Written, written
from graphsvc.imports.foreign.node import Node
from graphsvc.imports.foreign.recipients import Recipients
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.statement import closed, draft_about, opened
from graphsvc.imports.foreign.vocabulary import Vocabulary
from graphsvc.imports.text import DEEPEST
from graphsvc.imports.yaml_text import YamlFault, read_yaml

OTHER_PARTS = ("policy", "registry", "data_qualifier", "connector", "saas_config", "saas_connector")
NO_NAME = frozenset({"", "default organization"})


def read_fides(content: bytes, settings: ImportSettings, register: Register) -> Imported:
    """A Fides manifest as a document of ours.

    Raises:
        InvalidDocument: it is no YAML, or holds neither systems nor datasets.
    """
    root, notes = opened("fides", content, settings, _parsed, "Fides manifest", ("system", "dataset"))
    body = _Fides(root, settings, register, notes).body(content)
    for key in OTHER_PARTS:
        root[key].skip("is no fact about who receives what")
    return closed(root, notes, body)


def _parsed(text: str, file: str) -> Any:
    try:
        return read_yaml(text, DEEPEST)
    except YamlFault as fault:
        raise cannot_read(fault.message, file, line=fault.line) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "characters that YAML does not allow"
        raise cannot_read(f"is not YAML: {problem}", file, line=mark.line + 1 if mark else None) from None


class _Fides:
    """Makes the document of one manifest."""

    def __init__(self, root: Node, settings: ImportSettings, register: Register, notes: Notes) -> None:
        self._root = root
        self._settings = settings
        self._register = register
        self._notes = notes

    def body(self, content: bytes) -> Entry:
        """The document."""
        controller = self._controller()
        who = controller.name
        draft = draft_about(who, "Systems", self._settings, self._notes, content, self._settings.date)
        vocabulary = Vocabulary(self._register, self._notes)
        words = FidesWords(self._root, vocabulary, self._notes)
        recipients = Recipients(self._register, self._settings, draft, self._notes)
        systems = [System(node, controller) for node in self._entries("system")]
        recipients.learn((one.who for one in systems if one.is_third_party), [controller])
        party = recipients.stated(controller)
        made = Systems(self._root, self._register, recipients, draft, words, self._notes)
        made.add(systems, Activities(draft, vocabulary, self._notes), party.id)
        return draft.body()

    def _controller(self) -> Written:
        """Who answers for the systems: the publisher, else the organisation of the manifest."""
        name, place = self._settings.publisher, ""
        for organization in self._root["organization"].items():
            node = organization["name"]
            if not name and node.name().casefold() not in NO_NAME:
                name, place = node.name(), node.place
            for key in ("controller", "data_protection_officer", "representative"):
                organization[key].skip("may name or reach a person, so it is not taken over")
        if not name:
            text = "does not say whose systems these are; say so with `publisher`"
            raise cannot_read(text, self._settings.file, "/organization")
        return written(name, place)

    def _entries(self, key: str) -> list[Node]:
        found = []
        for node in self._root[key].items():
            self._notes.rows_read += 1
            if node.is_mapping and (node["fides_key"].text() or node["name"].text()):
                self._notes.rows_imported += 1
                found.append(node)
            elif node.is_mapping:
                self._notes.lost(node.place, "a system with neither a key nor a name")
            else:
                self._notes.lost(node.place, "a system was expected here", node.value)
        return found
