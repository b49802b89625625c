"""Table of credentials: the signed bytes as they were issued, and what is needed to list them."""

from django.db import models

from ecvet_platform.journal.chance import uuid7


class CredentialRow(models.Model):
    """One issued credential. `bytes` are never written again; each decision has at most one (R-RECOG-12)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.TextField(unique=True)
    kind = models.CharField(max_length=30)
    learner = models.TextField()
    issuer = models.TextField()
    title = models.JSONField()
    hash = models.TextField(unique=True)
    bytes = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "credentials_credential"
        indexes = (
            models.Index(fields=("learner", "at"), name="credentials_learner"),
            models.Index(fields=("issuer", "at"), name="credentials_issuer"),
        )
