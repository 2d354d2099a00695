"""Public ids are unique, a post has one holder at a time, imports are kept."""

from django.db import migrations, models
from django.db.models import Q

import caunoi.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("people", "0002_capacities_grounds_and_imports")]

    operations = [
        migrations.AlterField(
            "grant", "public_id", models.UUIDField(default=caunoi.kernel.ids.uuid7, editable=False, unique=True)
        ),
        migrations.AlterField(
            "signingauthority", "public_id", models.UUIDField(default=caunoi.kernel.ids.uuid7, editable=False, unique=True)
        ),
        migrations.RemoveField("holding", "is_acting"),
        migrations.AddConstraint(
            "holding",
            models.UniqueConstraint(
                fields=("post",),
                condition=Q(until_on__isnull=True) & ~Q(capacity="substitute"),
                name="people_holding_one_current",
            ),
        ),
        migrations.AddConstraint(
            "holding",
            models.CheckConstraint(
                condition=~Q(capacity="substitute") | Q(until_on__isnull=False), name="people_substitute_for_a_time"
            ),
        ),
    ]
