"""``parse`` and ``to_json``: shape, spans, coverage of the body, the command line."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import vanban
from vanban.cli import main
from vanban.data import load
from vanban.document import ClauseKind

PLAN = """UBND TỈNH SÔNG LAM         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ GIÁO DỤC VÀ ĐÀO TẠO         Độc lập - Tự do - Hạnh phúc

Số: 77/KH-SGDĐT            Sông Lam, ngày 12 tháng 9 năm 2023

KẾ HOẠCH
Tuần lễ học tập suốt đời

Thực hiện Kế hoạch số 12/KH-UBND ngày 05/9/2023 của Ủy ban nhân dân tỉnh;

I. MỤC ĐÍCH
1. Nâng cao nhận thức về học tập suốt đời trong nhà trường và xã hội.
II. TỔ CHỨC THỰC HIỆN
- Các trường báo cáo kết quả về Sở trước ngày 15/10/2023.

Nơi nhận:
- UBND tỉnh (để báo cáo);
- Lưu: VT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Trần Thị Mai Lan
"""


@pytest.fixture(scope="module")
def document() -> vanban.ParsedDocument:
    return vanban.parse(PLAN)


def test_every_span_points_at_its_text(document: vanban.ParsedDocument) -> None:
    header = document.header
    assert header.symbol is not None
    assert header.symbol.span is not None
    assert PLAN[header.symbol.span.start : header.symbol.span.end] == "KH-SGDĐT"
    assert header.issuer is not None
    assert header.issuer.span is not None
    assert PLAN[header.issuer.span.start : header.issuer.span.end] == "SỞ GIÁO DỤC VÀ ĐÀO TẠO"
    assert document.recipients is not None
    assert [PLAN[line.span.start : line.span.end] for line in document.recipients] == [
        "UBND tỉnh (để báo cáo)",
        "Lưu: VT",
    ]
    for heading in document.headings:
        assert PLAN[heading.span.start : heading.span.end].startswith(heading.level)


def test_spans_of_decomposed_text_count_stored_characters() -> None:
    stored = unicodedata.normalize("NFD", PLAN)
    header = vanban.parse(stored).header
    assert header.title is not None
    assert header.title.span is not None
    piece = stored[header.title.span.start : header.title.span.end]
    assert unicodedata.normalize("NFC", piece) == "Tuần lễ học tập suốt đời"


def test_json_keeps_to_the_published_schema(document: vanban.ParsedDocument) -> None:
    schema = load("schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(json.dumps(vanban.to_json(document)))
    jsonschema.validate(data, schema)
    assert set(data) == set(schema["properties"])  # type: ignore[call-overload]


def test_json_names_rule_and_place_of_every_fact(document: vanban.ParsedDocument) -> None:
    facts: dict[str, Any] = vanban.to_json(document)["facts"]  # type: ignore[assignment]
    assert facts["number"] == {
        "rule": "head.number",
        "confidence": 1.0,
        "start": PLAN.index("77/"),
        "end": PLAN.index("77/") + 2,
    }
    assert facts["doc_type"]["rule"] == "head.type_line"


def _uncovered(document: vanban.ParsedDocument) -> list[str]:
    """Letters between the first and the last clause that no clause of its own covers."""
    text, at, loose = document.text, None, []
    for clause in document.clauses:
        if at is not None:
            loose.append(text[at : clause.own_span.start])
        at = clause.own_span.end
    return [piece.strip() for piece in loose if any(character.isalpha() for character in piece)]


def test_every_line_of_the_body_is_in_a_clause(document: vanban.ParsedDocument) -> None:
    assert _uncovered(document) == []
    assert [clause.id for clause in document.clauses] == ["p1", "I", "I.1", "II", "II.-1"]
    assert document.clauses[0].own_span.start == PLAN.index("Thực hiện")
    assert document.clauses[-1].own_span.end == PLAN.index("\n\nNơi nhận")


def test_spans_nest(document: vanban.ParsedDocument) -> None:
    by_id = {clause.id: clause for clause in document.clauses}
    assert len(by_id) == len(document.clauses)
    for clause in document.clauses:
        assert clause.span.contains(clause.own_span)
        if clause.parent_id is not None:
            assert by_id[clause.parent_id].span.contains(clause.span)


@pytest.mark.parametrize("name", ["seed1", "seed2", "seed3", "seed4"])
def test_real_documents_are_covered_whole(name: str, shared_documents: Path) -> None:
    document = vanban.parse(vanban.read(shared_documents / f"{name}.txt"))
    assert all(len(piece) < 4 for piece in _uncovered(document))
    assert sum(1 for clause in document.clauses if clause.kind is not ClauseKind.PARAGRAPH) > 5
    jsonschema.validate(vanban.to_json(document), load("schema.json"))


def test_numbering_faults_are_reported() -> None:
    document = vanban.parse("KẾ HOẠCH\nĐọc sách\n\nI. NỘI DUNG\n1. Một\n3. Ba\n")
    found = [(entry.code, dict(entry.facts)) for entry in document.diagnostics]
    assert found == [("number_skipped", {"marker": "3", "last": "1"})]


def test_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_text(PLAN, encoding="utf-8")
    assert main(["parse", str(source)]) == 0
    assert json.loads(capsys.readouterr().out)["symbol"] == "KH-SGDĐT"


def test_command_writes_one_file_for_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_text(PLAN, encoding="utf-8")
    missing = tmp_path / "none.txt"
    assert main(["parse", str(source), str(missing), "--out", str(tmp_path / "out")]) == 2
    assert json.loads((tmp_path / "out" / "a.json").read_text("utf-8"))["number"] == "77"
    assert "none.txt" in capsys.readouterr().err


def test_a_path_may_be_a_string(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Số: 1\n", encoding="utf-8")
    assert vanban.read(str(source)) == vanban.read(source)


def test_command_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Số: 1\n", encoding="utf-8")
    assert main(["read", str(source)]) == 0
    assert capsys.readouterr().out == "Số: 1\n"


def test_library_imports_without_django() -> None:
    program = "import sys; sys.modules['django'] = None; import vanban; print(vanban.parse('Số: 5/KH-A').header.number)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "None" in done.stdout or "5" in done.stdout
