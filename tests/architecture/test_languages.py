"""Both languages are complete: each string has its English, and what packages leave in English its Vietnamese."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import polib
import pytest

from tests.architecture.tree import PACKAGE

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def strings_now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, polib.POEntry]:
    """Every string marked for translation in the tree as it stands, the developers' gallery left out."""
    copy = tmp_path_factory.mktemp("strings") / "caunoi"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("locale", "vendor", "tests", "__pycache__"))
    (copy / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location", "--ignore=*gallery*"],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    return {entry.msgid: entry for entry in polib.pofile(str(copy / "locale/en/LC_MESSAGES/django.po"))}


def english() -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(PACKAGE / "locale/en/LC_MESSAGES/django.po"))}


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_string_has_its_english(strings_now: dict[str, polib.POEntry]) -> None:
    known = english()
    assert [msgid for msgid in strings_now if msgid not in known or not known[msgid].translated()] == []


def test_no_english_is_left_of_strings_that_are_gone(strings_now: dict[str, polib.POEntry]) -> None:
    assert [msgid for msgid in english() if msgid not in strings_now] == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_translation_keeps_the_placeholders(language: str) -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(PACKAGE / f"locale/{language}/LC_MESSAGES/django.po"))
        for text in texts(entry)
        if not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    ]
    assert wrong == []


def test_the_pages_of_signing_in_are_vietnamese() -> None:
    known = {
        entry.msgid for entry in polib.pofile(str(PACKAGE / "locale/vi/LC_MESSAGES/django.po")) if entry.translated()
    }
    assert {"Username or email", "Incorrect code.", "Two-Factor Authentication", "Recovery Codes"} <= known
