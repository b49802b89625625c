"""The records that an institution made are found by an index, page by page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index."""

    dependencies = (("credit", "0002_figures"),)
    operations = (
        migrations.AddIndex(
            "factrow", models.Index(fields=("institution", "kind", "number"), name="credit_fact_institution")
        ),
    )
