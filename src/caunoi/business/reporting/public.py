"""The door of reporting."""

from caunoi.business.reporting.access import (
    Permission,
    ReportingForbidden,
    ReportingNotFound,
    campaign_by_public_id,
    consolidation_by_public_id,
    owners_for,
    regime_by_public_id,
    report_by_public_id,
    reporters_of,
    sent_versions_of,
    versions_of,
    visible_campaigns,
    visible_regimes,
)
from caunoi.business.reporting.models import (
    Campaign,
    ConsolidatedParagraph,
    Consolidation,
    ExpectedReporter,
    ReportRegime,
    Submission,
    SubmissionReturn,
)
from caunoi.business.reporting.operations.after import Event, open_after
from caunoi.business.reporting.operations.branch import take_from_below
from caunoi.business.reporting.operations.campaigns import (
    chase,
    close_campaign,
    close_locked_campaigns,
    exempt,
    extend,
)
from caunoi.business.reporting.operations.consolidation import consolidate, make_report_document
from caunoi.business.reporting.operations.drafting import draft_for
from caunoi.business.reporting.operations.editing import (
    add_paragraph,
    edit_paragraph,
    move_paragraph,
    split_paragraph,
)
from caunoi.business.reporting.operations.flow import (
    accept,
    present,
    reopen,
    return_submission,
    submit,
    take_back,
)
from caunoi.business.reporting.operations.forms import (
    LineSpec,
    SectionSpec,
    TableSpec,
    move_section,
    remove_section,
    remove_table,
    save_section,
    save_table,
)
from caunoi.business.reporting.operations.ladder import RungSpec, set_ladder
from caunoi.business.reporting.operations.opening import open_campaign, open_due_campaigns, open_like
from caunoi.business.reporting.operations.prefill import fill_from_registers
from caunoi.business.reporting.operations.refused import (
    CampaignRefused,
    ConsolidationRefused,
    DraftClash,
    RegimeRefused,
    SubmissionRefused,
)
from caunoi.business.reporting.operations.regimes import (
    change_regime,
    create_regime,
    end_regime,
    put_in_force,
    revise_regime,
    set_reporters,
)
from caunoi.business.reporting.operations.sheet_plan import template_for_units
from caunoi.business.reporting.operations.sheets import check_sheet, receive_sheet
from caunoi.business.reporting.operations.shipped import take_over
from caunoi.business.reporting.operations.submissions import Entered, enter_on_behalf, save_draft
from caunoi.business.reporting.operations.timetable import TurnDates, next_turn, timetable
from caunoi.business.reporting.operations.turns import Turn, set_turns, with_proposed_cut_off
from caunoi.business.reporting.queries import (
    Contribution,
    GlanceFigure,
    Progress,
    campaigns_running,
    contributors,
    form_of,
    progress_of,
    progress_within,
    quarter_figures,
    regimes_seen,
    reports_of_unit,
    resting_on,
    submissions_due,
    waiting_to_accept,
    whole,
)
from caunoi.business.reporting.queries.branch import gathered, sources_for
from caunoi.business.reporting.rules.branch import How
from caunoi.business.reporting.rules.checks import Finding, Severity
from caunoi.business.reporting.rules.drafts import Base
from caunoi.business.reporting.rules.requirements import Item
from caunoi.business.reporting.rules.rungs import Audience
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.states import CampaignState, RegimeState, ReporterState, SubmissionState

__all__ = [
    "Audience",
    "Base",
    "Campaign",
    "CampaignRefused",
    "CampaignState",
    "ConsolidatedParagraph",
    "Consolidation",
    "ConsolidationRefused",
    "Contribution",
    "CutOffOrigin",
    "DraftClash",
    "Entered",
    "Event",
    "ExpectedReporter",
    "Finding",
    "GlanceFigure",
    "How",
    "Item",
    "LineSpec",
    "Permission",
    "Progress",
    "RegimeRefused",
    "RegimeState",
    "ReportRegime",
    "ReporterState",
    "ReportingForbidden",
    "ReportingNotFound",
    "RungSpec",
    "SectionSpec",
    "Severity",
    "Span",
    "Submission",
    "SubmissionRefused",
    "SubmissionReturn",
    "SubmissionState",
    "TableSpec",
    "Turn",
    "TurnDates",
    "accept",
    "add_paragraph",
    "campaign_by_public_id",
    "campaigns_running",
    "change_regime",
    "chase",
    "check_sheet",
    "close_campaign",
    "close_locked_campaigns",
    "consolidate",
    "consolidation_by_public_id",
    "contributors",
    "create_regime",
    "draft_for",
    "edit_paragraph",
    "end_regime",
    "enter_on_behalf",
    "exempt",
    "extend",
    "fill_from_registers",
    "form_of",
    "gathered",
    "make_report_document",
    "move_paragraph",
    "move_section",
    "next_turn",
    "open_after",
    "open_campaign",
    "open_due_campaigns",
    "open_like",
    "owners_for",
    "present",
    "progress_of",
    "progress_within",
    "put_in_force",
    "quarter_figures",
    "receive_sheet",
    "regime_by_public_id",
    "regimes_seen",
    "remove_section",
    "remove_table",
    "reopen",
    "report_by_public_id",
    "reporters_of",
    "reports_of_unit",
    "resting_on",
    "return_submission",
    "revise_regime",
    "save_draft",
    "save_section",
    "save_table",
    "sent_versions_of",
    "set_ladder",
    "set_reporters",
    "set_turns",
    "sources_for",
    "split_paragraph",
    "submissions_due",
    "submit",
    "take_back",
    "take_from_below",
    "take_over",
    "template_for_units",
    "timetable",
    "versions_of",
    "visible_campaigns",
    "visible_regimes",
    "waiting_to_accept",
    "whole",
    "with_proposed_cut_off",
]
