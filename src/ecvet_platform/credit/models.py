"""Tables of credit: where each case stands, which records there are, the ledger of booked units, files of evidence.

Everything said in a record is kept in the journal; what stands here is an index for lists and permissions, and can be
made again from the records. Only the ledger is a fact of its own: its entries are added and never changed.
"""

from django.db import models

from ecvet_platform.journal.chance import uuid7


class CaseRow(models.Model):
    """One unit of one learner's qualification on one basis: a learning agreement or a portfolio (its thread).

    `hosting` assesses, `home` validates, `body` recognises; `result` and `recognition` are the states of the two life
    cycles that the records amount to (empty: nothing yet). `assessed` … address the latest record of each step.
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid7, editable=False)
    basis = models.TextField()
    path = models.CharField(max_length=12)
    learner = models.TextField()
    unit = models.TextField()
    qualification = models.TextField()
    hosting = models.TextField()
    home = models.TextField()
    body = models.TextField()
    result = models.CharField(max_length=30)
    recognition = models.CharField(max_length=30, blank=True)
    assessed = models.TextField(null=True)
    transcript = models.TextField(null=True)
    validated = models.TextField(null=True)
    recognised = models.TextField(null=True)
    appealed = models.TextField(null=True)
    due = models.DateField(null=True)
    changed = models.DateTimeField()

    class Meta:
        db_table = "credit_case"
        constraints = (
            models.UniqueConstraint(fields=("basis", "unit", "qualification"), name="credit_case_once"),
            models.CheckConstraint(condition=models.Q(path__in=("mobility", "portfolio")), name="credit_case_path"),
        )
        indexes = (
            models.Index(fields=("learner", "changed"), name="credit_case_learner"),
            models.Index(fields=("hosting", "result"), name="credit_case_hosting"),
            models.Index(fields=("home", "recognition"), name="credit_case_home"),
            models.Index(fields=("body", "recognition"), name="credit_case_body"),
            models.Index(fields=("result", "recognition", "changed", "learner"), name="credit_case_open"),
        )


class FactRow(models.Model):
    """One record of this room by its address, in the order of writing: its kind, whom and what it is about.

    For figures, decisions also say in columns how many `days` after the transcript a unit was first decided about,
    how many units they `granted` (−1 where one was taken back), and the codes of their `reasons`.
    """

    number = models.BigAutoField(primary_key=True)
    address = models.TextField(unique=True)
    kind = models.CharField(max_length=20)
    learner = models.TextField()
    institution = models.TextField()
    basis = models.TextField(null=True)
    unit = models.TextField(null=True)
    qualification = models.TextField(null=True)
    follows = models.TextField(null=True)
    on = models.DateField()
    at = models.DateTimeField()
    days = models.IntegerField(null=True)
    granted = models.SmallIntegerField(default=0)
    reasons = models.TextField(default="", blank=True)

    class Meta:
        db_table = "credit_fact"
        indexes = (
            models.Index(fields=("learner", "kind", "number"), name="credit_fact_learner"),
            models.Index(fields=("basis", "kind", "number"), name="credit_fact_basis"),
            models.Index(fields=("follows",), name="credit_fact_follows"),
            models.Index(fields=("institution", "kind", "number"), name="credit_fact_institution"),
            models.Index(
                fields=("kind", "on", "days", "granted", "reasons", "qualification", "learner"),
                name="credit_fact_figures",
            ),
        )


class BookingRow(models.Model):
    """An entry of the ledger: what a final decision granted, or the reversal of such an entry. Only ever added."""

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    learner = models.TextField()
    unit = models.TextField()
    qualification = models.TextField()
    outcomes = models.JSONField()
    points = models.DecimalField(max_digits=21, decimal_places=9, null=True)
    system = models.CharField(max_length=40, blank=True, default="")
    decision = models.TextField()
    because = models.TextField()
    on = models.DateField()

    class Meta:
        db_table = "credit_booking"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("kind", "decision"), name="credit_booking_once"),
            models.CheckConstraint(condition=models.Q(kind__in=("booked", "reversed")), name="credit_booking_kind"),
            models.CheckConstraint(condition=models.Q(points__gte=0), name="credit_booking_points"),
        )
        indexes = (models.Index(fields=("learner", "qualification"), name="credit_booking_learner"),)


class BookedOutcomeRow(models.Model):
    """An outcome that stands booked: what keeps two who book at once from counting it twice (R-RECOG-8)."""

    learner = models.TextField()
    qualification = models.TextField()
    unit = models.TextField()
    outcome = models.TextField()
    decision = models.TextField()

    class Meta:
        db_table = "credit_booked_outcome"
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "qualification", "unit", "outcome"), name="credit_booked_outcome_once"
            ),
        )


class EvidenceRow(models.Model):
    """A file of evidence that a learner or an assessor brought; its bytes lie in the data folder under their hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hash = models.TextField()
    basis = models.TextField()
    learner = models.TextField()
    name = models.TextField()
    media = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "credit_evidence"
        constraints = (models.UniqueConstraint(fields=("basis", "hash"), name="credit_evidence_once"),)
