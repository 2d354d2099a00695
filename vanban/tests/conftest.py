"""What all tests of the library share: Django is out of sight, and the real documents are found where present."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import pytest

REPOSITORY: Final = Path(__file__).resolve().parents[2]
SHARED: Final = Path(os.environ.get("CAUNOI_SHARED") or REPOSITORY.parent / "shared")

sys.modules["django"] = None  # type: ignore[assignment] # an import of Django now fails: the library stands without it


def pytest_report_header() -> str:
    """Say at the top of every run whether the real documents are there."""
    state = "found" if (SHARED / "documents").is_dir() else "absent: tests that read them are skipped"
    return f"real documents ({SHARED.name}/documents, set CAUNOI_SHARED to change): {state}"


@pytest.fixture(scope="session")
def shared_documents() -> Path:
    """Return the folder of real documents; skips the test, saying so, where it is absent."""
    return _present("documents")


@pytest.fixture(scope="session")
def shared_corpus() -> Path:
    """Return the folder of the scored corpus; skips the test, saying so, where it is absent."""
    return _present("corpus")


def _present(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the folder {name} of real documents is absent; set CAUNOI_SHARED to the folder that holds it")
    return folder
