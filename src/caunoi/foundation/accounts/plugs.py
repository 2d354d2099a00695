"""What accounts put into the shell of every page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.accounts.access import Permission
from caunoi.foundation.accounts.operations.personal import ACCOUNT, SIGN_IN
from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.pages.public import (
    NavigationItem,
    PostChoice,
    configure_shell,
    register_refusals,
    register_section,
)
from caunoi.foundation.people.public import Person, Role, allow, holdings_of
from caunoi.foundation.personal_data.public import register_kind
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
            NavigationItem(_("Phiên đăng nhập"), "account_sessions"),
        ],
        page_parts=["accounts/lock.html"],
        sign_out_url_name="account_logout",
        sign_in_url_name="account_login",
        language_url_name="account_switch_language",
    )
    register_section(
        "administration",
        label=_("Quản trị"),
        icon="settings",
        order=110,
        items=[
            NavigationItem(_("Tài khoản"), "account_manage", permission=Permission.MANAGE, order=30),
            NavigationItem(_("Lời mời"), "account_invitations", permission=Permission.MANAGE, order=30),
            NavigationItem(_("Rà soát quyền truy cập"), "account_review", permission=Permission.MANAGE, order=30),
            NavigationItem(_("Quy tắc đăng nhập"), "account_rules", permission=Permission.RULES, order=30),
        ],
    )
    allow(Permission.MANAGE, [Role.ADMINISTRATOR])
    allow(Permission.RULES, [Role.ADMINISTRATOR])
    register_kind(ACCOUNT)
    register_kind(SIGN_IN)
    describe_verbs(VERBS)
    register_refusals(REFUSALS)


VERBS = {
    "accounts.open": _("Mở tài khoản"),
    "accounts.close": _("Đóng tài khoản"),
    "accounts.reopen": _("Mở lại tài khoản"),
    "accounts.lock": _("Khóa tài khoản do sai mật khẩu"),
    "accounts.unlock": _("Mở khóa tài khoản"),
    "accounts.password": _("Đặt mật khẩu"),
    "accounts.ask_password": _("Xin liên kết đặt mật khẩu"),
    "accounts.sign_in": _("Đăng nhập"),
    "accounts.end_sessions": _("Kết thúc phiên đăng nhập"),
    "accounts.invite": _("Mời sử dụng hệ thống"),
    "accounts.invite_many": _("Mời nhiều người"),
    "accounts.withdraw_invitation": _("Thu hồi lời mời"),
    "accounts.accept_invitation": _("Nhận lời mời"),
    "accounts.make_key": _("Tạo khóa truy cập"),
    "accounts.revoke_key": _("Thu hồi khóa truy cập"),
    "accounts.change_rule": _("Đổi quy tắc đăng nhập"),
    "accounts.correct_address": _("Sửa địa chỉ thư của tài khoản"),
    "accounts.review_kept": _("Rà soát quyền: giữ lại"),
    "accounts.review_withdrawn": _("Rà soát quyền: thu hồi"),
    "accounts.review_export": _("Tải bảng rà soát quyền"),
    "accounts.erase": _("Xóa dữ liệu của tài khoản đã đóng"),
    "accounts.erase_sign_in": _("Xóa dữ liệu phiên đăng nhập hết hạn lưu"),
}

REFUSALS = {
    "accounts.not_found": _("Không có tài khoản, lời mời hoặc phiên đăng nhập này trong phạm vi của bạn."),
    "accounts.not_permitted": _("Vị trí của bạn không được quản lý tài khoản của người này."),
    "accounts.not_for_all": _(
        "Quy tắc đăng nhập áp dụng cho mọi đơn vị nên chỉ người quản trị toàn hệ thống được thay đổi."
    ),
    "accounts.address_needed": _("Tài khoản đang mở nên chưa xóa được địa chỉ thư. Hãy đóng tài khoản trước."),
    "invitation.email_wrong": _("%(name)s: “%(email)s” không phải là địa chỉ thư điện tử. Hãy sửa lại rồi mời."),
    "invitation.email_taken": _(
        "%(name)s: địa chỉ %(email)s đang dùng cho tài khoản của người khác. Mỗi người cần một địa chỉ riêng."
    ),
    "invitation.account_exists": _("%(name)s đã có tài khoản đang dùng, không cần mời nữa."),
    "invitation.account_closed": _("Tài khoản của %(name)s đã đóng. Hãy mở lại tài khoản trước khi mời."),
    "invitation.not_open": _("Lời mời không còn dùng được: đã dùng, đã thu hồi hoặc quá hạn."),
    "key.not_accepted": _("Khóa truy cập không dùng được."),
    "key.too_long": _("Khóa truy cập có thời hạn dài nhất %(days)s ngày. Hãy chọn ngày hết hạn sớm hơn."),
    "key.too_short": _("Ngày hết hạn đã qua. Hãy chọn từ hôm nay trở đi."),
    "key.post_not_held": _("Bạn không giữ vị trí này nên không tạo được khóa cho vị trí đó."),
    "review.own_post": _("Không tự rà soát quyền của vị trí mình đang giữ (%(post)s). Hãy nhờ người quản trị khác."),
    "review.nothing_chosen": _("Chưa chọn quyền nào. Hãy đánh dấu các quyền đã xem rồi chọn giữ lại hoặc thu hồi."),
    "rule.out_of_bounds": _("Giá trị phải từ %(least)s đến %(most)s."),
    "rule.no_source": _("Hãy ghi căn cứ của giá trị này: tên, số văn bản hoặc quyết định của đơn vị."),
    "sign_in.locked": _(
        "Sai mật khẩu quá số lần cho phép. Đăng nhập bằng mật khẩu bị khóa đến %(until)s. "
        "Cần gấp, hãy liên hệ người quản trị của đơn vị."
    ),
    "sign_in.address_locked": _("Từ địa chỉ mạng này đã có quá nhiều lần đăng nhập sai. Hãy thử lại sau %(until)s."),
}
