from caunoi.business.reporting.models.branch import BranchPart, BranchTaken
from caunoi.business.reporting.models.campaign import (
    Campaign,
    CampaignChange,
    ExpectedReporter,
    Question,
    ReminderRung,
)
from caunoi.business.reporting.models.check import FormCheck
from caunoi.business.reporting.models.consolidation import (
    ConsolidatedChart,
    ConsolidatedPaper,
    ConsolidatedParagraph,
    Consolidation,
    ConsolidationRun,
    RunState,
)
from caunoi.business.reporting.models.form import (
    FormColumn,
    FormRow,
    FormTable,
    OutlineSection,
    SharedList,
    SharedMember,
)
from caunoi.business.reporting.models.law import CutOffWindow, LegalLimit
from caunoi.business.reporting.models.prefill import Snapshot
from caunoi.business.reporting.models.regime import RegimeTurn, ReporterGroup, ReportRegime
from caunoi.business.reporting.models.sheet import RowOutcome, SheetRow, SheetState, UnitSheet
from caunoi.business.reporting.models.submission import Submission, SubmissionReturn
from caunoi.business.reporting.models.totals import TotalsNode

__all__ = [
    "BranchPart",
    "BranchTaken",
    "Campaign",
    "CampaignChange",
    "ConsolidatedChart",
    "ConsolidatedPaper",
    "ConsolidatedParagraph",
    "Consolidation",
    "ConsolidationRun",
    "CutOffWindow",
    "ExpectedReporter",
    "FormCheck",
    "FormColumn",
    "FormRow",
    "FormTable",
    "LegalLimit",
    "OutlineSection",
    "Question",
    "RegimeTurn",
    "ReminderRung",
    "ReportRegime",
    "ReporterGroup",
    "RowOutcome",
    "RunState",
    "SharedList",
    "SharedMember",
    "SheetRow",
    "SheetState",
    "Snapshot",
    "Submission",
    "SubmissionReturn",
    "TotalsNode",
    "UnitSheet",
]
