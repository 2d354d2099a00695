from caunoi.kernel.text import fold, sort_key, squeeze


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
