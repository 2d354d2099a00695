"""Invented letters and notices that the Sở wrote itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caunoi.surfaces.demonstration.document_texts import FOREIGN_AFFAIRS


@dataclass(frozen=True, slots=True)
class Own:
    """A document of the Sở; ``steps`` is how far it came: draft, presented, signed, issued."""

    ago: int
    kind: str
    symbol: str
    title: str
    lines: tuple[str, ...]
    steps: str = "issued"
    to: str = "thpt"
    addressees: tuple[str, ...] = ()


OUTGOING: Final = (
    Own(
        590,
        "Công văn",
        "SGDĐT-VP",
        "cử học sinh tham gia Tuần lễ văn hóa ASEAN",
        (("Sở đề nghị các trường trung học phổ thông lập danh sách học sinh tham gia, gửi về Văn phòng Sở."),),
    ),
    Own(
        310,
        "Thông báo",
        "TB-SGDĐT",
        "Về việc tiếp nhận hồ sơ học bổng của đối tác nước ngoài",
        ("Học sinh nộp hồ sơ tại trường; nhà trường tổng hợp, gửi về Sở (qua Văn phòng Sở).",),
    ),
    Own(
        20,
        "Công văn",
        "SGDĐT-CTTT",
        "tổ chức sinh hoạt chuyên đề về chủ quyền biển, đảo",
        (
            (
                "Sở yêu cầu các trường trung học phổ thông tổ chức ít nhất 01 buổi sinh hoạt chuyên đề, báo "
                "cáo kết quả về Sở (qua Phòng Chính trị, tư tưởng) trước ngày 15 tháng 12 năm {year}."
            ),
        ),
    ),
    Own(
        2,
        "Công văn",
        "SGDĐT-VP",
        "góp ý dự thảo Chương trình hoạt động đối ngoại năm {next}",
        (
            (
                "Sở Giáo dục và Đào tạo cơ bản nhất trí với nội dung dự thảo Chương trình hoạt động đối "
                "ngoại năm {next}."
            ),
            "Đề nghị bổ sung 02 đoàn giao lưu học sinh và 01 hội thảo quốc tế về giáo dục ngoại ngữ.",
        ),
        steps="signed",
        to="",
        addressees=(FOREIGN_AFFAIRS,),
    ),
    Own(
        1,
        "Thông báo",
        "TB-SGDĐT",
        "Về lịch tập huấn cán bộ phụ trách công tác đối ngoại năm {next}",
        ("Lớp tập huấn dự kiến tổ chức trong quý I năm {next} tại hội trường Sở.",),
        steps="presented",
    ),
    Own(
        0,
        "Giấy mời",
        "GM-SGDĐT",
        "Dự hội nghị tổng kết công tác đối ngoại, hội nhập quốc tế ngành Giáo dục năm {year}",
        ("Thành phần: hiệu trưởng các trường trung học phổ thông, giám đốc các trung tâm trực thuộc.",),
        steps="draft",
    ),
)
