"""docx → pdf through LibreOffice, run as a limited child."""

from __future__ import annotations

from vanban.diagnostics import UnreadableError
from vanban.reading.children import find_tool, own_folder, run_limited

_MEMORY = 2 * 1024 * 1024 * 1024
_SECONDS = 60.0


def to_pdf(data: bytes, *, seconds: float = _SECONDS) -> bytes:
    """The pdf of the docx ``data``.

    Raises UnreadableError: ``tool_missing`` (no LibreOffice), ``timeout`` (seconds), ``corrupt`` (nothing came out).
    """
    program = find_tool("soffice", "libreoffice")
    with own_folder() as folder:
        (folder / "in.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault"]
        command = [program, profile, *options, "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)]
        run_limited([*command, str(folder / "in.docx")], folder=folder, seconds=seconds, memory=_MEMORY)
        result = folder / "in.pdf"
        if not result.exists():
            raise UnreadableError("corrupt")
        return result.read_bytes()
