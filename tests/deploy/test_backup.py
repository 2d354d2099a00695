"""The scripts that back up and restore, run as an operator runs them."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def run(*command: str | Path, data: Path, wrong: bool = False) -> str:
    """Run a program of the installation in ``data``, on SQLite, and return what it said."""
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    variables = {**known, "CAUNOI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "caunoi.settings.local"}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) is wrong, done.stderr
    return done.stdout + done.stderr


def caunoi(*words: str, data: Path, wrong: bool = False) -> str:
    return run(ROOT / ".venv" / "bin" / "caunoi", *words, data=data, wrong=wrong)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with units, audit entries and one kept file."""
    data = tmp_path_factory.mktemp("house")
    caunoi("migrate", "--verbosity", "0", data=data)
    keep = (
        "from caunoi.foundation.files.public import keep\n"
        "from caunoi.foundation.organisations.public import *\n"
        "from caunoi.kernel import clock\n"
        "from caunoi.kernel.actor import Line, system\n"
        "parents = {Line.PROFESSIONAL: None, Line.ADMINISTRATIVE: None}\n"
        "establish_unit(kind=load_kinds()['department'], code='A', naming=Naming('Sở A'), parents=parents,\n"
        "               on=clock.today(), by=system(), at=clock.now())\n"
        "keep(content=b'hello', name='a.txt', media_type='text/plain', at=clock.now())\n"
    )
    caunoi("shell", "--no-imports", "-c", keep, data=data)
    return data


def backed_up(data: Path, folder: Path) -> Path:
    said = run(ROOT / "deploy" / "backup", folder, data=data)
    return Path(said.splitlines()[-1] if said.splitlines()[-1].startswith("/") else _place(folder))


def _place(folder: Path) -> str:
    return str(max(folder.iterdir()))


def units(data: Path) -> list[str]:
    with sqlite3.connect(data / "caunoi.sqlite3") as database:
        return [name for (name,) in database.execute("SELECT name FROM organisations_unit")]


def test_a_backup_comes_back_whole_and_a_second_time_is_refused(house: Path, tmp_path: Path) -> None:
    with sqlite3.connect(house / "caunoi.sqlite3", isolation_level=None) as running:
        running.execute("BEGIN IMMEDIATE")  # somebody is writing meanwhile
        running.execute("UPDATE organisations_unit SET name = 'Sở B'")
        backup = backed_up(house, tmp_path / "backups")
        running.execute("ROLLBACK")
    new = tmp_path / "new"
    said = run(ROOT / "deploy" / "restore", backup, data=new)
    assert "Nhật ký nguyên vẹn: 1 mắt xích." in said
    assert "Đủ 1 tệp gốc, đúng mã băm." in said
    assert units(new) == ["Sở A"]
    assert (new / "secret-key").read_text() == (house / "secret-key").read_text()
    assert "is there already" in run(ROOT / "deploy" / "restore", backup, data=new, wrong=True)


def test_a_damaged_backup_restores_nothing(house: Path, tmp_path: Path) -> None:
    backup = backed_up(house, tmp_path / "backups")
    with (backup / "files.tar").open("r+b") as archive:
        archive.seek(600)
        archive.write(b"xxxx")
    new = tmp_path / "new"
    assert "damaged" in run(ROOT / "deploy" / "restore", backup, data=new, wrong=True)
    assert not new.exists()


def test_a_kept_file_that_is_lost_or_altered_is_named(house: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(house, copy)
    (kept,) = (path for path in (copy / "files").rglob("*") if path.is_file())
    kept.write_bytes(b"other")
    assert "a.txt: nội dung không đúng mã băm" in caunoi("verify_files", data=copy, wrong=True)
    kept.unlink()
    assert "a.txt: không còn trên đĩa" in caunoi("verify_files", data=copy, wrong=True)
