import pytest

from caunoi.kernel.text import clean, fold, sort_key, squeeze


def test_fold_drops_accents_and_d_with_stroke_in_both_normal_forms() -> None:
    assert fold("Đường Trường Sơn") == "duong truong son"
    assert fold("Ho\u0323c  sinh ÐH") == "hoc sinh dh"


def test_both_tone_placements_fold_alike() -> None:
    assert fold("hoà bình, uỷ ban") == fold("hòa bình, ủy ban")


def test_sort_key_gives_dictionary_order() -> None:
    names = ["mạ", "Đà", "Ấp", "ma", "An", "Dầu", "mà", "Ăn", "má", "Bạc", "mã", "mả"]
    assert sorted(names, key=sort_key) == ["An", "Ăn", "Ấp", "Bạc", "Dầu", "Đà", "ma", "mà", "mả", "mã", "má", "mạ"]


def test_sort_key_counts_numbers_as_numbers() -> None:
    assert sorted(["Trường 10", "Trường 9", "Trường 1"], key=sort_key) == ["Trường 1", "Trường 9", "Trường 10"]


def test_sort_key_compares_letters_before_tones() -> None:
    assert sorted(["hoa mai", "hòa", "hoa"], key=sort_key) == ["hoa", "hòa", "hoa mai"]


def test_squeeze_composes_and_trims() -> None:
    assert squeeze("  Sở\n Giáo  du\u0323c ") == "Sở Giáo dục"


@pytest.mark.parametrize(
    "sign",
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u061c\u00ad\u034f\u2060\ufeff\u3164\ufffe\uffff\x00\x1b\x9f\U000e0041\ud800",
)
def test_signs_without_a_shape_are_dropped_wherever_they_stand(sign: str) -> None:
    assert clean(f"{sign}Trư{sign}ờng{sign} 1{sign}2{sign}") == "Trường 12"
    assert squeeze(f"{sign} Sở {sign} Giáo dục{sign}") == "Sở Giáo dục"
    assert clean(sign * 3) == ""
    assert fold(f"Tr{sign}ường") == fold("Trường")
    assert sort_key(f"Tr{sign}ường") == sort_key("Trường")


def test_joiners_stay_in_the_scripts_that_need_them() -> None:
    needed = [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\u845b\U000e0100",
        "\u2764\ufe0f",
    ]
    assert [clean(text) for text in needed] == needed
    assert clean("Tr\u200dường\ufe0f, e\u0301\u200c m") == "Trường, é m"
    assert clean("1\ufeff\u200d2\u3164\ufe0f") == "12"


def test_letters_parted_by_a_sign_without_a_shape_are_composed() -> None:
    assert clean("Lo\u200b\u0323c") == "Lọc"


def test_every_end_of_a_line_becomes_the_same() -> None:
    assert clean("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\ti") == "a\nb\nc\nd\ne\nf\ng\nh\ti"


def test_text_that_is_clean_already_stays_as_it_is() -> None:
    text = "“Đoàn ra” – 1.234,5 %; Việt\u00a0Nam\n\tĐiều 7…"
    assert clean(text) == text
    assert clean(clean("\u202e" + text)) == text
