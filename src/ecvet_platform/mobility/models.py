"""Tables of learners, and the index of learning agreements and stays."""

from django.db import models


class LearnerRow(models.Model):
    """A learner by pseudonym. `person`, `salt`, `name` and `folded` can be erased; `ref` stays, so that records verify.

    `name` is that of the person, for lists. `account` is the identifier of the person who signs in as this learner, if
    there is one.
    """

    id = models.TextField(primary_key=True)
    home = models.TextField()
    account = models.TextField(null=True)
    ref = models.TextField()
    person = models.TextField(null=True)
    name = models.TextField(default="")
    salt = models.BinaryField(null=True)
    folded = models.TextField()
    guardian = models.TextField(null=True)
    created = models.DateTimeField()
    erased = models.DateTimeField(null=True)

    class Meta:
        db_table = "mobility_learner"
        indexes = (
            models.Index(fields=("home", "folded"), name="mobility_learner_home"),
            models.Index(fields=("account",), name="mobility_learner_account"),
        )


class EnrolmentRow(models.Model):
    """Which version of which qualification a learner follows (R-QUAL-5); the last one without an end holds."""

    learner = models.ForeignKey(LearnerRow, on_delete=models.CASCADE, related_name="enrolments")
    qualification = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "mobility_enrolment"
        ordering = ("since", "id")


class AgreementRow(models.Model):
    """The index of one learning agreement's thread and of the stay it is about.

    `head` is the latest version, `in_force` the one that holds, `proposed` the one that waits for signatures, until
    the day `respond_by`; the dates are always those of the version in force, else of the latest.
    """

    thread = models.TextField(primary_key=True)
    learner = models.ForeignKey(LearnerRow, on_delete=models.PROTECT, related_name="agreements")
    home = models.TextField()
    hosting = models.TextField()
    qualification = models.TextField()
    title = models.TextField()
    memorandum = models.TextField(null=True)
    head = models.TextField()
    in_force = models.TextField(null=True)
    proposed = models.TextField(null=True)
    state = models.CharField(max_length=20)
    stay = models.CharField(max_length=20, null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    respond_by = models.DateField(null=True)
    group = models.TextField(null=True)
    changed = models.DateTimeField()
    folded = models.TextField()

    class Meta:
        db_table = "mobility_agreement"
        indexes = (
            models.Index(fields=("home", "changed"), name="mobility_agreement_home"),
            models.Index(fields=("hosting", "changed"), name="mobility_agreement_hosting"),
            models.Index(fields=("learner", "starts"), name="mobility_agreement_learner"),
            models.Index(
                fields=("starts", "home", "hosting", "learner"),
                condition=models.Q(in_force__isnull=False),
                name="mobility_agreement_flows",
            ),
            models.Index(fields=("group",), name="mobility_agreement_group"),
        )


class PartyRow(models.Model):
    """A party of an agreement in one role; `waiting` while its signature under the proposed version is missing."""

    agreement = models.ForeignKey(AgreementRow, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=20)
    party = models.TextField()
    waiting = models.BooleanField(default=False)

    class Meta:
        db_table = "mobility_party"
        constraints = (models.UniqueConstraint(fields=("agreement", "role", "party"), name="mobility_party_once"),)
        indexes = (models.Index(fields=("party", "waiting"), name="mobility_party_waiting"),)


class StayEntryRow(models.Model):
    """The place of a record about the stay in the order of telling: an event, an evaluation or a review."""

    agreement = models.ForeignKey(AgreementRow, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    record = models.TextField(unique=True)

    class Meta:
        db_table = "mobility_stay_entry"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("agreement", "position"), name="mobility_stay_order"),)
