"""Tables of wallets: what a protocol remembers for minutes, and which copies lie in wallets."""

from django.db import models

from ecvet_platform.journal.chance import uuid7


class RememberedRow(models.Model):
    """A code, token, nonce, proof or request by the hash of its secret: what for, until when, and whether it was used.

    `parent` is the hash of what it was made from; a code used twice takes with it what came of it.
    """

    kind = models.CharField(max_length=20)
    hash = models.CharField(max_length=64)
    data = models.JSONField()
    until = models.DateTimeField(db_index=True)
    used = models.DateTimeField(null=True)
    parent = models.CharField(max_length=64, blank=True, default="", db_index=True)
    learner = models.TextField(blank=True, default="")

    class Meta:
        db_table = "wallets_remembered"
        constraints = (models.UniqueConstraint(fields=("kind", "hash"), name="wallets_remembered_once"),)


class CopyRow(models.Model):
    """That copies of a credential went into a wallet, and what the wallet said became of them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    learner = models.TextField(db_index=True)
    decision = models.TextField()
    client = models.TextField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=30, blank=True, default="")

    class Meta:
        db_table = "wallets_copy"
