"""The door of reporting."""

from caunoi.business.reporting.models import (
    Campaign,
    ConsolidatedParagraph,
    Consolidation,
    ExpectedReporter,
    ReportRegime,
    Submission,
)
from caunoi.business.reporting.rules.states import CampaignState, RegimeState, ReporterState, SubmissionState

__all__ = [
    "Campaign",
    "CampaignState",
    "ConsolidatedParagraph",
    "Consolidation",
    "ExpectedReporter",
    "RegimeState",
    "ReportRegime",
    "ReporterState",
    "Submission",
    "SubmissionState",
]
