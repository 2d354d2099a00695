"""Choosing units in a form: a field of public ids whose control asks the server while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.organisations.models import Unit


def _ids(values: Sequence[str]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


class UnitPicker(forms.Widget):
    """A search field with a list of answers (organisations/picker.js); what is chosen is kept in hidden fields."""

    template_name = "organisations/parts/picker.html"

    def __init__(self, *, many: bool = False) -> None:
        super().__init__()
        self.many = many
        self.limits: dict[str, str] = {}

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> list[str]:
        """Return the public ids chosen."""
        if isinstance(data, MultiValueDict):
            return [str(value) for value in data.getlist(name) if value]
        value = data.get(name)
        return [str(value)] if value else []

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        """Say that nothing chosen is an answer too."""
        return False

    def use_required_attribute(self, initial: object) -> bool:
        """Say no: the search field is empty again once something is chosen, and the browser would not send the form."""
        return False

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """Give the template the units chosen, with their names."""
        context: dict[str, object] = super().get_context(name, None, attrs)
        values = value if isinstance(value, list | tuple) else [value] if value else []
        ids = _ids([str(getattr(one, "public_id", one)) for one in values])
        found = {unit.public_id: unit for unit in Unit.objects.filter(public_id__in=ids)}
        context["chosen"] = [found[one] for one in ids if one in found]
        address = reverse("organisations:pick")
        context["many"], context["url"] = self.many, f"{address}?{urlencode(self.limits)}" if self.limits else address
        return context

    def render(
        self, name: str, value: object, attrs: dict[str, object] | None = None, renderer: object = None
    ) -> SafeString:
        """Return the control, from a template of this module."""
        return mark_safe(render_to_string(self.template_name, self.get_context(name, value, attrs)))


class UnitField(forms.Field):
    """One unit, or several with ``many=True``; cleans to ``Unit | None`` or to a list of units in the order chosen."""

    def __init__(self, *, many: bool = False, **kwargs: object) -> None:
        self.many = many
        self.offered: QuerySet[Unit] | None = None
        super().__init__(widget=UnitPicker(many=many), **kwargs)  # type: ignore[arg-type]  # the field's own arguments

    def offer(self, units: QuerySet[Unit], *, may: str = "", under: Unit | None = None) -> None:
        """Take only ``units``; the answers are those over which one has ``may``, and those below ``under``."""
        self.offered = units
        assert isinstance(self.widget, UnitPicker)  # noqa: S101 - as made above
        below = str(under.public_id) if under is not None else ""
        self.widget.limits = {key: value for key, value in (("may", may), ("under", below)) if value}

    def clean(self, value: object) -> Unit | list[Unit] | None:
        """Return what was chosen. Raises ValidationError for an id that is no unit."""
        values = [str(one) for one in value] if isinstance(value, list) else []
        ids = _ids(values)
        rows = Unit.objects.all() if self.offered is None else self.offered
        found = {unit.public_id: unit for unit in rows.select_related("kind").filter(public_id__in=ids)}
        units = [found[one] for one in dict.fromkeys(ids) if one in found]
        if len(units) < len(set(values)):
            raise forms.ValidationError(_("Không có đơn vị đã chọn. Hãy tìm và chọn lại."))
        if self.required and not units:
            raise forms.ValidationError(_("Chưa chọn đơn vị. Hãy gõ vài chữ trong tên rồi chọn."))
        if self.many:
            return units
        return units[0] if units else None

    def has_changed(self, initial: object, data: object) -> bool:
        """Say that the choice counts."""
        return bool(data)
