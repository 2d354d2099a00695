"""What lies in the repository: no word of anybody's own machine, no address of a package registry."""

from __future__ import annotations

import re
import subprocess
from typing import Final

import pytest

from tests.architecture.tree import ROOT

FOLDERS: Final = re.compile(r"(?<![\w.:/-])/(?:work|root|tmp|home/\w+)/[\w.-]")
HOSTS: Final = re.compile(
    "|".join(re.escape(f"{name}.{end}") for name, end in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("deb.debian", "org"),
        ("security.debian", "org"), ("npmmirror", "com"), ("yarnpkg", "com"),
    )),
    re.IGNORECASE,
)  # fmt: skip
WORDS: Final = re.compile("|".join(("chat" + "gpt", "anthro" + "pic", r"\bclau" + r"de\b")), re.IGNORECASE)
LARGEST: Final = 2 * 1024 * 1024
"""Bytes of one file."""


def _files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _text_of(name: str) -> str:
    content = (ROOT / name).read_bytes()
    return "" if b"\0" in content[:8192] else content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("pattern", [FOLDERS, HOSTS, WORDS], ids=["machine paths", "registry hosts", "workplace words"])
def test_the_tree_names_nothing_of_a_workplace(pattern: re.Pattern[str]) -> None:
    found = {name: sorted({match[0] for match in pattern.finditer(_text_of(name))}) for name in _files()}
    assert {name: words for name, words in found.items() if words} == {}


def test_every_text_is_utf8_with_a_last_line_end() -> None:
    wrong = [
        name
        for name in _files()
        if name.endswith((".py", ".md", ".html", ".toml", ".txt", ".sh", ".po", ".css", ".js"))
        and "vendor" not in name
        and "golden" not in name
        and (content := (ROOT / name).read_bytes())
        and not content.endswith(b"\n")
    ]
    assert wrong == []


def test_no_file_is_huge() -> None:
    assert {name: size for name in _files() if (size := (ROOT / name).stat().st_size) > LARGEST} == {}


def test_the_locks_carry_hashes() -> None:
    for name in ("base.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        pins = re.findall(r"^\S+==\S+", text, re.MULTILINE)
        assert len(pins) > 20
        assert all(re.search(rf"^{re.escape(pin)}[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE) for pin in pins)
