"""Tables of consultations. What was asked lies here under its hash; who said what is never in the journal."""

from django.db import models

from ecvet_platform.journal.chance import uuid7


class SnapshotRow(models.Model):
    """A draft as it was put to everybody: its canonical JSON under the address that follows from it."""

    address = models.TextField(primary_key=True)
    value = models.TextField()

    class Meta:
        db_table = "consultations_snapshot"


class ConsultationRow(models.Model):
    """One round. `title` and `asked` are texts in languages; `report` is the frozen report, once it is made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draft = models.UUIDField()
    qualification = models.TextField()
    title = models.TextField()
    asked = models.TextField(blank=True)
    institution = models.TextField()
    awarding = models.TextField()
    number = models.PositiveSmallIntegerField()
    snapshot = models.ForeignKey(SnapshotRow, on_delete=models.PROTECT)
    minimum = models.PositiveSmallIntegerField()
    opened = models.DateField()
    deadline = models.DateField()
    closed = models.DateField(null=True)
    reported = models.DateField(null=True)
    report = models.TextField(blank=True)

    class Meta:
        db_table = "consultations_consultation"
        indexes = (
            models.Index(fields=("institution", "opened"), name="consultations_institution"),
            models.Index(fields=("qualification",), name="consultations_qualification"),
        )
        constraints = (models.UniqueConstraint(fields=("draft", "number"), name="consultations_round"),)


class StakeholderRow(models.Model):
    """Somebody who is asked, as a guest or with an account. `views` are what was said; `response` names the answer.

    `response` is another name than `id`, so that a comment in an export leads to nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    response = models.UUIDField(unique=True, editable=False)
    consultation = models.ForeignKey(ConsultationRow, on_delete=models.CASCADE)
    name = models.TextField()
    organisation = models.TextField(blank=True)
    group = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=12)
    account = models.TextField(blank=True)
    guest = models.UUIDField(null=True)
    invited = models.DateTimeField()
    reminded = models.DateTimeField(null=True)
    anonymous = models.BooleanField(default=False)
    views = models.TextField(default="[]")
    saved = models.DateTimeField(null=True)
    submitted = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "consultations_stakeholder"
        indexes = (
            models.Index(fields=("consultation", "country", "group"), name="consultations_stakeholder_of"),
            models.Index(fields=("account",), name="consultations_account"),
            models.Index(fields=("guest",), name="consultations_guest"),
        )


class ReplyRow(models.Model):
    """What the office answers to one comment or several, with the reason; a later one takes its place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey(ConsultationRow, on_delete=models.CASCADE)
    value = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        db_table = "consultations_reply"
        indexes = (models.Index(fields=("consultation", "at"), name="consultations_reply_of"),)
