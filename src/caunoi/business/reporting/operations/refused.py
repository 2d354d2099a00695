"""Why an operation of reporting may be refused."""

from __future__ import annotations

from caunoi.business.reporting.rules.drafts import Clash
from caunoi.kernel.errors import Refused


class RegimeRefused(Refused):
    """``regime_incomplete`` (items), ``regime_not_draft``, ``regime_not_in_force``, ``regime_has_successor``."""


class CampaignRefused(Refused):
    """``campaign_exists``, ``campaign_not_open``, ``no_reporters``, ``no_turn``, ``own_cut_off_needed``."""


class SubmissionRefused(Refused):
    """A step that the state, the lock or the findings do not allow."""


class DraftClash(SubmissionRefused):
    """``draft_clash``: somebody else has changed the same places meanwhile (``count``, ``clashes``)."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__("reporting.draft_clash", count=len(clashes))
        self.clashes = clashes


class ConsolidationRefused(Refused):
    """``nothing_sent``, ``consolidation_drafted``; why a report did not go out with its document: ``not_addressed``,
    ``document_reworded``, ``report_differs``, ``signer_gone``, ``signer_does_not_send``."""


class LadderRefused(Refused):
    """``ladder_without_source``, ``ladder_from_tomorrow`` (day), ``ladder_empty``, ``rung_twice`` (days)."""


class ListRefused(Refused):
    """``list_incomplete``, ``list_exists``, ``member_exists``, ``member_ended``, ``member_without_ground``."""
