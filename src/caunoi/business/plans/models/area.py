"""Fields of work, an editable taxonomy."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language


class ContentArea(models.Model):
    """A field of work, such as external information. A task may serve several and counts once in the total."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    keywords = models.JSONField(default=list)
    """Folded words by which a heading of a document is taken for this field."""
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language, where there is one."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name
