from __future__ import annotations

import pytest

from vanban.checks import lexicon


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "giếng",
        "quốc",
        "quyết",
        "huỳnh",
        "khuỷu",
        "thuở",
        "nguyễn",
        "giữ",
        "gìn",
        "quỹ",
        "ngoằn",
        "ngoèo",
        "khúc",
        "yếu",
        "yêu",
        "uyển",
        "chuyện",
        "rượu",
        "phở",
        "kỷ",
        "ký",
        "nghỉ",
    ],
)
def test_real_syllables_are_possible(word: str) -> None:
    assert not lexicon.is_impossible(word)


@pytest.mark.parametrize("word", ["nghành", "ngiên", "cễ", "gế", "đượcc", "thiêth", "kắc", "hõc", "bàp"])
def test_syllables_no_word_has_are_impossible(word: str) -> None:
    assert lexicon.is_impossible(word)


@pytest.mark.parametrize("word", ["website", "Krông", "ASEAN", "Đắk", "đ", "internet"])
def test_foreign_words_and_names_are_left_alone(word: str) -> None:
    assert not lexicon.is_impossible(word)


def test_both_placements_of_the_tone_are_one_word() -> None:
    assert lexicon.plain_tone("hoà Hoá uỷ") == lexicon.plain_tone("hòa Hóa ủy")


@pytest.mark.parametrize(
    ("sentence", "place", "right"),
    [
        ("cần lòng ghép hoạt động", 1, "lồng ghép"),
        ("về đổi ngoại nhân dân", 1, "đối ngoại"),
        ("sự có mặt", 0, None),
        ("cần bố trí", 0, None),
        ("đối ngoại", 0, None),
        ("công tác", 0, None),
    ],
)
def test_a_compound_with_one_wrong_accent_is_recognised(sentence: str, place: int, right: str | None) -> None:
    found = lexicon.mistaken_pair(sentence.split(), place)
    assert (lexicon.shown(found) if found else None) == right


@pytest.mark.parametrize(
    ("word", "right"),
    [("webstite", "website"), ("websit", "website"), ("websites", "website"), ("website", None), ("tỉnh", None)],
)
def test_a_foreign_word_with_a_slip_is_recognised(word: str, right: str | None) -> None:
    assert lexicon.foreign_mistaken(word) == right


def test_every_pattern_of_confusion_compiles_and_finds_no_right_form() -> None:
    for entry in (*lexicon.confusions(), *lexicon.body_names(), *lexicon.lost_words()):
        assert not entry.pattern.fullmatch(entry.mend), entry
