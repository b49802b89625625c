"""The database refuses to change what is in the journal."""

from django.db import migrations

from ecvet_platform.journal import triggers


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection),
            lambda apps, editor: triggers.remove(editor.connection),
            elidable=False,
        )
    ]
