"""Why an operation of reporting may be refused."""

from __future__ import annotations

from caunoi.kernel.errors import Refused


class RegimeRefused(Refused):
    """``regime_incomplete`` (items), ``regime_not_draft``, ``regime_not_in_force``, ``regime_has_successor``."""


class CampaignRefused(Refused):
    """``campaign_exists``, ``campaign_not_open``, ``no_reporters``, ``no_turn``, ``own_cut_off_needed``."""


class SubmissionRefused(Refused):
    """A step that the state, the lock or the findings do not allow."""


class ConsolidationRefused(Refused):
    """``nothing_sent``, ``consolidation_drafted``."""
