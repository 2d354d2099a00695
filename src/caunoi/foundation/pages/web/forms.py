"""How forms look everywhere: label, help, error and control in one form."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import django.forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Engine

HERE = Path(__file__).resolve().parents[1]


class Renderer(DjangoTemplates):
    """Renders ``{{ form }}`` and ``{{ field.as_field_group }}`` with the templates of this module before Django's."""

    form_template_name = "pages/forms/form.html"
    formset_template_name = "pages/forms/formset.html"
    field_template_name = "pages/forms/field.html"

    @cached_property
    def engine(self) -> Engine:
        """Look into this module first, so that its widgets come before those of Django."""
        return Engine(
            {
                "APP_DIRS": True,
                "DIRS": [HERE / "templates", Path(django.forms.__file__).parent / "templates"],
                "NAME": "pages_forms",
                "OPTIONS": {},
            }
        )
