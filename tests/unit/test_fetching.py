"""Fetching: https only, public addresses only, in bounded time and size, and nowhere else than asked."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import trustme

from graphsvc.cli.watch import contents
from graphsvc.errors import FetchRefused
from graphsvc.fetching import Fetched, Fetcher, is_public
from graphsvc.imports.foreign.watch_list import Page


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2001:4860:4860::8888"])
def test_addresses_of_the_internet_are_public(address: str):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::",
        "2001:0:7f00:1::1", "localhost", "", "1.2.3", "2130706433",
    ],
)  # fmt: skip
def test_all_others_are_not(address: str):
    assert not is_public(address)


@dataclass
class Site:
    """A server on this machine with a certificate for site.example.

    Attributes:
        port: Where it listens.
        context: Trusts its certificate.
        answer: What it does with a request.
        asked: The paths it was asked for.
        names: The names that were resolved.
    """

    port: int = 0
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    answer: Callable[[Any], None] = lambda _: None
    asked: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        self.names.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", self.port))]

    def fetcher(self, **given: Any) -> Fetcher:
        """A fetcher that takes this machine for the internet."""
        return Fetcher(**{"resolve": self.resolve, "is_allowed": lambda _: True, "context": self.context} | given)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def site(authority: trustme.CA) -> Iterator[Site]:
    found = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.answer(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("site.example").configure_cert(own)
    server.socket = own.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    authority.configure_trust(found.context)
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join(10)


def page(content: bytes, status: int = 200, **headers: str) -> Callable[[Any], None]:
    def answer(request: Any) -> None:
        request.send_response(status)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Length": str(len(content))} | given).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def test_a_page_is_fetched_from_the_address_that_was_checked(site: Site):
    site.answer = page(b"Vendor,Purpose\n", Content_Type="text/CSV; charset=utf-8")
    fetched = site.fetcher().fetch("https://site.example/list.csv?edition=2#top")
    assert fetched == Fetched(b"Vendor,Purpose\n", "text/csv", "utf-8")
    assert (site.asked, site.names) == (["/list.csv?edition=2"], ["site.example"])


@pytest.mark.parametrize(
    "address",
    [
        "http://site.example/", "ftp://site.example/", "file:///etc/passwd", "site.example", "https://", "https:///x",
        "https://user:word@site.example/", "https://site.example:99999/", "https://site.example:0/",
        "https://site.example/a b", "https://site.example/\r\nX: y", "javascript:alert(1)", "https://[::1", "",
    ],
)  # fmt: skip
def test_only_plain_https_addresses_are_fetched(site: Site, address: str):
    with pytest.raises(FetchRefused):
        site.fetcher().fetch(address)
    assert site.names == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "169.254.169.254", "10.1.2.3"]
)
def test_this_machine_and_the_network_around_it_are_not_reached(site: Site, host: str):
    with pytest.raises(FetchRefused, match=r"no public address|there is no"):
        Fetcher(context=site.context).fetch(f"https://{host}:{site.port}/")
    assert site.asked == []


def test_a_name_with_one_private_address_among_public_ones_is_refused(site: Site):
    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in ("1.1.1.1", "127.0.0.1")]

    with pytest.raises(FetchRefused, match=r"is at 127\.0\.0\.1, which is no public address"):
        site.fetcher(resolve=resolve, is_allowed=is_public).fetch(f"https://site.example:{site.port}/")
    assert site.asked == []


def test_a_name_that_leads_elsewhere_the_second_time_is_resolved_once(site: Site):
    answers = iter([site.port, 1])
    site.answer = page(b"ok")

    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        site.names.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", next(answers)))]

    assert site.fetcher(resolve=resolve).fetch("https://site.example/") == Fetched(b"ok")
    assert site.names == ["site.example"]


def test_a_redirect_to_an_address_inside_is_checked_like_the_first_one(site: Site):
    calls = iter(["1.2.3.4", "127.0.0.1"])
    site.answer = page(b"", 302, Location="/next")

    def allowed(_: str) -> bool:
        return is_public(next(calls))

    with pytest.raises(FetchRefused, match="no public address"):
        site.fetcher(is_allowed=allowed).fetch("https://site.example/")
    assert site.asked == ["/"]


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://other.example/", "leads elsewhere"),
        ("http://site.example/", "only addresses that begin with https"),
        ("https://site.example:8443/", "leads elsewhere"),
        ("//127.0.0.1/", "leads elsewhere"),
        ("/again", "more than 3 times"),
        ("file:///etc/passwd", "only addresses"),
    ],
)
def test_a_redirect_leads_nowhere_else_and_not_for_ever(site: Site, location: str, words: str):
    site.answer = page(b"", 302, Location=location)
    with pytest.raises(FetchRefused, match=words):
        site.fetcher().fetch("https://site.example/")
    assert set(site.asked) <= {"/", "/again"}


def test_a_redirect_on_the_same_site_is_followed(site: Site):
    site.answer = lambda request: (page(b"", 301, Location="new") if request.path == "/old" else page(b"here"))(request)
    assert site.fetcher().fetch("https://site.example/old").content == b"here"
    assert site.asked == ["/old", "/new"]


@pytest.mark.parametrize("length", [True, False])
def test_a_page_over_the_limit_is_refused(site: Site, length: bool):
    def endless(request: Any) -> None:
        request.send_response(200)
        if length:
            request.send_header("Content-Length", str(10**9))
        request.end_headers()
        for _ in range(10_000):
            request.wfile.write(b"x" * 65_536)

    site.answer = endless
    with pytest.raises(FetchRefused, match="more than 1000 bytes"):
        site.fetcher(limit=1000).fetch("https://site.example/")


@pytest.mark.parametrize("where", ["headers", "content", "nothing"])
def test_a_server_that_drips_is_left(site: Site, where: str):
    left = threading.Event()

    def drip(request: Any) -> None:
        if where != "nothing":
            request.wfile.write(b"HTTP/1.1 200 OK\r\n")
            if where == "content":
                request.wfile.write(b"Content-Length: 1000000\r\n\r\n")
        while not left.wait(0.1):
            if where != "nothing":
                request.wfile.write(b"x")
                request.wfile.flush()

    site.answer = drip
    with pytest.raises(FetchRefused, match=r"within 1 seconds"):
        site.fetcher(seconds=1.0).fetch("https://site.example/")
    left.set()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (page(b"", 404), "answers 404"),
        (page(b"x", Content_Encoding="gzip"), "packed"),
        (page(b"x", Content_Length="5"), "without its last 4 bytes"),
        (lambda request: request.wfile.write(b"rubbish\r\n\r\n"), "cannot be read"),
        (lambda request: request.connection.shutdown(socket.SHUT_RDWR), "cannot be read"),
    ],
)
def test_what_is_no_page_is_refused_in_words(site: Site, answer: Callable[[Any], None], words: str):
    site.answer = answer
    with pytest.raises(FetchRefused, match=words):
        site.fetcher().fetch("https://site.example/")


def test_a_watched_page_is_kept_with_how_it_was_sent_and_not_replaced_by_what_no_importer_reads(
    site: Site, tmp_path: Path
):
    pages = [Page("list", "Paperboat", address="https://site.example/list")]
    site.answer = page(b"Vendors: \xe9", Content_Type="Text/HTML; Charset=windows-1252")
    [(had, content)] = contents(pages, tmp_path, site.fetcher(), lambda _: None)
    assert (had.media_type, had.encoding, content) == ("text/html", "windows-1252", b"Vendors: \xe9")
    assert had.kind(content).format == "html"
    site.answer = page(b"%PDF-1.7", Content_Type="application/pdf")
    [(_, fault)] = contents(pages, tmp_path, site.fetcher(), lambda _: None)
    assert "is a PDF document" in str(fault)
    assert (tmp_path / "list").read_bytes() == b"Vendors: \xe9"
    outside = [replace(pages[0], path="../list")]
    site.answer = page(b"Vendor,Purpose\nx,y\n")
    [(_, fault)] = contents(outside, tmp_path / "kept", site.fetcher(), lambda _: None)
    assert "outside the folder" in str(fault)


def test_a_server_that_is_not_the_one_asked_for_is_refused(site: Site):
    with pytest.raises(FetchRefused, match="cannot be reached"):
        site.fetcher().fetch("https://other.example/")
    with pytest.raises(FetchRefused, match="cannot be reached"):
        site.fetcher(context=ssl.create_default_context()).fetch("https://site.example/")
    assert site.asked == []
