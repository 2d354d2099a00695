"""The door of documents."""

from caunoi.business.documents.models import (
    AnnulledNumber,
    CitationState,
    Clause,
    Direction,
    Distribution,
    DistributionRole,
    Document,
    DocumentCitation,
    DocumentFile,
    DocumentState,
    DocumentType,
    NumberSeries,
    Obligation,
    ObligationKind,
    ObligationState,
    Recipient,
)

__all__ = [
    "AnnulledNumber",
    "CitationState",
    "Clause",
    "Direction",
    "Distribution",
    "DistributionRole",
    "Document",
    "DocumentCitation",
    "DocumentFile",
    "DocumentState",
    "DocumentType",
    "NumberSeries",
    "Obligation",
    "ObligationKind",
    "ObligationState",
    "Recipient",
]
