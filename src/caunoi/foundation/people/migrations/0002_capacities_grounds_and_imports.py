"""Holdings in a capacity with their ground, public ids of grants and signing authorities, imports."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import caunoi.kernel.ids
from caunoi.kernel.ids import uuid7


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Grant", "SigningAuthority"):
        model = apps.get_model("people", name)
        rows = list(model.objects.filter(public_id__isnull=True).only("pk"))
        for row in rows:
            row.public_id = uuid7()
        model.objects.bulk_update(rows, ["public_id"], batch_size=500)
    apps.get_model("people", "Holding").objects.filter(is_acting=True).update(capacity="acting")


def id_field(*, null: bool) -> models.UUIDField:
    if null:
        return models.UUIDField(null=True, editable=False)
    return models.UUIDField(default=caunoi.kernel.ids.uuid7, editable=False, unique=True)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField("grant", "public_id", id_field(null=True)),
        migrations.AddField("grant", "ground", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
        migrations.AddField("signingauthority", "public_id", id_field(null=True)),
        migrations.AddField("signingauthority", "scope", models.CharField(blank=True, default="", max_length=500), preserve_default=False),
        migrations.AddField(
            "signingauthority",
            "given_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.post"),
        ),
        migrations.AddField("post", "closed_on", models.DateField(null=True)),
        migrations.AddField(
            "holding",
            "capacity",
            models.CharField(
                choices=[("holder", "holder"), ("acting", "acting"), ("in_charge", "in_charge"), ("substitute", "substitute")],
                default="holder",
                max_length=12,
            ),
        ),
        migrations.AddField("holding", "ground", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
