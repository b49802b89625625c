"""What decisions mean for figures, in columns of their own."""

import json
from datetime import date
from typing import Any

from django.db import migrations, models


def tell(apps: Any, _editor: object) -> None:
    """Take it out of the decisions that are kept."""
    facts = apps.get_model("credit", "FactRow").objects
    records = apps.get_model("journal", "RecordRow").objects
    sent: dict[str, date] = {}
    for basis, on in facts.filter(kind="transcript").order_by("number").values_list("basis", "on"):
        sent.setdefault(basis, on)
    held: dict[tuple[str, str, str], bool] = {}
    for fact in facts.filter(kind__in=("validation", "recognition")).order_by("number").iterator():
        terms = json.loads(bytes(records.get(address=fact.address).bytes))["terms"]
        grants = terms["extent"] != "none"
        if fact.kind == "recognition":
            unit = (fact.basis, fact.unit, fact.qualification)
            if unit not in held and fact.basis in sent:
                fact.days = (fact.on - sent[fact.basis]).days
            fact.granted = int(grants) - int(held.get(unit, False))
            held[unit] = grants
        if fact.kind == "recognition" or not grants:
            fact.reasons = " ".join(dict.fromkeys(one["code"] for one in terms.get("reasons", ())))
        fact.save(update_fields=["days", "granted", "reasons"])


class Migration(migrations.Migration):
    """Three columns and two indexes more."""

    dependencies = (("credit", "0001_initial"), ("journal", "0002_append_only"))
    operations = (
        migrations.AddField("factrow", "days", models.IntegerField(null=True)),
        migrations.AddField("factrow", "granted", models.SmallIntegerField(default=0)),
        migrations.AddField("factrow", "reasons", models.TextField(blank=True, default="")),
        migrations.RunPython(tell, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "factrow",
            models.Index(
                fields=("kind", "on", "days", "granted", "reasons", "qualification", "learner"),
                name="credit_fact_figures",
            ),
        ),
        migrations.AddIndex(
            "caserow", models.Index(fields=("result", "recognition", "changed", "learner"), name="credit_case_open")
        ),
    )
