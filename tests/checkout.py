"""Where the tests find what no package holds: documents, pinned versions, the code as text."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The top folder of the checkout."""
