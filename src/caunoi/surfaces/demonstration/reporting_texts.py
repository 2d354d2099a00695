"""What the units of the demonstration write in their reports: invented, varied, with some paragraphs in common."""

from __future__ import annotations

from collections.abc import Iterator

SECTIONS = (
    ("I", "Tình hình triển khai", "Văn bản đã ban hành, phân công đầu mối, công tác chỉ đạo trong kỳ?"),
    ("II", "Hội nhập quốc tế trong giáo dục", "Chương trình, giao lưu, học bổng, kết quả cụ thể?"),
    ("III", "Thông tin đối ngoại", "Tin bài, sự kiện, ngoại ngữ sử dụng, kênh đăng tải?"),
    ("IV", "Khó khăn, vướng mắc", "Khó khăn gì, do đâu, đã xử lý thế nào?"),
    ("V", "Phương hướng kỳ tới", "Việc trọng tâm, thời gian, người phụ trách?"),
)
ROWS = ("Đoàn ra", "Đoàn vào", "Giao lưu trực tuyến", "Hội nghị, hội thảo có yếu tố nước ngoài")
COLUMNS = ("Số đoàn, cuộc | đoàn", "Số lượt người | lượt", "Kinh phí | triệu đồng | thập phân")
SIZES = ((3, 95), (6, 18), (34, 0), (40, 27))
"""People and millions of đồng that one event of each row takes at least."""
ABROAD_ROWS = ("Nhật Bản", "Hàn Quốc", "Đài Loan (Trung Quốc)", "Úc", "Đức", "Lào", "Nước khác")
ABROAD_COLUMNS = ("Trung học phổ thông | người", "Đại học | người", "Học nghề | người")

_COMMON = (
    "Đơn vị đã ban hành kế hoạch công tác đối ngoại năm học và phân công một phó thủ trưởng làm đầu mối.",
    "Đã quán triệt các văn bản của cấp trên về hội nhập quốc tế đến toàn thể cán bộ, giáo viên, nhân viên.",
)
_INTEGRATION = (
    "Tổ chức {n} buổi học trực tuyến chung với trường bạn ở {country}, {m} học sinh tham gia.",
    "Đón giáo viên tình nguyện dạy tiếng Anh {n} tuần; học sinh khối 10 và 11 được giao tiếp hằng tuần.",
    "Câu lạc bộ tiếng Anh sinh hoạt {n} lần trong kỳ, thu hút {m} học sinh.",
    "Cử {n} học sinh dự cuộc thi viết thư quốc tế; {k} em được giải cấp tỉnh.",
)
_INFORMATION = (
    "Đăng {n} tin bài trên trang của đơn vị, trong đó {k} bài có bản tiếng Anh.",
    "Phối hợp Đoàn thanh niên tổ chức ngày hội văn hóa các nước ASEAN với {m} lượt học sinh tham gia.",
)
_DIFFICULT = (
    "Giáo viên có chứng chỉ ngoại ngữ bậc 4 trở lên còn ít nên khó chủ động liên hệ đối tác.",
    "Kinh phí dành cho giao lưu quốc tế chưa được bố trí riêng.",
    "Đường truyền ở một số điểm trường yếu, buổi học trực tuyến hay gián đoạn.",
)
_NEXT = (
    "Tiếp tục duy trì kết nối với trường đối tác; mỗi tháng ít nhất một hoạt động chung.",
    "Bồi dưỡng ngoại ngữ cho giáo viên đầu mối trong dịp hè.",
    "Xây dựng chuyên mục tiếng Anh trên trang thông tin của đơn vị.",
)
_COUNTRIES = ("Nhật Bản", "Hàn Quốc", "Lào", "Úc")


def _pick(options: tuple[str, ...], number: int, count: int) -> Iterator[str]:
    for step in range(count):
        text = options[(number * 3 + step * 2) % len(options)]
        yield text.format(
            n=2 + number % 5, m=40 + number * 7 % 160, k=1 + number % 3, country=_COUNTRIES[number % len(_COUNTRIES)]
        )


def narrative(number: int) -> dict[str, str]:
    """Return what unit number so-and-so writes, by section code."""
    common = [_COMMON[0]] if number % 3 else list(_COMMON)
    parts = (
        common,
        list(_pick(_INTEGRATION, number, 1 + number % 2)),
        list(_pick(_INFORMATION, number, 1)),
        list(_pick(_DIFFICULT, number, 1)) if number % 4 else ["Không phát sinh."],
        list(_pick(_NEXT, number, 1 + number % 2)),
    )
    return {f"s{place}": "\n".join(lines) for place, lines in enumerate(parts, start=1)}
