"""Lines of work for home pages: what waits, until when, why it came back. ``{% load work %}``."""

from __future__ import annotations

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from caunoi.foundation.pages.rules.navigation import Words

register = template.Library()


@register.simple_block_tag
def work_list(content: SafeString, label: Words = "") -> SafeString:
    """A list of ``{% work_item %}`` lines; stands in a card with ``flush=True``."""
    facts = {"content": content, "label": label}
    return SafeString(get_template("pages/components/work_list.html").render(facts).strip())


@register.simple_block_tag
def work_item(
    content: SafeString, url: str, title: Words, *, note: Words = "", reason: Words = "", unread: bool = False
) -> SafeString:
    """One thing to do: its link, a small line (who, from where), the reason of a return; the block holds its badges."""
    facts = {
        "content": SafeString(content.strip()), "url": url, "title": title, "note": note, "reason": reason,
        "unread": unread,
    }  # fmt: skip
    return SafeString(get_template("pages/components/work_item.html").render(facts).strip())
