"""Merging narrative of many units."""

from __future__ import annotations

import random
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caunoi.business.reporting.rules import merging
from caunoi.business.reporting.rules.merging import ALIKE, Merged, Told, merge, told_by, units_of
from caunoi.business.reporting.rules.sentences import paragraphs, print_of, says_nothing, sentences

COMMON = "đã ban hành kế hoạch công tác đối ngoại của năm học và triển khai đến toàn thể cán bộ giáo viên nhân viên"


def told(*pairs: tuple[str, str]) -> list[Told]:
    return [each for unit, text in pairs for each in told_by(f"id-{unit}", unit, text)]


def shown(groups: list[Merged]) -> list[tuple[str, list[str]]]:
    return [(group.text, units_of(group.sources)) for group in groups]


def test_lines_are_paragraphs_without_bullets_and_blanks() -> None:
    assert paragraphs("- Một\n\n  • Hai \n+ Ba\n1. Bốn\na) Năm") == ["Một", "Hai", "Ba", "Bốn", "Năm"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đã làm. Đang làm! Sẽ làm?", ["Đã làm.", "Đang làm!", "Sẽ làm?"]),
        ("Đón GS. Trần Văn A. Ông dạy ba tuần.", ["Đón GS. Trần Văn A. Ông dạy ba tuần."]),
        (
            "Cử 3 em dự thi; 1 em được giải. Trong đó có một em lớp 8. Trường khen.",
            ["Cử 3 em dự thi; 1 em được giải. Trong đó có một em lớp 8.", "Trường khen."],
        ),
        ("Theo mục 2. Kế hoạch thì xong.", ["Theo mục 2. Kế hoạch thì xong."]),
        ("Đoàn đi TP. Huế ngày 3.10. Có 12 người.", ["Đoàn đi TP. Huế ngày 3.10.", "Có 12 người."]),
        ("Chi 1.250.000 đồng, v.v. Còn lại 3,5 triệu.", ["Chi 1.250.000 đồng, v.v.", "Còn lại 3,5 triệu."]),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="aB .!?;Đé12\n", max_size=80))
def test_sentences_are_the_paragraph_again(text: str) -> None:
    assert " ".join(sentences(text)) == " ".join(text.split())


def test_the_same_words_of_many_units_are_one_paragraph_with_all_sources() -> None:
    text = "Đơn vị đã phân công một đồng chí phó thủ trưởng làm đầu mối."
    groups = merge(told(("A", text), ("B", "Khó khăn về ngoại ngữ của giáo viên."), ("C", text.upper())))
    assert shown(groups) == [(text, ["A", "C"]), ("Khó khăn về ngoại ngữ của giáo viên.", ["B"])]


def test_near_equal_sentences_group_and_their_own_names_do_not_keep_them_apart() -> None:
    one, other = ("Trường A Lưới", f"Trường A Lưới {COMMON}."), ("Trường Bình Minh", f"Nhà trường {COMMON} kịp thời.")
    groups = merge(told(one, other))
    assert [units_of(group.sources) for group in groups] == [["Trường A Lưới", "Trường Bình Minh"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tổ chức 3 buổi giao lưu trực tuyến với trường bạn.", "Tổ chức 4 buổi giao lưu trực tuyến với trường bạn."),
        (f"Đơn vị {COMMON} với học sinh Lào.", f"Đơn vị {COMMON} với học sinh Nhật."),
        (f"Đơn vị {COMMON}.", f"Đơn vị chưa {COMMON[3:]}."),
    ],
)
def test_other_numbers_names_and_negations_are_other_facts(one: str, other: str) -> None:
    assert len(merge(told(("A", one), ("B", other)))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tập huấn cho 03 GV và 1.200 HS toàn trường về hội nhập.",
         "Tập huấn cho 3 giáo viên và 1200 học sinh toàn trường về hội nhập."),
        ("Đã hoà nhập, uỷ quyền cho tổ ngoại ngữ theo dõi.", "Đã hòa nhập, ủy quyền cho tổ ngoại ngữ theo dõi."),
        ("Nhà trường cử hai giáo viên đi học.", "Trung tâm cử hai giáo viên đi học."),
    ],
)  # fmt: skip
def test_spelling_abbreviations_and_ways_of_naming_oneself_are_levelled(one: str, other: str) -> None:
    assert len(merge(told(("A", one), ("B", other)))) == 1


def test_a_sentence_added_to_shared_words_is_not_lost_in_them() -> None:
    shared = f"Đơn vị {COMMON}. Đã phân công đầu mối theo dõi công tác đối ngoại."
    groups = merge(told(("A", shared), ("B", f"{shared} Đón hai tình nguyện viên người Úc."), ("C", shared)))
    assert shown(groups) == [(shared, ["A", "B", "C"]), ("Đón hai tình nguyện viên người Úc.", ["B"])]


def test_the_wording_of_most_units_is_printed() -> None:
    first, common = f"Đơn vị {COMMON} trong đơn vị.", f"Đơn vị {COMMON}."
    assert shown(merge(told(("A", first), ("B", common), ("C", common)))) == [(common, ["A", "B", "C"])]


def test_words_of_most_units_come_first_and_nothing_to_report_last() -> None:
    nothing, some = "Không có.", "Thiếu giáo viên ngoại ngữ."
    many = [("A", nothing), ("B", nothing), ("C", nothing), ("D", some), ("E", "Mạng yếu ở điểm trường."), ("F", some)]
    assert [units for _, units in shown(merge(told(*many)))] == [["D", "F"], ["E"], ["A", "B", "C"]]
    assert says_nothing("Không phát sinh")
    assert not says_nothing("Không có giáo viên ngoại ngữ.")


def test_the_same_words_with_other_figures_stand_side_by_side() -> None:
    many = [("A", "Đón 3 khách Lào."), ("B", "Mạng yếu."), ("C", "Đón 5 khách Lào."), ("D", "Thiếu phòng.")]
    assert [text for text, _ in shown(merge(told(*many)))] == [
        "Đón 3 khách Lào.", "Đón 5 khách Lào.", "Mạng yếu.", "Thiếu phòng.",
    ]  # fmt: skip


def test_a_source_names_the_paragraph() -> None:
    one, two = told(("A", "Một đoạn.\nHai đoạn."))
    assert (one.source.paragraph, two.source.paragraph, two.source.submission) == (0, 1, "id-A")


def test_a_print_leaves_out_the_unit_and_keeps_what_must_be_equal() -> None:
    made = print_of("Trường THPT Bạch Mã đón 05 khách Lào, không có sự cố.", "Trường THPT Bạch Mã")
    assert made.facts == ("5", "khong", "lao")
    assert made.words[:2] == ("don", "5")


words = st.sampled_from(
    ["kế", "hoạch", "đối", "ngoại", "Lào", "học", "sinh.", "Giao", "lưu", "không", "ngữ", "tin.", "bài", "3", "7."]
)
texts = st.lists(words, min_size=1, max_size=14).map(" ".join)


@given(st.lists(texts, max_size=12))
def test_nothing_is_lost_doubled_or_invented(many: list[str]) -> None:
    all_told = [each for number, text in enumerate(many) for each in told_by(str(number), f"Đơn vị số {number}", text)]
    groups = merge(all_told)
    written = {sentence for each in all_told for sentence in sentences(each.text)}
    printed = [sentence for group in groups for sentence in _parts(group.text, written)]
    assert set(printed) <= written
    assert {source for group in groups for source in group.sources} == {each.source for each in all_told}
    for each in all_told:
        for sentence in sentences(each.text):
            assert _stands(sentence, each, groups)


def _parts(text: str, written: set[str]) -> list[str]:
    """Return the sentences of a merged text, as they were written."""
    found, rest = [], text
    while rest:
        piece = max((each for each in written if rest.startswith(each)), key=len)
        found.append(piece)
        rest = rest[len(piece) :].strip()
    return found


def _stands(sentence: str, each: Told, groups: list[Merged]) -> bool:
    """Whether the sentence, or one that says the same, is printed with this source."""
    own = print_of(sentence, each.source.unit)
    for group in groups:
        if each.source not in group.sources:
            continue
        for printed in sentences(group.text):
            units = units_of(group.sources)
            if any(print_of(printed, unit).facts == own.facts for unit in units):
                return True
    return False


@given(st.lists(texts, min_size=2, max_size=10))
def test_grouping_finds_what_comparing_all_pairs_finds(many: list[str]) -> None:
    """The prefix filter leaves out no pair: the same groups as asking every leader."""
    said = [
        merging._Said(text, n, merging.Source(str(n), f"Đơn vị {n}", 0))
        for n, all_ in enumerate(many)
        for text in sentences(all_)
    ]
    prints = [print_of(each.text, each.source.unit) for each in said]
    expected: dict[int, list[int]] = {}
    for index, one in enumerate(prints):
        home = next(
            (
                lead for lead in expected
                if prints[lead] == one
                or (prints[lead].facts == one.facts and merging._alike(prints[lead].shingles, one.shingles))
            ),
            None,
        )  # fmt: skip
        expected.setdefault(index if home is None else home, []).append(index)
    assert merging._grouped(said) == list(expected.values())
    assert ALIKE == 0.75


def test_a_thousand_units_take_seconds_not_minutes() -> None:
    """Grows with the text, not with its square: doubled units, well under four times the comparisons."""
    calls = [_comparisons(500), _comparisons(1000)]
    assert calls[1] < 3 * calls[0] + 1000


def _comparisons(units: int) -> int:
    chance = random.Random(7)
    stock = [f"Câu số {n} về {' '.join(chance.choices(COMMON.split(), k=18))}." for n in range(60)]
    many = [(f"Trường {n}", " ".join(chance.choices(stock, k=6))) for n in range(units)]
    count = 0
    original = merging._alike

    def counted(one: merging.Shingles, other: merging.Shingles) -> bool:
        nonlocal count
        count += 1
        return original(one, other)

    merging._alike = counted
    try:
        groups = merge(told(*many))
    finally:
        merging._alike = original
    assert len(set(chain.from_iterable(units_of(group.sources) for group in groups))) == units
    return count
