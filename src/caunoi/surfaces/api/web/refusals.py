"""Refusals as answers: a code for programs, a sentence for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, NoReturn

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from caunoi.business.reporting.api import findings_out
from caunoi.business.reporting.public import Finding
from caunoi.foundation.pages.public import sentence
from caunoi.kernel.errors import NotAllowed, NotFound, Refused

UNREADABLE: Final = frozenset({"reporting.key_needed"})
WRONG_CONTENT: Final = frozenset(
    {
        "reporting.findings_block", "reporting.cells_unreadable", "reporting.cell_unknown", "reporting.section_unknown",
        "reporting.explanation_unknown", "reporting.key_reused",
    }
)  # fmt: skip


class ExactParser(Parser):
    """Reads numbers exactly as they were written; NaN and Infinity are no JSON."""

    def parse_body(self, request: HttpRequest) -> dict[str, object]:
        """Return the body. Raises ValueError."""
        body = json.loads(request.body, parse_float=Decimal, parse_constant=_no_number)
        if not isinstance(body, dict):
            raise ValueError("not an object")
        return body


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def answer_refusals(api: NinjaAPI) -> None:
    """Make every refusal an answer with code and sentence."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _nobody)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Http404, _absent)
    api.add_exception_handler(RawPostDataException, _form)


def _refused(request: HttpRequest, refused: object) -> HttpResponse:
    if not isinstance(refused, Refused):
        raise TypeError(refused)
    words = sentence(refused) or gettext("Không thực hiện được việc này.")
    found = refused.facts.get("findings")
    return _answer(_status(refused), refused.code, words, found if isinstance(found, tuple) else ())


def _status(refused: Refused) -> int:
    if isinstance(refused, NotFound):
        return 404
    if isinstance(refused, NotAllowed):
        return 403
    if refused.code in UNREADABLE:
        return 400
    return 422 if refused.code in WRONG_CONTENT else 409


def _answer(status: int, code: str, words: str, findings: Iterable[Finding] = ()) -> JsonResponse:
    said = [each.model_dump() for each in findings_out(findings, {})]
    return JsonResponse({"code": code, "sentence": words, "findings": said}, status=status)


def _invalid(request: HttpRequest, fault: object) -> HttpResponse:
    errors = fault.errors if isinstance(fault, ValidationError) else []
    places = ", ".join(_place(each) for each in errors[:5])
    words = gettext("Yêu cầu không đúng mô tả của API ở: %(places)s.") % {"places": places}
    return _answer(422, "api.not_as_described", words)


def _place(fault: Mapping[str, object]) -> str:
    parts = fault.get("loc", ())
    return ".".join(str(part)[:60] for part in parts) if isinstance(parts, list | tuple) else ""


def _nobody(request: HttpRequest, fault: object) -> HttpResponse:
    return _answer(401, "api.nobody", gettext("Thiếu khóa truy cập, hoặc khóa đã hết hạn hay bị thu hồi."))


def _http(request: HttpRequest, fault: object) -> HttpResponse:
    status = fault.status_code if isinstance(fault, HttpError) else 500
    if status == 403:
        return _answer(403, "api.csrf", gettext("Thiếu mã CSRF của phiên đăng nhập."))
    return _answer(status, "api.unreadable", gettext("Không đọc được nội dung yêu cầu: phải là JSON."))


def _form(request: HttpRequest, fault: object) -> HttpResponse:
    """A form instead of JSON: the check of its token has read the body already."""
    return _answer(400, "api.unreadable", gettext("Không đọc được nội dung yêu cầu: phải là JSON."))


def _absent(request: HttpRequest, fault: object) -> HttpResponse:
    return _answer(404, "api.no_route", gettext("API không có địa chỉ này."))
