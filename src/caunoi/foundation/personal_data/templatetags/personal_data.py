"""Showing personal data masked: ``{% load personal_data %}``; the README shows a call of each."""

from __future__ import annotations

from uuid import UUID

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from caunoi.foundation.pages.public import actor_of
from caunoi.foundation.personal_data.access import Permission
from caunoi.foundation.personal_data.rules.kinds import kind_of
from caunoi.foundation.personal_data.rules.masking import How
from caunoi.foundation.personal_data.rules.masking import mask as masked_text

register = template.Library()


@register.filter
def mask(value: object, how: str = "text") -> str:
    """Mask a value: ``{{ person.phone|mask:"phone" }}``."""
    return masked_text(value, how)


@register.simple_tag(takes_context=True)
def personal(
    context: Context, kind: str, field: str, record: UUID, value: object, *, about: int | None = None
) -> SafeString:
    """Show one personal value of a record: masked, with a way to have it shown; one's own in full.

    ``kind`` and ``field`` are registered; ``about`` is the id of the person whom the value is about. A kind that is
    data of a public office is shown in full. Raises ValueError for what nobody registered.
    """
    known = kind_of(kind)
    shown = known.field_of(field) if known else None
    if known is None or shown is None:
        raise ValueError(f"personal data {kind}.{field} is not registered")
    actor = actor_of(context["request"])
    text = "" if value is None else str(value)
    is_own = about is not None and about == actor.person_id
    facts = {
        "kind": kind,
        "field": shown,
        "record": record,
        "value": text if is_own or known.is_public_office else masked_text(text, How(shown.how)),
        "may_ask": bool(text) and not is_own and not known.is_public_office and actor.may(Permission.REVEAL),
    }
    return SafeString(get_template("personal_data/parts/masked.html").render(facts).strip())
