"""Fetches a page from the internet, and from nowhere else: https, public addresses, in bounded time and size.

The name is resolved once, every address is checked, and the connection goes to an address that was checked: a name
that leads elsewhere when it is asked again (DNS rebinding) leads nowhere.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from graphsvc.errors import FetchRefused

MOST_REDIRECTS = 3
CHUNK = 64 * 1024
AGENT = "graphsvc"
Resolve = Callable[..., list[tuple[Any, ...]]]
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet: not private, loopback, link-local, reserved or multicast.

    An IPv6 address that stands for an IPv4 address (mapped, 6to4, Teredo, NAT64) is public when both are.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if not found.is_global or found.is_multicast or found.is_reserved or "%" in address:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return True
    inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    if found in NAT64:
        inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    return all(is_public(str(one)) for one in inner if one is not None)


@dataclass(frozen=True)
class Fetched:
    """A page as it was had.

    Attributes:
        content: Its bytes.
        media_type: As what it was sent, without parameters; empty: the server did not say.
        encoding: In which encoding it was sent; empty: the server did not say.
    """

    content: bytes
    media_type: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Fetcher:
    """Fetches pages.

    Attributes:
        limit: Largest page, in bytes.
        seconds: Time for a whole page, redirects included.
        resolve: Finds the addresses of a name.
        is_allowed: Whether an address may be connected to.
        context: How servers are recognised.
    """

    limit: int = 10 * 1024 * 1024
    seconds: float = 30.0
    resolve: Resolve = socket.getaddrinfo
    is_allowed: Callable[[str], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def fetch(self, address: str) -> Fetched:
        """The page at an address.

        Raises:
            FetchRefused: not https, not public, too large, too slow, led elsewhere, or no page there.
        """
        deadline = time.monotonic() + self.seconds
        first = _parts(address)
        parts = first
        for _ in range(MOST_REDIRECTS + 1):
            found, onwards = self._get(parts, deadline)
            if onwards is None:
                return found
            parts = _parts(urljoin(parts.geturl(), onwards))
            if (parts.hostname, parts.port) != (first.hostname, first.port):
                raise FetchRefused(
                    f"{address} leads elsewhere, to {parts.hostname}; put that address in the list instead"
                )
        raise FetchRefused(f"{address} leads onwards more than {MOST_REDIRECTS} times")

    def _get(self, parts: SplitResult, deadline: float) -> tuple[Fetched, str | None]:
        """The page, or where it has gone to."""
        connection = self._connection(parts, deadline)
        # A server that sends a byte now and then keeps every single wait short.
        alarm = threading.Timer(max(0.0, deadline - time.monotonic()), _hang_up, [connection])
        alarm.daemon = True
        alarm.start()
        try:
            path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
            connection.request("GET", path, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})
            return self._answer(connection.getresponse(), parts, deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if time.monotonic() >= deadline:
                raise FetchRefused(f"{parts.hostname} did not answer within {self.seconds:g} seconds") from None
            raise FetchRefused(f"{parts.hostname} cannot be read: {error}") from None
        finally:
            alarm.cancel()
            connection.close()

    def _connection(self, parts: SplitResult, deadline: float) -> http.client.HTTPSConnection:
        host, port = str(parts.hostname), parts.port or 443
        family, place = self._checked(host, port)
        wait = max(0.1, deadline - time.monotonic())
        connection = http.client.HTTPSConnection(host, port, timeout=wait, context=self.context)
        plain = socket.socket(family, socket.SOCK_STREAM)
        plain.settimeout(wait)
        try:
            plain.connect(place)
            connection.sock = self.context.wrap_socket(plain, server_hostname=host)
        except (OSError, ValueError) as error:
            plain.close()
            raise FetchRefused(f"{host} cannot be reached: {error}") from None
        return connection

    def _checked(self, host: str, port: int) -> tuple[int, tuple[Any, ...]]:
        """An address of a name; none of its addresses may be one that is not public."""
        try:
            found = self.resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchRefused(f"there is no {host}: {error}") from None
        for _, _, _, _, place in found:
            if not self.is_allowed(str(place[0])):
                raise FetchRefused(f"{host} is at {place[0]}, which is no public address")
        if not found:
            raise FetchRefused(f"{host} has no address")
        return found[0][0], found[0][4]

    def _answer(
        self, response: http.client.HTTPResponse, parts: SplitResult, deadline: float
    ) -> tuple[Fetched, str | None]:
        if response.status in {301, 302, 303, 307, 308} and (onwards := response.getheader("Location")):
            return Fetched(b""), onwards
        if response.status != 200:
            raise FetchRefused(f"{parts.geturl()} answers {response.status}")
        if response.getheader("Content-Encoding", "identity").lower() != "identity":
            raise FetchRefused(f"{parts.hostname} sends the page packed, though it was not asked to")
        content = b""
        while chunk := response.read(CHUNK):
            content += chunk
            if len(content) > self.limit:
                raise FetchRefused(f"{parts.geturl()} has more than {self.limit} bytes")
        if time.monotonic() >= deadline:
            raise FetchRefused(f"{parts.hostname} did not send the page within {self.seconds:g} seconds")
        if response.length:
            raise FetchRefused(f"{parts.hostname} sent the page without its last {response.length} bytes")
        said = response.headers
        media_type = said.get_content_type() if "Content-Type" in said else ""
        return Fetched(content, media_type, said.get_content_charset("")), None


def _parts(address: str) -> SplitResult:
    """An address taken apart; only https, and no user or password in it."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(f"{address!r} is no address: {error}") from None
    if parts.scheme != "https" or not parts.hostname:
        raise FetchRefused(f"{address!r} is not fetched: only addresses that begin with https:// are")
    if parts.username is not None or parts.password is not None or port == 0:
        raise FetchRefused(f"{address!r} is not fetched: it holds a user, a password or no port")
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in address):
        raise FetchRefused(f"{address!r} is not fetched: it holds spaces or control characters")
    return parts


def _hang_up(connection: http.client.HTTPSConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)
