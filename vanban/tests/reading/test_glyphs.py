"""Letters to words, by place alone."""

from __future__ import annotations

from vanban.reading.glyphs import Glyph, gather


def letter(text: str, left: float, right: float, *, base: float = 100, is_guess: bool = False) -> Glyph:
    """A letter ten points high."""
    return Glyph(text, 0, left, base - 10, right, base, base, is_guess)


def words(*glyphs: Glyph) -> list[str]:
    """The words that come out."""
    return ["".join(glyph.text for glyph in word) for word in gather(glyphs)]


def test_letters_of_another_font_drawn_later_find_their_place() -> None:
    assert words(letter("C", 0, 8), letter("N", 18, 26), letter("G", 26, 34), letter("Ộ", 8, 18)) == ["CỘNG"]


def test_white_parts_words_and_kerning_does_not() -> None:
    assert words(letter("V", 0, 8), letter("T", 7.5, 15), letter("A", 17.5, 25)) == ["VT", "A"]


def test_a_printed_space_parts_words_however_narrow() -> None:
    assert words(letter("a", 0, 5), letter(" ", 5, 6), letter("b", 6, 11)) == ["a", "b"]


def test_a_guessed_space_counts_only_where_nothing_fills_it() -> None:
    assert words(letter("S", 0, 8), letter("Ự", 8, 19), letter(" ", 17, 20, is_guess=True), letter("C", 20, 28)) == [
        "SỰ",
        "C",
    ]
    assert words(letter("ố", 8, 16), letter(" ", 16, 60, is_guess=True), letter(":", 16, 18), letter("x", 60, 65)) == [
        "ố:",
        "x",
    ]


def test_accents_stored_apart_join_their_letter() -> None:
    assert words(letter("o", 0, 5), letter("\u0302", 1, 4), letter("\u0323", 1, 4), letter("n", 5, 10)) == [
        "o\u0302\u0323n"
    ]


def test_lines_are_parted_by_their_baseline() -> None:
    assert words(letter("b", 0, 5, base=112), letter("a", 0, 5), letter("c", 5, 10, base=101)) == ["ac", "b"]
