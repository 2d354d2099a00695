"""Plain text: Unicode exactly as stored, encodings from before Unicode recognised."""

from __future__ import annotations

import unicodedata

import pytest

from vanban.document import Span
from vanban.reading import UnreadableError, read
from vanban.reading.encodings import from_tcvn3, from_vni, is_syllable, looks_legacy

SENTENCE = "Ủy ban nhân dân tỉnh ban hành Quyết định về việc giao chỉ tiêu; các đơn vị thực hiện nghiêm túc.\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Số: 12/QĐ-UBND\r\nngày 01/02/2024\r\n", id="line ends of Windows are kept"),
        pytest.param(unicodedata.normalize("NFD", SENTENCE), id="decomposed accents are kept"),
        pytest.param("\ufeffKẾ HOẠCH\n", id="a byte order mark is a code point as stored"),
        pytest.param("Một\rHai\x0bBa\x0cBốn\u2028Năm\x00"[:-1], id="odd line ends are kept"),
    ],
)
def test_utf8_comes_out_exactly_as_stored(text: str) -> None:
    source = read(text.encode())
    assert source.text == text
    assert source.media_type == "text/plain"
    assert source.diagnostics == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_known_with_and_without_mark(encoding: str) -> None:
    assert read((SENTENCE * 3).encode(encoding)).text == SENTENCE * 3


def test_windows_1258_is_guessed_and_said() -> None:
    # Windows-1258 stores the circumflex with the letter and the tone after it.
    stored = "".join(unicodedata.normalize("NFC", base) + tones for base, tones in _letters_and_tones(SENTENCE)).encode(
        "cp1258"
    )
    source = read(stored)
    assert source.text == SENTENCE
    assert [(remark.code, remark.facts) for remark in source.diagnostics] == [
        ("encoding_guessed", (("encoding", "cp1258"),))
    ]


def _letters_and_tones(text: str) -> list[tuple[str, str]]:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    pairs: list[tuple[str, str]] = []
    for letter in unicodedata.normalize("NFD", text):
        if letter in tones:
            pairs[-1] = (pairs[-1][0], letter)
        elif unicodedata.combining(letter):
            pairs[-1] = (pairs[-1][0] + letter, pairs[-1][1])
        else:
            pairs.append((letter, ""))
    return pairs


def test_tcvn3_is_guessed() -> None:
    stored = "Céng hßa x· héi chñ nghÜa ViÖt Nam, ngµy 05 th¸ng 6 n¨m 2003, Së Gi¸o dôc vµ §µo t¹o".encode("latin-1")
    source = read(stored)
    assert source.text == "Cộng hòa xã hội chủ nghĩa Việt Nam, ngày 05 tháng 6 năm 2003, Sở Giáo dục và Đào tạo"
    assert source.diagnostics[0].facts == (("encoding", "tcvn3"),)


def test_vni_is_guessed() -> None:
    stored = (
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ngaøy 05 thaùng 6 naêm 2003, Sôû Giaùo duïc vaø Ñaøo taïo".encode(
            "cp1252"
        )
    )
    source = read(stored)
    assert source.text == "Cộng hòa xã hội chủ nghĩa Việt Nam, ngày 05 tháng 6 năm 2003, Sở Giáo dục và Đào tạo"
    assert source.diagnostics[0].facts == (("encoding", "vni"),)


@pytest.mark.parametrize(
    ("stored", "meant"),
    [("®­îc", "được"), ("nh÷ng", "những"), ("ñy", "ủy"), ("quyÒn lîi", "quyền lợi"), ("Ubnd", "Ubnd")],
)
def test_tcvn3_letters(stored: str, meant: str) -> None:
    assert from_tcvn3(stored) == meant


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("ñöôïc", "được"),
        ("nhöõng", "những"),
        ("UÛY BAN", "ỦY BAN"),
        ("quyeàn lôïi", "quyền lợi"),
        ("kyø", "kỳ"),
        ("mî", "mỵ"),
    ],
)
def test_vni_letters(stored: str, meant: str) -> None:
    assert from_vni(stored) == meant


@pytest.mark.parametrize("word", ["nghiêng", "Quyết", "ỦY", "khuỷu", "giường", "yêu", "thuở"])
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ñöôïc", "n¨m", "tháng1", "xHội", "đ"])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_legacy_glyphs_in_unicode_are_noticed() -> None:
    assert looks_legacy("Céng hßa x· héi chñ nghÜa ViÖt Nam")
    assert not looks_legacy(SENTENCE)
    assert not looks_legacy("plain ASCII says nothing")


def test_blocks_are_runs_of_lines() -> None:
    source = read("Một\nHai\n\n  Ba  \n".encode())
    assert [block.span for block in source.blocks] == [Span(0, 7), Span(11, 13)]
    assert source.text[11:13] == "Ba"


@pytest.mark.parametrize("data", [b"", b"   \n\n\t", b"\xef\xbb\xbf\n"])
def test_nothing_to_read_is_empty(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(data)
    assert refusal.value.code == "empty"


def test_binary_is_no_text() -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(bytes(range(256)) * 20)
    assert (refusal.value.code, refusal.value.facts) == ("unsupported", {"found": "binary"})
