"""What has to hold of every register, whatever is in it: each law asks a register and holds it against a plain search.

A law is given a way to tell a register what it says, a document and a day, and draws what else it needs. It is run in
memory with many examples (`tests/unit/test_laws.py`) and through every engine with some (`tests/engines/test_laws.py`).
"""

from tests.laws import chains, changes, concentration, reach, what_if, worklists
from tests.laws.common import LAWS, Law

__all__ = ["LAWS", "Law", "chains", "changes", "concentration", "reach", "what_if", "worklists"]
