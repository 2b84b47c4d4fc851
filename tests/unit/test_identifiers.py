"""Numbers and domains that tell organisations apart: one form for what is equal, no for what is none."""

from __future__ import annotations

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphsvc.imports.identifiers import PLAIN_DOMAIN, compact, domain_of, domains_of, identifiers_of
from graphsvc.model import Identifier, Scheme
from tests.builders import document, party, read

LEI = "213800KUD8LAJWSQ9D15"
VAT = "NL4495445B01"


@pytest.mark.parametrize(
    ("scheme", "written", "form"),
    [
        ("lei", LEI, LEI),
        ("lei", "2138 00kud8lajwsq9d15", LEI),
        ("kvk", "52585719", "52585719"),
        ("kvk", "5258.57 19", "52585719"),
        ("eu_vat", VAT, "NL004495445B01"),
        ("eu_vat", "nl 4495.445.b.01", "NL004495445B01"),
        ("euid", "NLNHR.52585719", "NLNHR.52585719"),
        ("euid", "defrankfurt.hrb12345", "DEFRANKFURT.HRB12345"),
    ],
)
def test_a_number_has_one_form(scheme: str, written: str, form: str) -> None:
    assert compact(Scheme(scheme), written) == form


@pytest.mark.parametrize(
    ("scheme", "written"),
    [
        ("lei", LEI[:-1] + "6"),
        ("lei", "x"),
        ("lei", ""),
        ("lei", "Ünïcode"),
        ("kvk", "1234567"),
        ("kvk", "\u0665\u0662\u0665\u0668\u0665\u0667\u0661\u0669"),
        ("eu_vat", "NL123456789B01"),
        ("eu_vat", "US123456789"),
        ("euid", "52585719"),
        ("euid", "NLNHR"),
    ],
)
def test_what_is_no_number_of_a_register_is_refused(scheme: str, written: str) -> None:
    with pytest.raises(ValueError, match="is no "):
        compact(Scheme(scheme), written)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("example.com", "example.com"),
        ("WWW.Example.COM.", "example.com"),
        ("aws.example.com", "aws.example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("παράδειγμα.example", "xn--hxajbheg2az3al.example"),
    ],
)
def test_a_domain_has_one_form(written: str, form: str) -> None:
    assert domain_of(written) == form


@pytest.mark.parametrize(
    "written", ["", "localhost", "https://example.com", "example.com/path", "a b.example", "..", "www.", "\U0001f4a9"]
)
def test_what_is_no_domain_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no web domain"):
        domain_of(written)


def test_a_registration_in_a_known_register_counts_as_a_number() -> None:
    given = {"registration": {"scheme": "KvK", "number": "52585719"}, "identifiers": [{"scheme": "lei", "number": LEI}]}
    assert identifiers_of(given) == {Identifier(Scheme.KVK, "52585719"), Identifier(Scheme.LEI, LEI)}
    assert identifiers_of({"registration": {"scheme": "company number in the list", "number": "1"}}) == frozenset()
    assert identifiers_of({"registration": {"scheme": "KvK", "number": "unknown"}}) == frozenset()


@given(some.text("ab1-.xn", min_size=1, max_size=14))
def test_what_is_plainly_a_domain_is_one_in_the_letters_of_the_dns(written: str) -> None:
    if PLAIN_DOMAIN.fullmatch(written):
        assert idna.encode(written, uts46=True).decode() == written


def test_the_domains_of_a_party_are_in_one_form() -> None:
    assert domains_of({"domains": ["www.example.com", "EXAMPLE.com"]}) == {"example.com"}


def test_numbers_and_domains_are_checked_when_a_document_is_read() -> None:
    found = read(
        document(
            parties=[
                party("one", identifiers=[{"scheme": "lei", "number": "x"}], domains=["https://example.com"]),
                party("two", identifiers=[{"scheme": "passport", "number": "1"}]),
                party("three", identifiers=[{"scheme": "lei", "number": LEI}], domains=["example.com"]),
            ]
        )
    )
    assert [(fault.path, fault.message.partition(":")[0]) for fault in found.faults] == [
        ("/parties/0/domains/0", "is no web domain"),
        ("/parties/0/identifiers/0/number", "'x' is no LEI"),
        ("/parties/1/identifiers/0/scheme", "is not one of"),
    ]
