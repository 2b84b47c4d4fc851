"""Everything that the guard asks: found from the OpenAPI document, the exports and the commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

import click
import yaml
from flask.testing import FlaskClient

from graphsvc.api.common import FORMATS
from graphsvc.cli import main
from graphsvc.exports.registry import EXPORTS
from tests.guard.arguments import ARGUMENTS, BEFORE, DAYS, FORMS_LEFT_OUT, LEFT_OUT, NOTHING_MORE, Given
from tests.guard.register import SEED_DATA

API = "/api/v1"
WHAT_IF = "post /what-if"
EXPORT = "/exports/"


@dataclass(frozen=True)
class Case:
    """One thing to ask.

    Attributes:
        name: What it is called in the list of hashes: what is asked, then its arguments.
        address: Where it is asked; empty: it is the help of a command.
        body: What is sent there; empty: nothing.
    """

    name: str
    address: str = ""
    body: str = ""

    @property
    def words(self) -> list[str]:
        """The command whose help it is."""
        return self.name.split()[1:]


def cases(client: FlaskClient) -> list[Case]:
    """All of them, those that share an answer one after the other.

    Raises:
        LookupError: a question needs arguments that nobody has written down.
    """
    document = client.get(f"{API}/openapi.json").get_json()
    controllers = [each["id"] for each in client.get(f"{API}/controllers").get_json()["items"]]
    found = [Case("openapi.json", f"{API}/openapi.json")]
    found += [Case(f"help {' '.join(words)}".rstrip()) for words in commands(main, ())]
    for path, operations in document["paths"].items():
        for method in sorted(operations.keys() - {"parameters"}):
            found += _of_operation(method, path.removeprefix(API), operations[method], controllers)
    return found


def commands(group: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words of a command and of all below it."""
    yield words
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            yield from commands(group.get_command(context, name), (*words, name))


def _of_operation(method: str, path: str, operation: dict[str, Any], controllers: list[str]) -> Iterator[Case]:
    told = f"{method} {path}"
    if told in LEFT_OUT:
        return
    if method != "get" and told != WHAT_IF:
        raise LookupError(f"{told} is new: say in LEFT_OUT that it is no question, or in {__name__} how it is asked")
    parameters = {each["name"]: each for each in operation.get("parameters", [])}
    makes = _what_if if told == WHAT_IF else partial(_case, path)
    asked = _supposed(controllers) if told == WHAT_IF else _arguments(path, parameters, controllers)
    forms = [language | form for language in _languages(parameters) for form in _forms(parameters, operation)]
    yield from (makes(given, form) for given in asked for form in forms)


def _languages(parameters: dict[str, Any]) -> list[Given]:
    if "lang" not in parameters:
        return [{}]
    return [{"lang": word} for word in parameters["lang"]["schema"]["enum"]]


def _forms(parameters: dict[str, Any], operation: dict[str, Any]) -> list[Given]:
    if "format" not in parameters:
        return [{}]
    there = operation["responses"]["200"]["content"]
    words = parameters["format"]["schema"]["enum"]
    return [{"format": word} for word in words if FORMATS[word] in there and word not in FORMS_LEFT_OUT]


def _arguments(path: str, parameters: dict[str, Any], controllers: list[str]) -> Iterator[Given]:
    needed = {name for name, each in parameters.items() if each.get("required")} - {"controller"}
    given = ARGUMENTS.get(path, NOTHING_MORE)
    if ("{" in path or needed) and given is NOTHING_MORE:
        raise LookupError(f"{path} needs {', '.join(sorted(needed)) or 'what is in braces'}: write them in ARGUMENTS")
    for more in given:
        for who in _controllers(path, parameters, controllers):
            for day in _days(path, parameters, more):
                yield day | who | more


def _controllers(path: str, parameters: dict[str, Any], controllers: list[str]) -> Iterator[Given]:
    kind = path.removeprefix(EXPORT)
    is_for_everybody = EXPORTS[kind].whole if kind in EXPORTS else True
    if "controller" not in parameters:
        yield {}
        return
    if is_for_everybody and not parameters["controller"].get("required"):
        yield {}
    yield from ({"controller": each} for each in controllers)


def _days(path: str, parameters: dict[str, Any], given: Given) -> Iterator[Given]:
    if "on" in parameters and ("from" not in parameters or "document" in given or "from" in given):
        yield from ({"on": day} for day in DAYS)
    elif path == "/dates":
        yield from ({"from": day} for day in DAYS)
    elif "from" in parameters:
        yield from ({"from": BEFORE[day], "to": day} for day in DAYS)
    else:
        yield {}


def _case(path: str, given: Given, form: Given) -> Case:
    place = path.format(**given)
    query = urlencode({name: value for name, value in given.items() if f"{{{name}}}" not in path} | form)
    asked = f"{place}?{query}" if query else place
    return Case(asked.removeprefix("/"), f"{API}{asked}")


def _supposed(controllers: list[str]) -> Iterator[Given]:
    for file in sorted((SEED_DATA / "what_if").glob("*.yaml")):
        for day in DAYS:
            for controller in ("", *controllers):
                yield {"on": day, "file": file.stem} | ({"controller": controller} if controller else {})


def _what_if(given: Given, form: Given) -> Case:
    """The changes of a file, made on another day for somebody else."""
    written = yaml.safe_load((SEED_DATA / "what_if" / f"{given['file']}.yaml").read_text())
    changes = [change | ({"from": given["on"]} if "from" in change else {}) for change in written["what_if"]["changes"]]
    body = {"on": given["on"], "changes": changes}
    body |= {"controller": given["controller"]} if "controller" in given else {}
    return Case(f"what-if?{urlencode(given | form)}", f"{API}/what-if?{urlencode(form)}", json.dumps(body))
