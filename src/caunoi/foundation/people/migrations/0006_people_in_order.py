from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_imports_know_their_sender")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["sort_key", "id"], name="people_person_order"),
        ),
    ]
