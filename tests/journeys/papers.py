"""The documents that go in: the real ones where they are, else documents of our own; as text, Word and scan."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, cast

from playwright.sync_api import FilePayload

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Duty:
    """A reporting duty that has to be found: how it is due and through which desk it goes, as the page prints it."""

    due: str
    desk: str
    is_open: bool = False
    """The text leaves something open, and the page says so."""
    dated_once: bool = False
    """The text dates it for one year; nobody assumes that it comes back."""
    yearly_offered: bool = False
    """Its words speak of every year, though; that reading is offered."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to send in and what must come out of it."""

    name: str
    subject: str
    """What it is about, in words of our own: the reports and the plan made from it are called so."""
    form: str
    """How it is sent in: ``txt``, ``docx`` or ``scan``."""
    read: Mapping[str, str]
    """Facts that are read right, as the page prints them."""
    corrected: Mapping[str, tuple[str, str]]
    """Facts that a person fills in or mends: what is typed, what the page prints then."""
    duties: tuple[Duty, ...]
    """The first is the one that is campaigned for."""
    text: str = ""

    def as_file(self, form: str = "") -> FilePayload:
        """Return the document as a file to send in, in its own form or in another."""
        name, kind, content = _rendered(self.name, self.text, form or self.form)
        return {"name": name, "mimeType": kind, "buffer": content}


@cache
def _rendered(name: str, text: str, form: str) -> tuple[str, str, bytes]:
    makers = _makers()
    if form == "txt":
        return f"{name}.txt", "text/plain", text.encode()
    docx = cast("Callable[[str], bytes]", makers["make_docx"])(text)
    if form == "docx":
        return f"{name}.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx
    pdf = cast("Callable[[bytes, str], bytes]", makers["convert_office"])(docx, "pdf")
    return f"{name}.pdf", "application/pdf", cast("Callable[[bytes], bytes]", makers["make_scan"])(pdf)


@cache
def _makers() -> dict[str, object]:
    """Load the makers of test files that the tests of the library use."""
    place = ROOT / "vanban" / "tests" / "makers.py"
    spec = importlib.util.spec_from_file_location("journey_makers", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return dict(vars(module))


REAL: Final[tuple[Paper, ...]] = (
    Paper(
        "seed1",
        "hoạt động đối ngoại và hội nhập quốc tế",
        form="txt",
        read={"code_number": "82", "code_notation": "KH-THPT BK", "issued_on": "03/04/2023"},
        corrected={"signer_position": ("Hiệu trưởng", "Hiệu trưởng")},
        duties=(Duty("Một lần, trước 20/05/2023, 01/11/2023", "phòng Chính trị tư tưởng", dated_once=True),),
    ),
    Paper(
        "seed2",
        "công tác đối ngoại nhân dân",
        form="scan",
        read={"place": "Hải Phòng", "signer_name": "Phạm Quốc Hiệu"},
        corrected={"code_number": ("137", "137"), "issued_on": ("2023-01-18", "18/01/2023")},
        duties=(
            Duty("Hằng năm, trước 10/12", "Văn phòng Sở"),
            Duty("Một lần, trước 15/06/2023", "Văn phòng Sở", dated_once=True, yearly_offered=True),
            Duty("Một lần, trước 10/12/2023", "Văn phòng Sở", dated_once=True, yearly_offered=True),
        ),
    ),
    Paper(
        "seed3",
        "công tác thông tin đối ngoại",
        form="docx",
        read={"type_name": "Kế hoạch", "signer_name": "Phạm Quốc Hiệu"},
        corrected={
            "code_number": ("45", "45"),
            "code_notation": ("KH-SGDĐT", "KH-SGDĐT"),
            "issued_on": ("2023-01-09", "09/01/2023"),
        },
        duties=(
            Duty("Hằng năm, chậm nhất 05/11", "Văn phòng Sở"),
            Duty("6 tháng, chậm nhất 05/05", "Văn phòng Sở"),
            Duty("Hằng quý, chưa rõ ngày", "Văn phòng Sở", is_open=True),
        ),
    ),
    Paper(
        "seed4",
        "kế hoạch đối ngoại hằng năm",
        form="docx",
        read={"code_notation": "KH-SGD&ĐT", "superior_name": "UBND TỈNH HÒA BÌNH"},
        corrected={"code_number": ("210", "210"), "issued_on": ("2024-02-27", "27/02/2024")},
        duties=(Duty("Hằng năm, chưa rõ ngày", "Phòng Kế hoạch tài chính", is_open=True),),
    ),
)
"""What has to come out of each real document. Nothing of their text stands here but the facts of the register."""

OWN: Final[tuple[Paper, ...]] = (
    Paper(
        "ke-hoach",
        "kế hoạch hội nhập quốc tế",
        form="docx",
        read={"code_number": "56", "code_notation": "KH-SGDĐT", "issued_on": "12/01/2026"},
        corrected={"signer_position": ("PHÓ GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")},
        duties=(
            Duty("Hằng năm, chậm nhất 15/11", "Văn phòng Sở"),
            Duty("6 tháng, chậm nhất 15/05", "Văn phòng Sở"),
            Duty("Hằng quý, chưa rõ ngày", "Văn phòng Sở", is_open=True),
        ),
    ),
    Paper(
        "cong-van",
        "công tác hợp tác quốc tế",
        form="scan",
        read={"code_number": "418", "code_notation": "SGDĐT-VP", "issued_on": "03/02/2026"},
        corrected={"signer_position": ("Phó Giám đốc", "Phó Giám đốc")},
        duties=(
            Duty("Hằng năm, trước 01/12", "Văn phòng Sở"),
            Duty("Một lần, trước 20/06/2026", "Văn phòng Sở", dated_once=True, yearly_offered=True),
        ),
    ),
)
"""Documents of our own for machines without the real ones; their text is in papers/."""


def papers(real: Path | None) -> tuple[Paper, ...]:
    """Return the papers of the journeys: the real ones from ``real``, else our own."""
    folder = real or Path(__file__).parent / "papers"
    return tuple(
        replace(paper, text=(folder / f"{paper.name}.txt").read_text(encoding="utf-8"))
        for paper in (REAL if real else OWN)
    )
