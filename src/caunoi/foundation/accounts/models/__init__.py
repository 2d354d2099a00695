from caunoi.foundation.accounts.models.account import Account
from caunoi.foundation.accounts.models.invitation import Invitation, InvitationBatch, MailState
from caunoi.foundation.accounts.models.key import AccessKey, KeyUse
from caunoi.foundation.accounts.models.review import AccessReview
from caunoi.foundation.accounts.models.rule import SignInRule
from caunoi.foundation.accounts.models.sign_in import Ending, FormerPassword, SignIn, Tally

__all__ = [
    "AccessKey",
    "AccessReview",
    "Account",
    "Ending",
    "FormerPassword",
    "Invitation",
    "InvitationBatch",
    "KeyUse",
    "MailState",
    "SignIn",
    "SignInRule",
    "Tally",
]
