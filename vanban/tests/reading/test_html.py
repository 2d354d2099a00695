"""HTML: the visible text with its blocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vanban.document import BlockKind, SourceText
from vanban.reading import UnreadableError, read

LinesOf = Callable[[SourceText, BlockKind], list[str]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>Một</p><p>Hai</p>", "Một\n\nHai", id="paragraphs"),
        pytest.param("<div>Một<br>Hai</div>Ba", "Một\nHai\n\nBa", id="line breaks"),
        pytest.param("<p>Số  \n 12</p>", "Số 12", id="white space is one space"),
        pytest.param("<pre>a\n  b</pre>", "a\nb", id="preformatted lines"),
        pytest.param("<p>a&nbsp;&amp; b</p>", "a\xa0& b", id="character references"),
        pytest.param("<script>x()</script><style>p{}</style><p>Thấy</p>", "Thấy", id="scripts"),
        pytest.param("<p hidden>a</p><p style='display: none'>b</p><p>Thấy</p>", "Thấy", id="hidden"),
        pytest.param("<ol><li>Một<li>Hai</ol>", "1. Một\n\n2. Hai", id="numbered list"),
        pytest.param(
            "<ol type=a start=3><li>Một</li><li value=7>Hai</li><li>Ba</li></ol>",
            "c. Một\n\ng. Hai\n\nh. Ba",
            id="letters",
        ),
        pytest.param("<ul><li>Một</ul>", "- Một", id="bullets"),
        pytest.param("<table><tr><td>TT<td>Việc<tr><td>1<td>Họp</table>", "| TT | Việc |\n| 1 | Họp |", id="table"),
        pytest.param("<table><tr><td><p>Một</p><p>Hai</p></table>", "Một\n\nHai", id="a frame"),
    ],
)
def test_visible_text(body: str, expected: str) -> None:
    assert read(f"<html><body>{body}</body></html>".encode()).text == expected


def test_head_and_foot_tables_are_read_by_columns(lines: LinesOf) -> None:
    page = (
        "<!DOCTYPE html><html><body><table><tr><td>UBND TỈNH<br>SỞ Y TẾ</td>"
        "<td align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>Độc lập - Tự do - Hạnh phúc</td></tr>"
        "<tr><td>Số: 9/SYT</td><td>Sông Thương, ngày 5 tháng 1 năm 2024</td></tr></table>"
        "<p style='text-align:center'><strong>THÔNG BÁO</strong></p>"
        "<table><tr><td><i>Nơi nhận:</i><br>- Như trên;</td><td>GIÁM ĐỐC<br>Lê Văn An</td></tr></table></body></html>"
    )
    source = read(page.encode(), name="a.html")
    assert lines(source, BlockKind.HEADER_LEFT) == ["UBND TỈNH\nSỞ Y TẾ", "Số: 9/SYT"]
    assert lines(source, BlockKind.HEADER_RIGHT)[1] == "Sông Thương, ngày 5 tháng 1 năm 2024"
    assert lines(source, BlockKind.FOOTER_RIGHT) == ["GIÁM ĐỐC\nLê Văn An"]
    title = source.blocks[4]
    assert (title.bold, title.centred) == (True, True)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<meta charset='utf-8'><p>Ủy ban</p>".encode(), id="declared"),
        pytest.param("<html><p>Ủy ban</p>".encode("utf-16"), id="utf-16"),
        pytest.param(b"<html><meta charset=windows-1252><p>&#7910;y ban</p>", id="character references"),
        pytest.param("<html><meta charset=us-ascii><p>Ủy ban</p>".encode(), id="a wrong declaration"),
    ],
)
def test_encodings(page: bytes) -> None:
    assert read(page).text == "Ủy ban"


def test_entities_of_ones_own_are_refused() -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(b'<!DOCTYPE html [<!ENTITY a "b">]><html><p>&a;</p></html>')
    assert refusal.value.code == "xml_entities"


def test_nesting_without_end_is_no_page() -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(b"<html>" + b"<div>" * 5000 + b"x")
    assert refusal.value.code in ("corrupt", "empty")


def test_a_long_list_takes_linear_time() -> None:
    source = read(b"<html><ol>" + b"<li>x" * 20_000 + b"</ol>")
    assert source.text.endswith("20000. x")
