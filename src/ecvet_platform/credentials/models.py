"""Tables of credentials: signed bytes as they were issued, keys, places in status lists, what became of them."""

from django.db import models

from ecvet_platform.journal.chance import uuid4, uuid7


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
    standing = models.CharField(max_length=10, default="valid")

    class Meta:
        db_table = "credentials_credential"
        indexes = (
            models.Index(fields=("learner", "at"), name="credentials_learner"),
            models.Index(fields=("issuer", "at"), name="credentials_issuer"),
        )


class BatchRow(models.Model):
    """One run that issues many credentials: for what, by whom, and how far it came (`after` is the last decision).

    `refused` are decisions that could not be issued, each with the code and the sentence of the reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    institution = models.TextField()
    person = models.TextField()
    name = models.TextField()
    kind = models.CharField(max_length=20, default="")
    qualification = models.TextField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    begun = models.DateTimeField()
    after = models.PositiveBigIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    done = models.BooleanField(default=False)

    class Meta:
        db_table = "credentials_batch"
        indexes = (models.Index(fields=("institution", "begun"), name="credentials_batch_of"),)


class CertificateRow(models.Model):
    """The certificate of a key that signs credentials, and the time in which it signs; one at a time without an end.

    `name` is that of the file with the private key, and of the key in the header of what it signs. Anchors of the
    platform stand here too, under a holder of their own. `warned` is how many days before its end people were told.
    """

    name = models.CharField(max_length=80, primary_key=True)
    holder = models.TextField()
    certificate = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, default="")
    warned = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "credentials_certificate"
        constraints = (
            models.UniqueConstraint(
                fields=("holder",), condition=models.Q(until=None), name="credentials_certificate_one_now"
            ),
        )


class MethodRow(models.Model):
    """The public half of a key (Ed25519) that makes proofs under a did:web; one at a time for each holder.

    `name` is that of the file with the private key, and the fragment of the key's name; the controller stays what it
    was when the platform moves to another address.
    """

    name = models.CharField(max_length=80, primary_key=True)
    holder = models.TextField()
    controller = models.TextField()
    multibase = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, default="")

    class Meta:
        db_table = "credentials_method"
        constraints = (
            models.UniqueConstraint(
                fields=("holder",), condition=models.Q(until=None), name="credentials_method_one_now"
            ),
        )


class BadgeRow(models.Model):
    """The Open Badge of a credential, made when it is first asked for and never written again."""

    credential = models.OneToOneField(CredentialRow, primary_key=True, on_delete=models.PROTECT, related_name="badge")
    hash = models.TextField(unique=True)
    bytes = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "credentials_badge"


class StatusListRow(models.Model):
    """A status list of one issuer, under an address that tells nothing. `decoys` are places of no credential."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    issuer = models.TextField()
    decoys = models.JSONField()
    used = models.PositiveIntegerField(default=0)
    edition = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField()
    full = models.BooleanField(default=False)

    class Meta:
        db_table = "credentials_status_list"
        indexes = (models.Index(fields=("issuer", "full"), name="credentials_status_issuer"),)


class StatusPlaceRow(models.Model):
    """A place in a list, given once: to a credential, or to the copy of it that lies in a wallet."""

    listed = models.ForeignKey(StatusListRow, on_delete=models.PROTECT)
    index = models.PositiveIntegerField()
    credential = models.ForeignKey(CredentialRow, on_delete=models.PROTECT)

    class Meta:
        db_table = "credentials_status_place"
        constraints = (models.UniqueConstraint(fields=("listed", "index"), name="credentials_status_place_once"),)


class StatusChangeRow(models.Model):
    """One decision about an issued credential: suspended, reinstated, revoked; only appended (R-RECOG-14)."""

    credential = models.ForeignKey(CredentialRow, on_delete=models.PROTECT)
    verb = models.CharField(max_length=10)
    to = models.CharField(max_length=10)
    institution = models.TextField()
    person = models.TextField()
    name = models.TextField()
    on = models.DateField()
    reason = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "credentials_status_change"
