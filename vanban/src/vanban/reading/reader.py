"""One door for all formats: decides what a file is and hands it to the reader of that format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from vanban.diagnostics import Diagnostic, Severity, UnreadableError
from vanban.document import Block, BlockKind, SourceText, Span
from vanban.reading.archive import Archive
from vanban.reading.docx import read_docx
from vanban.reading.encodings import decode
from vanban.reading.html import read_html
from vanban.reading.images import Picture, check_size, frame_count, load_frame, open_picture
from vanban.reading.limits import Deadline, Limits
from vanban.reading.ocr import recognise, upright
from vanban.reading.office import convert
from vanban.reading.pages import assemble
from vanban.reading.pdf import Document, open_pdf
from vanban.reading.sheets import read_xlsx
from vanban.reading.sniff import Kind, check_claim, media_type, sniff
from vanban.reading.words import PageWords

Progress = Callable[[int, int], None]


def read(
    source: Path | str | bytes,
    *,
    name: str | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    progress: Progress | None = None,
    workers: int = 1,
) -> SourceText:
    """The text of ``source`` (a path, or the bytes of a file) with its layout.

    ``name`` is the file name as the person gave it (a path has one already): its extension must not contradict the
    content. ``progress`` is called as (pages done, pages) after each page of a pdf or picture. ``workers`` pages go
    through OCR at a time, each in a process of its own.

    Raises ``UnreadableError``; no other exception comes out for any content.
    """
    source = Path(source) if isinstance(source, str) else source
    name = name if name is not None or isinstance(source, bytes) else source.name
    data = _load(source, limits)
    kind = sniff(data)
    check_claim(name, kind)
    deadline = Deadline(limits.seconds)
    try:
        return _read(data, kind, limits, deadline, _Steps(progress, workers))
    except (RecursionError, MemoryError) as error:
        raise UnreadableError("corrupt") from error


class _Steps:
    """How pages are worked through and who is told."""

    def __init__(self, progress: Progress | None, workers: int) -> None:
        self.progress = progress
        self.workers = max(1, workers)

    def done(self, pages: int, of: int) -> None:
        if self.progress is not None:
            self.progress(pages, of)


def _load(source: Path | bytes, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        size, data = len(source), source
    else:
        size = source.stat().st_size
        data = source.read_bytes() if size <= limits.file_bytes else b""
    if size > limits.file_bytes:
        raise UnreadableError("too_large", limit=limits.file_bytes, size=size)
    return data


def _read(data: bytes, kind: Kind, limits: Limits, deadline: Deadline, steps: _Steps) -> SourceText:
    match kind:
        case Kind.PDF:
            return _pdf(data, limits, deadline, steps)
        case Kind.IMAGE:
            return _images(data, limits, deadline, steps)
        case Kind.DOCX:
            return read_docx(data, limits, deadline)
        case Kind.HTML:
            return read_html(data, limits, deadline)
        case Kind.XLSX:
            return read_xlsx(data, limits, deadline)
        case Kind.TXT:
            return _plain(data, limits)
    converted = convert(data, kind, limits)
    text = (
        read_xlsx(converted, limits, deadline)
        if kind in (Kind.XLS, Kind.ODS)
        else read_docx(converted, limits, deadline)
    )
    return SourceText(text.text, media_type(kind, data), text.blocks, diagnostics=text.diagnostics)


# --- plain text ---------------------------------------------------------------------------------


def _plain(data: bytes, limits: Limits) -> SourceText:
    decoded = decode(data)
    text = decoded.text
    if not text.strip("\ufeff \t\r\n\f\v\x00\xa0"):
        raise UnreadableError("empty")
    if len(text) > limits.characters:
        raise UnreadableError("too_large", limit=limits.characters, size=len(text))
    diagnostics: tuple[Diagnostic, ...] = ()
    if decoded.guessed:
        diagnostics = (Diagnostic("encoding_guessed", Severity.NOTE, facts=(("encoding", decoded.encoding),)),)
    return SourceText(text, "text/plain", tuple(_paragraph_blocks(text)), diagnostics=diagnostics)


def _paragraph_blocks(text: str) -> Iterator[Block]:
    """One block for each run of lines that hold something."""
    start: int | None = None
    end = position = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            begins = position + line.index(bare[0])
            start = begins if start is None else start
            end = begins + len(bare)
        elif start is not None:
            yield Block(BlockKind.PARAGRAPH, Span(start, end))
            start = None
        position += len(line)
    if start is not None:
        yield Block(BlockKind.PARAGRAPH, Span(start, end))


# --- pages --------------------------------------------------------------------------------------


def _pdf(data: bytes, limits: Limits, deadline: Deadline, steps: _Steps) -> SourceText:
    with open_pdf(data, limits) as document:
        pages: list[PageWords] = []
        for number in range(1, document.count + 1):
            deadline.check()
            pages.append(document.words(number))
        scanned = [page.number for page in pages if page.scanned]
        if len(scanned) > limits.scanned_pages:
            raise UnreadableError("too_many_pages", limit=limits.scanned_pages, pages=len(scanned))

        def one(number: int) -> PageWords:
            return recognise(document.picture(number, limits.dpi, colour=False), number, limits)

        for page in _each(one, scanned, document.count - len(scanned), document.count, deadline, steps):
            pages[page.number - 1] = page
    return assemble(pages, media_type(Kind.PDF, data), limits.characters)


def _images(data: bytes, limits: Limits, deadline: Deadline, steps: _Steps) -> SourceText:
    image = open_picture(data, limits)
    frames = frame_count(image, limits)

    def one(number: int) -> PageWords:
        return recognise(load_frame(open_picture(data, limits), number - 1, limits), number, limits)

    pages = list(_each(one, range(1, frames + 1), 0, frames, deadline, steps))
    _check_text(pages)
    return assemble(pages, media_type(Kind.IMAGE, data), limits.characters)


def _check_text(pages: Sequence[PageWords]) -> None:
    """Refuse pictures in which only specks were taken for letters."""
    words = [word for page in pages for word in page.words]
    sure = [word for word in words if word.confidence > 0.5 and sum(1 for letter in word.text if letter.isalpha()) >= 2]
    if not sure:
        raise UnreadableError("no_text")


def _each(
    one: Callable[[int], PageWords], numbers: Sequence[int], before: int, count: int, deadline: Deadline, steps: _Steps
) -> Iterator[PageWords]:
    """Work through pages, ``workers`` at a time, in order; tells the progress after each."""
    steps.done(before, count)
    if steps.workers == 1 or len(numbers) < 2:
        for index, number in enumerate(numbers, 1):
            deadline.check()
            yield one(number)
            steps.done(before + index, count)
        return
    with ThreadPoolExecutor(steps.workers) as pool:
        waiting = [pool.submit(one, number) for number in numbers]
        try:
            for index, future in enumerate(waiting, 1):
                deadline.check()
                yield future.result()
                steps.done(before + index, count)
        finally:
            for future in waiting:
                future.cancel()


def examine(source: Path | bytes, *, name: str | None = None, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    """The media type of ``source``, after all checks that cost milliseconds: for the moment a file is handed in.

    Raises what ``read`` would raise for a file that is too large, of a wrong, lying or unknown type, encrypted, a bomb,
    or broken at its surface. What passes may still be refused by ``read``.
    """
    name = name if name is not None or isinstance(source, bytes) else source.name
    data = _load(source, limits)
    kind = sniff(data)
    check_claim(name, kind)
    if kind in (Kind.DOCX, Kind.XLSX, Kind.ODT, Kind.ODS):
        with Archive(data, limits) as archive:
            archive.check_all_xml()
    elif kind is Kind.PDF:
        with open_pdf(data, limits):
            pass
    elif kind is Kind.IMAGE:
        check_size(open_picture(data, limits), limits)
    return media_type(kind, data)


def page_count(source: Path | bytes, *, limits: Limits = Limits()) -> int:  # noqa: B008 - frozen
    """How many pages a pdf or picture has. Raises ``unsupported`` for formats without pages."""
    data = _load(source, limits)
    kind = sniff(data)
    if kind is Kind.PDF:
        with open_pdf(data, limits) as document:
            return document.count
    if kind is Kind.IMAGE:
        return frame_count(open_picture(data, limits), limits)
    raise UnreadableError("unsupported", found=str(kind))


def ocr_page(source: Path | bytes, page_number: int, *, limits: Limits = Limits()) -> PageWords:  # noqa: B008 - frozen
    """The words of one page (from 1) by OCR, whether or not the page has text of its own.

    Raises ``ValueError`` for a page that does not exist, else what ``read`` raises.
    """
    picture, _ = _picture(_load(source, limits), page_number, limits.dpi, limits, colour=False)
    return recognise(picture, page_number, limits)


def render_page(
    source: Path | bytes,
    page_number: int,
    *,
    dpi: int = 150,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> bytes:
    """Page ``page_number`` (from 1) of a pdf or picture as PNG, at most ``dpi``.

    Scanned pages are turned and set straight as they were for OCR, so that the boxes of ``SourceText.words`` fit.
    Raises ``unsupported`` for formats without pages, ``ValueError`` for a page that does not exist.
    """
    picture, scanned = _picture(_load(source, limits), page_number, dpi, limits, colour=True)
    picture = upright(picture, limits) if scanned else picture
    image = picture.image
    if picture.dpi > dpi * 1.05:
        image = image.resize(
            (max(1, round(image.width * dpi / picture.dpi)), max(1, round(image.height * dpi / picture.dpi)))
        )
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _picture(data: bytes, number: int, dpi: float, limits: Limits, *, colour: bool) -> tuple[Picture, bool]:
    """The page as a picture, and whether it is a scan."""
    kind = sniff(data)
    if kind is Kind.PDF:
        with open_pdf(data, limits) as document:
            _check_number(number, document.count)
            return document.picture(number, dpi, colour=colour), _is_scanned(document, number)
    if kind is Kind.IMAGE:
        image = open_picture(data, limits)
        _check_number(number, frame_count(image, limits))
        return load_frame(image, number - 1, limits), True
    raise UnreadableError("unsupported", found=str(kind))


def _is_scanned(document: Document, number: int) -> bool:
    return document.words(number).scanned


def _check_number(number: int, count: int) -> None:
    if not 1 <= number <= count:
        raise ValueError(f"page {number} of {count}")
