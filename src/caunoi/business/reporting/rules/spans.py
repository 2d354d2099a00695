"""The kinds of periods that a report covers."""

from __future__ import annotations

from enum import StrEnum


class Span(StrEnum):
    """Which part of a year one turn of a regime reports on."""

    MONTH = "month"
    FIRST_QUARTER = "q1"
    SECOND_QUARTER = "q2"
    THIRD_QUARTER = "q3"
    FOURTH_QUARTER = "q4"
    FIRST_HALF = "h1"
    SECOND_HALF = "h2"
    NINE_MONTHS = "m9"
    YEAR = "year"
    SCHOOL_YEAR = "school"
    FIRST_SEMESTER = "sem1"
    SECOND_SEMESTER = "sem2"
    EVENT = "event"
    """From the first to the last day of one event, such as a journey abroad; no law sets its period."""


class CutOffOrigin(StrEnum):
    """Where the day on which figures are frozen comes from."""

    LAW = "law"
    """NĐ 09/2019/NĐ-CP, Điều 12."""
    STATED = "text"
    """The end of the period that the ground itself states, such as a school year or a calendar year."""
    OWN = "own"
    """The regime's own day, because the law's leaves too little time before the report is due."""
