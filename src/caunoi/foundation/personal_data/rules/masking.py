"""How a value is shown to someone who has not asked to see it: enough to recognise, too little to use."""

from __future__ import annotations

from enum import StrEnum

DOT = "•"


class How(StrEnum):
    """The shapes of masks."""

    EMAIL = "email"
    """First letter and domain: ``n•••@so.example``."""
    PHONE = "phone"
    """Last three digits: ``••• ••• 789``."""
    DATE = "date"
    """The year of a day written dd/mm/yyyy: ``••/••/1980``."""
    NUMBER = "number"
    """Last two characters of an identity number: ``••••••••12``."""
    TEXT = "text"
    """Nothing of it."""


def mask(value: object, how: How | str = How.TEXT) -> str:
    """Return ``value`` masked; nothing stays nothing, so that an empty field is not taken for a hidden one."""
    text = "" if value is None else str(value).strip()
    return _MASKS[How(how)](text) if text else ""


def _email(text: str) -> str:
    name, at, domain = text.rpartition("@")
    return f"{name[:1]}{DOT * 3}@{domain}" if at and name else DOT * 5


def _phone(text: str) -> str:
    digits = [char for char in text if char.isdigit()]
    return f"{DOT * 3} {DOT * 3} {''.join(digits[-3:])}" if len(digits) >= 8 else DOT * 5


def _date(text: str) -> str:
    year = text[-4:]
    return f"{DOT * 2}/{DOT * 2}/{year}" if len(text) == 10 and year.isdigit() else DOT * 5


def _number(text: str) -> str:
    return f"{DOT * (len(text) - 2)}{text[-2:]}" if len(text) >= 6 else DOT * 5


def _text(text: str) -> str:
    return DOT * 5


_MASKS = {How.EMAIL: _email, How.PHONE: _phone, How.DATE: _date, How.NUMBER: _number, How.TEXT: _text}
