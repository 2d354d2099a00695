"""Text of pdf pages with the box of every word, and pages as pictures.

pdfium is not safe to be entered by two threads at once: every call is made under one lock of the process.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from vanban.diagnostics import UnreadableError
from vanban.reading.encodings import looks_legacy
from vanban.reading.glyphs import Glyph, gather
from vanban.reading.images import Picture
from vanban.reading.limits import Limits
from vanban.reading.words import PageWords, Word

if TYPE_CHECKING:
    from ctypes import _Pointer

_LOCK = threading.RLock()
_DEVICE = 1_000_000
"""Pages are mapped to a device of this many pixels a side, to turn page coordinates into fractions."""
_INVISIBLE = 3
_FEW_WORDS = 60
_COVERS = 0.6
_WHITE = 0.22
"""How wide, in parts of the height of a letter, a space is at least that pdfium adds."""
_MOST_OBJECTS = 2_000
_INCH = 72


@contextmanager
def open_pdf(data: bytes, limits: Limits) -> Iterator[Document]:
    """The pdf; closed afterwards. Raises ``corrupt``, ``encrypted``, ``too_many_pages``."""
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
            raise UnreadableError("encrypted" if locked else "corrupt") from error
    try:
        with _LOCK:
            count = len(document)
        if count > limits.pages:
            raise UnreadableError("too_many_pages", limit=limits.pages, pages=count)
        if count < 1:
            raise UnreadableError("corrupt")
        yield Document(document, count, limits)
    finally:
        with _LOCK:
            document.close()


@dataclass(slots=True)
class Document:
    """An open pdf of ``count`` pages, numbered from 1."""

    _document: pdfium.PdfDocument
    count: int
    _limits: Limits

    def words(self, number: int) -> PageWords:
        """The words of page ``number``; ``scanned`` when they must be read by OCR instead (it then holds none)."""
        with _LOCK, self._page(number) as page:
            width, height = self._size(page)
            words = _words(page, width, height)
            if _needs_ocr(page, words):
                return PageWords(number, width, height, (), scanned=True)
            return PageWords(number, width, height, tuple(words))

    def picture(self, number: int, dpi: float, *, colour: bool) -> Picture:
        """Page ``number`` rendered; a huge page at a lower resolution, within the limit of pixels."""
        with _LOCK, self._page(number) as page:
            width, height = self._size(page)
            scale = min(dpi / _INCH, (self._limits.pixels / (width * height)) ** 0.5)
            try:
                bitmap = page.render(scale=scale, grayscale=not colour, may_draw_forms=False)
                image: Image.Image = bitmap.to_pil().convert("RGB" if colour else "L")
            except (pdfium.PdfiumError, MemoryError, ValueError, OSError) as error:
                raise UnreadableError("corrupt") from error
            return Picture(image, scale * _INCH)

    @contextmanager
    def _page(self, number: int) -> Iterator[pdfium.PdfPage]:
        try:
            page = self._document[number - 1]
        except (pdfium.PdfiumError, IndexError) as error:
            raise UnreadableError("corrupt") from error
        try:
            yield page
        finally:
            page.close()

    def _size(self, page: pdfium.PdfPage) -> tuple[float, float]:
        width, height = page.get_size()
        if not (1 <= width < 100_000 and 1 <= height < 100_000):
            raise UnreadableError("corrupt")
        return float(width), float(height)


@dataclass(frozen=True, slots=True)
class _Paper:
    """From page coordinates to points from the top left corner of the page as shown: rotation and crop box included."""

    x: tuple[float, float, float]
    y: tuple[float, float, float]

    @classmethod
    def of(cls, page: pdfium.PdfPage, width: float, height: float) -> _Paper:
        origin, right, up = (_device(page, x, y) for x, y in ((0, 0), (1000, 0), (0, 1000)))
        across, down = width / _DEVICE, height / _DEVICE
        return cls(
            (origin[0] * across, (right[0] - origin[0]) / 1000 * across, (up[0] - origin[0]) / 1000 * across),
            (origin[1] * down, (right[1] - origin[1]) / 1000 * down, (up[1] - origin[1]) / 1000 * down),
        )

    def place(self, x: float, y: float) -> tuple[float, float]:
        return self.x[0] + self.x[1] * x + self.x[2] * y, self.y[0] + self.y[1] * x + self.y[2] * y


def _device(page: pdfium.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _DEVICE, _DEVICE, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value, down.value


def _words(page: pdfium.PdfPage, width: float, height: float) -> list[Word]:
    text = page.get_textpage()
    try:
        glyphs = list(_glyphs(text.raw, _Paper.of(page, width, height)))
        return [_word(word, text.raw) for word in gather(glyphs)]
    finally:
        text.close()


def _glyphs(text: _Pointer[ctypes.c_int], paper: _Paper) -> Iterator[Glyph]:
    """The printed letters of a page, and the spaces between them."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    place_box, place_x, place_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    high = ""
    added: float | None = None
    height = 0.0
    for index in range(raw.FPDFText_CountChars(text)):
        letter = _letter(raw.FPDFText_GetUnicode(text, index))
        if "\ud800" <= letter <= "\udbff":
            high = letter
            continue
        if high:
            letter, high = _pair(high, letter), ""
        if not letter or not raw.FPDFText_GetLooseCharBox(text, index, place_box):
            continue
        raw.FPDFText_GetCharOrigin(text, index, place_x, place_y)
        glyph = _placed(letter, index, paper, (box.left, box.bottom, box.right, box.top), (x.value, y.value))
        if letter.isspace() and raw.FPDFText_IsGenerated(text, index) == 1:
            added = glyph.left
            continue
        if added is not None and glyph.left - added > _WHITE * max(height, glyph.height):
            yield _space(glyph, added)
        added, height = None, glyph.height
        yield glyph


def _space(before: Glyph, left: float) -> Glyph:
    """A space that pdfium adds before a letter; it counts only if no letter drawn out of turn fills it."""
    return Glyph(" ", before.index, left, before.top, before.left, before.bottom, before.base, is_guess=True)


def _placed(
    letter: str, index: int, paper: _Paper, box: tuple[float, float, float, float], origin: tuple[float, float]
) -> Glyph:
    left, bottom = paper.place(box[0], box[1])
    right, top = paper.place(box[2], box[3])
    return Glyph(
        letter, index, min(left, right), min(top, bottom), max(left, right), max(top, bottom), paper.place(*origin)[1]
    )


def _letter(code: int) -> str:
    if code == 2:  # how pdfium hands over a hyphen at the end of a line
        return "-"
    if code in (0, 0xFFFE, 0xFFFF, 0xFFFD) or code > 0x10FFFF:
        return ""
    return " " if code < 0x20 else chr(code)


def _pair(high: str, low: str) -> str:
    if not "\udc00" <= low <= "\udfff":
        return ""
    return (high + low).encode("utf-16", "surrogatepass").decode("utf-16")


def _word(glyphs: list[Glyph], text: _Pointer[ctypes.c_int]) -> Word:
    bold, italic = _font(text, glyphs[0].index)
    return Word(
        "".join(glyph.text for glyph in glyphs),
        min(glyph.left for glyph in glyphs),
        median(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(median(glyph.bottom for glyph in glyphs), median(glyph.top for glyph in glyphs) + 0.5),
        1.0,
        bold,
        italic,
    )


def _font(text: _Pointer[ctypes.c_int], index: int) -> tuple[bool, bool]:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, index, name, 128, ctypes.byref(flags))
    words = name.value.lower() if 0 < length <= 128 else b""
    weight = raw.FPDFText_GetFontWeight(text, index)
    return b"bold" in words or weight >= 600, b"italic" in words or b"oblique" in words


def _needs_ocr(page: pdfium.PdfPage, words: list[Word]) -> bool:
    """Whether the page is a picture of print, or its letters are glyph codes that say nothing."""
    if not words:
        return next(iter(page.get_objects(max_depth=1)), None) is not None
    if looks_legacy(" ".join(word.text for word in words)):
        return True
    return _covered(page) and (len(words) < _FEW_WORDS or _is_invisible(page))


def _covered(page: pdfium.PdfPage) -> bool:
    """Whether pictures cover most of the page."""
    width, height = page.get_size()
    area = 0.0
    for index, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        if index > _MOST_OBJECTS:
            break
        left, bottom, right, top = item.get_bounds()
        area += max(right - left, 0) * max(top - bottom, 0)
    return bool(area > _COVERS * width * height)


def _is_invisible(page: pdfium.PdfPage) -> bool:
    """Whether the text lies unseen under the picture: the layer that another OCR has left."""
    modes: list[int] = []
    for index, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)):
        if index > _MOST_OBJECTS:
            break
        modes.append(raw.FPDFTextObj_GetTextRenderMode(item.raw))
    return sum(1 for mode in modes if mode == _INVISIBLE) > 0.5 * len(modes)
