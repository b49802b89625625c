"""Tables of competent institutions, their public keys, and the index of their memoranda."""

from django.db import models


class InstitutionRow(models.Model):
    """A competent institution. `value` is the core's value as canonical JSON; `contact` is plain and never signed.

    `node` is the address of the server on which it signs, null for one that signs here.
    """

    id = models.TextField(primary_key=True)
    key = models.UUIDField(unique=True)
    name = models.TextField()
    country = models.CharField(max_length=2)
    value = models.TextField()
    contact = models.JSONField(default=dict)
    since = models.DateField()
    node = models.TextField(null=True)
    folded = models.TextField()

    class Meta:
        db_table = "institutions_institution"
        ordering = ("name", "id")
        indexes = (models.Index(fields=("country", "name"), name="institutions_country_name"),)


class KeyRow(models.Model):
    """The public half of a key that signs records for an institution, with the time in which it may sign."""

    kid = models.TextField(primary_key=True)
    institution = models.ForeignKey(InstitutionRow, on_delete=models.PROTECT, related_name="keys")
    jwk = models.JSONField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "institutions_key"
        ordering = ("valid_from", "kid")


class MemorandumRow(models.Model):
    """The index of one memorandum's thread: where its records are and what they amount to.

    `head` is the latest version, `in_force` the one that holds, `proposed` the one that waits for signatures, until
    the day `respond_by`.
    """

    thread = models.TextField(primary_key=True)
    owner = models.TextField()
    head = models.TextField()
    in_force = models.TextField(null=True)
    proposed = models.TextField(null=True)
    state = models.CharField(max_length=20)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    respond_by = models.DateField(null=True)
    changed = models.DateTimeField()
    folded = models.TextField()

    class Meta:
        db_table = "institutions_memorandum"
        indexes = (models.Index(fields=("state", "changed"), name="institutions_mou_state"),)


class MemorandumPartyRow(models.Model):
    """An institution's part in a memorandum; `waiting` while its answer to the proposed version is missing."""

    memorandum = models.ForeignKey(MemorandumRow, on_delete=models.CASCADE, related_name="parties")
    institution = models.TextField()
    signs = models.BooleanField(default=True)
    waiting = models.BooleanField(default=False)

    class Meta:
        db_table = "institutions_party"
        constraints = (models.UniqueConstraint(fields=("memorandum", "institution"), name="institutions_party_once"),)
        indexes = (models.Index(fields=("institution", "waiting"), name="institutions_party_waiting"),)


class TurnRow(models.Model):
    """One turn of a document's thread in the order of arrival: a version, a seal, a notice of termination.

    Kept for memoranda and learning agreements alike; the state of every version follows from the turns and the
    signatures. `value` is the turn's canonical JSON, empty for a version, which is its record.
    """

    thread = models.TextField()
    kind = models.CharField(max_length=20)
    record = models.TextField()
    owner = models.TextField()
    value = models.TextField()

    class Meta:
        db_table = "institutions_turn"
        ordering = ("id",)
        indexes = (models.Index(fields=("thread", "id"), name="institutions_turn_thread"),)


class DelegationRow(models.Model):
    """A signature that an institution owes under a version, handed to a colleague; the last one holds.

    Kept for memoranda and learning agreements alike. `by` and `to` are accounts.
    """

    thread = models.TextField()
    version = models.TextField()
    institution = models.TextField()
    role = models.CharField(max_length=20)
    by = models.TextField()
    to = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "institutions_delegation"
        ordering = ("id",)
        indexes = (models.Index(fields=("version", "id"), name="institutions_delegation_of"),)
