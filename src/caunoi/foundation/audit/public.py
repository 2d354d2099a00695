"""The door of audit."""

from caunoi.foundation.audit.operations import Subject, record, use_case

__all__ = ["Subject", "record", "use_case"]
