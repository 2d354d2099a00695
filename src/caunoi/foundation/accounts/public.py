"""The door of accounts."""

from caunoi.foundation.accounts.access import (
    AccountNotFound,
    AccountsForbidden,
    Permission,
    accounts_within,
    people_without_account,
    policy_on,
    rules_on,
)
from caunoi.foundation.accounts.events import InvitationAccepted, PasswordLinkAsked, PersonInvited, ReviewDue
from caunoi.foundation.accounts.models import AccessKey, Account, Invitation, InvitationBatch, KeyUse, MailState
from caunoi.foundation.accounts.operations.accounts import close_account, open_account, reopen_account, unlock_account
from caunoi.foundation.accounts.operations.addresses import InvitationRefused
from caunoi.foundation.accounts.operations.invitations import invite, invite_many, note_mail, withdraw_invitation
from caunoi.foundation.accounts.operations.keys import (
    KeyRefused,
    account_of_calendar_key,
    actor_of_key,
    make_calendar_key,
    make_key,
    revoke_key,
)
from caunoi.foundation.accounts.operations.letters import invitation_path, password_path
from caunoi.foundation.accounts.operations.sessions import end_sessions
from caunoi.foundation.accounts.rules.policy import Policy, RuleCode

__all__ = [
    "AccessKey",
    "Account",
    "AccountNotFound",
    "AccountsForbidden",
    "Invitation",
    "InvitationAccepted",
    "InvitationBatch",
    "InvitationRefused",
    "KeyRefused",
    "KeyUse",
    "MailState",
    "PasswordLinkAsked",
    "Permission",
    "PersonInvited",
    "Policy",
    "ReviewDue",
    "RuleCode",
    "account_of_calendar_key",
    "accounts_within",
    "actor_of_key",
    "close_account",
    "end_sessions",
    "invitation_path",
    "invite",
    "invite_many",
    "make_calendar_key",
    "make_key",
    "note_mail",
    "open_account",
    "password_path",
    "people_without_account",
    "policy_on",
    "reopen_account",
    "revoke_key",
    "rules_on",
    "unlock_account",
    "withdraw_invitation",
]
