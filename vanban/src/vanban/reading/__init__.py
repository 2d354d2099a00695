"""Turns files into ``SourceText``: the only place that knows file formats.

``read`` takes any supported file; ``examine`` refuses early what costs nothing to refuse; ``ocr_page`` and
``render_page`` serve a caller who reads scans page by page or shows them. Every refusal is an ``UnreadableError`` with
one of its documented codes.
"""

from vanban.diagnostics import UnreadableError
from vanban.reading.limits import Limits
from vanban.reading.reader import examine, ocr_page, page_count, read, render_page

__all__ = ["Limits", "UnreadableError", "examine", "ocr_page", "page_count", "read", "render_page"]
