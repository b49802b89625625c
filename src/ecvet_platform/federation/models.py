"""Tables of the network: partners, what was sent and what came, keys and nonces, anchors."""

from django.db import models


class EntityRow(models.Model):
    """An institution on another server as it is known here: its latest configuration, and a chain to an anchor.

    `resolved` are the tokens of the chain, `until` is how long they count. `head_n` and `head_hash` are the last head
    of its server's journal that a receipt has shown; `heard` is when it last answered. `entered` are the competences
    that the network has put into the list of institutions, so that those of a register office stay apart; `why` is what
    went wrong when it was last asked.
    """

    entity = models.TextField(primary_key=True)
    key = models.UUIDField(unique=True)
    name = models.TextField()
    configuration = models.TextField()
    fetched = models.DateTimeField()
    resolved = models.JSONField(default=list)
    until = models.DateTimeField(null=True)
    met = models.DateTimeField()
    head_n = models.BigIntegerField(default=0)
    head_hash = models.TextField(default="")
    heard = models.DateTimeField(null=True)
    entered = models.JSONField(default=list)
    why = models.TextField(default="")

    class Meta:
        db_table = "federation_entity"
        ordering = ("name", "entity")


class TieRow(models.Model):
    """What an institution here has with one elsewhere: the pin (canonical JSON) once people have compared the code.

    `paused` holds back what is to be sent. `compared` is when both sides last compared what they hold, `differs` are
    the threads in which they did not agree.
    """

    institution = models.TextField()
    entity = models.ForeignKey(EntityRow, on_delete=models.PROTECT, related_name="ties")
    pin = models.TextField(default="")
    paused = models.BooleanField(default=False)
    compared = models.DateTimeField(null=True)
    differs = models.JSONField(default=list)

    class Meta:
        db_table = "federation_tie"
        constraints = (models.UniqueConstraint(fields=("institution", "entity"), name="federation_tie_once"),)


class SentRow(models.Model):
    """A message to an institution elsewhere: the outbox. `data` is what is sent, byte for byte, however often.

    `institution` is the sender here; `number` counts all its messages to `entity`, `seq` those in the thread; `entry`
    is the entry of the journal from which it follows. `due` is when it is tried next, null once it is over, held back,
    or for a person.
    """

    id = models.TextField(primary_key=True)
    institution = models.TextField()
    entity = models.TextField()
    thread = models.TextField()
    seq = models.BigIntegerField()
    number = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    data = models.BinaryField()
    entry = models.BigIntegerField()
    since = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    last = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    receipt = models.TextField(default="")
    outcome = models.CharField(max_length=12, default="")
    problem = models.JSONField(null=True)
    why = models.TextField(default="")

    class Meta:
        db_table = "federation_sent"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("institution", "entity", "thread", "seq"), name="federation_sent_place"),
            models.UniqueConstraint(fields=("institution", "entity", "number"), name="federation_sent_number"),
        )
        indexes = (
            models.Index(fields=("due",), condition=models.Q(due__isnull=False), name="federation_sent_due"),
            models.Index(fields=("thread",), name="federation_sent_thread"),
            models.Index(fields=("entry",), name="federation_sent_entry"),
        )


class CameRow(models.Model):
    """A message from an institution elsewhere: the inbox. `state` is what became of it, `data` its bytes as they came.

    `institution` is the addressee here; `evidence` is the address of what was known of the sender at that moment.
    """

    entity = models.TextField()
    institution = models.TextField()
    message = models.TextField()
    thread = models.TextField()
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    digest = models.TextField()
    data = models.BinaryField()
    at = models.DateTimeField()
    state = models.CharField(max_length=12)
    receipt = models.TextField()
    problem = models.JSONField(null=True)
    evidence = models.TextField(default="")

    class Meta:
        db_table = "federation_came"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("entity", "message"), name="federation_came_once"),
            models.UniqueConstraint(
                fields=("entity", "institution", "thread", "seq"),
                condition=~models.Q(state="refused"),
                name="federation_came_place",
            ),
        )
        indexes = (
            models.Index(fields=("thread",), name="federation_came_thread"),
            models.Index(fields=("state",), name="federation_came_state"),
        )


class EvidenceRow(models.Model):
    """What was known of a partner when it acted (`ecvet.federation.Evidence`), by its address."""

    address = models.TextField(primary_key=True)
    data = models.BinaryField()

    class Meta:
        db_table = "federation_evidence"


class NonceRow(models.Model):
    """A nonce that must not be seen again until `forget`."""

    keyid = models.TextField()
    nonce = models.TextField()
    forget = models.DateTimeField()

    class Meta:
        db_table = "federation_nonce"
        constraints = (models.UniqueConstraint(fields=("keyid", "nonce"), name="federation_nonce_once"),)
        indexes = (models.Index(fields=("forget",), name="federation_nonce_forget"),)


class CursorRow(models.Model):
    """How far a follower has read the journal, or another node's outbox."""

    name = models.TextField(primary_key=True)
    n = models.BigIntegerField(default=0)

    class Meta:
        db_table = "federation_cursor"


class AnchorRow(models.Model):
    """An anchor that the administrator of this node has chosen, with its keys (JWK by kid)."""

    entity = models.TextField(primary_key=True)
    keys = models.JSONField()
    by = models.TextField()
    since = models.DateTimeField()

    class Meta:
        db_table = "federation_anchor"


class StatedRow(models.Model):
    """What an institution here states as a superior about an entity below it: competences (plain values) as marks.

    `below` lets the entity state something about others in its turn; `ended` ends the statement.
    """

    institution = models.TextField()
    entity = models.TextField()
    name = models.TextField()
    competences = models.JSONField(default=list)
    below = models.BooleanField(default=False)
    by = models.TextField()
    since = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "federation_stated"
        ordering = ("name", "entity")
        constraints = (models.UniqueConstraint(fields=("institution", "entity"), name="federation_stated_once"),)


class SuperiorRow(models.Model):
    """An entity that an institution here names as its superior, with the marks that it has given (tokens)."""

    institution = models.TextField()
    entity = models.TextField()
    marks = models.JSONField(default=list)
    by = models.TextField()
    since = models.DateTimeField()
    fetched = models.DateTimeField(null=True)
    why = models.TextField(default="")

    class Meta:
        db_table = "federation_superior"
        ordering = ("entity",)
        constraints = (models.UniqueConstraint(fields=("institution", "entity"), name="federation_superior_once"),)
