from __future__ import annotations

import json
from pathlib import Path

import pytest

from vanban.writing.command import run
from vanban.writing.docx import write
from vanban.writing.draft import Draft, Level, Section, SentTo, item, paragraph
from vanban.writing.exchange import InvalidDraftError, Json, draft_from_json, draft_to_json

LEAST: dict[str, Json] = {"issuer": "Sở Nội vụ", "place": "Sơn Hà", "symbol": "SNV-VP", "title": "rà soát"}


def test_a_draft_survives_the_way_through_json(draft: Draft) -> None:
    assert draft_from_json(json.loads(json.dumps(draft_to_json(draft), ensure_ascii=False))) == draft


def test_strings_stand_for_texts() -> None:
    made = draft_from_json(
        {
            **LEAST,
            "recipients": ["Lãnh đạo Sở"],
            "body": [
                "Nội dung:",
                {"node": "section", "level": "roman", "title": "A", "children": []},
                {"node": "item", "content": "Một"},
            ],
        }
    )
    assert made.recipients == (SentTo("Lãnh đạo Sở"),)
    assert made.body == (paragraph("Nội dung:"), Section(Level.ROMAN, "A"), item("Một"))


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"issuer": 5}, "issuer", "wrong_type"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"body": [{"node": "poem"}]}, "body[0].node", "unknown_value"),
        ({"body": [{"node": "section", "level": "verse"}]}, "body[0].level", "unknown_value"),
        ({"body": [{"node": "section"}]}, "body[0].level", "missing"),
        ({"body": [3]}, "body[0]", "wrong_type"),
        ({"bases": "Căn cứ"}, "bases", "wrong_type"),
        ({"urgency": "MAU LÊN"}, "urgency", "unknown_value"),
        ({"issued": {"year": True}}, "issued.year", "wrong_type"),
        ({"body": [{"node": "picture", "png": "%%", "alt": "x"}]}, "body[0].png", "wrong_type"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change: dict[str, Json], path: str, code: str) -> None:
    with pytest.raises(InvalidDraftError) as caught:
        draft_from_json({**LEAST, **change})
    assert (caught.value.path, caught.value.code) == (path, code)


class _Arguments:
    def __init__(self, file: Path, output: Path) -> None:
        self.file = file
        self.output = output


def test_command_writes_the_docx(tmp_path: Path, drafts: dict[str, Draft]) -> None:
    source = tmp_path / "draft.json"
    source.write_text(json.dumps(draft_to_json(drafts["plan"])), encoding="utf-8")
    assert run(_Arguments(source, tmp_path / "out.docx")) == 0  # type: ignore[arg-type]  # two attributes are all it needs
    assert (tmp_path / "out.docx").read_bytes() == write(drafts["plan"])


def test_command_refuses_what_is_no_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "draft.json"
    source.write_text('{"issuer": "A"}', encoding="utf-8")
    assert run(_Arguments(source, tmp_path / "out.docx")) == 2  # type: ignore[arg-type]  # two attributes are all it needs
    assert "place: missing" in capsys.readouterr().err
