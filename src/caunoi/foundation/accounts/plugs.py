"""What accounts put into the shell of every page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.pages.public import NavigationItem, PostChoice, configure_shell
from caunoi.foundation.people.public import Person, holdings_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


def _post_choices(by: Actor) -> Iterable[PostChoice]:
    if by.person_id is None:
        return
    person = Person.objects.get(pk=by.person_id)
    for holding in holdings_of(person, on=clock.today()):
        post = holding.post
        yield PostChoice(str(post.public_id), post.title, post.unit.name, current=post.pk == by.post_id)


def plug_in() -> None:
    """Fill the account menu, the switch of posts and the choice of language."""
    configure_shell(
        switch_url_name="account_switch_post",
        post_choices=_post_choices,
        account_items=[
            NavigationItem(_("Tài khoản của tôi"), "account_profile"),
            NavigationItem(_("Bảo mật đăng nhập"), "mfa_index"),
        ],
        sign_out_url_name="account_logout",
        sign_in_url_name="account_login",
        language_url_name="account_switch_language",
    )
    describe_verbs({"accounts.open": _("Mở tài khoản"), "accounts.close": _("Đóng tài khoản")})
