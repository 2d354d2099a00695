"""Checks a document against itself, the decree on clerical work, the register of documents and other documents."""

from vanban.checks.checking import check
from vanban.checks.finding import Finding, Klass, finding_to_json
from vanban.checks.register import KnownDocument, Register

__all__ = ["Finding", "Klass", "KnownDocument", "Register", "check", "finding_to_json"]
