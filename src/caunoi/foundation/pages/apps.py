"""The Django application of the page shell and the components."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Shell, components and front end of the whole system."""

    name = "caunoi.foundation.pages"
    label = "pages"
    verbose_name = "Giao diện"
