"""Merging narrative of many units."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caunoi.business.reporting.rules.merging import ALIKE, Told, merge, paragraphs, told_by, units_of


def told(*pairs: tuple[str, str]) -> list[Told]:
    return [each for unit, text in pairs for each in told_by(f"id-{unit}", unit, text)]


def test_lines_are_paragraphs_without_bullets_and_blanks() -> None:
    assert paragraphs("- Một\n\n  • Hai \n+ Ba") == ["Một", "Hai", "Ba"]


def test_the_same_words_of_many_units_are_one_paragraph_with_all_sources() -> None:
    text = "Đơn vị đã phân công một đồng chí phó thủ trưởng làm đầu mối."
    groups = merge(told(("A", text), ("B", "Khó khăn về ngoại ngữ của giáo viên."), ("C", text.upper())))
    assert [(group.text, units_of(group.sources)) for group in groups] == [
        (text, ["A", "C"]),
        ("Khó khăn về ngoại ngữ của giáo viên.", ["B"]),
    ]


def test_near_equal_paragraphs_group_and_their_own_names_do_not_keep_them_apart() -> None:
    body = "đã ban hành kế hoạch công tác đối ngoại của năm học và triển khai đến toàn thể cán bộ giáo viên nhân viên"
    groups = merge(told(("Trường A", f"Trường A {body}."), ("Trường B", f"Trường B {body} kịp thời.")))
    assert [units_of(group.sources) for group in groups] == [["Trường A", "Trường B"]]


def test_other_numbers_are_other_facts() -> None:
    groups = merge(told(("A", "Tổ chức 3 buổi giao lưu trực tuyến với trường bạn."),
                        ("B", "Tổ chức 4 buổi giao lưu trực tuyến với trường bạn.")))  # fmt: skip
    assert len(groups) == 2


def test_a_source_names_the_paragraph() -> None:
    one, two = told(("A", "Một đoạn.\nHai đoạn."))
    assert (one.source.paragraph, two.source.paragraph, two.source.submission) == (0, 1, "id-A")


words = st.sampled_from(
    ["kế", "hoạch", "đối", "ngoại", "trường", "học", "sinh", "giao", "lưu", "ngoại", "ngữ", "tin", "bài", "3", "7"]
)
texts = st.lists(words, min_size=1, max_size=14).map(" ".join)


@given(st.lists(texts, max_size=12))
def test_nothing_is_lost_doubled_or_invented(many: list[str]) -> None:
    all_told = [each for number, text in enumerate(many) for each in told_by(str(number), f"Đơn vị số {number}", text)]
    groups = merge(all_told)
    sources = [source for group in groups for source in group.sources]
    assert sorted(sources, key=str) == sorted((each.source for each in all_told), key=str)
    assert {group.text for group in groups} <= {each.text for each in all_told}


@given(st.lists(texts, min_size=2, max_size=10))
def test_grouping_finds_what_comparing_all_pairs_finds(many: list[str]) -> None:
    """The prefix filter leaves out no pair: the same groups as asking every leader."""
    from caunoi.business.reporting.rules import merging

    all_told = [Told(text, merging.Source(str(n), f"Đơn vị {n}", 0)) for n, text in enumerate(many)]
    prints = [merging._print(each) for each in all_told]
    leaders: list[int] = []
    expected: dict[int, list[int]] = {}
    for index, one in enumerate(prints):
        home = next((lead for lead in leaders if merging._alike(prints[lead], one)), None)
        if home is None:
            leaders.append(index)
            expected[index] = [index]
        else:
            expected[home].append(index)
    found = [[int(source.submission) for source in group.sources] for group in merge(all_told)]
    assert found == list(expected.values())
    assert ALIKE == 0.8
