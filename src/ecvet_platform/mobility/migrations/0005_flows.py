"""An index for counting stays between institutions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index more."""

    dependencies = (("mobility", "0004_days_to_sign"),)
    operations = (
        migrations.AddIndex(
            "agreementrow",
            models.Index(
                fields=("starts", "home", "hosting", "learner"), condition=models.Q(in_force__isnull=False),
                name="mobility_agreement_flows",
            ),
        ),
    )
