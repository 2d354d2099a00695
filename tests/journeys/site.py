"""The system as ./run starts it: preparation, web server and job worker, on a free port with data of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 180.0
"""Seconds until the demonstration must be loaded and the server must answer."""


@dataclass(slots=True)
class Site:
    """A running system."""

    address: str
    data: Path
    supervisor: subprocess.Popen[bytes]
    environment: Mapping[str, str]
    log: Path

    def children(self, word: str) -> list[int]:
        """Return the ids of the processes that this system keeps running whose command holds ``word``."""
        return [pid for pid in _children_of(self.supervisor.pid) if word in _command_of(pid)]

    def kill(self, word: str) -> None:
        """End every process whose command holds ``word`` as a power cut would, with all that it started.

        Returns when they are dead: on a busy machine a killed server keeps its port open for a while, and whoever
        connects in that while meets a server that will never answer.
        """
        ended = [(pid, _group_of(pid)) for pid in self.children(word)]
        for pid, _group in ended:
            os.killpg(pid, signal.SIGKILL)
        end = time.monotonic() + PATIENCE
        while any(_runs(pid) for _pid, group in ended for pid in group):
            assert time.monotonic() < end, f"processes of {word} outlive a kill"
            time.sleep(0.02)

    def run(self, *words: str) -> str:
        """Run a command of ``caunoi`` beside the system and return what it printed."""
        command = [str(Path(sys.executable).parent / "caunoi"), *words]
        return subprocess.run(
            command, env=dict(self.environment), cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout

    def wait_until_it_answers(self, seconds: float = PATIENCE) -> None:
        """Return when the server has answered a request: a port may be open long before, or still, without anybody
        behind it. Raises AssertionError with the log when the system ended or is too slow.
        """
        place = urlsplit(self.address)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.supervisor.poll() is not None:
                break
            connection = HTTPConnection(str(place.hostname), int(place.port or 0), timeout=30)
            try:
                connection.request("GET", "/tai-khoan/dang-nhap/")
                if connection.getresponse().status == 200:
                    return
            except (OSError, HTTPException):
                pass
            finally:
                connection.close()
            time.sleep(0.1)
        raise AssertionError(f"the system does not answer:\n{self.log.read_text(encoding='utf-8')[-4000:]}")


@contextmanager
def started(folder: Path, database_url: str | None, **more: str) -> Iterator[Site]:
    """Start a system with its data in ``folder``; stop it at the end and see that it stopped cleanly."""
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CAUNOI_ADDRESS")},
        "DJANGO_SETTINGS_MODULE": "caunoi.settings.local",
        "CAUNOI_DATA": str(folder / "data"),
        "PORT": str(port),
        "CAUNOI_WEB_WORKERS": "1",
        **({"DATABASE_URL": database_url} if database_url else {}),
        **more,
    }
    log = folder / "log.txt"
    with log.open("wb") as output:
        supervisor = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts" / "serve.py")],
            cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        site = Site(f"http://127.0.0.1:{port}", folder / "data", supervisor, environment, log)
        try:
            site.wait_until_it_answers()
            yield site
        finally:
            supervisor.terminate()
            code = supervisor.wait(30)
    assert code == 0, log.read_text(encoding="utf-8")[-4000:]


@contextmanager
def database(asked: str, name: str) -> Iterator[str | None]:
    """Make an empty database called ``name`` beside the one asked for; ``None`` without a server (SQLite then)."""
    if not asked.startswith("postgres"):
        yield None
        return
    with psycopg.connect(asked, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield urlunsplit(urlsplit(asked)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _group_of(leader: int) -> list[int]:
    """Return the processes of a group: a server and all that it started."""
    return [pid for pid, (_state, _parent, group) in _processes().items() if group == leader]


def _runs(pid: int) -> bool:
    """Whether a process is still there and not merely waiting to be buried."""
    found = _processes().get(pid)
    return found is not None and found[0] not in "ZX"


def _processes() -> dict[int, tuple[str, int, int]]:
    """Return every process of this machine: its state, parent and group."""
    found = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                status = (place / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            state, parent, group = status.rpartition(")")[2].split()[:3]
            found[int(place.name)] = (state, int(parent), int(group))
    return found


def _children_of(parent: int) -> list[int]:
    return [pid for pid, (_state, mother, _group) in _processes().items() if mother == parent]


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
