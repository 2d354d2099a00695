"""Headers that every answer carries, and the pages that refusals become."""

from __future__ import annotations

import json
from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from caunoi.foundation.pages.public import sentence
from caunoi.foundation.pages.web.failures import failure_page
from caunoi.kernel.errors import NotAllowed, NotFound, Refused

Answer = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
PERMISSIONS_POLICY: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def client_address(get_response: Answer) -> Answer:
    """Put the visitor's own address where that of the last proxy stands.

    Only what the office's own proxies wrote is believed: the entry that the outermost of them added.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if 0 < settings.TRUSTED_PROXIES <= len(passed) and (address := _address(passed[-settings.TRUSTED_PROXIES])):
            request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return answer


def limited_body(get_response: Answer) -> Answer:
    """Refuse a request whose body is larger than all files of one request together may be, before a byte is read.

    Else anybody, signed in or not, fills the disk: the check of the form token alone takes the whole body in.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.UPLOAD_LIMIT_TOGETHER + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if str(said).isdecimal() and int(said) > most:
            return HttpResponse(status=413)
        return get_response(request)

    return answer


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return ""


def security_headers(get_response: Answer) -> Answer:
    """Put the strict content policy on every answer that has none of its own."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer


class Refusals:
    """Answers a ``Refused`` that a view did not catch: 404, 403 or 409 with its sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; tell the upload script where to go instead of letting it fetch the next page itself."""
        response = self.get_response(request)
        if "X-Pages-Upload" in request.headers and response.status_code in (301, 302, 303):
            return HttpResponse(status=204, headers={"X-Pages-Go": response.headers["Location"]})
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Refuse a NUL character, which no keyboard types and PostgreSQL cannot keep. Raises BadRequest."""
        sent = [*request.GET.lists(), *request.POST.lists()]
        if any("\x00" in text for name, texts in sent for text in (name, *texts)):
            raise BadRequest("a NUL character was sent")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Make a page of a refusal; leave every other exception to Django."""
        if not isinstance(exception, Refused):
            return None
        status = _status(exception)
        words = sentence(exception)
        if request.headers.get("HX-Request") == "true":
            return _said_in_place(words or gettext("Không thực hiện được việc này."), status)
        return failure_page(request, status, words)


def refusals(get_response: Answer) -> Refusals:
    """Turn refusals into pages in the reader's own words."""
    return Refusals(get_response)


def _status(refused: Refused) -> int:
    if isinstance(refused, NotFound):
        return 404
    return 403 if isinstance(refused, NotAllowed) else 409


def _said_in_place(words: str, status: int) -> HttpResponse:
    """Answer a part-page request: the page stays as it is and says the sentence in its message area."""
    response = HttpResponse(status=status)
    response.headers["HX-Reswap"] = "none"
    response.headers["HX-Trigger"] = json.dumps({"pages:say": {"text": words, "tone": "late"}})
    return response
