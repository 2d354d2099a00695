"""What all tests share: the database named by DATABASE_URL (SQLite otherwise) and the folder of real documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.utils import translation

SHARED: Final = Path(os.environ.get("CAUNOI_SHARED") or Path(__file__).resolve().parent.parent / "shared")


def pytest_report_header() -> list[str]:
    """Say at the top of every run which database is used and whether the real documents are there."""
    database = (os.environ.get("DATABASE_URL") or "sqlite").partition(":")[0]
    state = "found" if (SHARED / "documents").is_dir() else "absent: tests that read them say so"
    return [f"database: {database}", f"real documents ({SHARED.name}/documents, set CAUNOI_SHARED to change): {state}"]


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Leave no test to the language of the last page that the one before it asked for."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _rows_of_migrations(django_db_serialized_rollback: None) -> None:
    """Begin every test with real commits with the rows that migrations make, whichever test emptied the tables before.

    All of them do, or none: one that leaves other content types behind would be in the way of those that load theirs.
    """


@pytest.fixture(scope="session")
def shared_documents() -> Path:
    """Return the folder of real documents; skips the test, saying so, where it is absent."""
    return _present("documents")


@pytest.fixture(scope="session")
def shared_corpus() -> Path:
    """Return the folder of the scored corpus; skips the test, saying so, where it is absent."""
    return _present("corpus")


@pytest.fixture(scope="session")
def real_documents() -> Path | None:
    """Return the folder of real documents or None, for tests that fall back on demonstration documents."""
    return SHARED / "documents" if (SHARED / "documents").is_dir() else None


def _present(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the folder {name} of real documents is absent; set CAUNOI_SHARED to the folder that holds it")
    return folder
