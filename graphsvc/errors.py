"""Everything graphsvc raises on purpose.

    GraphsvcError
    |-- SettingsError            a GRAPHSVC_* setting that cannot be used
    |-- EngineError              the graph database
    |   |-- EngineUnavailable    it does not answer (503)
    |   |-- EngineFailed         it could not be started, or is not one we can use
    |   |   `-- EngineOutOfMemory  it has not enough memory for this (507)
    |   |-- QueryFailed          it refused a query of ours (500)
    |   `-- FolderInUse          another process owns the data folder
    |-- InvalidDocument          a document with faults, all of them listed (422)
    |-- DocumentTooLarge         a document over the size limit (413)
    |-- InvalidQuestion          a parameter that cannot be understood (422)
    |-- QuestionTooDear          a question whose answer does not begin in time (503)
    |-- PictureTooLarge          a picture that nobody could read (422)
    |-- ExportNeeds              an export whose libraries are not installed (501)
    |-- FetchRefused             an address of the internet that is not fetched, or does not answer
    `-- NotFound                 an id that nothing has (404)

Each class carries what an RFC 9457 problem needs: `slug` (the stable end of its type), `status`
(HTTP) and `title`. `docs/problems.md` explains each slug.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a document or a question, and where.

    Attributes:
        path: JSON Pointer (RFC 6901) into the document, or the name of a query parameter.
        message: What is wrong, and what was expected.
        file: Name of the file, where there is one.
        line: Line in that file, counted from 1, where it is known.
    """

    path: str
    message: str
    file: str | None = None
    line: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The fault without the parts that are not known."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def __str__(self) -> str:
        line = None if self.line is None else str(self.line) if self.file else f"line {self.line}:"
        place = ":".join(part for part in (self.file, line) if part is not None)
        return " ".join(part for part in (place, self.path, self.message) if part)


class GraphsvcError(Exception):
    """The root: something graphsvc says no to."""

    slug = "error"
    status = 500
    title = "Something went wrong"

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class SettingsError(GraphsvcError):
    """A `GRAPHSVC_*` setting that does not exist or does not fit."""

    slug = "settings"
    title = "The settings cannot be used"


class EngineError(GraphsvcError):
    """The graph database said no."""

    slug = "engine"
    status = 503
    title = "The graph database cannot be used"


class EngineUnavailable(EngineError):
    """The graph database does not answer; the same call may work later."""

    slug = "engine-unavailable"
    title = "The graph database does not answer"


class EngineFailed(EngineError):
    """The graph database could not be started, or is of a version graphsvc cannot use."""

    slug = "engine-failed"


class EngineOutOfMemory(EngineFailed):
    """The graph database has not enough memory for this; the same call fails again."""

    slug = "engine-out-of-memory"
    status = 507
    title = "The graph database has not enough memory for this"


class QueryFailed(EngineError):
    """The graph database refused a query: a fault of graphsvc, or of that version of the database."""

    slug = "query-failed"
    status = 500
    title = "The graph database refused a query"


class FolderInUse(EngineError):
    """Another process owns the data folder."""

    slug = "folder-in-use"
    title = "The data folder belongs to another process"


class InvalidDocument(GraphsvcError):
    """A document with faults; nothing of it was loaded."""

    slug = "invalid-document"
    status = 422
    title = "The document has faults; nothing was loaded"


class DocumentTooLarge(GraphsvcError):
    """A document larger than `GRAPHSVC_MAX_DOCUMENT`."""

    slug = "document-too-large"
    status = 413
    title = "The document is too large"


class InvalidQuestion(GraphsvcError):
    """A parameter of a question that cannot be understood."""

    slug = "invalid-parameter"
    status = 422
    title = "The question cannot be understood"


class NotFound(GraphsvcError):
    """An id that nothing in the register has."""

    slug = "not-found"
    status = 404
    title = "There is no such thing in the register"


class QuestionTooDear(GraphsvcError):
    """A question whose answer had not begun within `GRAPHSVC_ANSWER_SECONDS`."""

    slug = "question-too-dear"
    status = 503
    title = "The question takes too long"


class PictureTooLarge(GraphsvcError):
    """A picture has more flows than anybody could read, or takes too long to draw."""

    slug = "picture-too-large"
    status = 422
    title = "The picture is too large to draw"


class ExportNeeds(GraphsvcError):
    """An export needs libraries that are not installed; everything else works without them."""

    slug = "export-needs"
    status = 501
    title = "This export needs libraries that are not installed"


class FetchRefused(GraphsvcError):
    """An address that is not fetched (not https, not public, elsewhere), or that does not answer as it should."""

    slug = "fetch-refused"
    status = 502
    title = "The page is not fetched"
