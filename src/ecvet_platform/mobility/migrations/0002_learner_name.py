"""The name of a learner in a column of its own, so that lists need not read the whole person."""

import json
from typing import Any

from django.db import migrations, models


def name(apps: Any, _editor: object) -> None:
    """Take the names out of the persons that are kept."""
    learners = apps.get_model("mobility", "LearnerRow").objects
    for row in learners.exclude(person=None).only("person"):
        person = json.loads(row.person)
        row.name = " ".join((*person["names"], person["family_name"]))
        row.save(update_fields=["name"])


class Migration(migrations.Migration):
    """One column more."""

    dependencies = (("mobility", "0001_initial"),)
    operations = (
        migrations.AddField("learnerrow", "name", models.TextField(default="")),
        migrations.RunPython(name, migrations.RunPython.noop, elidable=True),
    )
