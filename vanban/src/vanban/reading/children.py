"""Foreign programs as limited children: time, memory, no network, an own folder that is always removed."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from vanban.diagnostics import UnreadableError

# Sets its own limits, then becomes the program: no Python runs between fork and exec of a threaded parent.
_LAUNCHER = """
import os, resource, sys
seconds, memory, size = (int(value) for value in sys.argv[1:4])
for what, limit in (
    (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, size),
    (resource.RLIMIT_CORE, 0),
):
    hard = resource.getrlimit(what)[1]
    limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(what, (limit, limit))
os.execvp(sys.argv[4], sys.argv[4:])
"""
_OUTPUT_BYTES = 1024 * 1024 * 1024
_KEPT = ("PATH", "LANG", "TESSDATA_PREFIX", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "LD_LIBRARY_PATH")


@functools.cache
def without_network() -> tuple[str, ...]:
    """The prefix that gives a child a network namespace of its own; empty where the kernel does not permit it.

    A user without rights gets one together with a user namespace (``-r``); in containers that forbid both, the child
    keeps the network of its parent and the other limits still hold.
    """
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    for flags in ("-n", "-rn"):
        trial = subprocess.run([unshare, flags, "--", "true"], capture_output=True, check=False)  # noqa: S603 - fixed words
        if trial.returncode == 0:
            return (unshare, flags, "--")
    return ()


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """A private temporary folder that is gone afterwards, whatever happened."""
    folder = Path(tempfile.mkdtemp(prefix="vanban-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_tool(*names: str) -> str:
    """Path of the first of ``names`` that is installed; raises ``tool_missing``."""
    for name in names:
        path = shutil.which(name)
        if path is not None:
            return path
    raise UnreadableError("tool_missing", tool=names[0])


def run_limited(command: Sequence[str], *, folder: Path, seconds: float, memory: int) -> bytes | None:
    """What ``command`` prints, run inside ``folder``; ``None`` when it fails.

    Raises ``timeout`` when it does not end within ``seconds``; its whole process group is then killed.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    limits = [str(int(seconds) + 1), str(memory), str(_OUTPUT_BYTES)]
    launched = [*without_network(), sys.executable, "-I", "-S", "-c", _LAUNCHER, *limits, *command]
    printed = folder / "printed"
    with printed.open("wb") as out:  # not a pipe: that would stay open as long as any descendant lives
        child = subprocess.Popen(  # noqa: S603 - no shell; the words are ours, the file stands in our folder
            launched,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise UnreadableError("timeout", seconds=int(seconds)) from None
        finally:
            _kill_group(child)
    if child.returncode == -signal.SIGXCPU:
        raise UnreadableError("timeout", seconds=int(seconds))
    return printed.read_bytes() if child.returncode == 0 else None


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
