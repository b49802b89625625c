"""The title of a unit in all its languages in the index, so that lists need not read the whole unit."""

import json
from typing import Any

from django.db import migrations, models

from ecvet.record.canonical import canonical


def titles(apps: Any, _editor: object) -> None:
    """Take the titles out of the records that are kept."""
    records = apps.get_model("journal", "RecordRow").objects
    for row in apps.get_model("qualifications", "UnitRow").objects.only("record"):
        kept = records.values_list("bytes", flat=True).get(address=row.record)
        row.titles = canonical(json.loads(bytes(kept))["terms"]["title"]).decode()
        row.save(update_fields=["titles"])


class Migration(migrations.Migration):
    """One column more."""

    dependencies = (("qualifications", "0001_initial"), ("journal", "0001_initial"))
    operations = (
        migrations.AddField("unitrow", "titles", models.TextField(default="{}")),
        migrations.RunPython(titles, migrations.RunPython.noop, elidable=True),
    )
