"""Talks Bolt to a graph database: transactions, retries, errors. The only module that knows the neo4j driver."""

from __future__ import annotations

import fcntl
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString, TypeVar, cast

import neo4j
from neo4j import exceptions as driver_errors

from graphsvc.deadline import Deadline
from graphsvc.errors import EngineError, EngineFailed, EngineOutOfMemory, EngineUnavailable, QueryFailed

T = TypeVar("T")

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
CONNECT_WITHIN = 10.0
RETRY_WITHIN = 30.0
"""Seconds in which a transaction that met another one, or a cluster that is choosing a leader, is tried again."""
RECONNECT_WITHIN = 5.0
"""Seconds in which one server that does not answer is tried again; the embedded one is back after two to three."""
FEWEST_TRIES = 3
"""A long load that lost to a short write has used its time up and still deserves another try."""
MOST_MERGES = 6
"""Tries of a transaction that made a key which is there already; the next ones would be for a fault of ours."""
GONE_RECORD = re.compile(r"Record #-?\d+:-?\d+ not found")
TIMED_OUT = "TransactionTimedOut"
FIRST_PAUSE = 0.02
LONGEST_PAUSE = 1.0
PULSE = 0.05
GONE = (driver_errors.ServiceUnavailable, driver_errors.SessionExpired, driver_errors.ConnectionPoolError)


@dataclass(frozen=True)
class Address:
    """Where a graph database listens.

    Attributes:
        uri: `bolt://host:port` for one server, `neo4j://host:port` for a cluster, `+s` for TLS.
        user: User name there.
        password: Password there; never shown.
        database: Database there; empty for the user's home database.
        turns: A file that who loads holds locked, where several processes may load and the engine does not queue them.
        log: The log of the embedded graph, which tells why it went away.
    """

    uri: str
    user: str
    password: str = field(repr=False)
    database: str = ""
    turns: Path | None = None
    log: Path | None = None


class Transaction:
    """What a unit of work may do: run queries."""

    def __init__(self, transaction: neo4j.ManagedTransaction, deadline: Deadline) -> None:
        self._transaction = transaction
        self.tick = deadline

    def run(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run one query and return its rows by column name."""
        result = self._result(query, parameters)
        columns = result.keys()
        return [dict(zip(columns, record.values(), strict=True)) for record in self._each(result)]

    def run_rows(self, query: str, **parameters: Any) -> list[list[Any]]:
        """Run one query and return its rows as lists, columns in the order of the query."""
        return list(self.stream(query, **parameters))

    def stream(self, query: str, **parameters: Any) -> Iterator[list[Any]]:
        """Run one query and give its rows as they come, so that they are never all in memory."""
        return (record.values() for record in self._each(self._result(query, parameters)))

    def _each(self, result: neo4j.Result) -> Iterator[neo4j.Record]:
        for record in result:
            self.tick()
            yield record

    def _result(self, query: str, parameters: dict[str, Any]) -> neo4j.Result:
        self.tick()
        # The driver asks for a literal to keep values out of query texts; ours come from cypher/ only.
        return self._transaction.run(cast(LiteralString, query), parameters)


class Bolt:
    """A pool of connections to one graph database; threads may share it."""

    def __init__(self, address: Address) -> None:
        """Prepare the pool; nothing is connected yet.

        Raises:
            EngineFailed: the address cannot be used.
        """
        self.address = address
        if address.uri.partition("://")[0] not in SCHEMES:
            raise EngineFailed(
                f"{address.uri!r} is no address of a graph database: it begins with {SCHEMES[0]}:// "
                f"or {', '.join(SCHEMES[1:])}."
            )
        with _translated(address):
            self._driver = neo4j.GraphDatabase.driver(
                address.uri,
                auth=(address.user, address.password),
                connection_timeout=CONNECT_WITHIN,
                # Trying again is ours: the driver waits a second before it first does, and not for every conflict.
                max_transaction_retry_time=0,
                notifications_min_severity="OFF",
                telemetry_disabled=True,
            )
        # One for all sessions, so that whoever reads after a write sees it, at any member of a cluster.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._one_at_a_time = threading.Lock()
        self.deadline = Deadline()

    def within(self, deadline: Deadline) -> Bolt:
        """The same pool, for the reads of one question: none goes on after its deadline. Writes take their time."""
        found = copy(self)
        found.deadline = deadline
        return found

    def __enter__(self) -> Bolt:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; one whose other end is gone already is closed too."""
        with suppress(OSError, driver_errors.DriverError, driver_errors.Neo4jError):
            self._driver.close()

    def read(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run one query that only reads; its rows by column name."""
        return self.read_many(lambda transaction: transaction.run(query, **parameters))

    def read_rows(self, query: str, **parameters: Any) -> list[list[Any]]:
        """Run one query that only reads; its rows as lists, for results of many rows."""
        return self.read_many(lambda transaction: transaction.run_rows(query, **parameters))

    def read_many(self, work: Callable[[Transaction], T]) -> T:
        """Run work that only reads, in one transaction; it may run more than once.

        Raises:
            EngineUnavailable: the database does not answer.
            EngineError: it says no to a query.
            QuestionTooDear: the deadline has passed.
        """
        return self._try(neo4j.Session.execute_read, work, neo4j.READ_ACCESS, self.deadline)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run work that writes, in one transaction: all of it happens or nothing.

        The work may run more than once: when it met another transaction, or when it is not known whether a commit
        arrived. So it must come to the same when it is done twice (`MERGE`, not `CREATE`).

        Raises:
            EngineUnavailable: the database does not answer, or others kept getting in the way.
            EngineError: it says no to a query.
        """
        return self._try(neo4j.Session.execute_write, work, neo4j.WRITE_ACCESS, Deadline())

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until nobody else loads, in this process or, with the embedded graph, in another one on its folder.

        In the database, the one that comes second does all of its work, fails and begins anew. And the embedded graph
        applies a commit page by page: who reads meanwhile can see a part of it, and would not be told.
        """
        with self._one_at_a_time, ExitStack() as held:
            if self.address.turns is not None:
                fcntl.flock(held.enter_context(self.address.turns.open("w")), fcntl.LOCK_EX)
            yield

    def _try(self, execute: Callable[..., T], work: Callable[[Transaction], T], access: str, deadline: Deadline) -> T:
        started = time.monotonic()
        tries = 0
        pauses = _pauses()
        with _translated(self.address):
            while True:
                deadline()
                limited = neo4j.unit_of_work(timeout=deadline.left)
                try:
                    with self._session(access) as session:
                        return execute(session, limited(lambda found: work(Transaction(found, deadline))))
                except (driver_errors.Neo4jError, driver_errors.DriverError) as error:
                    if TIMED_OUT in _code(error):
                        deadline.refuse()
                    tries += 1
                    if self._is_in_vain(error, tries, time.monotonic() - started):
                        raise
                    time.sleep(next(pauses))

    def _is_in_vain(
        self, error: driver_errors.Neo4jError | driver_errors.DriverError, tries: int, spent: float
    ) -> bool:
        """Whether the same work will not go well after this error, or was tried for long enough."""
        if isinstance(error, GONE) and not self._is_cluster:
            return not error.is_retryable() or spent > RECONNECT_WITHIN
        if GONE_RECORD.search(str(error)):
            # ArcadeDB, when another transaction has moved what this one was looking at.
            return tries >= MOST_MERGES
        if isinstance(error, driver_errors.ConstraintError):
            # Two MERGE of one new key: the later one finds it made after all, though the driver calls that final.
            return tries >= MOST_MERGES
        final = not error.is_retryable() or "OutOfMemory" in _code(error)
        return final or (tries >= FEWEST_TRIES and spent > RETRY_WITHIN)

    @property
    def _is_cluster(self) -> bool:
        return self.address.uri.startswith("neo4j")

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(
            database=self.address.database or None,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
            # Rows are read whole, so asking for them in portions only costs time: twice as much on 100,000 rows.
            fetch_size=-1,
        )

    def wait_until_ready(self, seconds: float, alive: Callable[[], bool] = lambda: True) -> None:
        """Return as soon as the database answers a query.

        Parameters:
            alive: Asked between tries; waiting ends when it says no.

        Raises:
            EngineUnavailable: it does not within the time.
            EngineFailed: it answers and refuses the user.
        """
        deadline = time.monotonic() + seconds
        while True:
            try:
                self._agent()
                return
            except EngineUnavailable:
                if time.monotonic() > deadline or not alive():
                    raise
                time.sleep(PULSE)

    def server(self) -> tuple[str, str]:
        """Name and version of the database, as in `("Neo4j", "5.26.30")`; asks once, without trying again."""
        return _name_and_version(self._agent())

    def _agent(self) -> str:
        with _translated(self.address), self._session(neo4j.READ_ACCESS) as session:
            return session.run("RETURN 1").consume().server.agent


def _name_and_version(agent: str) -> tuple[str, str]:
    """ArcadeDB calls itself `Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)`."""
    found = re.search(r"\((\w+) ([\w.-]+)", agent) or re.match(r"(\w+)/([\w.-]+)", agent)
    return (found.group(1), found.group(2)) if found else (agent, "")


def _pauses() -> Iterator[float]:
    """Seconds to wait before each new try: doubling, with chance in it so that two do not keep step."""
    pause = FIRST_PAUSE
    while True:
        yield pause * random.uniform(0.5, 1.5)
        pause = min(pause * 2, LONGEST_PAUSE)


TRANSLATIONS: tuple[tuple[type[Exception], str, type[EngineError], str], ...] = (
    (driver_errors.AuthError, "", EngineFailed, "refused the user or the password"),
    (driver_errors.Neo4jError, "DatabaseNotFound", EngineFailed, "has no such database"),
    (driver_errors.Neo4jError, "OutOfMemory", EngineOutOfMemory, "has not enough memory for this"),
    (driver_errors.Forbidden, "", EngineFailed, "does not let this user do this"),
    (driver_errors.TransientError, "", EngineUnavailable, "is busy"),
    (driver_errors.Neo4jError, "", QueryFailed, "refused a query"),
    (driver_errors.IncompleteCommit, "", EngineUnavailable, "went away in a commit, which may or may not be done"),
    (driver_errors.ConfigurationError, "", EngineFailed, "cannot be addressed so"),
    *((gone, "", EngineUnavailable, "does not answer") for gone in GONE),
    (driver_errors.DriverError, "", EngineError, "cannot be used so"),
)
"""What a driver's error, by its class and a part of its code, is to us; the first that fits."""


OUT_OF_MEMORY = b"java.lang.OutOfMemoryError"
"""What the embedded graph's last words hold when it ended for want of memory."""
LAST_WORDS_WITHIN = 0.5


@contextmanager
def _translated(address: Address) -> Iterator[None]:
    logged = _size(address.log)
    try:
        yield
    except (driver_errors.Neo4jError, driver_errors.DriverError) as error:
        if isinstance(error, GONE) and _ran_out_of_memory(address.log, logged):
            state = "may or may not be done" if isinstance(error, driver_errors.IncompleteCommit) else "is not done"
            raise EngineOutOfMemory(
                "the embedded graph ran out of memory and starts again: what one load writes has to fit in its heap. "
                "Give it more with GRAPHSVC_ENGINE_MEMORY (in MiB; docs/settings.md), or load fewer documents at a "
                f"time. This one {state}; loading again changes just what differs."
            ) from error
        said = getattr(error, "message", None) or error
        for kind, part_of_code, ours, what in TRANSLATIONS:
            if isinstance(error, kind) and part_of_code in _code(error):
                raise ours(f"the graph database at {address.uri} {what}: {said}") from error
        raise


def _size(log: Path | None) -> int:
    return log.stat().st_size if log is not None and log.exists() else 0


def _ran_out_of_memory(log: Path | None, since: int) -> bool:
    """Whether the log says so, in what was added to it since it had a size; one that was begun anew is read whole.

    Its connections are gone a moment before its last words are in the log.
    """
    if log is None:
        return False
    deadline = time.monotonic() + LAST_WORDS_WITHIN
    while True:
        with suppress(FileNotFoundError), log.open("rb") as file:
            file.seek(since if since <= _size(log) else 0)
            if OUT_OF_MEMORY in file.read():
                return True
        if time.monotonic() > deadline:
            return False
        time.sleep(PULSE)


def _code(error: Exception) -> str:
    """The server's code, as in `Neo.ClientError.Statement.SyntaxError`; empty when the driver itself complains."""
    return getattr(error, "code", None) or ""
