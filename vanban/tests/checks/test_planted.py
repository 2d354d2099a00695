"""One clean invented plan; each defect planted in it is found, at its place, and nothing else is."""

from __future__ import annotations

import pytest

import vanban
from vanban.checks import Finding
from vanban.diagnostics import Severity
from vanban.document import Span

BASIS = (
    "Căn cứ Kế hoạch số 112/KH-UBND ngày 20 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh về triển khai Chỉ thị số "
    "08/CT-TTg ngày 15 tháng 01 năm 2025 của Thủ tướng Chính phủ về hợp tác quốc tế."
)
REVIEW = (
    "1. Văn phòng Sở theo dõi, đôn đốc các đơn vị thực hiện Kế hoạch số 112/KH-UBND ngày 20 tháng 02 năm 2025 của "
    "Ủy ban nhân dân tỉnh."
)
CLEAN = f"""ỦY BAN NHÂN DÂN TỈNH SƠN HÀ
SỞ GIÁO DỤC VÀ ĐÀO TẠO

Số: 45/KH-SGDĐT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Sơn Hà, ngày 10 tháng 3 năm 2025

KẾ HOẠCH

Công tác hợp tác quốc tế năm 2025

Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;

{BASIS}

Sở Giáo dục và Đào tạo ban hành Kế hoạch công tác hợp tác quốc tế năm 2025 như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích

Nâng cao hiệu quả công tác đối ngoại của ngành (kể cả giao lưu học sinh), góp phần quảng bá hình ảnh của tỉnh.

Ông Lê Văn Sơn Bình được giao làm đầu mối; các hoạt động của tỉnh do Sở hướng dẫn, các đơn vị trong tỉnh phối hợp.

2. Yêu cầu

Việc triển khai phải thiết thực, tiết kiệm, đúng quy định; thực hiện “Quy tắc ứng xử khi tiếp khách quốc tế”.

II. TỔ CHỨC THỰC HIỆN

{REVIEW}

2. Các đơn vị gửi báo cáo kết quả về Sở Giáo dục và Đào tạo (qua Văn phòng Sở) trước ngày 30 tháng 11 năm 2025.

Trên đây là Kế hoạch công tác hợp tác quốc tế năm 2025, đề nghị các đơn vị thực hiện./.

Nơi nhận:
- UBND tỉnh (để báo cáo);
- Văn phòng Sở;
- Các đơn vị trực thuộc;
- Lưu: VT, VP.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC


Nguyễn Thị Hà An
"""


def found(text: str) -> tuple[Finding, ...]:
    return vanban.check(vanban.parse(text))


def test_a_clean_document_gives_no_finding() -> None:
    assert found(CLEAN) == ()


# (what stands there, what is planted, rule, class, severity, words the finding must cover)
PLANTED = [
    ("Số: 45/KH-SGDĐT", "Số:    /KH-SGDĐT", "header.number", "HEADER", "error", "/KH-SGDĐT"),
    ("Số: 45/KH", "Số: 5/KH", "header.leading-zero", "HEADER", "warning", "5"),
    ("Số: 45/KH-SGDĐT", "Số: 45 /KH-SGDĐT", "header.space-in-symbol", "HEADER", "warning", "45 /KH"),
    ("Số: 45/KH-SGDĐT", "Số: 45/BC-SGDĐT", "header.type-against-symbol", "HEADER", "error", "BC-SGDĐT"),
    ("Số: 45/KH-SGDĐT", "Số: 45/KH-SGDDT", "header.symbol-letters", "HEADER", "error", "KH-SGDDT"),
    ("ngày 10 tháng 3 năm 2025\n", "ngày     tháng 3 năm 2025\n", "header.date", "HEADER", "error", "tháng 3 năm 2025"),
    (
        "ngày 10 tháng 3 năm 2025\n",
        "ngày 10 tháng 03 năm 2025\n",
        "header.date-zero",
        "HEADER",
        "warning",
        "10 tháng 03",
    ),
    ("PHÓ GIÁM ĐỐC\n", "GIÁM ĐỐC\n", "header.for-head", "HEADER", "error", "GIÁM ĐỐC"),
    ("KT. GIÁM ĐỐC\n", "", "header.deputy-alone", "HEADER", "error", "PHÓ GIÁM ĐỐC"),
    (
        "- Các đơn vị trực thuộc;\n- Lưu: VT, VP.\n",
        "- Các đơn vị trực thuộc.\n",
        "header.archive",
        "HEADER",
        "error",
        "Các đơn vị",
    ),
    ("thực hiện./.", "thực hiện.", "struct.closing", "STRUCT", "warning", "thực hiện."),
    (
        "Chỉ thị số 08/CT-TTg ngày 15 tháng 01 năm 2025",
        "Chỉ thị số 08/CT-TTg ngày 15 tháng 3 năm 2025",
        "cite.later-than-own",
        "CITE-DATE",
        "error",
        "08/CT-TTg",
    ),
    (
        "Chỉ thị số 08/CT-TTg ngày 15 tháng 01 năm 2025",
        "Chỉ thị số 08/CT-TTg ngày 31 tháng 02 năm 2025",
        "cite.no-such-day",
        "CITE-DATE",
        "error",
        "31 tháng 02",
    ),
    (
        "Chỉ thị số 08/CT-TTg ngày 15 tháng 01 năm 2025",
        "Chỉ thị số 08/CT-TTg ngày 25 tháng 02 năm 2025",
        "cite.order",
        "CITE-ORDER",
        "error",
        "112/KH-UBND",
    ),
    (
        "Chỉ thị số 08/CT-TTg ngày 15 tháng 01 năm 2025 của",
        "Chỉ thị số 08/CT-TTg của",
        "cite.no-date",
        "CITE-NODATE",
        "warning",
        "08/CT-TTg",
    ),
    (
        "ngày 15 tháng 01 năm 2025 của Thủ tướng Chính phủ về",
        "ngày 15 tháng 01 năm 2025 về",
        "cite.no-issuer",
        "CITE-ISSUER",
        "warning",
        "08/CT-TTg",
    ),
    (
        "30/2020/NĐ-CP ngày 05 tháng 3 năm 2020",
        "30/2020/NĐ-CP ngày 05 tháng 3 năm 2019",
        "cite.year-against-code",
        "CITE-DATE",
        "error",
        "30/2020/NĐ-CP",
    ),
    (
        "30/2020/NĐ-CP ngày 05 tháng 3 năm 2020",
        "30/2020/NĐ-CP ngày 03 tháng 5 năm 2020",
        "register.date",
        "CITE-DATE",
        "error",
        "30/2020/NĐ-CP",
    ),
    ("30/2020/NĐ-CP ngày", "30/2020/NĐ-CP, ngày", "cite.comma", "CITE-PUNCT", "warning", "30/2020/NĐ-CP, ngày"),
    (
        "ngày 20 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh.",
        "ngày 22 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh.",
        "cite.two-dates",
        "CITE-DATE",
        "error",
        "22 tháng 02",
    ),
    ("đôn đốc các đơn vị", "đôn đốc các các đơn vị", "repeat.words", "REPEAT", "error", "các các"),
    (
        "đôn đốc các đơn vị thực hiện Kế hoạch",
        "đôn đốc các đơn vị thực hiện các đơn vị thực hiện Kế hoạch",
        "repeat.words",
        "REPEAT",
        "error",
        "các đơn vị thực hiện",
    ),
    (
        "Nâng cao hiệu quả công tác đối ngoại",
        "Nâng cao hiệu quả công tác đổi ngoại",
        "spell",
        "SPELL",
        "error",
        "đổi ngoại",
    ),
    ("Việc triển khai phải", "Việc triễn khai phải", "spell", "SPELL", "error", "triễn khai"),
    ("thiết thực, tiết kiệm", "thiết thực, tiết kiệm trên website, webstie", "spell", "SPELL", "error", "webstie"),
    ("của ngành (kể cả", "của nghành (kể cả", "spell", "SPELL", "error", "nghành"),
    ("giao lưu học sinh),", "giao lưu học sinh,", "punct.unclosed", "PUNCT", "error", "(kể cả"),
    ("khách quốc tế”.", "khách quốc tế.", "punct.unclosed", "PUNCT", "error", "“Quy tắc"),
    ("2. Yêu cầu", "3. Yêu cầu", "outline.sequence", "NUMBERING", "error", "3"),
    ("2. Yêu cầu", "1. Yêu cầu", "outline.sequence", "NUMBERING", "error", "1"),
    ("II. TỔ CHỨC", "III. TỔ CHỨC", "outline.sequence", "NUMBERING", "error", "III"),
    ("Việc triển khai phải", "- + Việc triển khai phải", "outline.two-marks", "PUNCT", "error", "- +"),
    (
        "phải thiết thực, tiết kiệm, đúng",
        "phải thiết\n\nthực, tiết kiệm, đúng",
        "para.broken",
        "PARA",
        "error",
        "thực, tiết",
    ),
    ("hình ảnh của tỉnh", "hình ảnh của thành phố", "copy.place", "COPY", "error", "của thành phố"),
    ("quảng bá hình ảnh của tỉnh", "quảng bá hình ảnh Nghệ An của tỉnh", "copy.province", "COPY", "error", "Nghệ An"),
    (
        "trước ngày 30 tháng 11 năm 2025",
        "trước ngày 31 tháng 11 năm 2025",
        "deadline.no-such-day",
        "DEADLINE",
        "error",
        "31 tháng 11",
    ),
    (
        "Các đơn vị gửi báo cáo kết quả",
        "Định kỳ hàng quý, các đơn vị gửi báo cáo kết quả",
        "deadline.no-day",
        "DEADLINE",
        "error",
        "hàng quý",
    ),
    (
        "trước ngày 30 tháng 11 năm 2025",
        "trước ngày 20/5 và 30/11/2025",
        "deadline.no-year",
        "DEADLINE",
        "error",
        "20/5 và 30/11/2025",
    ),
    (
        "trước ngày 30 tháng 11 năm 2025",
        "trước ngày 30 tháng 11 năm 2024",
        "deadline.past",
        "DEADLINE",
        "error",
        "2024",
    ),
    ("- Văn phòng Sở;\n", "", "struct.desk-not-told", "STRUCT", "warning", "Văn phòng Sở"),
    (
        "thực hiện Kế hoạch số 112/KH-UBND",
        "thực hiện Kế hoạch số 112-KH/UBND",
        "cite.code",
        "CITE-CODE",
        "error",
        "112-KH/UBND",
    ),
    (
        "thực hiện Kế hoạch số 112/KH-UBND",
        "thực hiện Kế hoạch số 112/KH- UBND",
        "cite.code-space",
        "CITE-CODE",
        "warning",
        "112/KH- UBND",
    ),
    ("Nguyễn Thị Hà An\n", "", "header.signer", "HEADER", "error", ""),
    ("công tác văn thư;", "công tác văn thư", "punct.basis", "PUNCT", "warning", "văn thư"),
    (
        "Công tác hợp tác quốc tế năm 2025\n",
        "Công tác hợp tác **quốc tế** năm 2025\n",
        "encoding.residue",
        "ENCODING",
        "warning",
        "**quốc tế**",
    ),
    ("Số: 45/KH-SGDĐT", "Số: 45/KH/SGDĐT", "header.separators", "HEADER", "error", "KH/SGDĐT"),
    (
        "Kế hoạch số 112/KH-UBND ngày 20 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh.",
        "Quyết định số 112/KH-UBND ngày 20 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh.",
        "cite.type-against-code",
        "CITE-CODE",
        "error",
        "112/KH-UBND",
    ),
    ("của Thủ tướng Chính phủ về", "của Bộ Nội vụ về", "cite.issuer-against-code", "CITE-ISSUER", "error", "08/CT-TTg"),
    (
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG",
        "header.title-of-body",
        "HEADER",
        "error",
        "HIỆU TRƯỞNG",
    ),
    ("đầu mối;", "đầu mối, cùng ông Lê Văn Sơn Binh;", "name.two-spellings", "NAME", "error", "Lê Văn Sơn Bình"),
    ("khách quốc tế”.", "khách quốc tế” tại Hoa Lư và Hoa Lự.", "name.accents", "NAME", "error", "Hoa Lự"),
    (
        "Trên đây là Kế hoạch công tác hợp tác quốc tế năm 2025",
        "Trên đây là Kế hoạch công tác hợp tác quốc tế năm 2024",
        "copy.year",
        "COPY",
        "error",
        "năm 2024",
    ),
    ("Sở Giáo dục và Đào tạo ban hành", "Sở Văn hóa và Thể thao ban hành", "copy.body", "COPY", "error", "Sở Văn hóa"),
    (
        "2. Yêu cầu\n",
        "2. Yêu cầu\n\nNâng cao hiệu quả công tác đối ngoại của ngành "
        "(kể cả giao lưu học sinh), góp phần quảng bá hình ảnh của tỉnh.\n",
        "repeat.passage",
        "REPEAT",
        "error",
        "Nâng cao",
    ),
    ("Việc triển khai phải", "Theo căn cứ trên, việc triển khai phải", "word.phrase", "WORD", "error", "Theo căn cứ"),
    ("- Văn phòng Sở;", "- Văn phòng Sở", "header.recipient-mark", "PUNCT", "note", "Văn phòng Sở"),
    ("(để báo cáo);", "(để báo cáo;", "punct.unclosed", "PUNCT", "error", "(để"),
    ("- Văn phòng Sở;", "- + Văn phòng Sở;", "outline.two-marks", "PUNCT", "error", "- +"),
    ("thiết thực, tiết kiệm,", "thiết thực, tiết kiệm, tiết kiệm,", "repeat.words", "REPEAT", "error", "tiết kiệm"),
    ("trong tỉnh phối hợp", "trong tỉnh tỉnh phối hợp", "repeat.words", "REPEAT", "error", "tỉnh tỉnh"),
    (
        "công tác văn thư;\n\n",
        "công tác văn thư;\n\nTheo đề nghị của Chánh Văn phòng Sở;\n\n",
        "cite.basis-place",
        "CITE-PLACE",
        "warning",
        "Căn cứ Kế hoạch",
    ),
    (
        "quốc tế năm 2025, đề nghị các",
        "quốc tế năm 2025 Sở Giáo dục và Đào tạo đề nghị các",
        "punct.enacting",
        "PUNCT",
        "warning",
        "Sở Giáo dục và Đào tạo đề nghị",
    ),
    ("- Văn phòng Sở;", "- Như trên;\n- Văn phòng Sở;", "header.as-above", "HEADER", "note", "Như trên"),
]


@pytest.mark.parametrize(
    ("old", "new", "rule", "klass", "severity", "words"), PLANTED, ids=[f"{p[2]}-{n}" for n, p in enumerate(PLANTED)]
)
def test_a_planted_defect_is_found_where_it_is(
    old: str, new: str, rule: str, klass: str, severity: str, words: str
) -> None:
    assert CLEAN.count(old) == 1
    text = CLEAN.replace(old, new)
    findings = found(text)
    own = [one for one in findings if (one.rule, one.klass.value, one.severity.value) == (rule, klass, severity)]
    places = [Span(at, at + max(len(words), 1)) for at in range(len(text)) if text.startswith(words, at)]
    assert any(one.span.overlaps(place) for one in own for place in places), [(one.rule, one.text) for one in findings]
    others = [one for one in findings if one.rule != rule and one.severity is Severity.ERROR]
    assert not others, [(one.rule, one.text) for one in others]
