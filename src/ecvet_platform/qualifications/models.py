"""Tables of published qualifications and units: an index over the records that carry them."""

from django.db import models


class UnitRow(models.Model):
    """One published version of a unit. `id` names the version for ever; `folded` is what is searched.

    `titles` is the title as canonical JSON, `title` its English or authoritative text.
    """

    id = models.TextField(primary_key=True)
    key = models.UUIDField(unique=True)
    record = models.TextField(unique=True)
    thread = models.TextField()
    code = models.TextField()
    version = models.TextField()
    title = models.TextField()
    titles = models.TextField(default="{}")
    institution = models.TextField()
    eqf = models.PositiveSmallIntegerField(null=True)
    replaced_by = models.TextField(null=True)
    folded = models.TextField()

    class Meta:
        db_table = "qualifications_unit"
        indexes = (
            models.Index(fields=("thread",), name="qualifications_unit_thread"),
            models.Index(fields=("institution", "code"), name="qualifications_unit_inst"),
        )


class QualificationRow(models.Model):
    """One published version of a qualification, named for ever by `identifier`; the current one is not `replaced_by`.

    `titles` is the title as canonical JSON, `title` its English or authoritative text; `number` is the list's cursor.
    """

    number = models.BigAutoField(primary_key=True)
    identifier = models.TextField(unique=True)
    key = models.UUIDField(unique=True)
    record = models.TextField(unique=True)
    thread = models.TextField()
    code = models.TextField()
    path = models.TextField()
    version = models.TextField()
    title = models.TextField()
    titles = models.TextField()
    institution = models.TextField()
    country = models.CharField(max_length=2)
    eqf = models.PositiveSmallIntegerField(null=True)
    points = models.TextField(null=True)
    system = models.TextField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    transition_end = models.DateField(null=True)
    published = models.DateTimeField()
    replaced_by = models.TextField(null=True)
    folded = models.TextField()

    class Meta:
        db_table = "qualifications_qualification"
        indexes = (
            models.Index(fields=("thread",), name="qualifications_thread"),
            models.Index(fields=("country", "eqf"), name="qualifications_country_eqf"),
            models.Index(fields=("institution",), name="qualifications_institution"),
        )


class UnitInQualificationRow(models.Model):
    """A unit's place in a qualification: the points live here (R-POINTS-8)."""

    qualification = models.ForeignKey(QualificationRow, on_delete=models.PROTECT, related_name="places")
    unit = models.ForeignKey(UnitRow, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveIntegerField()
    code = models.TextField()
    points = models.TextField(null=True)

    class Meta:
        db_table = "qualifications_place"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("qualification", "code"), name="qualifications_place_code"),)


class ConceptRow(models.Model):
    """A concept of a vocabulary such as ESCO: its names by language as JSON, and all of them folded for search."""

    id = models.TextField(primary_key=True)
    titles = models.TextField()
    folded = models.TextField()

    class Meta:
        db_table = "qualifications_concept"
