"""Tables of notices: how far the journal was read, what is to be told to whom, what each chose, links to calendars."""

from django.db import models

from ecvet_platform.journal.chance import uuid7


class CursorRow(models.Model):
    """The last entry of the journal that a follower has read."""

    follower = models.CharField(max_length=30, primary_key=True)
    n = models.BigIntegerField()

    class Meta:
        db_table = "notices_cursor"


class NoticeRow(models.Model):
    """One thing to be told to one person, once: an entry of the journal and the sentence about it.

    `letter` names the e-mail in which it goes; `claimed` is when that was last tried, `sent` when it was handed over.
    No name and no address of anybody stands here.
    """

    person = models.TextField()
    entry = models.BigIntegerField()
    told = models.CharField(max_length=60)
    subject = models.TextField()
    at = models.DateTimeField()
    until = models.DateField(null=True)
    letter = models.UUIDField(null=True)
    claimed = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_notice"
        constraints = (models.UniqueConstraint(fields=("person", "entry"), name="notices_once"),)
        indexes = (
            models.Index(fields=("person", "-entry"), name="notices_of_person"),
            models.Index(fields=("entry",), condition=models.Q(sent=None), name="notices_to_send"),
        )


class ChoiceRow(models.Model):
    """How a person wants to be told; who has chosen nothing is told at once."""

    person = models.TextField(primary_key=True)
    rhythm = models.CharField(max_length=10)

    class Meta:
        db_table = "notices_choice"


class CalendarRow(models.Model):
    """A link to a person's calendar; of its secret only the hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hash = models.CharField(max_length=64, unique=True)
    person = models.TextField()
    created = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_calendar"
        indexes = (models.Index(fields=("person",), name="notices_calendar_of"),)
