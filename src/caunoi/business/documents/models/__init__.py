from caunoi.business.documents.models.citation import CitationState, DocumentCitation
from caunoi.business.documents.models.clause import Clause
from caunoi.business.documents.models.distribution import Distribution, DistributionRole, Opinion, OpinionKind, ReadMark
from caunoi.business.documents.models.document import Direction, Document, DocumentState, DraftVersion
from caunoi.business.documents.models.document_file import DocumentFile, FilePart, FileState, Reading
from caunoi.business.documents.models.document_type import DocumentFamily, DocumentType
from caunoi.business.documents.models.known_document import Confidence, KnownDocument
from caunoi.business.documents.models.obligation import Obligation, ObligationKind, ObligationState
from caunoi.business.documents.models.recipient import Recipient, RecipientKind
from caunoi.business.documents.models.series import AnnulledNumber, NumberSeries

__all__ = [
    "AnnulledNumber",
    "CitationState",
    "Clause",
    "Confidence",
    "Direction",
    "Distribution",
    "DistributionRole",
    "Document",
    "DocumentCitation",
    "DocumentFamily",
    "DocumentFile",
    "DocumentState",
    "DocumentType",
    "DraftVersion",
    "FilePart",
    "FileState",
    "KnownDocument",
    "NumberSeries",
    "Obligation",
    "ObligationKind",
    "ObligationState",
    "Opinion",
    "OpinionKind",
    "ReadMark",
    "Reading",
    "Recipient",
    "RecipientKind",
]
