"""doc, odt, rtf, xls and ods through LibreOffice, in a limited child with a profile of its own."""

from __future__ import annotations

from vanban.diagnostics import UnreadableError
from vanban.reading.archive import Archive
from vanban.reading.children import find_tool, own_folder, run_limited
from vanban.reading.limits import Limits
from vanban.reading.sniff import Kind

_TARGETS = {Kind.DOC: "docx", Kind.ODT: "docx", Kind.RTF: "docx", Kind.XLS: "xlsx", Kind.ODS: "xlsx"}
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
# No macros, no links fetched, no update checks: what the settings dialogue calls "very high" macro security.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "2"),
)


def convert(data: bytes, kind: Kind, limits: Limits) -> bytes:
    """``data`` as docx (texts) or xlsx (workbooks).

    Raises ``tool_missing`` without LibreOffice, ``timeout``, ``corrupt`` when nothing comes out, and what a hostile
    container raises: ``zip_bomb``, ``xml_entities``, ``encrypted``.
    """
    if kind in (Kind.ODT, Kind.ODS):
        with Archive(data, limits) as archive:
            _check_opendocument(archive)
    program = find_tool("soffice", "libreoffice")
    target = _TARGETS[kind]
    with own_folder() as folder:
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        (folder / "out").mkdir()
        (folder / f"source.{kind}").write_bytes(data)
        command = [
            program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--nodefault",
            "--convert-to", _FILTERS[target], "--outdir", "out", f"source.{kind}",
        ]  # fmt: skip
        run_limited(command, folder=folder, seconds=limits.office_seconds, memory=limits.child_memory)
        made = folder / "out" / f"source.{target}"
        if not made.is_file():
            raise UnreadableError("corrupt")
        if made.stat().st_size > limits.unpacked_bytes:
            raise UnreadableError("too_large", limit=limits.unpacked_bytes, size=made.stat().st_size)
        return made.read_bytes()


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def _check_opendocument(archive: Archive) -> None:
    """Refuse what the converter would unfold, and packages whose members are encrypted."""
    archive.check_all_xml()
    manifest = archive.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise UnreadableError("encrypted")
    if "content.xml" not in archive.names:
        raise UnreadableError("corrupt")
