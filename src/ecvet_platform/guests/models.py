"""Tables of guests and papers. What a guest did stands in the journal; here is only what a link is good for."""

from django.db import models

from ecvet_platform.journal.chance import uuid7


class GuestRow(models.Model):
    """One invitation. `secret` and `code` are hashes; `email` is forgotten when the invitation is over.

    `sealed` is the salted hash of the address, which stays; `tries` counts wrong codes since the last one was sent,
    `mails` the e-mails since `mails_since`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    thread = models.TextField()
    role = models.CharField(max_length=20)
    task = models.CharField(max_length=20)
    institution = models.TextField()
    by = models.TextField()
    name = models.TextField()
    email = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    salt = models.BinaryField()
    sealed = models.TextField()
    secret = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField()
    sent = models.DateTimeField()
    expires = models.DateTimeField()
    code = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    mails = models.PositiveSmallIntegerField(default=1)
    mails_since = models.DateTimeField()
    checked = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "guests_guest"
        indexes = (models.Index(fields=("thread", "created"), name="guests_guest_thread"),)


class PaperRow(models.Model):
    """A scan of a version signed by hand, brought by one person and confirmed or refused by another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    thread = models.TextField()
    version = models.TextField()
    role = models.CharField(max_length=20)
    institution = models.TextField()
    by = models.TextField()
    hash = models.TextField()
    media = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    decided = models.DateTimeField(null=True)
    decided_by = models.TextField(null=True)
    refused_because = models.TextField(blank=True)

    class Meta:
        db_table = "guests_paper"
        indexes = (
            models.Index(fields=("thread", "at"), name="guests_paper_thread"),
            models.Index(fields=("institution", "decided"), name="guests_paper_waiting"),
        )
