"""Table of drafts."""

from django.db import models


class DraftRow(models.Model):
    """One draft. `value` is qualification and units as canonical JSON; `writer` is the institution that began it."""

    key = models.UUIDField(primary_key=True)
    title = models.TextField()
    institution = models.TextField()
    writer = models.TextField()
    value = models.TextField()
    changed = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        db_table = "drafts_draft"
        indexes = (
            models.Index(fields=("writer", "changed"), name="drafts_writer"),
            models.Index(fields=("institution", "changed"), name="drafts_institution"),
        )
