"""The API and its addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI

from caunoi.business.reporting.api import router as reports
from caunoi.surfaces.api.web.askers import KeyAsker, SessionAsker
from caunoi.surfaces.api.web.refusals import ExactParser, answer_refusals

api = NinjaAPI(
    title="Cầu Nối",
    version="1",
    description="Báo cáo định kỳ: việc phải nộp, biểu mẫu, bản nháp, gửi, trạng thái.",
    docs_url=None,
    auth=[KeyAsker(), SessionAsker()],
    parser=ExactParser(),
    urls_namespace="api",
)
answer_refusals(api)
api.add_router("/reports", reports)
urlpatterns: list[URLPattern | URLResolver] = [path("v1/", api.urls)]
