"""The steps of a person's request and of a breach."""

from __future__ import annotations

from enum import StrEnum


class RequestKind(StrEnum):
    """What a person may ask (Luật 91/2025/QH15, Điều 4)."""

    SEE = "see"
    EXPORT = "export"
    CORRECT = "correct"
    ERASE = "erase"
    RESTRICT = "restrict"
    OBJECT = "object"
    WITHDRAW = "withdraw"


class RequestState(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    REFUSED = "refused"
    """Answered, with the reason in law why it is not done."""

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self in (RequestState.RECEIVED, RequestState.ACKNOWLEDGED)


class BreachState(StrEnum):
    """Where a breach stands."""

    OPEN = "open"
    NOTIFIED = "notified"
    CLOSED = "closed"


LIMIT_OF_REQUEST = {
    RequestKind.SEE: "request.provide",
    RequestKind.EXPORT: "request.provide",
    RequestKind.CORRECT: "request.correct",
    RequestKind.ERASE: "request.erase",
    RequestKind.RESTRICT: "request.cease",
    RequestKind.OBJECT: "request.cease",
    RequestKind.WITHDRAW: "request.cease",
}
"""Kind of request → code of the dated limit within which it is carried out."""
