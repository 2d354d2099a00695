"""What the scored corpus and the source documents say, read in place; skipped where they are absent."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import vanban
from vanban.document import Citation, ObligationKind, ParsedDocument
from vanban.text.fold import key

SEEDS = ("seed1", "seed2", "seed3", "seed4")


def _text(corpus: Path, documents: Path, name: str) -> str:
    path = documents / f"{name}.txt" if name in SEEDS else corpus / "docs" / f"{name}.txt"
    return path.read_bytes().decode("utf-8")


def _ids(corpus: Path) -> list[str]:
    with (corpus / "split.tsv").open(encoding="utf-8") as lines:
        return [row["id"] for row in csv.DictReader(lines, delimiter="\t") if row["split"] == "dev"]


def _gold(corpus: Path, name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((corpus / "gold" / f"{name}.json").read_text("utf-8"))
    return gold


def _code(symbol: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", symbol)).upper().replace("Ð", "Đ").replace("⁄", "/")


def _agrees(gold: dict[str, Any], found: Citation) -> bool:
    codes = {_code(gold["symbol"]), _code(gold.get("norm") or gold["symbol"])}
    date = found.date.isoformat() if found.date else None
    return bool(codes & {_code(found.symbol), _code(found.norm)}) and date == gold["date"]


@pytest.mark.parametrize("name", SEEDS)
def test_every_citation_of_a_source_document_is_right(shared_corpus: Path, shared_documents: Path, name: str) -> None:
    gold = _gold(shared_corpus, name)["citations"]
    found = vanban.parse(_text(shared_corpus, shared_documents, name)).citations
    assert len(found) == len(gold)
    assert [one["symbol"] for one, other in zip(gold, found, strict=True) if not _agrees(one, other)] == []


def test_receivers_of_reports_are_right_on_every_document(shared_corpus: Path, shared_documents: Path) -> None:
    wrong = []
    for name in _ids(shared_corpus):
        expected = sorted(key(receiver) for receiver in _gold(shared_corpus, name).get("report_to") or [])
        document = vanban.parse(_text(shared_corpus, shared_documents, name))
        if sorted(key(fact.value) for fact in document.report_to) != expected:
            wrong.append(name)
    assert wrong == []


def _reports(document: ParsedDocument) -> list[tuple[str, tuple[str, ...], str | None, tuple[str, ...], list[str]]]:
    return [
        (
            one.kind.value,
            one.to_whom,
            one.desk,
            one.onward_to,
            [" ".join(document.deadlines[at].dates) for at in one.deadlines],
        )
        for one in document.obligations
        if one.kind is not ObligationKind.TASK
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("seed1", [("report", 1, "phòng Chính trị tư tưởng", 0, ["2023-05-20 2023-11-01"])]),
        (
            "seed2",
            [
                ("report", 1, "Văn phòng Sở", 2, ["12-10"]),
                ("statistics", 1, "Văn phòng Sở", 0, ["2023-06-15", "2023-12-10"]),
            ],
        ),
        ("seed3", [("report", 1, "Văn phòng Sở", 1, ["", "05-05", "11-05"])]),
        ("seed4", [("report", 1, "Phòng Kế hoạch tài chính", 1, [""])]),
    ],
)
def test_duties_to_report_of_a_source_document(
    shared_corpus: Path,
    shared_documents: Path,
    name: str,
    expected: list[tuple[str, int, str, int, list[str]]],
) -> None:
    found = _reports(vanban.parse(_text(shared_corpus, shared_documents, name)))
    assert [(kind, len(to), desk, len(onward), due) for kind, to, desk, onward, due in found] == expected
