"""What the guard asks with: the days, and what a question needs beside a day and a controller."""

from __future__ import annotations

Given = dict[str, str]

DAYS = ("2018-05-25", "2020-07-16", "2026-11-30")
"""In the order of time: the GDPR applies, the Privacy Shield falls, and a day of the framework after it."""
BEFORE = {"2018-05-25": "2015-10-05", "2020-07-16": "2020-07-15", "2026-11-30": "2020-07-15"}
"""For each day the one that changes are counted from."""
FORMS_LEFT_OUT = frozenset({"docx", "pdf", "png", "xlsx"})
"""What holds no text, or is dear to make: these say what the CSV or HTML of the same export says."""
LEFT_OUT = frozenset(
    {
        "get /health/live",
        "get /health/ready",
        "post /documents",
        "delete /documents/{key}",
        "post /identities",
        "delete /identities/{party}/{other}",
        "post /imports/{form}",
        # The seed data has no decision on who is who.
        "get /identities/{key}",
        # Drawn as the export of the picture is; drawing is dear.
        "get /picture.svg",
    }
)
"""Operations that are not asked: they change the register, tell of the engine, or say nothing of their own."""
NOTHING_MORE: tuple[Given, ...] = ({},)
ARGUMENTS: dict[str, tuple[Given, ...]] = {
    "/activities/{key}": ({"key": "connectis-website-statistics"},),
    "/changes": ({}, {"document": "connectis-register", "from_version": "0"}),
    "/claims/{key}": ({"key": "it-c1"},),
    "/countries/{key}": ({"key": "US"},),
    "/documents/{key}": ({"key": "connectis-register"},),
    "/documents/{key}/versions": ({"key": "connectis-register"},),
    "/duties/{key}": ({"key": "controller-tells-authority"},),
    "/events/{key}": ({"key": "schrems-i"},),
    "/exports/{kind}/schema.json": ({"kind": "dpia"},),
    "/exposure": ({"party": "google"}, {"party": "atlassian"}, {"service": "jira-cloud"}),
    "/flows/{key}": ({"key": "github-enterprise-to-aws-cloud"},),
    "/holders": ({}, {"category": "contact-data"}),
    "/parties/{key}": ({"key": "google"},),
    "/parties/{party}/holdings": ({"party": "google"}, {"party": "atlassian"}),
    "/paths": ({"from": "perfacilis", "to": "aws"}, {"from": "connectis", "to": "google"}),
    "/picture": ({}, {"party": "google"}, {"beyond": "true"}),
    "/recipients": ({}, {"subject": "visitor"}),
    "/regimes/{key}": ({"key": "at-eu-member"},),
    "/remarks/{key}": ({"key": "it-x8"},),
    "/requirements/{key}": ({"key": "country-not-named"},),
    "/search": ({"q": "google"}, {"q": "mail"}),
    "/services/{key}": ({"key": "jira-cloud"},),
    "/sources/{key}": ({"key": "connectis-statement"},),
    "/tools/{key}": ({"key": "eu-us-privacy-shield"},),
    "/transfers": ({}, {"beyond": "true"}),
    "/vocabulary/data-categories/{key}": ({"key": "personal-data"},),
    "/vocabulary/legal-bases/{key}": ({"key": "consent"},),
    "/vocabulary/purposes/{key}": ({"key": "service-provision"},),
    "/vocabulary/subject-categories/{key}": ({"key": "visitor"},),
}
