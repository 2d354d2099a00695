"""Sign-in. An account belongs to a person; what it may do follows from the person's posts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from caunoi.kernel.ids import uuid7


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts; sign-in names are kept in lower case."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Account:
        """Create an account; without a password it cannot sign in by one."""
        account = self.model(username=username.lower(), **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """One person's way in. There are no shared accounts and no superusers: rights come from grants alone."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    """Made with the demonstration; in an installation that is none it cannot sign in."""
    language = models.CharField(max_length=5, default="vi")
    created_at = models.DateTimeField()
    password_set_at = models.DateTimeField(null=True)
    """When the present password was set; ``None`` while it was never changed since the account was opened."""
    closed_at = models.DateTimeField(null=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]
    is_staff = False
    is_superuser = False

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="accounts_account_address"),
        ]

    def __str__(self) -> str:
        return self.username
