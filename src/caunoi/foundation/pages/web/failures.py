"""Pages for what went wrong: 400, 403, 404, 409, 500."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext

from caunoi.foundation.pages.public import actor_of


def failure_page(request: HttpRequest, status: int, sentence: str | None = None) -> HttpResponse:
    """Return the page of a failure, with the sentence that says what is wrong instead of the general one."""
    frame = "pages/base_public.html" if actor_of(request).is_anonymous else "pages/base.html"
    context = {"sentence": sentence, "back": _page_before(request), "frame": frame}
    body = loader.render_to_string(f"{status}.html", context, request)
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be understood."""
    return failure_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for something the person may know of but not do."""
    return failure_page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for something that does not exist, or that the person may not know of."""
    return failure_page(request, HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was open too long or came from elsewhere."""
    words = gettext(
        "Trang đã mở quá lâu, hoặc bạn đã đăng nhập lại hay đổi vị trí ở cửa sổ khác. Hãy quay lại trang trước, "
        "tải lại rồi gửi lần nữa; nội dung đã nhập vẫn được giữ trên máy này."
    )
    return failure_page(request, HTTPStatus.FORBIDDEN, words)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of the program; the page asks nothing of the database."""
    return HttpResponse(loader.get_template("500.html").render(), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page_before(request: HttpRequest) -> str:
    """Return the path of the page the person came from when it is one of ours, else nothing."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host() or before.path == request.path:
        return ""
    return before.path + (f"?{before.query}" if before.query else "")
