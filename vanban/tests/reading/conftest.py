"""An invented plan and dispatch in plain text, and the files made from them, once for all reading tests."""

from __future__ import annotations

from pathlib import Path

import makers
import pytest

from vanban.document import BlockKind, SourceText

PLAN = "\n\n".join(
    (
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH SÔNG THƯƠNG",
        "TRƯỜNG THPT LÝ CÔNG UẨN",
        "Số: 47/KH-THPTLCU",
        "Sông Thương, ngày 06 tháng 9 năm 2024",
        "KẾ HOẠCH",
        "Giao lưu văn hóa với học sinh quốc tế năm học 2024 - 2025",
        "Căn cứ Kế hoạch số 1205/KH-SGDĐT ngày 28 tháng 8 năm 2024 của Sở Giáo dục và Đào tạo tỉnh Sông "
        "Thương về việc hội nhập quốc tế năm học 2024 - 2025;",
        "Trường THPT Lý Công Uẩn xây dựng kế hoạch giao lưu với các nội dung sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "- Tạo môi trường để học sinh sử dụng ngoại ngữ, hiểu biết thêm về văn hóa của các nước bạn và "
        "giới thiệu quê hương Sông Thương với bạn bè quốc tế.",
        "- Nâng cao năng lực của giáo viên ngoại ngữ.",
        "2. Yêu cầu",
        "Các hoạt động bảo đảm an toàn, tiết kiệm, đúng quy định tại Quyết định số 06/2020/QĐ-TTg ngày "
        "21/02/2020 của Thủ tướng Chính phủ.",
        "II. TỔ CHỨC THỰC HIỆN",
        "Tổ Ngoại ngữ báo cáo kết quả về Ban Giám hiệu (qua Văn phòng) trước ngày 15/12/2024 và 20/5/2025./.",
        "Nơi nhận:",
        "- Sở GDĐT (để báo cáo);\n- Các tổ chuyên môn;\n- Lưu: VT.",
        "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG",
        "Trần Thị Bích Hạnh",
    )
)


@pytest.fixture(scope="session")
def plan_text() -> str:
    """A plan with head, body and foot."""
    return PLAN


@pytest.fixture(scope="session")
def plan_docx() -> bytes:
    """The plan as Word keeps it."""
    return bytes(makers.make_docx(PLAN))


@pytest.fixture(scope="session")
def plan_pdf(plan_docx: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The plan as a pdf with text, made once for all workers of a run."""
    return _once(tmp_path_factory, "plan.pdf", lambda: makers.convert_office(plan_docx, "pdf"))


@pytest.fixture(scope="session")
def plan_scan(plan_pdf: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The plan as a scanner hands it over."""
    return _once(tmp_path_factory, "scan.pdf", lambda: makers.make_scan(plan_pdf))


def _once(factory: pytest.TempPathFactory, name: str, make: object) -> bytes:
    path: Path = factory.getbasetemp() / name
    if not path.exists():
        assert callable(make)
        path.write_bytes(make())
    return path.read_bytes()


def lines_of(source: SourceText, kind: BlockKind) -> list[str]:
    """The texts of all blocks of one kind."""
    return [source.text[block.span.start : block.span.end] for block in source.blocks if block.kind is kind]


@pytest.fixture(scope="session")
def lines() -> object:
    """The function ``lines_of``, for test modules that cannot import it."""
    return lines_of
