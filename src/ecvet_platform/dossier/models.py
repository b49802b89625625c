"""Tables of the learner's own record: share links, who looked, and requests for erasure.

Looks stand here and not in the journal: reading must not wait for those who write, and they need not be kept for ever.
"""

from django.db import models

from ecvet_platform.journal.chance import uuid7


class ShareRow(models.Model):
    """A link with which a learner shows documents; of its secret only the hash is kept. `items` name the documents."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hash = models.CharField(max_length=64, unique=True)
    learner = models.TextField()
    by = models.TextField()
    items = models.JSONField()
    recipient = models.TextField()
    purpose = models.TextField()
    created = models.DateTimeField()
    until = models.DateField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossier_share"
        indexes = (models.Index(fields=("learner", "created"), name="dossier_share_learner"),)


class LookRow(models.Model):
    """Somebody looked: a person for an institution, or whoever had a share link. `what` is a kind, `about` its name."""

    learner = models.TextField()
    at = models.DateTimeField()
    person = models.TextField(null=True)
    institution = models.TextField(null=True)
    share = models.UUIDField(null=True)
    what = models.CharField(max_length=20)
    about = models.TextField()

    class Meta:
        db_table = "dossier_look"
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("learner", "at"), name="dossier_look_learner"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, share__isnull=True)
                | models.Q(person__isnull=True, share__isnull=False),
                name="dossier_look_by_one",
            ),
        )


class ErasureRow(models.Model):
    """A learner's request for erasure and its answer; the words of both are cleared when it is granted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    learner = models.TextField()
    home = models.TextField()
    by = models.TextField()
    words = models.TextField(blank=True)
    asked = models.DateTimeField()
    due = models.DateField()
    answer = models.CharField(max_length=10, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.TextField(null=True)

    class Meta:
        db_table = "dossier_erasure"
        constraints = (
            models.UniqueConstraint(
                fields=("learner",), condition=models.Q(answer=""), name="dossier_erasure_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=("", "granted", "refused")), name="dossier_erasure_answer"
            ),
        )
        indexes = (models.Index(fields=("home", "answer"), name="dossier_erasure_home"),)
