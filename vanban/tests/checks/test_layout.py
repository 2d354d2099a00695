from __future__ import annotations

import unicodedata

import vanban
from vanban.diagnostics import Severity

HEAD = "SỞ NỘI VỤ\n\nSố: 45/KH-SNV\n\nSơn Hà, ngày 10 tháng 3 năm 2025\n\nKẾ HOẠCH\n\nRà soát hồ sơ\n\nI. NỘI DUNG\n\n"
FOOT = "\n\nNơi nhận:\n- Các đơn vị;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Thị Hà An\n"
WRAPPED = (
    "Các đơn vị trực thuộc tổ chức rà soát toàn bộ hồ sơ lưu trữ của những năm \n\n"
    "trước, lập danh mục hồ sơ còn thiếu thành phần, đề xuất phương án bổ sung \n\n"
    "theo đúng quy định về lưu trữ, bảo đảm an toàn cho tài liệu trong suốt quá \n\n"
    "trình di chuyển và bảo quản tại kho lưu trữ mới của cơ quan, báo cáo kết \n\n"
    "quả bằng văn bản về Văn phòng Sở theo mẫu đã được hướng dẫn từ đầu năm./."
)


def rules(text: str) -> list[str]:
    return [one.rule for one in vanban.check(vanban.parse(text)) if one.severity is Severity.ERROR]


def test_wrapped_lines_are_no_broken_sentences() -> None:
    assert "para.broken" not in rules(HEAD + WRAPPED + FOOT)


def test_a_short_line_in_the_middle_of_wrapped_text_is_one() -> None:
    assert "para.broken" in rules(HEAD + WRAPPED.replace("đề xuất phương", "đề\n\nxuất phương") + FOOT)


def test_a_page_number_inside_a_sentence_is_named_as_such() -> None:
    found = rules(HEAD + WRAPPED.replace("những năm \n\n", "những năm \n\n6\n\n") + FOOT)
    assert "para.page-number" in found
    assert "para.broken" not in found


def test_outline_marks_with_brackets_close_nothing() -> None:
    body = "a) Rà soát (theo mẫu) hồ sơ;\n\nb) Lập danh mục (kèm bản điện tử);\n\n1) Báo cáo./."
    assert "punct.unclosed" not in rules(HEAD + body + FOOT)


def test_a_list_inside_a_sentence_is_not_an_outline() -> None:
    body = "1. Đào tạo 03 ngành (gồm: 1. Tin học; 2. Cơ khí; 3. Điện tử).\n\n2. Rà soát hồ sơ./."
    assert "outline.sequence" not in rules(HEAD + body + FOOT)


def test_letters_with_loose_accents_beside_composed_ones_are_said_once() -> None:
    found = rules(HEAD + "Ra\u0300 soát hồ sơ, tài liê\u0323u./." + FOOT)
    assert found.count("encoding.decomposed") == 1


def test_a_text_wholly_decomposed_is_left_to_the_reader() -> None:
    assert "encoding.decomposed" not in rules(unicodedata.normalize("NFD", HEAD + WRAPPED + FOOT))


def test_touching_compounds_are_not_doubled_words() -> None:
    body = "Phân công công việc cho học sinh sinh hoạt; trụ sở Sở Nội vụ; đào tạo tạo nguồn; luôn luôn giữ gìn./."
    assert "repeat.words" not in rules(HEAD + body + FOOT)
