"""The use cases that ask the register: check the question, fetch, and read the answer off the one result."""

from graphsvc.questions.common import Answer, not_there, require, today
from graphsvc.questions.holders import Holders, HoldersQuestion, ask_holders
from graphsvc.questions.transfers import Transfers, TransfersQuestion, ask_transfers

__all__ = [
    "Answer",
    "Holders",
    "HoldersQuestion",
    "Transfers",
    "TransfersQuestion",
    "ask_holders",
    "ask_transfers",
    "not_there",
    "require",
    "today",
]
