"""Every address of the system: each module brings its own under its own word."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

handler400 = "caunoi.foundation.pages.web.failures.bad_request"
handler403 = "caunoi.foundation.pages.web.failures.forbidden"
handler404 = "caunoi.foundation.pages.web.failures.not_found"
handler500 = "caunoi.foundation.pages.web.failures.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("caunoi.surfaces.staff_site.web.urls")),
    path("van-ban/", include("caunoi.business.documents.web.urls")),
    path("ke-hoach/", include("caunoi.business.plans.web.urls")),
    path("bao-cao/", include("caunoi.business.reporting.web.urls")),
    path("du-lieu-ca-nhan/", include("caunoi.foundation.personal_data.web.urls")),
    path("chi-tieu/", include("caunoi.business.indicators.web.urls")),
    path("thong-bao/", include("caunoi.foundation.notifications.web.urls")),
    path("nhan-su/", include("caunoi.foundation.people.web.urls")),
    path("don-vi/", include("caunoi.foundation.organisations.web.urls")),
    path("tai-khoan/", include("caunoi.foundation.accounts.web.urls")),
    path("api/", include("caunoi.surfaces.api.web.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("_pages/", include("caunoi.foundation.pages.web.gallery_urls")))
