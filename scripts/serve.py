"""Prepares the installation, then keeps the web server and the job worker running until told to stop.

HOST and PORT say where the web server listens, CAUNOI_WEB_WORKERS and CAUNOI_WORKERS how many processes of each kind.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
BIN: Final = Path(sys.executable).parent
PATIENCE: Final = 15.0
"""Seconds that a process has to stop by itself."""
SOON: Final = 5.0
"""A process that ends within so many seconds of its start is given a pause before the next one."""


class Stopped(Exception):
    """Somebody asked the whole to stop."""


def say(text: str) -> None:
    """Tell the person at the terminal one short line."""
    print(f"· {text}", flush=True)


def _end_with_parent() -> None:
    """Let the kernel end this child should its supervisor be killed (Linux)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@dataclass(slots=True)
class Kept:
    """A program that is started again when it ends."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    wait_until: float = field(default=0.0, init=False)

    def look(self) -> None:
        """Start the program if it does not run; after a quick end only when a pause is over."""
        if self.process is not None and (code := self.process.poll()) is not None:
            now = time.monotonic()
            self.wait_until = now + (2.0 if now - self.started < SOON else 0.0)
            self.process = None
            say(f"{self.name} ended (code {code}); starting it again")
        if self.process is None and time.monotonic() >= self.wait_until:
            self.started = time.monotonic()
            self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_end_with_parent)

    def stop(self) -> None:
        """Ask the program to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for the end until that moment, then force it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{self.name} does not stop by itself; ending it")
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def programs(host: str, port: int) -> list[Kept]:
    """Return the web server and the workers."""
    web = [
        str(BIN / "granian"),
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws", "--respawn-failed-workers"),
        *("--workers", os.environ.get("CAUNOI_WEB_WORKERS", "2"), "--blocking-threads", "4", "--log-level", "warning"),
        "caunoi.settings.wsgi:application",
    ]
    count = int(os.environ.get("CAUNOI_WORKERS", "1"))
    workers = [Kept(f"worker {number}", [str(BIN / "caunoi"), "worker"]) for number in range(1, count + 1)]
    return [Kept("web server", web), *workers]


def is_free(host: str, port: int) -> bool:
    """Say whether the web server can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Say whether somebody listens there already."""
    try:
        socket.create_connection((host, port), timeout=0.2).close()
    except OSError:
        return False
    return True


def supervise(kept: list[Kept], host: str, port: int) -> None:
    """Keep the programs running until a signal comes, then stop them all."""
    reachable = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    announced = False
    try:
        while True:
            for program in kept:
                program.look()
            if not announced and answers(reachable, port):
                announced = True
                say(f"Cầu Nối is ready:  http://{reachable}:{port}/   (stop with Ctrl-C)")
            time.sleep(0.5 if announced else 0.05)
    except Stopped:
        say("stopping")
    finally:
        for program in kept:
            program.stop()
        until = time.monotonic() + PATIENCE
        for program in kept:
            program.wait(until)


def _stop(number: int, frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def main() -> int:
    """Prepare, start, keep and at last stop everything. Returns the exit code."""
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caunoi.settings.local")
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    os.environ.setdefault("CAUNOI_ADDRESS", f"http://{host}:{port}")
    if not is_free(host, port):
        print(f"{host}:{port} is in use already. Choose another port: PORT=8001 ./run", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        if subprocess.run([sys.executable, ROOT / "scripts" / "prepare.py"]).returncode:
            return 1
        supervise(programs(host, port), host, port)
    except Stopped:
        say("stopped before the start")
    return 0


if __name__ == "__main__":
    sys.exit(main())
