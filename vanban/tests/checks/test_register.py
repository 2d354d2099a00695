from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import vanban
from vanban.checks import Finding, KnownDocument, Register
from vanban.checks.command import run
from vanban.checks.register import built_in, rows_from
from vanban.cli import main
from vanban.diagnostics import Severity

HEAD = "SỞ GIÁO DỤC VÀ ĐÀO TẠO\n\nSố: 45/KH-SGDĐT\n\nSơn Hà, ngày {day}\n\nKẾ HOẠCH\n\nCông tác năm 2026\n\n"


def plan(day: str, *lines: str) -> str:
    return HEAD.format(day=day) + "\n\n".join(lines) + "\n\nI. NỘI DUNG\n\nThực hiện theo quy định./.\n"


def rules(text: str, register: Register | None = None) -> list[tuple[str, str]]:
    return [(one.rule, one.severity.value) for one in vanban.check(vanban.parse(text), register=register)]


def only(text: str, prefix: str, register: Register | None = None) -> list[Finding]:
    found = vanban.check(vanban.parse(text), register=register)
    return [one for one in found if one.rule.startswith(prefix)]


def test_every_row_says_where_it_comes_from_and_how_sure_it_is() -> None:
    assert len(built_in()) > 40
    for row in built_in():
        assert row.source
        assert row.confidence in {"C", "C2", "K", "U"}
        assert row.issued is None or row.until is None or row.issued < row.until
    assert len({row.key for row in built_in()}) == len(built_in())


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("07 tháng 12 năm 2025", []),
        ("08 tháng 12 năm 2025", [("register.expired", "error")]),
        ("15 tháng 01 năm 2026", [("register.expired", "error")]),
    ],
)
def test_a_dead_basis_is_an_error_from_the_day_it_died(day: str, expected: list[tuple[str, str]]) -> None:
    basis = "Căn cứ Nghị định số 80/2020/NĐ-CP ngày 08 tháng 7 năm 2020 của Chính phủ về viện trợ không hoàn lại;"
    assert [one for one in rules(plan(day, basis)) if one[0].startswith("register")] == expected


def test_the_successor_is_named() -> None:
    basis = "Căn cứ Nghị định số 80/2020/NĐ-CP ngày 08 tháng 7 năm 2020 của Chính phủ về viện trợ;"
    (finding,) = only(plan("15 tháng 01 năm 2026", basis), "register.expired")
    assert "313/2025/NĐ-CP" in finding.mend


def test_a_row_of_hearsay_gives_a_warning_only() -> None:
    row = KnownDocument("7/2020/QĐ-TTg", "Quyết định", None, None, dt.date(2021, 1, 1), None, "", "báo", "C2")
    basis = "Căn cứ Quyết định số 7/2020/QĐ-TTg ngày 08 tháng 7 năm 2020 của Thủ tướng Chính phủ về viện trợ;"
    (finding,) = only(plan("15 tháng 01 năm 2026", basis), "register", Register(known=(row,)))
    assert finding.severity is Severity.WARNING


def test_a_date_of_another_document_is_held_against_this_one() -> None:
    said = "Thực hiện Công văn số 915/BNG-HTQT ngày {} của Bộ Ngoại giao về hướng dẫn công tác đối ngoại năm 2026;"
    other = vanban.parse(plan("15 tháng 02 năm 2026", said.format("12 tháng 01 năm 2026")))
    register = Register(documents=(("kế hoạch của tỉnh", other),))
    (finding,) = only(plan("20 tháng 02 năm 2026", said.format("21 tháng 01 năm 2026")), "register", register)
    assert finding.rule == "register.other-date"
    assert "kế hoạch của tỉnh" in finding.why
    assert only(plan("20 tháng 02 năm 2026", said.format("12 tháng 01 năm 2026")), "register", register) == []


def test_one_number_of_two_provinces_is_no_conflict() -> None:
    here = "Thực hiện Kế hoạch số 15/KH-UBND ngày 12 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh về chuyển đổi số;"
    there = "Thực hiện Kế hoạch số 15/KH-UBND ngày 20 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh về phòng cháy;"
    register = Register(documents=(("x", vanban.parse(plan("15 tháng 02 năm 2026", there))),))
    assert only(plan("15 tháng 02 năm 2026", here), "register", register) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Chỉ thị số 38-CT/TW ngày 21 tháng 7 năm 2014 của Bộ Chính trị", []),
        ("Chỉ thị số 38-CT/TW ngày 22 tháng 7 năm 2014 của Bộ Chính trị", ["register.date"]),
        ("Chỉ thị số 38-CT/TW ngày 11 tháng 4 năm 2023 của Ban Bí thư", []),
        ("Chỉ thị số 38-CT/TW ngày 21 tháng 7 năm 2014 của Ban Bí thư", ["register.issuer"]),
    ],
)
def test_a_number_that_begins_anew_means_the_row_only_in_its_year(said: str, expected: list[str]) -> None:
    found = only(plan("15 tháng 01 năm 2026", f"Căn cứ {said} về công tác đối ngoại;"), "register")
    assert [one.rule for one in found] == expected


COPIED = (
    "Tiếp tục đẩy mạnh hợp tác với các cơ sở đào tạo nước ngoài trên địa bàn {place}, phát huy {word} hiếu học của "
    "quê hương, hoàn thiện quy chế tiếp khách quốc tế và chuẩn bị điều kiện đón các đoàn khách."
)


def test_a_word_that_differs_in_a_copied_sentence_is_ranked_and_places_are_not() -> None:
    source = vanban.parse(plan("15 tháng 02 năm 2026", COPIED.format(place="tỉnh Sơn La", word="nét đẹp")))
    text = plan("20 tháng 02 năm 2026", COPIED.format(place="thành phố Huế", word="nét đẽo"))
    found = [one for one in vanban.check(vanban.parse(text), register=Register((("gốc", source),))) if one.rank]
    assert [(one.rank, one.text) for one in found] == [(1, "đẽo")]
    assert "gốc" in found[0].why
    assert "đẹp" in found[0].why


def test_a_dropped_word_is_shown_between_its_neighbours() -> None:
    whole = COPIED.format(place="tỉnh", word="nét đẹp")
    source = vanban.parse(plan("15 tháng 02 năm 2026", whole))
    text = plan("20 tháng 02 năm 2026", whole.replace("hoàn thiện quy chế", "thiện quy chế"))
    found = [one for one in vanban.check(vanban.parse(text), register=Register((("gốc", source),))) if one.rank]
    assert found[0].klass.value == "WORD"
    assert "hoàn" in found[0].why


def test_an_identical_document_differs_nowhere() -> None:
    text = plan("15 tháng 02 năm 2026", COPIED.format(place="tỉnh", word="nét đẹp"))
    register = Register((("bản kia", vanban.parse(text)),))
    assert [one for one in vanban.check(vanban.parse(text), register=register) if one.rank] == []


def test_the_command_prints_json_and_tells_errors_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    row = {
        "code": "9/2020/QĐ-TTg",
        "type": "Quyết định",
        "issued": "2020-03-01",
        "confidence": "C",
        "source": "văn bản",
    }
    (folder / "rows.json").write_text(json.dumps({"documents": [row]}), encoding="utf-8")
    basis = "Căn cứ Quyết định số 9/2020/QĐ-TTg ngày 02 tháng 3 năm 2020 của Thủ tướng Chính phủ về học bổng;"
    text = plan("15 tháng 01 năm 2026", basis)
    file = tmp_path / "plan.txt"
    file.write_text(text, encoding="utf-8")
    assert main(["check", str(file), "--register", str(folder), "--json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    (one,) = [finding for finding in printed if finding["rule"] == "register.date"]
    assert one["class"] == "CITE-DATE"
    assert one["severity"] == "error"
    assert text[one["start"] : one["end"]].startswith("Quyết định số 9/2020/QĐ-TTg")
    assert set(one) == {"rule", "class", "severity", "start", "end", "text", "why", "mend"}


def test_a_bad_register_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rows.json").write_text('{"documents": [{"code": ""}]}', encoding="utf-8")
    file = tmp_path / "plan.txt"
    file.write_text("x", encoding="utf-8")
    assert main(["check", str(file), "--register", str(tmp_path)]) == 2
    assert "code" in capsys.readouterr().err
    with pytest.raises(ValueError, match="no code"):
        rows_from(tmp_path / "rows.json")
    assert run.__doc__
