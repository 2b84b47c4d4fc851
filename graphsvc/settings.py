"""Settings: what an operator may choose, read once from `GRAPHSVC_*`."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from graphsvc.errors import SettingsError

PREFIX = "GRAPHSVC_"


@dataclass(frozen=True)
class Settings:
    """Every choice an operator has; each field is the setting `GRAPHSVC_<FIELD>`.

    Attributes:
        data: Folder of the embedded graph. Unused when `bolt_uri` is given.
        host: Address the HTTP service listens on; loopback only, as there is no login.
        port: TCP port of the HTTP service, 1 to 65535.
        bolt_uri: Address of a Neo4j server (`neo4j://host:7687`); empty for the embedded graph.
        bolt_user: User name at that server.
        bolt_password: Password at that server.
        bolt_database: Database at that server; empty for the user's home database.
        max_document: Largest document that is read, in bytes.
        engine_memory: Largest heap of the embedded graph, in MiB; one load of 100,000 flows needs about 600.
        answer_seconds: Seconds that a question may take until its answer begins; at least 1.
    """

    data: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = 8000
    bolt_uri: str = ""
    bolt_user: str = "neo4j"
    bolt_password: str = ""
    bolt_database: str = ""
    max_document: int = 128 * 1024 * 1024
    engine_memory: int = 640
    answer_seconds: int = 60

    def __post_init__(self) -> None:
        if not _is_loopback(self.host):
            raise SettingsError(
                f"{PREFIX}HOST is {self.host!r}: graphsvc has no login yet, so it listens on this machine only "
                "(127.0.0.1, ::1 or localhost). Everyone who can reach the port can read and change the register."
            )
        if not 1 <= self.port <= 65535:
            raise SettingsError(f"{PREFIX}PORT is {self.port}: a port is a number from 1 to 65535.")
        if self.answer_seconds < 1:
            raise SettingsError(f"{PREFIX}ANSWER_SECONDS is {self.answer_seconds}: a question needs at least 1 second.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings; a name that does not exist or a value that does not fit is refused.

        Raises:
            SettingsError: names the setting, what it was and what was expected.
        """
        known = {PREFIX + field.name.upper(): field for field in fields(cls)}
        given = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
        unknown = sorted(given.keys() - known.keys())
        if unknown:
            raise SettingsError(f"no such setting: {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
        return cls(**{known[name].name: _convert(name, known[name].type, value) for name, value in given.items()})


def _convert(name: str, kind: object, value: str) -> Path | int | str:
    if kind == "Path":
        return Path(value).expanduser()
    if kind == "int":
        try:
            return int(value)
        except ValueError:
            raise SettingsError(f"{name} is {value!r}: a whole number was expected.") from None
    return value


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
