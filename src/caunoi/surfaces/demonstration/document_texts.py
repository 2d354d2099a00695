"""Invented documents of two years: what arrived at the Sở, what it wrote. Nothing of it was ever issued by anybody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PROVINCE_COMMITTEE: Final = "Ủy ban nhân dân tỉnh Thanh Giang"
MINISTRY: Final = "Bộ Giáo dục và Đào tạo"
FOREIGN_AFFAIRS: Final = "Sở Ngoại vụ tỉnh Thanh Giang"
FRIENDSHIP: Final = "Liên hiệp các tổ chức hữu nghị tỉnh Thanh Giang"
DEPARTMENT: Final = "Sở Giáo dục và Đào tạo tỉnh Thanh Giang"


class Stage(StrEnum):
    """How far an incoming document has come."""

    REVIEW = "review"
    REGISTERED = "registered"
    DISTRIBUTED = "distributed"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Paper:
    """An incoming document; ``ago`` in days, dates in the text as {year} and {next}."""

    ago: int
    issuer: str
    kind: str
    symbol: str
    number: str
    title: str
    lines: tuple[str, ...]
    stage: Stage = Stage.SETTLED
    bases: tuple[str, ...] = ()
    lead: str = "van_phong"
    signs: str = "GIÁM ĐỐC"
    signer: str = "Hoàng Gia Bảo"


INCOMING: Final = (
    Paper(
        716,
        MINISTRY,
        "Công văn",
        "BGDĐT-HTQT",
        "5210",
        "hướng dẫn nhiệm vụ hợp tác quốc tế năm học mới",
        (
            (
                "Các sở giáo dục và đào tạo rà soát các thỏa thuận hợp tác với đối tác nước ngoài, báo cáo "
                "Bộ trước ngày 15 tháng 12 hằng năm."
            ),
            "Các cơ sở giáo dục chủ động giới thiệu văn hóa Việt Nam trong các hoạt động giao lưu.",
        ),
        signs="THỨ TRƯỞNG",
        signer="Phan Đình Quyết",
    ),
    Paper(
        660,
        PROVINCE_COMMITTEE,
        "Chỉ thị",
        "CT-UBND",
        "04",
        "Tăng cường quản lý đoàn ra, đoàn vào trên địa bàn tỉnh",
        (
            (
                "Thủ trưởng các sở, ban, ngành chịu trách nhiệm về việc cử cán bộ đi nước ngoài, gửi báo cáo "
                "kết quả chuyến đi về Sở Ngoại vụ trong 15 ngày sau khi về nước."
            ),
        ),
        signs="CHỦ TỊCH",
        signer="Trịnh Hữu Khang",
    ),
    Paper(
        611,
        FOREIGN_AFFAIRS,
        "Công văn",
        "SNgV-HTQT",
        "318",
        "phối hợp tổ chức Tuần lễ văn hóa ASEAN",
        (
            (
                "Sở Ngoại vụ đề nghị Sở Giáo dục và Đào tạo cử 03 đội học sinh tham gia, gửi danh sách trước "
                "ngày 20 tháng 4 năm {year}."
            ),
        ),
        lead="trung_hoc",
    ),
    Paper(
        548,
        PROVINCE_COMMITTEE,
        "Quyết định",
        "QĐ-UBND",
        "1120",
        "Phê duyệt Đề án nâng cao năng lực ngoại ngữ của học sinh giai đoạn {year} - 2030",
        (
            (
                "Sở Giáo dục và Đào tạo chủ trì, phối hợp với các sở, ngành tổ chức thực hiện Đề án, báo cáo "
                "Ủy ban nhân dân tỉnh trước ngày 30 tháng 11 hằng năm."
            ),
        ),
        bases=("Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019",),
        lead="trung_hoc",
        signs="KT. CHỦ TỊCH",
        signer="Nguyễn Thị Bích Ngọc",
    ),
    Paper(
        470,
        FRIENDSHIP,
        "Giấy mời",
        "GM-LHHN",
        "27",
        "Dự buổi gặp mặt lưu học sinh Lào nhân dịp Tết cổ truyền Bunpimay",
        (
            (
                "Liên hiệp các tổ chức hữu nghị trân trọng kính mời đại diện lãnh đạo Sở Giáo dục và Đào tạo "
                "tham dự buổi gặp mặt."
            ),
        ),
        signs="CHỦ TỊCH",
        signer="Vũ Thị Thanh Hà",
    ),
    Paper(
        402,
        MINISTRY,
        "Công văn",
        "BGDĐT-GDTrH",
        "3345",
        "tham gia chương trình đánh giá học sinh quốc tế",
        (
            (
                "Sở Giáo dục và Đào tạo lập danh sách các trường tham gia, gửi Bộ Giáo dục và Đào tạo chậm "
                "nhất ngày 18 tháng 10 năm {year}."
            ),
        ),
        lead="chat_luong",
        signs="THỨ TRƯỞNG",
        signer="Phan Đình Quyết",
    ),
    Paper(
        331,
        PROVINCE_COMMITTEE,
        "Kế hoạch",
        "KH-UBND",
        "236",
        "Thực hiện công tác thông tin đối ngoại năm {next}",
        (
            ("Các sở, ngành xây dựng kế hoạch thông tin đối ngoại năm {next} trước ngày 20 tháng 01 năm {next}."),
            (
                "Sở Giáo dục và Đào tạo báo cáo kết quả về Sở Ngoại vụ định kỳ 6 tháng (trước ngày 05/6) và "
                "năm (trước ngày 05/12)."
            ),
        ),
        bases=(
            (
                "Căn cứ Chỉ thị số 04/CT-UBND của Ủy ban nhân dân tỉnh Thanh Giang về tăng cường quản lý "
                "đoàn ra, đoàn vào"
            ),
        ),
        signs="KT. CHỦ TỊCH",
        signer="Nguyễn Thị Bích Ngọc",
    ),
    Paper(
        268,
        FOREIGN_AFFAIRS,
        "Thông báo",
        "TB-SNgV",
        "41",
        "Về quy trình đón đoàn khách quốc tế đến cơ sở giáo dục",
        ("Các đơn vị gửi văn bản xin phép về Sở Ngoại vụ ít nhất 07 ngày làm việc trước khi đón đoàn.",),
    ),
    Paper(
        222,
        MINISTRY,
        "Công văn",
        "BGDĐT-HTQT",
        "980",
        "rà soát chương trình liên kết giáo dục với nước ngoài",
        (
            (
                "Các sở giáo dục và đào tạo rà soát, báo cáo tình hình liên kết giáo dục trên địa bàn trước "
                "ngày 30 tháng 6 năm {year}."
            ),
        ),
        lead="ke_hoach",
        signs="THỨ TRƯỞNG",
        signer="Phan Đình Quyết",
    ),
    Paper(
        151,
        PROVINCE_COMMITTEE,
        "Công văn",
        "UBND-NC",
        "2087",
        "chuẩn bị tiếp đoàn công tác tỉnh kết nghĩa",
        (
            (
                "Sở Giáo dục và Đào tạo chủ trì chuẩn bị nội dung giao lưu học sinh, báo cáo Ủy ban nhân dân "
                "tỉnh trước ngày 12 tháng 7 năm {year}."
            ),
        ),
        signs="TL. CHỦ TỊCH",
        signer="Đỗ Văn Thịnh",
    ),
    Paper(
        96,
        FOREIGN_AFFAIRS,
        "Công văn",
        "SNgV-LS",
        "655",
        "thống kê giáo viên, chuyên gia nước ngoài làm việc tại cơ sở giáo dục",
        (
            (
                "Đề nghị Sở Giáo dục và Đào tạo thống kê số giáo viên, chuyên gia nước ngoài, gửi Sở Ngoại "
                "vụ trước ngày 05 tháng 9 hằng năm."
            ),
        ),
        lead="ke_hoach",
    ),
    Paper(
        58,
        PROVINCE_COMMITTEE,
        "Quyết định",
        "QĐ-UBND",
        "1764",
        "Ban hành Quy chế phối hợp quản lý hoạt động đối ngoại trên địa bàn tỉnh",
        ("Giám đốc các sở, ban, ngành chịu trách nhiệm thi hành Quyết định này.",),
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",),
        signs="CHỦ TỊCH",
        signer="Trịnh Hữu Khang",
    ),
    Paper(
        27,
        MINISTRY,
        "Công văn",
        "BGDĐT-HSSV",
        "4472",
        "tăng cường công tác tuyên truyền, giáo dục học sinh về chủ quyền biển, đảo",
        (
            (
                "Các sở giáo dục và đào tạo chỉ đạo tổ chức ít nhất 01 buổi sinh hoạt chuyên đề, báo cáo Bộ "
                "trước ngày 20 tháng 12 năm {year}."
            ),
        ),
        stage=Stage.DISTRIBUTED,
        lead="chinh_tri",
        signs="THỨ TRƯỞNG",
        signer="Phan Đình Quyết",
    ),
    Paper(
        12,
        FOREIGN_AFFAIRS,
        "Công văn",
        "SNgV-HTQT",
        "812",
        "góp ý dự thảo Chương trình hoạt động đối ngoại năm {next}",
        (
            (
                "Đề nghị Sở Giáo dục và Đào tạo góp ý bằng văn bản, đề xuất đoàn ra, đoàn vào năm {next}, "
                "gửi Sở Ngoại vụ trước ngày 15 tháng 12 năm {year}."
            ),
        ),
        stage=Stage.DISTRIBUTED,
    ),
    Paper(
        4,
        PROVINCE_COMMITTEE,
        "Kế hoạch",
        "KH-UBND",
        "301",
        "Tổ chức Ngày hội giao lưu văn hóa quốc tế tỉnh Thanh Giang năm {next}",
        (
            (
                "Sở Giáo dục và Đào tạo huy động học sinh các trường trung học phổ thông tham gia, gửi danh "
                "sách về Sở Ngoại vụ trước ngày 25 tháng 01 năm {next}."
            ),
            (
                "Sở Giáo dục và Đào tạo báo cáo kết quả về Ủy ban nhân dân tỉnh (qua Sở Ngoại vụ) chậm nhất "
                "ngày 10 tháng 3 năm {next}."
            ),
            "Các cơ quan báo chí tuyên truyền về Ngày hội.",
        ),
        bases=(
            (
                "Căn cứ Quyết định số 1764/QĐ-UBND của Ủy ban nhân dân tỉnh Thanh Giang ban hành Quy chế "
                "phối hợp quản lý hoạt động đối ngoại"
            ),
            (
                "Thực hiện Kết luận số 12-KL/TW ngày 12 tháng 8 năm 2021 của Bộ Chính trị về công tác người "
                "Việt Nam ở nước ngoài"
            ),
        ),
        stage=Stage.REGISTERED,
        signs="KT. CHỦ TỊCH",
        signer="Nguyễn Thị Bích Ngọc",
    ),
    Paper(
        1,
        MINISTRY,
        "Công văn",
        "BGDĐT-HTQT",
        "5518",
        "báo cáo công tác hợp tác quốc tế năm {year}",
        (
            (
                "Bộ Giáo dục và Đào tạo đề nghị các sở giáo dục và đào tạo báo cáo kết quả công tác hợp tác "
                "quốc tế về Bộ (qua Cục Hợp tác quốc tế) trước ngày 15 tháng 12 hằng năm."
            ),
            (
                "Các sở giáo dục và đào tạo thống kê số học sinh đi du học, số lưu học sinh nước ngoài đang "
                "học tại địa phương, gửi kèm báo cáo."
            ),
        ),
        bases=(
            (
                "Căn cứ Công văn số 5210/BGDĐT-HTQT của Bộ Giáo dục và Đào tạo hướng dẫn nhiệm vụ hợp tác "
                "quốc tế năm học mới"
            ),
        ),
        stage=Stage.REGISTERED,
        signs="THỨ TRƯỞNG",
        signer="Phan Đình Quyết",
    ),
    Paper(
        0,
        FOREIGN_AFFAIRS,
        "Công văn",
        "SNgV-HTQT",
        "846",
        "báo cáo tình hình thực hiện các thỏa thuận hợp tác quốc tế về giáo dục",
        (
            (
                "Đề nghị Sở Giáo dục và Đào tạo rà soát các thỏa thuận đã ký, báo cáo Sở Ngoại vụ định kỳ "
                "hằng quý; báo cáo năm gửi trước ngày 10 tháng 12 hằng năm."
            ),
        ),
        stage=Stage.REVIEW,
    ),
)
