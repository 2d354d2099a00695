"""What a password is made of, and whether a list of leaked passwords holds it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container


def kinds_in(password: str) -> int:
    """Return how many of the four kinds of characters occur: small letters, capitals, digits, others."""
    tests = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
    return sum(any(test(char) for char in password) for test in tests)


def digest_of(password: str) -> str:
    """Return the SHA-1 of a password in capitals, as lists of leaked passwords give it."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def entry_of(line: str) -> str:
    """Return one line of a list without the count behind it: a word, or SHA-1 (or its beginning) in capitals."""
    head, _colon, count = line.strip().rpartition(":")
    word = head if head and count.isdigit() else line.strip()
    return word.upper() if is_digest(word) else word


def is_digest(word: str) -> bool:
    """Whether an entry is a SHA-1 or its beginning: ten to forty hexadecimal signs."""
    return 10 <= len(word) <= 40 and all(sign in "0123456789abcdefABCDEF" for sign in word)


def is_leaked(password: str, entries: Container[str], lengths: Collection[int]) -> bool:
    """Whether a list holds the password, as a word in any case or by the beginning of its SHA-1.

    ``lengths`` are the lengths of the beginnings that the list holds.
    """
    digest = digest_of(password)
    return password in entries or password.lower() in entries or any(digest[:size] in entries for size in lengths)
