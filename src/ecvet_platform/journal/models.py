"""Tables of the journal: entries, records and signatures. All three are append-only; see `triggers.py`."""

from django.db import models


class EntryRow(models.Model):
    """One thing that happened, chained to the one before by hash."""

    n = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    person = models.TextField()
    institution = models.TextField(null=True)
    verb = models.TextField()
    subject = models.TextField()
    record = models.TextField(null=True)
    detail = models.TextField()
    prev = models.TextField(unique=True)
    hash = models.TextField(unique=True)

    class Meta:
        db_table = "journal_entry"
        ordering = ("n",)
        indexes = (
            models.Index(fields=("subject", "n"), name="journal_entry_subject"),
            models.Index(fields=("person", "n"), name="journal_entry_person"),
        )


NEGOTIATED = ("mou", "learning_agreement")
"""Types of which several versions may be proposed after the same one; a seal tells which of them holds."""

_ONE_LINE = ~models.Q(type__in=NEGOTIATED)


class RecordRow(models.Model):
    """One immutable record: its canonical bytes, and of its members only what is searched for."""

    address = models.TextField(primary_key=True)
    type = models.TextField()
    thread = models.TextField()
    version = models.PositiveIntegerField()
    prev = models.TextField(null=True)
    author = models.TextField()
    created = models.DateTimeField()
    bytes = models.BinaryField()

    class Meta:
        db_table = "journal_record"
        constraints = (
            models.UniqueConstraint(fields=("thread", "version"), condition=_ONE_LINE, name="journal_record_one_line"),
            models.UniqueConstraint(fields=("prev",), condition=_ONE_LINE, name="journal_record_one_next"),
            models.CheckConstraint(
                condition=models.Q(version=1, prev__isnull=True) | models.Q(version__gt=1, prev__isnull=False),
                name="journal_record_first_has_no_prev",
            ),
        )
        indexes = (
            models.Index(fields=("type", "author"), name="journal_record_type_author"),
            models.Index(fields=("thread", "version"), name="journal_record_thread"),
        )


class SignatureRow(models.Model):
    """One detached signature over a record; `address` is the hash of the signature's own canonical bytes."""

    address = models.TextField(primary_key=True)
    record = models.ForeignKey(RecordRow, on_delete=models.PROTECT, related_name="signatures", db_column="record")
    signer = models.TextField()
    at = models.DateTimeField()
    bytes = models.BinaryField()

    class Meta:
        db_table = "journal_signature"
        ordering = ("at", "address")
