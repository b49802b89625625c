"""Tables of people: users, memberships, what signs them in, their sessions, failures in a row, staff access."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from ecvet.terms import Identifier
from ecvet_platform.journal.chance import uuid7
from ecvet_platform.people.roles import Role


class User(AbstractBaseUser):
    """A person who can sign in. Identified elsewhere by `urn:uuid:` and the id; the e-mail address may change."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.TextField()
    language = models.CharField(max_length=12, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField()
    by_email = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    known_memberships: "dict[Identifier, frozenset[Role]] | None" = None
    """The memberships, where they were read together with the row."""

    known_demands: "frozenset[Identifier] | None" = None
    """The institutions that demand a second factor for a role which the person has there, read together too."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        db_table = "people_user"


class Membership(models.Model):
    """One role of one person in one institution, named by its identifier."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    institution = models.TextField()
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])

    class Meta:
        db_table = "people_membership"
        constraints = (models.UniqueConstraint(fields=("user", "institution", "role"), name="people_membership_once"),)
        indexes = (models.Index(fields=("institution", "role"), name="people_membership_inst"),)


class SignInLink(models.Model):
    """A one-time link, of which only the hash is kept."""

    hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    created = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_sign_in_link"


class Token(models.Model):
    """A program's right to act for a person in one institution, of which only the hash is kept."""

    hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    institution = models.TextField(null=True)
    name = models.TextField()
    created = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_token"


class Passkey(models.Model):
    """A credential of WebAuthn. `data` is the attested credential data, its id and public key: nothing secret."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.TextField(unique=True)
    data = models.BinaryField()
    name = models.TextField()
    count = models.PositiveBigIntegerField()
    created = models.DateTimeField()
    used = models.DateTimeField(null=True)
    suspended = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_passkey"


class CodeKey(models.Model):
    """The secret of an authenticator app, sealed. `step` is the time step of the last code that was used."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="code_key")
    sealed = models.TextField()
    created = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)
    step = models.BigIntegerField(default=0)

    class Meta:
        db_table = "people_code_key"


class RecoveryCode(models.Model):
    """A code for the day on which the phone is lost, of which only the keyed hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64)
    used = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_recovery_code"
        constraints = (models.UniqueConstraint(fields=("user", "hash"), name="people_recovery_once"),)


class Attempt(models.Model):
    """Failures in a row of one account or from one address, both known by a keyed hash only."""

    who = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_attempt"


class Subject(models.Model):
    """By which name a provider of OpenID Connect knows a person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="subjects")
    issuer = models.TextField()
    subject = models.TextField()
    since = models.DateTimeField()
    used = models.DateTimeField()

    class Meta:
        db_table = "people_subject"
        constraints = (models.UniqueConstraint(fields=("issuer", "subject"), name="people_subject_once"),)


class SessionRow(models.Model):
    """A session that runs: how it was begun, on which kind of device, and when it was last used."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="session_rows")
    key = models.CharField(max_length=40, unique=True)
    by = models.CharField(max_length=20)
    device = models.TextField()
    since = models.DateTimeField()
    seen = models.DateTimeField()

    class Meta:
        db_table = "people_session"


class StaffAccess(models.Model):
    """An operator looks at what an institution sees: why, from when until when. Kept as long as looks are."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_accesses")
    institution = models.TextField()
    reason = models.TextField()
    began = models.DateTimeField()
    until = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_staff_access"
        indexes = (models.Index(fields=("institution", "began"), name="people_staff_inst"),)


class Demand(models.Model):
    """A role for which an institution demands a second factor."""

    institution = models.TextField()
    role = models.CharField(max_length=30)

    class Meta:
        db_table = "people_demand"
        constraints = (models.UniqueConstraint(fields=("institution", "role"), name="people_demand_once"),)
