import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_unit_picking"),
        ("reporting", "0010_weekly_and_daily"),
    ]

    operations = [
        migrations.AlterField(
            model_name="expectedreporter",
            name="heir",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="expectedreporter",
            index=models.Index(
                condition=models.Q(("heir__isnull", False)), fields=["heir"], name="reporting_reporter_heir"
            ),
        ),
    ]
