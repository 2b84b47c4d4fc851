"""The use cases that ask the register: check the question, fetch, and read the answer off the one result."""

from graphsvc.questions.changes import Changes, ChangesQuestion, VersionsQuestion, ask_changes, ask_versions, period
from graphsvc.questions.claims import Claims, ClaimsQuestion, ask_claims
from graphsvc.questions.common import Answer, not_there, require
from graphsvc.questions.concentration import ConcentrationAnswer, ConcentrationQuestion, ask_concentration
from graphsvc.questions.dates import Dates, DatesQuestion, ask_dates, time_ahead
from graphsvc.questions.exposure import Exposure, ExposureQuestion, ask_exposure
from graphsvc.questions.gaps import Gaps, GapsQuestion, ask_gaps
from graphsvc.questions.handover import Handover, HandoverQuestion, ask_handover
from graphsvc.questions.holders import Holders, HoldersQuestion, ask_holders
from graphsvc.questions.overview import Overview, OverviewQuestion, ask_overview
from graphsvc.questions.paths import Paths, PathsQuestion, ask_paths
from graphsvc.questions.picture import PictureAnswer, PictureQuestion, ask_picture
from graphsvc.questions.recipients import Recipients, RecipientsQuestion, ask_recipients
from graphsvc.questions.search import SearchQuestion, ask_search
from graphsvc.questions.transfers import Transfers, TransfersQuestion, ask_transfers
from graphsvc.questions.what_if import WhatIf, WhatIfQuestion, ask_what_if

__all__ = [
    "Answer",
    "Changes",
    "ChangesQuestion",
    "Claims",
    "ClaimsQuestion",
    "ConcentrationAnswer",
    "ConcentrationQuestion",
    "Dates",
    "DatesQuestion",
    "Exposure",
    "ExposureQuestion",
    "Gaps",
    "GapsQuestion",
    "Handover",
    "HandoverQuestion",
    "Holders",
    "HoldersQuestion",
    "Overview",
    "OverviewQuestion",
    "Paths",
    "PathsQuestion",
    "PictureAnswer",
    "PictureQuestion",
    "Recipients",
    "RecipientsQuestion",
    "SearchQuestion",
    "Transfers",
    "TransfersQuestion",
    "VersionsQuestion",
    "WhatIf",
    "WhatIfQuestion",
    "ask_changes",
    "ask_claims",
    "ask_concentration",
    "ask_dates",
    "ask_exposure",
    "ask_gaps",
    "ask_handover",
    "ask_holders",
    "ask_overview",
    "ask_paths",
    "ask_picture",
    "ask_recipients",
    "ask_search",
    "ask_transfers",
    "ask_versions",
    "ask_what_if",
    "not_there",
    "period",
    "require",
    "time_ahead",
]
