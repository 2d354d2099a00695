from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Lower


def in_small_letters(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    person = apps.get_model("people", "Person")
    person.objects.exclude(email=Lower("email")).update(email=Lower("email"))


class Migration(migrations.Migration):
    dependencies = [("people", "0006_people_in_order")]

    operations = [
        migrations.RunPython(in_small_letters, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["email"], name="people_person_email"),
        ),
    ]
