"""Tables of people: users, their memberships, the links that sign them in and the tokens of their programs."""

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

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    known_memberships: "dict[Identifier, frozenset[Role]] | None" = None
    """The memberships, where they were read together with the row."""

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
    revoked = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_token"
