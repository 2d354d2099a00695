"""A move to another database that is killed on the way, and begun again at once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CAUNOI = ROOT / ".venv" / "bin" / "caunoi"
PATIENCE = 60.0
pytestmark = pytest.mark.slow


def begin(data: Path, *words: str) -> subprocess.Popen[str]:
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    variables = {**known, "CAUNOI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
    return subprocess.Popen(
        [CAUNOI, *words], env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def ended(process: subprocess.Popen[str]) -> str:
    said, _none = process.communicate(timeout=2 * PATIENCE)
    assert process.returncode == 0, said
    return said


def tables_of(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with sqlite3.connect(path, timeout=PATIENCE) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the kinds of units in it."""
    data = tmp_path_factory.mktemp("house")
    ended(begin(data, "migrate", "--verbosity", "0"))
    ended(
        begin(
            data,
            "shell",
            "--no-imports",
            "-c",
            "from caunoi.foundation.organisations.public import load_kinds\nload_kinds()",
        )
    )
    return data


def test_a_move_killed_while_it_makes_tables_is_begun_again(house: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.sqlite3"
    first = begin(house, "move-database", f"sqlite:///{target}")
    until = time.monotonic() + PATIENCE
    while len(tables_of(target)) < 10:
        assert time.monotonic() < until
        assert first.poll() is None
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert "caunoi_moving" in tables_of(target)
    assert "hai bên giống nhau từng bảng" in ended(begin(house, "move-database", f"sqlite:///{target}"))
    assert "caunoi_moving" not in tables_of(target)
    counts = []
    for path in (house / "caunoi.sqlite3", target):
        with sqlite3.connect(path) as database:
            counts.append(database.execute("SELECT COUNT(*) FROM organisations_unitkind").fetchone()[0])
    assert counts[0] == counts[1] > 10
