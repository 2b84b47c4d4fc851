"""What is wrong with how documents say that services are used: words that a service does not declare, and disputes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from graphsvc.errors import Fault
from graphsvc.graph.writer import Writer
from graphsvc.imports.documents import Document
from graphsvc.model import KEYS, Use, several
from graphsvc.register.statements import Statements

Options = Mapping[str, Sequence[str]]


class Said(NamedTuple):
    """A use, and where it is said: a document of the load and the number there, or another document's id."""

    use: Use
    document: Document | None
    number: int
    owner: str


class UseChecks:
    """Checks uses and conditions of one load against what services declare, and uses against each other."""

    def __init__(
        self, writer: Writer, documents: Sequence[Document], loaded: Sequence[str], statements: Statements
    ) -> None:
        """Prepare.

        Args:
            loaded: Ids of the documents that the load writes or removes.
        """
        self._writer = writer
        self._documents = documents
        self._loaded = frozenset(loaded)
        self._statements = statements
        self._options: dict[str, Options] = {}

    def faults(self) -> Iterator[Fault]:
        """Every fault, document by document."""
        for document in self._documents:
            yield from self._of_flows(document)
        said = list(self._said())
        yield from (fault for each in said if each.document for fault in self._of_use(each))
        yield from self._disputed(said)

    def _of_flows(self, document: Document) -> Iterator[Fault]:
        for number, entry in enumerate(document.entries("flows")):
            if "only_if" in entry.text:
                yield from self._of_flow(document, f"/flows/{number}", entry.value)

    def _of_flow(self, document: Document, at: str, flow: dict[str, Any]) -> Iterator[Fault]:
        sends = self._declared(flow["from"])
        if "only_if" in flow:
            if sends is None:
                yield document.fault(
                    f"{at}/only_if", "only what a service sends can depend on its use; say it in `condition`"
                )
            else:
                yield from self._of_words(document, f"{at}/only_if", flow["only_if"], sends, flow["from"])
        # A place of what an activity sends depends on how the controller uses the service that receives it.
        decides = flow["to"] if sends is None else flow["from"]
        for number, place in enumerate(flow.get("places", ())):
            if isinstance(place, dict) and "only_if" in place:
                path = f"{at}/places/{number}/only_if"
                yield from self._of_words(document, path, place["only_if"], self._declared(decides) or {}, decides)

    def _of_words(
        self, document: Document, path: str, words: Mapping[str, Any], options: Options, service: str
    ) -> Iterator[Fault]:
        for key in KEYS:
            for word in several(words.get(key)):
                if word not in options.get(key, ()):
                    yield document.fault(f"{path}/{key}", _no_option(service, key, word, options))

    def _of_use(self, said: Said) -> Iterator[Fault]:
        use, document, at = said.use, said.document, f"/uses/{said.number}"
        options = self._declared(use.service) or {}
        words = {"region": use.region, "plan": several(use.plan)}
        yield from self._of_words(document, at, words, options, use.service)
        yield from self._of_words(document, f"{at}/features/on", {"feature": use.on}, options, use.service)
        yield from self._of_words(document, f"{at}/features/off", {"feature": use.off}, options, use.service)
        for feature in sorted(use.on & use.off):
            yield document.fault(f"{at}/features", f"{feature!r} is on and off at once")

    def _disputed(self, said: Sequence[Said]) -> Iterator[Fault]:
        """Uses that say different things of one party, service and day, each dispute once."""
        groups: dict[tuple[str, str], list[Said]] = {}
        for each in said:
            groups.setdefault((each.use.by, each.use.service), []).append(each)
        for group in groups.values():
            for one, other in combinations(group, 2):
                key = _dispute(one.use, other.use)
                if key and (one.document or other.document):
                    mine, theirs = (other, one) if other.document else (one, other)
                    yield mine.document.fault(
                        f"/uses/{mine.number}/{key}",
                        f"says something else than {theirs.use.id!r} in {theirs.owner}, of the same service, purpose "
                        "and day; make them agree, or say for which purposes or days each holds",
                    )

    def _said(self) -> Iterator[Said]:
        """The uses of the load, and those that other documents say of the same parties."""
        parties: set[str] = set()
        for document in self._documents:
            for number, entry in enumerate(document.entries("uses")):
                use = Use.from_body(entry.value)
                parties.add(use.by)
                yield Said(use, document, number, f"the document {document.id!r}")
        for row in self._writer.rows_by_id("uses_by", parties):
            if row["document"] not in self._loaded:
                yield Said(Use.from_body(json.loads(row["body"])), None, 0, f"the document {row['document']!r}")

    def _declared(self, service: str) -> Options | None:
        """The options that all documents together declare of a service; None: it is no service."""
        if service not in self._options:
            found = self._statements.joined("services", [service])
            self._options[service] = found[0].value.get("options", {}) if found else None
        return self._options[service]


def _no_option(service: str, key: str, word: str, options: Options) -> str:
    known = ", ".join(options.get(key, ()))
    has = f"it declares {known}" if known else "it declares none"
    return f"{word!r} is no {key} that the service {service!r} declares in its `options`; {has}"


def _dispute(one: Use, other: Use) -> str | None:
    """The key on which two uses differ though they are about one purpose and one day; None: they agree."""
    if not _meet(one.purposes, other.purposes) or not _overlap(one, other):
        return None
    if one.region and other.region and set(one.region) != set(other.region):
        return "region"
    if one.plan and other.plan and one.plan != other.plan:
        return "plan"
    if (one.on & other.off) or (one.off & other.on):
        return "features"
    if one.terms_since and other.terms_since and one.terms_since != other.terms_since:
        return "terms_since"
    return None


def _meet(one: Iterable[str], other: Iterable[str]) -> bool:
    return not one or not other or not set(one).isdisjoint(other)


def _overlap(one: Use, other: Use) -> bool:
    first = max(one.valid_from or "", other.valid_from or "")
    return all(each.valid_until is None or first <= each.valid_until for each in (one, other))
