"""Let the table itself keep every address to one account, however it is written."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count, Q
from django.db.models.functions import Lower


def refuse_doubles(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Stop with the sign-in names that share an address: whose it is, only the office knows."""
    account = apps.get_model("accounts", "Account")
    known = account.objects.using(editor.connection.alias).exclude(email="").annotate(written=Lower("email"))
    doubles = known.order_by().values("written").annotate(number=Count("pk")).filter(number__gt=1)
    names = known.filter(written__in=doubles.values("written")).order_by("written", "username")
    if found := list(names.values_list("username", flat=True)):
        raise RuntimeError(
            "Chưa nâng cấp được: các tài khoản sau dùng chung địa chỉ thư điện tử: "
            f"{', '.join(found)}. Hãy sửa để mỗi tài khoản có một địa chỉ riêng rồi nâng cấp lại."
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_two_more_rules")]
    operations = [
        migrations.RunPython(refuse_doubles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="accounts_account_address"),
        ),
    ]
